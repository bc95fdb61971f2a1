"""One day of a leave: its questions, and how the list words it."""

import datetime as dt

import pytest
from django.utils import translation

from absences.journeys.absence_time import AbsenceTime, Date, Days, Note, Visit
from absences.rules import Window
from tests.unit.absences.circumstances import BOSTON, NOON, as_posted, known, make_setting

WINDOW = Window.around(NOON.date(), past=30, future=60)


def setting(**fields):
    return make_setting(**{"window": WINDOW, **fields})


def answers(date, *, full_day=True, start="", end="", visit="no", note="", **more):
    length = {"hours": {"length": "own_day"}} if full_day else {"times": {"start": start, "end": end, **more}}
    given = {
        "date": {"date": date},
        "full-day": {"full_day": "yes" if full_day else "no"},
        **length,
        "visit": {"visit": visit},
        "details": {"note": note},
    }
    return {slug: as_posted(posted) for slug, posted in given.items()}


def day(date, **fields):
    """The facts of a finished day."""
    walk = AbsenceTime.walk(
        answers(date, **fields), setting=setting(window=Window(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
    )
    assert walk.first_open is None, walk.pages[-1].form.errors
    return walk.facts


def listed(*days, **fields):
    """A walk's items; each item is named by its place."""
    posted = {f"days/{n:08x}/{slug}": given for n, day in enumerate(days) for slug, given in day.items()}
    return Days.items(posted, setting(**fields), met={})


class TestDate:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", ["Enter the day"]),
            ("3/6", ["The day must include a month, day and year"]),
            ("2/30/2026", ["The day must be a real date"]),
            ("5/6/2026", ["The day must be within the next 60 days"]),
            ("5/5/2026", []),
            ("2/4/2026", []),
            ("2/3/2026", []),  # no mistake: a way out
        ],
    )
    def test_what_it_says(self, typed, said):
        form = Date.form(as_posted({"date": typed}), {}, setting=setting())
        assert [link.text for link in form.error_links()] == said

    @pytest.mark.parametrize(("typed", "way_out"), [("2/4/2026", ""), ("2/3/2026", "late-leave")])
    def test_thirty_days_back(self, typed, way_out):
        form = Date.form(as_posted({"date": typed}), {}, setting=setting())
        assert form.is_valid()
        assert Date.way_out(form.cleaned_data, setting()) == way_out

    def test_thirty_days_back_over_a_leap_day(self):
        march = dt.datetime(2028, 3, 30, 12, tzinfo=BOSTON)
        window = Window.around(march.date(), past=30, future=60)
        for typed, way_out in {"2/29/2028": "", "2/28/2028": "late-leave"}.items():
            form = Date.form(as_posted({"date": typed}), {}, setting=setting(now=march, window=window))
            assert form.is_valid()
            assert Date.way_out(form.cleaned_data, form.setting) == way_out

    def test_before_the_agency_is_live(self):
        assert Date.way_out({"date": NOON.date()}, setting(served={})) == "your-agency"


class TestVisitAndNote:
    def test_the_visit_must_be_answered(self):
        form = Visit.form(as_posted({}), day("3/6/2026"), setting=setting())
        assert [link.text for link in form.error_links()] == ["Select yes if this absence is for a visit"]

    @pytest.mark.parametrize(
        ("note", "said"),
        [("", []), ("x" * 1000, []), ("x" * 1001, ["Other information must be 1,000 characters or fewer"])],
    )
    def test_the_note_may_be_left_out(self, note, said):
        form = Note.form(as_posted({"note": note}), day("3/6/2026"), setting=setting())
        assert [link.text for link in form.error_links()] == said

    def test_markup_of_a_hint_is_ours_alone(self):
        hint = Note.form(None, day("3/6/2026"), setting=setting()).fields["note"].help_text
        assert hint == (
            "Friday, March 6, 2026, full day (8 hours)<br>Do not put in more health details than you want to share."
        )


