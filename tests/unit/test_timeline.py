"""From policies to bars and words. What is drawn and what the table says are compared as a reader gets them."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.determinations import PolicySpan
from cases.models.case import Case
from cases.timeline import Shown, Timeline, draw
from portal.lib.wording import short_date

SEP_12 = dt.date(2022, 9, 12)
FMLA, STD = "Family Medical Leave Act", "Short Term Disability 1"


def span(first: str, last: str | None, status: str = "pending", name: str = FMLA) -> PolicySpan:
    return PolicySpan(
        policy_code=name,
        policy_name=name,
        status=status,
        status_label=str(Case.Status(status).label),
        first_day=dt.date.fromisoformat(first),
        last_day=dt.date.fromisoformat(last) if last else None,
        minutes=None,
        meaning=f"What {status} means.",
    )


def drawn(*spans: PolicySpan, today: dt.date = SEP_12, shown: Shown = Shown.ALL, reported=None) -> Timeline:
    return draw(spans, reported=reported or {}, today=today, shown=shown)


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def table_of(timeline: Timeline) -> list[list[str]]:
    markup = render_to_string("components/timeline_table.html", {"rows": timeline.rows})
    body = re.search(r"<tbody>(.*)</tbody>", markup, re.DOTALL)[1]
    return [[words(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows_in(body)]


def rows_in(body: str) -> list[str]:
    return re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)


def chart_of(timeline: Timeline) -> list[tuple[str, float, float]]:
    """(words, x, width) of each policy row."""
    markup = render_to_string("components/timeline_chart.html", {"timeline": timeline})
    found = []
    for row in re.findall(r"<li class=\"portal-timeline__row\">(.*?)</li>", markup, re.DOTALL):
        text = re.search(r"<p.*?</p>", row, re.DOTALL)[0]
        bar = re.search(r'<rect[^>]* x="([\d.]+)%"[^>]* width="([\d.]+)%"', row)
        if bar:  # the row of reported days has none
            found.append((words(text), float(bar[1]), float(bar[2])))
    return found


# The two of the guide: one policy denied for a week and pending after it, beside another for all of it.
OVERLAPPING = (
    span("2022-09-02", "2022-09-16"),
    span("2022-09-02", "2022-09-08", "denied", STD),
    span("2022-09-09", "2022-09-16", name=STD),
)


class TestRows:
    def test_overlapping_policies_stand_under_each_other(self):
        assert chart_of(drawn(*OVERLAPPING)) == [
            (f"{FMLA} … Pending: Sep 2, 2022 to Sep 16, 2022", 0, 100),
            (f"{STD} ✕ Denied: Sep 2, 2022 to Sep 8, 2022", 0, 46.667),
            (f"{STD} … Pending: Sep 9, 2022 to Sep 16, 2022", 46.667, 53.333),
        ]

    def test_the_table_says_the_same(self):
        assert table_of(drawn(*OVERLAPPING)) == [
            [FMLA, "Pending", "Sep 2, 2022", "Sep 16, 2022", "15", "What pending means."],
            [STD, "Denied", "Sep 2, 2022", "Sep 8, 2022", "7", "What denied means."],
            [STD, "Pending", "Sep 9, 2022", "Sep 16, 2022", "8", "What pending means."],
        ]

    def test_by_first_day_then_as_the_policies_stand(self):
        spans = [
            span("2022-10-01", None, name="B"),
            span("2022-09-12", None, name="C"),
            span("2022-10-01", None, name="A"),
        ]
        assert [row.span.policy_name for row in drawn(*spans).rows] == ["C", "B", "A"]

    def test_no_end_yet(self):
        open_ended = drawn(
            span("2022-10-01", None), span("2022-09-12", "2023-09-11", name=STD), today=dt.date(2023, 1, 12)
        )
        assert chart_of(open_ended)[1][0] == f"{FMLA} … Pending: Oct 1, 2022, no end date yet"
        assert [row.goes_on for row in open_ended.rows] == [False, True]
        assert open_ended.rows[1].bar.x + open_ended.rows[1].bar.width == pytest.approx(100)
        assert open_ended.rows[0].bar.width == pytest.approx(365 / 395 * 100, abs=1e-3)  # until October 11, 2023
        assert table_of(open_ended)[1][3:5] == ["No end date yet", "Not known yet"]

    def test_no_end_yet_and_begun_long_ago_reaches_past_today(self):
        long = drawn(span("2020-01-01", None), today=dt.date(2022, 9, 12))
        assert long.today.x == pytest.approx(985.5 / (985 + 31) * 100, abs=1e-3)

    def test_one_day(self):
        one = drawn(span("2022-09-12", "2022-09-12", "cancelled"))
        assert chart_of(one) == [(f"{FMLA} – Cancelled: Sep 12, 2022", 0, 100)]
        assert one.summary == "1 policy, on Sep 12, 2022."

    def test_one_day_of_a_year_is_still_seen(self):
        rows = drawn(span("2022-09-12", "2023-09-11"), span("2024-02-29", "2024-02-29", name=STD)).rows
        assert (rows[1].bar.width, rows[1].calendar_days) == (0.8, 1)

    def test_many_policies(self):
        many = drawn(*(span("2022-09-02", "2022-09-16", name=f"Policy {n}") for n in range(40)))
        assert len(chart_of(many)) == len(table_of(many)) == 40
        assert many.summary == "40 policies, from Sep 2, 2022 to Sep 16, 2022."

    @pytest.mark.parametrize(
        ("status", "glyph"),
        [
            ("approved", "✓"),
            ("pending", "…"),
            ("info_needed", "!"),
            ("denied", "✕"),
            ("cancelled", "–"),
            ("closed", "■"),
        ],
    )
    def test_each_status_has_word_glyph_pattern_and_colour(self, status, glyph):
        timeline = drawn(span("2022-09-02", "2022-09-16", status))
        markup = render_to_string("components/timeline_chart.html", {"timeline": timeline})
        assert (
            f'<span class="portal-timeline__glyph" aria-hidden="true">{glyph}</span> {Case.Status(status).label}:'
            in markup
        )
        assert f'class="portal-bar portal-bar--{status}"' in markup
        assert 'fill="url(#bar-' + status + ')"' in markup
        assert f'id="bar-{status}"' in markup


class TestWhatStandsAround:
    def test_the_key_has_the_statuses_present_and_no_other(self):
        timeline = drawn(*OVERLAPPING, span("2022-09-02", "2022-09-03", "approved"))
        assert timeline.key == [("approved", "Approved"), ("pending", "Pending"), ("denied", "Denied")]

    @pytest.mark.parametrize(
        ("spans", "summary"),
        [
            (OVERLAPPING, "2 policies, from Sep 2, 2022 to Sep 16, 2022."),
            (OVERLAPPING[:1], "1 policy, from Sep 2, 2022 to Sep 16, 2022."),
            ((span("2022-09-12", None),), "1 policy, from Sep 12, 2022 with no end date yet."),
            ((*OVERLAPPING, span("2022-09-12", None)), "2 policies, from Sep 2, 2022 with no end date yet."),
        ],
    )
    def test_summary(self, spans, summary):
        assert drawn(*spans).summary == summary

    @pytest.mark.parametrize(
        ("today", "said", "x"),
        [
            ("2022-09-12", "Today, Sep 12", 70),
            ("2022-08-02", "Today, Aug 2", 0.5 / 46 * 100),  # 31 days before: the line reaches it
            ("2022-08-01", "Today, Aug 1, 2022, is before this timeline starts.", None),
            ("2022-10-17", "Today, Oct 17", 45.5 / 46 * 100),
            ("2022-10-18", "Today, Oct 18, 2022, is after this timeline ends.", None),
        ],
    )
    def test_today(self, today, said, x):
        found = drawn(*OVERLAPPING, today=dt.date.fromisoformat(today)).today
        assert found.words == said
        assert found.x == (None if x is None else pytest.approx(x, abs=1e-3))

    def test_reported_days_are_marked_in_the_middle_of_their_day(self):
        timeline = drawn(*OVERLAPPING, reported={dt.date(2022, 9, 16): 450, dt.date(2022, 9, 2): 150})
        assert [(mark.day.day, mark.x) for mark in timeline.marks] == [(2, 3.333), (16, 96.667)]
        assert timeline.reported == "2 days, 10 hours in all"

    def test_time_reported_for_today_is_not_under_the_line_of_today(self):
        timeline = drawn(*OVERLAPPING, reported={SEP_12: 450})
        last_row = render_to_string("components/timeline_chart.html", {"timeline": timeline}).rpartition("<li ")[2]
        assert last_row.index("portal-timeline__today") < last_row.index("portal-timeline__mark")

    def test_a_day_reported_outside_every_policy_is_not_lost(self):
        timeline = drawn(*OVERLAPPING, reported={dt.date(2022, 8, 30): 450})
        assert timeline.marks[0].x == pytest.approx(0.5 / 18 * 100, abs=1e-3)

    def test_nothing_known(self):
        assert drawn() == Timeline([], [], [], None)

    def test_in_spanish_the_dates_are_spanish_and_the_numbers_for_svg_are_not(self):
        with translation.override("es"):
            timeline = drawn(*OVERLAPPING)
            markup = render_to_string("components/timeline_chart.html", {"timeline": timeline})
            assert "2 sep 2022" in timeline.rows[0].sentence
            assert table_of(timeline)[0][2] == "2 sep 2022"
            assert ">11 sep</text>" in markup
        assert 'width="46.667%"' in markup


class TestRanges:
    LONG = (
        span("2022-03-01", "2022-09-30"),
        span("2022-11-01", None, name=STD),
        span("2021-01-01", "2021-12-31", name="Old"),
    )

    def test_this_year(self):
        rows = drawn(*self.LONG, shown=Shown.YEAR).rows
        assert [(row.span.policy_name, row.begun_before, row.goes_on) for row in rows] == [
            (FMLA, False, False),
            (STD, False, True),
        ]
        assert rows[0].bar.x == pytest.approx(59 / 365 * 100, abs=1e-3)

    def test_the_next_twelve_months_begin_today(self):
        timeline = drawn(*self.LONG, shown=Shown.NEXT)
        assert timeline.today.x == pytest.approx(0.5 / 365 * 100, abs=1e-3)
        first = timeline.rows[0]
        assert (first.bar.x, first.begun_before, first.goes_on) == (0, True, False)
        assert first.bar.width == pytest.approx(19 / 365 * 100, abs=1e-3)
        assert first.sentence == "Pending: Mar 1, 2022 to Sep 30, 2022"  # all of it, whatever is drawn

    def test_twelve_months_from_february_29(self):
        leap_day = dt.date(2024, 2, 29)
        timeline = drawn(span("2025-02-28", "2025-02-28"), today=leap_day, shown=Shown.NEXT)
        assert timeline.today.x == pytest.approx(0.5 / 366 * 100, abs=1e-3)
        assert len(timeline.rows) == 1

    def test_a_bar_is_cut_only_where_it_has_more_days(self):
        timeline = drawn(span("2022-01-01", "2022-12-31"), span("2021-12-31", "2023-01-01", name=STD), shown=Shown.YEAR)
        assert [(row.span.policy_name, row.begun_before, row.goes_on) for row in timeline.rows] == [
            (STD, True, True),
            (FMLA, False, False),
        ]
        markup = render_to_string("components/timeline_chart.html", {"timeline": timeline})
        assert markup.count("portal-timeline__cut") == 2

    def test_nothing_in_the_range(self):
        timeline = drawn(span("2021-01-01", "2021-12-31"), shown=Shown.YEAR, reported={dt.date(2021, 5, 5): 60})
        assert (timeline.rows, timeline.marks) == ([], [])

    def test_marks_outside_the_range_are_left_out(self):
        days = {dt.date(2021, 12, 31): 60, dt.date(2022, 1, 1): 60, dt.date(2022, 12, 31): 60, dt.date(2023, 1, 1): 60}
        marks = drawn(*self.LONG, shown=Shown.YEAR, reported=days).marks
        assert [mark.day.isoformat() for mark in marks] == ["2022-01-01", "2022-12-31"]


DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2027, 12, 31))


@st.composite
def spans(draw_from):
    first, last = sorted([draw_from(DAYS), draw_from(DAYS)])
    name = draw_from(st.sampled_from([FMLA, STD, "Legislative Sick Leave Bank", "Small necessities"]))
    status = draw_from(st.sampled_from(Case.Status.values))
    return span(first.isoformat(), draw_from(st.sampled_from([last.isoformat(), None])), status, name)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(spans(), min_size=1, max_size=8), DAYS, st.sampled_from(Shown), st.dictionaries(DAYS, st.integers(1, 1440))
)
def test_bars_and_table_always_say_the_same(given_spans, today, shown, reported):
    timeline = draw(given_spans, reported=reported, today=today, shown=shown)
    bars, rows = chart_of(timeline) if timeline.rows else [], table_of(timeline)
    assert len(bars) == len(rows) == len(timeline.rows)
    for (text, x, width), (policy, status, first, last, *_) in zip(bars, rows, strict=True):
        assert text.startswith(policy)
        assert f"{status}: {first}" in text
        assert last in text or last in (first, "No end date yet")
        assert 0 <= x <= x + width <= 100 + 1e-9
    firsts = [row.span.first_day for row in timeline.rows]
    assert firsts == sorted(firsts)
    assert all(short_date(day) == row[2] for day, row in zip(firsts, rows, strict=True))
    assert all(0 < mark.x < 100 for mark in timeline.marks)
    if shown is Shown.ALL:
        assert len(rows) == len(given_spans)
        assert {mark.day for mark in timeline.marks} == set(reported)
