"""Warns, when migrating and on `check --database default`, before promised dates would ignore next year's holidays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from portal.lib import clock
from portal.office.models import Holiday


@register(Tags.database)
def next_years_holidays(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """office.W001. Silent while the table does not exist: `migrate` checks before it creates."""
    for alias in databases or ():
        if Holiday._meta.db_table not in connections[alias].introspection.table_names():
            continue
        year = clock.today().year + 1
        if not Holiday.objects.using(alias).filter(on__year=year).exists():
            return [
                Warning(
                    f"No holiday of {year} is known, so dates promised in business days may be wrong.",
                    hint="Add them in the administration under Holidays.",
                    id="office.W001",
                )
            ]
    return []
