"""The database's clock, for leases and retries: one clock for every process, and it moves inside a transaction."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import ExpressionWrapper, Func, Value
from django.db.models.expressions import Combinable


class ClockTimestamp(Func):
    """`clock_timestamp()`; `Now()` would be when the transaction began."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()


def from_now(seconds: float) -> Combinable:
    """The database's time plus `seconds`; negative for the past."""
    moment = ClockTimestamp() + Value(dt.timedelta(seconds=seconds), output_field=models.DurationField())
    return ExpressionWrapper(moment, output_field=models.DateTimeField())
