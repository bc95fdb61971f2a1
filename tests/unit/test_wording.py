"""Dates, times and lengths as sentences show them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template

from portal.lib import wording


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (lambda: wording.long_date(dt.date(2023, 1, 12)), "Thursday, January 12, 2023"),
        (lambda: wording.short_date(dt.date(2022, 9, 2)), "Sep 2, 2022"),
        (lambda: wording.date_range(dt.date(2022, 9, 2), dt.date(2022, 9, 16)), "Sep 2 to Sep 16, 2022"),
        (lambda: wording.date_range(dt.date(2022, 12, 30), dt.date(2023, 1, 2)), "Dec 30, 2022 to Jan 2, 2023"),
        (lambda: wording.date_range(dt.date(2022, 9, 2), dt.date(2022, 9, 2)), "Sep 2, 2022"),
        (lambda: wording.clock(dt.time(8)), "8:00 AM"),
        (lambda: wording.clock(dt.time(0, 5)), "12:05 AM"),
        (lambda: wording.clock(dt.time(12)), "12:00 PM"),
        (lambda: wording.clock(dt.datetime(2026, 7, 1, 1, 30, tzinfo=dt.UTC)), "9:30 PM"),
        (lambda: wording.long_date(dt.datetime(2026, 7, 1, 1, 30, tzinfo=dt.UTC)), "Tuesday, June 30, 2026"),
        (lambda: wording.duration(450), "7 hours 30 minutes"),
        (lambda: wording.duration(60), "1 hour"),
        (lambda: wording.duration(61), "1 hour 1 minute"),
        (lambda: wording.duration(45), "45 minutes"),
        (lambda: wording.duration(0), "0 minutes"),
        (lambda: wording.phone("+14135550123"), "413-555-0123"),
    ],
)
def test_english(words, expected):
    assert words() == expected


def test_filters_show_nothing_for_nothing():
    template = Template("{{ x|long_date }}{{ x|short_date }}{{ x|clock }}{{ x|duration }}{{ x|phone }}")
    assert template.render(Context({"x": None})) == ""


def test_midnight_is_a_time():
    assert Template("{{ x|clock }}").render(Context({"x": dt.time(0)})) == "12:00 AM"


def test_a_number_in_a_sentence_can_be_tapped_and_stays_on_one_line():
    seen = Template("{{ x|call_link }} {{ x|unbroken }}").render(Context({"x": "1-833-640-2800"}))
    link = '<a class="usa-link portal-phone" href="tel:+18336402800">1-833-640-2800</a>'
    assert seen == f'{link} <span class="portal-phone">1-833-640-2800</span>'
