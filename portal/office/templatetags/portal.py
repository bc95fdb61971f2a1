"""Filters every template may use: what `portal.lib.wording` says. An empty value shows nothing."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.lib import wording
from portal.office.models import telephone_link

register = template.Library()


@register.filter
def long_date(day: dt.date | None) -> str:
    return wording.long_date(day) if day else ""


@register.filter
def short_date(day: dt.date | None) -> str:
    return wording.short_date(day) if day else ""


@register.filter
def date_range(first: dt.date, last: dt.date) -> str:
    """`{{ first|date_range:last }}`"""
    return wording.date_range(first, last)


@register.filter
def clock(moment: dt.time | dt.datetime | None) -> str:
    return "" if moment is None else wording.clock(moment)


@register.filter
def duration(minutes: int | None) -> str:
    return "" if minutes is None else wording.duration(minutes)


@register.filter
def phone(e164: str) -> str:
    return wording.phone(e164) if e164 else ""


@register.filter
def unbroken(number: str) -> SafeString:
    """A telephone number that stays on one line."""
    return format_html('<span class="portal-phone">{}</span>', number)


@register.filter
def call_link(number: str) -> SafeString:
    """An office's number inside a sentence: a tap calls it, and no line breaks it."""
    return format_html('<a class="usa-link portal-phone" href="{}">{}</a>', telephone_link(number), number)
