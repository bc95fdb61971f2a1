"""Days as percent of a line, and the marks under it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.timescale import LABEL_GAP, MOST_TICKS, NARROWEST, Bar, Scale, anchored, ticks

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))


@st.composite
def scales(draw):
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return Scale(first, last)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def scale(first: str, last: str) -> Scale:
    return Scale(day(first), day(last))


class TestScale:
    @pytest.mark.parametrize(
        ("line", "first", "last", "bar"),
        [
            (("2022-09-02", "2022-09-16"), "2022-09-02", "2022-09-16", Bar(0, 100)),
            (("2022-09-02", "2022-09-16"), "2022-09-02", "2022-09-08", Bar(0, 46.667)),  # the last day counts
            (("2022-09-02", "2022-09-16"), "2022-09-09", "2022-09-16", Bar(46.667, 53.333)),
            (("2022-09-02", "2022-09-02"), "2022-09-02", "2022-09-02", Bar(0, 100)),  # a leave of one day
            (("2023-01-01", "2023-12-31"), "2023-07-02", "2023-07-02", Bar(49.863, NARROWEST)),
            (("2023-01-01", "2023-12-31"), "2023-12-31", "2023-12-31", Bar(99.2, NARROWEST)),  # kept on the line
            (("2024-01-01", "2024-12-31"), "2024-02-29", "2024-02-29", Bar(16.12, NARROWEST)),
            (("2024-02-28", "2024-03-01"), "2024-02-29", "2024-02-29", Bar(33.333, 33.333)),
            (("2023-01-01", "2023-12-31"), "2022-09-12", "2023-12-31", Bar(0, 100)),  # begun before
            (("2023-01-01", "2023-01-10"), "2023-01-06", "2024-05-01", Bar(50, 50)),  # goes on after
        ],
    )
    def test_bars(self, line, first, last, bar):
        assert scale(*line).bar(day(first), day(last)) == bar

    def test_a_moment_of_a_day(self):
        line = scale("2022-09-02", "2022-09-16")
        assert (line.at(day("2022-09-12")), line.middle(day("2022-09-12"))) == (66.667, 70)

    @given(scales(), st.data())
    def test_every_bar_lies_on_the_line_where_its_days_are(self, line, data):
        first, last = sorted(data.draw(st.dates(line.first, line.last)) for _ in range(2))
        bar = line.bar(first, last)
        assert 0 <= bar.x <= bar.x + bar.width <= 100 + 1e-9
        assert bar.width >= NARROWEST - 1e-9
        assert bar.x <= line.middle(first) + 1e-3
        assert bar.x + bar.width >= line.middle(last) - 1e-3


class TestTicks:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (("2022-09-02", "2022-09-02"), ["2022-09-02"]),
            (("2022-09-02", "2022-09-06"), [f"2022-09-0{n}" for n in range(2, 7)]),
            (("2022-09-02", "2022-09-07"), ["2022-09-02", "2022-09-04", "2022-09-06"]),
            (("2022-09-02", "2022-09-16"), ["2022-09-04", "2022-09-11"]),  # Sundays
            (("2022-09-04", "2022-10-15"), ["2022-09-04", "2022-09-18", "2022-10-02"]),
            (("2022-12-20", "2023-03-15"), ["2023-01-01", "2023-02-01", "2023-03-01"]),
            (("2022-09-12", "2023-10-11"), ["2022-10-01", "2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01"]),
            (("2023-01-01", "2023-12-31"), ["2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01"]),
            (("2020-02-29", "2023-02-28"), ["2021-01-01", "2022-01-01", "2023-01-01"]),
            (("2024-02-28", "2024-03-02"), ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]),
        ],
    )
    def test_the_smallest_step_that_marks_five_at_most(self, line, expected):
        assert [tick.day.isoformat() for tick in ticks(scale(*line))] == expected

    def test_the_year_is_said_first_and_when_it_changes(self):
        marks = ticks(scale("2022-09-12", "2023-10-11"))
        assert [tick.day.year for tick in marks if tick.with_year] == [2022, 2023]
        assert [tick.day.month for tick in marks if tick.with_year] == [10, 1]

    def test_a_label_without_room_is_dropped_and_its_year_said_at_the_next(self):
        marks = ticks(scale("2022-11-02", "2023-04-15"))  # 31 days are 18.8 percent of it
        assert [(tick.day.isoformat(), tick.labelled, tick.with_year) for tick in marks] == [
            ("2022-12-01", True, True),
            ("2023-01-01", False, False),
            ("2023-02-01", True, True),
            ("2023-03-01", False, False),
            ("2023-04-01", True, False),
        ]

    @pytest.mark.parametrize(
        ("x", "anchor"), [(0, "start"), (7.9, "start"), (8, "middle"), (92, "middle"), (92.1, "end")]
    )
    def test_labels_at_the_ends_are_written_inward(self, x, anchor):
        assert anchored(x) == anchor

    @given(scales())
    def test_few_in_order_and_readable(self, line):
        marks = ticks(line)
        assert 1 <= len(marks) <= MOST_TICKS
        assert all(line.holds(tick.day) and 0 <= tick.x < 100 for tick in marks)
        assert [tick.day for tick in marks] == sorted({tick.day for tick in marks})
        labelled = [tick for tick in marks if tick.labelled]
        assert marks[0].labelled
        assert all(after.x - before.x >= LABEL_GAP for before, after in pairwise(labelled))
        years = [tick.day.year for tick in labelled]
        assert [tick.day.year for tick in labelled if tick.with_year] == sorted(set(years))
