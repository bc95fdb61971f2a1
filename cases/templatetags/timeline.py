"""How the timeline writes its numbers and its days."""

from __future__ import annotations

import datetime as dt

from django import template

from portal.lib import wording

register = template.Library()


@register.filter
def percent(number: float) -> str:
    """For an SVG attribute: a point in every language."""
    return f"{number:g}%"


@register.filter
def short_day(day: dt.date) -> str:
    return wording.short_day(day)