class TestWords:
    @pytest.mark.parametrize(
        ("date", "fields", "lines"),
        [
            ("1/12/2023", {}, ["Full day (8 hours)", "Doctor visit: no"]),
            (
                "1/12/2023",
                {"full_day": False, "start": "10 PM", "end": "6 AM", "visit": "yes"},
                ["10:00 PM to 6:00 AM Friday (8 hours)", "Doctor visit: yes"],
            ),
            (
                "12/31/2026",
                {"full_day": False, "start": "11:30 PM", "end": "12:15 AM", "note": "Fireworks"},
                ["11:30 PM to 12:15 AM Friday (45 minutes)", "Doctor visit: no", "Other information: Fireworks"],
            ),
            (
                "2/29/2028",
                {"full_day": False, "start": "8 AM", "end": "12 PM"},
                ["8:00 AM to 12:00 PM (4 hours)", "Doctor visit: no"],
            ),
            (
                "3/7/2026",
                {"full_day": False, "start": "10 PM", "end": "6 AM"},
                [
                    "10:00 PM to 6:00 AM Sunday (7 hours)",
                    "The clocks change this night, so this is 7 hours.",
                    "Doctor visit: no",
                ],
            ),
            (
                "10/31/2026",
                {"full_day": False, "start": "10 PM", "end": "6 AM"},
                [
                    "10:00 PM to 6:00 AM Sunday (9 hours)",
                    "The clocks change this night, so this is 9 hours.",
                    "Doctor visit: no",
                ],
            ),
        ],
    )
    def test_a_card(self, date, fields, lines):
        assert list(Days.lines(day(date, **fields))) == lines

    def test_the_summary_ends_with_the_sum(self):
        cleaned = {"days": (day("3/6/2026", note="Bring forms"), day("3/9/2026", visit="yes")), "again": False}
        assert [row.answer for row in Days.rows(cleaned)] == ["2 days, 16 hours in all"]

    def test_weekdays_in_the_readers_language(self):
        with translation.override("es"):
            assert "viernes" in Days.lines(day("1/12/2023", full_day=False, start="10 PM", end="6 AM"))[0]


class TestTheList:
    def test_total_of_what_is_finished(self):
        unfinished = {slug: posted for slug, posted in answers("3/10/2026").items() if slug != "details"}
        half = {"full_day": False, "start": "8 AM", "end": "8:30 AM"}
        items = listed(
            answers("3/9/2026", **half), answers("3/9/2026", **{**half, "start": "8 PM", "end": "9 PM"}), unfinished
        )
        facts = {"days": tuple(item.facts for item in items)}
        assert Days.form(None, facts, setting=setting()).total == "1 day, 1 hour 30 minutes in all"

    def test_by_date_then_by_time(self):
        days = [
            answers("3/10/2026"),
            answers("3/9/2026", full_day=False, start="1 PM", end="2 PM"),
            answers("3/9/2026", full_day=False, start="9 AM", end="10 AM"),
        ]
        assert [item.id for item in Days.in_order(listed(*days))] == ["00000002", "00000001", "00000000"]

    def test_an_unfinished_day_gives_way_to_those_that_are_finished(self):
        begun = {"date": as_posted({"date": "3/9/2026"})}
        later = answers("3/9/2026")
        for focus in ("", "00000000"):
            posted = {f"days/{n:08x}/{slug}": given for n, d in enumerate([begun, later]) for slug, given in d.items()}
            items = {item.id: item for item in Days.items(posted, setting(), focus=focus, met={})}
            assert items["00000000"].walk.first_open.step is Date
            assert not items["00000001"].open

    @pytest.mark.parametrize(
        ("one", "other", "clash"),
        [
            # the hour from 1 to 2 AM comes twice on November 1, 2026: each is read so that it is shortest
            (("10/31/2026", "10 PM", "1:30 AM"), ("11/1/2026", "1 AM", "3 AM"), False),
            (("10/31/2026", "10 PM", "1:30 AM"), ("11/1/2026", "12:30 AM", "12:45 AM"), True),
            (("10/31/2026", "10 PM", "1 AM"), ("11/1/2026", "2 AM", "3 AM"), False),
            # the hour from 2 to 3 AM does not come on March 8, 2026
            (("3/7/2026", "10 PM", "3 AM"), ("3/8/2026", "3 AM", "4 AM"), False),
            (("3/7/2026", "10 PM", "3:30 AM"), ("3/8/2026", "3 AM", "4 AM"), True),
            (("12/31/2026", "11 PM", "1 AM"), ("1/1/2027", "12:30 AM", "2 AM"), True),
            (("2/28/2028", "11 PM", "1 AM"), ("2/29/2028", "12:30 AM", "2 AM"), True),
            (("2/28/2028", "11 PM", "1 AM"), ("2/29/2028", "1 AM", "2 AM"), False),
        ],
    )
    def test_nights(self, one, other, clash):
        wide = Window(dt.date(2026, 1, 1), dt.date(2029, 1, 1))
        days = [answers(date, full_day=False, start=start, end=end) for date, start, end in (one, other)]
        assert listed(*days, window=wide)[1].open is clash

    def test_walked_once_for_the_same_answers(self):
        posted = {f"days/00000000/{slug}": given for slug, given in answers("3/9/2026").items()}
        met = {}
        (first,) = Days.items(posted, setting(), met=met)
        (again,) = Days.items(dict(posted), setting(), met=met)
        assert again is first
        posted["days/00000000/visit"] = as_posted({"visit": ""})
        assert Days.items(posted, setting(), met=met)[0].open
        posted["days/00000000/visit"] = as_posted({"visit": "no"})
        assert Days.items(posted, setting(reported=(known("2026-03-09"),)), met=met)[0].open
