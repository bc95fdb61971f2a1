"""Each question of the day-to-day journey: what it accepts, what it says when it does not."""

import datetime as dt

import pytest

from absences.journeys.need import Need
from absences.journeys.steps import FullDay, Hours, Times
from absences.journeys.unplanned import Date, Overtime, Reason, Who, category
from absences.rules import DaySpan
from tests.unit.absences.circumstances import NOON, as_posted, known, make_setting

FRIDAY = {"date": dt.date(2026, 3, 6)}


def asked(step, posted, facts=(), **setting):
    return step.form(as_posted(posted), dict(facts), setting=make_setting(**setting))


def errors(form):
    return [link.text for link in form.error_links()]


def tiles(form, field):
    return [str(label) for _code, label in form.fields[field].choices]


class TestNeed:
    @pytest.mark.parametrize(
        ("need", "way_out"),
        [
            ("day_to_day", ""),
            ("own_health", ""),
            ("family_health", ""),
            ("pregnancy", ""),
            ("bonding", ""),
            ("other", "other"),
        ],
    )
    def test_leads_on_or_out(self, need, way_out):
        form = asked(Need, {"need": need})
        assert form.is_valid()
        assert Need.way_out(form.cleaned_data, make_setting()) == way_out

    def test_an_agency_that_is_not_live_takes_its_own_calls(self):
        before = make_setting(served={"day_to_day": (DaySpan(dt.date(2026, 3, 7), None),)})
        assert Need.way_out({"need": "day_to_day"}, before) == "your-agency"

    @pytest.mark.parametrize("posted", [{}, {"need": ""}, {"need": "vacation"}])
    def test_an_answer_is_needed(self, posted):
        assert errors(asked(Need, posted)) == ["Select what you need"]


class TestWho:
    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({}, "Select who this absence is for"),
            ({"who": "cat"}, "Select who this absence is for"),
            ({"who": "other"}, "Enter the relationship"),
            ({"who": "other", "relationship": "  "}, "Enter the relationship"),
            ({"who": "other", "relationship": "x" * 51}, "Relationship must be 50 characters or fewer"),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(Who, posted)) == [said]

    def test_a_relationship_counts_only_beside_other(self):
        form = asked(Who, {"who": "child", "relationship": "x" * 500})
        assert form.is_valid()
        assert form.cleaned_data["relationship"] is None

    @pytest.mark.parametrize(
        ("who", "kind"),
        [("myself", "employee_sick"), ("child", "family_sick"), ("spouse", "family_sick"), ("other", "family_sick")],
    )
    def test_employee_sick_or_family_sick(self, who, kind):
        assert category(who) == kind


class TestDate:
    def test_the_tiles_are_todays_and_its_neighbours(self):
        assert tiles(asked(Date, {}), "day") == [
            "Today, Friday, March 6, 2026",
            "Tomorrow, Saturday, March 7, 2026",
            "Yesterday, Thursday, March 5, 2026",
            "Another date",
        ]

    @pytest.mark.parametrize(("hour", "hinted"), [(0, True), (4, True), (5, False), (23, False)])
    def test_after_midnight_yesterday_has_a_hint(self, hour, hinted):
        form = asked(Date, {}, now=NOON.replace(hour=hour))
        hints = [str(hint) for hint in form.fields["day"].widget.hints.values()]
        assert hints == (["Choose this if your shift began before midnight."] if hinted else [])

    @pytest.mark.parametrize(
        ("posted", "date"),
        [
            ({"day": "2026-03-05"}, "2026-03-05"),
            ({"day": "2026-03-07"}, "2026-03-07"),
            ({"day": "other", "date": "5/5/2026"}, "2026-05-05"),
            ({"day": "other", "date": "March 9, 2026"}, "2026-03-09"),
            ({"day": "2026-03-09"}, "2026-03-09"),  # a tile that has gone is another date
            ({"date": "3/9/2026"}, "2026-03-09"),  # typed without the tile
            ({"day": "2026-03-05", "date": "nonsense"}, "2026-03-05"),
        ],
    )
    def test_dates(self, posted, date):
        form = asked(Date, posted)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["date"].isoformat() == date

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({}, "Select the date of the absence"),
            ({"day": "other"}, "Enter the date of the absence"),
            ({"day": "other", "date": "4/31/2026"}, "The date of the absence must be a real date"),
            ({"day": "other", "date": "4/2026"}, "The date of the absence must include a month, day and year"),
            ({"day": "other", "date": "5/6/2026"}, "The date of the absence must be within the next 60 days"),
            ({"day": "soon"}, "The date of the absence must be a real date"),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(Date, posted)) == [said]

    @pytest.mark.parametrize(("date", "way_out"), [("3/4/2026", "late"), ("3/5/2026", ""), ("1/1/2020", "late")])
    def test_too_long_ago_is_no_error_but_a_call(self, date, way_out):
        form = asked(Date, {"day": "other", "date": date})
        assert form.is_valid()
        assert Date.way_out(form.cleaned_data, make_setting()) == way_out

    def test_a_day_after_the_agencys_last_is_the_agencys_own(self):
        ending = make_setting(served={"day_to_day": (DaySpan(dt.date(2022, 9, 22), dt.date(2026, 3, 6)),)})
        assert Date.way_out({"date": dt.date(2026, 3, 6)}, ending) == ""
        assert Date.way_out({"date": dt.date(2026, 3, 7)}, ending) == "your-agency"

    def test_a_full_day_on_record_names_its_case(self):
        form = asked(Date, {"day": "2026-03-06"}, reported=(known("2026-03-06"),))
        assert errors(form) == [
            "You already reported Friday, March 6, 2026. See case 2113996209, or call 1-833-640-2800 to change it"
        ]

    def test_part_of_a_day_on_record_leaves_room(self):
        assert asked(Date, {"day": "2026-03-06"}, reported=(known("2026-03-06", "08:00", "10:00"),)).is_valid()


class TestFullDay:
    def test_an_answer_is_needed(self):
        assert errors(asked(FullDay, {}, FRIDAY)) == ["Select yes if you missed or will miss the full day"]

    def test_yes_beside_hours_on_record(self):
        reported = (known("2026-03-06", "08:00", "10:00"),)
        assert (
            "You already reported Friday, March 6, 2026"
            in errors(asked(FullDay, {"full_day": "yes"}, FRIDAY, reported=reported))[0]
        )
        assert asked(FullDay, {"full_day": "no"}, FRIDAY, reported=reported).is_valid()

    def test_the_date_stands_beside_the_question(self):
        assert asked(FullDay, {}, FRIDAY).fields["full_day"].help_text == "Friday, March 6, 2026"


class TestHours:
    @pytest.mark.parametrize(("minutes", "label"), [(480, "8 hours"), (450, "7 hours 30 minutes")])
    def test_the_persons_own_day_is_chosen_already(self, minutes, label):
        form = Hours.form(None, FRIDAY, setting=make_setting(daily_minutes=minutes))
        assert tiles(form, "length") == [label, "Other"]
        assert form["length"].value() == "own_day"
        sent = asked(Hours, {"length": "own_day"}, FRIDAY, daily_minutes=minutes)
        assert sent.is_valid()
        assert sent.cleaned_data["missed"] == minutes

    @pytest.mark.parametrize(
        ("hours", "minutes", "missed"),
        [
            ("7", "30", 450),
            ("7.5", "", 450),
            ("7,5", "0", 450),
            ("7.25", "", 435),
            ("", "45", 45),
            ("24", "0", 1440),
            ("24", "", 1440),
            ("0", "1", 1),
            (" 7 ", " 05 ", 425),
            ("７", "", 420),
        ],
    )
    def test_lengths(self, hours, minutes, missed):
        form = asked(Hours, {"length": "other", "hours": hours, "minutes": minutes}, FRIDAY)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["missed"] == missed

    @pytest.mark.parametrize(
        ("hours", "minutes", "said"),
        [
            ("", "", "Enter the hours or minutes"),
            ("0", "0", "Time missed must be more than 0"),
            ("24", "1", "Time missed must be 24 hours or less"),
            ("7", "60", "Minutes must be a number from 0 to 59"),
            ("7", "-5", "Minutes must be a number from 0 to 59"),
            ("-1", "0", "Hours must be a number from 0 to 24"),
            ("NaN", "0", "Hours must be a number from 0 to 24"),
            ("25", "", "Hours must be a number from 0 to 24"),
            ("1e1", "", "Hours must be a number from 0 to 24"),
            ("7.5", "15", "Hours must be a number from 0 to 24"),  # half an hour or a quarter?
            ("7" * 5000, "", "Hours must be a number from 0 to 24"),
        ],
    )
    def test_refusals(self, hours, minutes, said):
        assert errors(asked(Hours, {"length": "other", "hours": hours, "minutes": minutes}, FRIDAY)) == [said]


class TestTimes:
    @pytest.mark.parametrize(
        ("date", "start", "end", "missed", "line"),
        [
            ("2026-03-06", "8:00 AM", "10:00 AM", 120, "8:00 AM to 10:00 AM (2 hours)"),
            ("2026-03-06", "12:00 AM", "8:00 AM", 480, "12:00 AM to 8:00 AM (8 hours)"),
            (
                "2026-03-06",
                "10 PM",
                "6 AM",
                480,
                "10:00 PM to 6:00 AM (8 hours)\nEnds Saturday, March 7, 2026",
            ),
            (
                "2026-03-07",
                "10:00 PM",
                "6:00 AM",
                420,
                "10:00 PM to 6:00 AM (7 hours)\nEnds Sunday, March 8, 2026\n"
                "The clocks change this night, so this is 7 hours.",
            ),
            (
                "2026-03-08",
                "1:30 AM",
                "3:30 AM",
                60,
                "1:30 AM to 3:30 AM (1 hour)\nThe clocks change this night, so this is 1 hour.",
            ),
        ],
    )
    def test_lengths_in_real_time(self, date, start, end, missed, line):
        form = asked(Times, {"start": start, "end": end}, {"date": dt.date.fromisoformat(date)})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["missed"] == missed
        assert [row.answer for row in Times.rows(form.cleaned_data)] == [line]

    @pytest.mark.parametrize(
        ("start", "end", "said"),
        [
            ("", "", ["Enter the start time", "Enter the end time"]),
            ("8:00 AM", "8:00 AM", ["Start and end time cannot be the same"]),
            ("25:00", "8:00 AM", ["The start time must be a time, like 8:00 AM"]),
            ("8", "9", ["Add AM or PM to the start time", "Add AM or PM to the end time"]),
        ],
    )
    def test_refusals(self, start, end, said):
        assert errors(asked(Times, {"start": start, "end": end}, FRIDAY)) == said

    def test_the_hour_that_the_clocks_skip(self):
        form = asked(Times, {"start": "2:30 AM", "end": "3:15 AM"}, {"date": dt.date(2026, 3, 8)})
        assert errors(form) == ["The clocks skip this time. Enter a later end time"]

    def test_the_day_with_25_hours_is_still_24_at_most(self):
        form = asked(Times, {"start": "12:30 AM", "end": "12:15 AM"}, {"date": dt.date(2026, 11, 1)})
        assert errors(form) == ["Time missed must be 24 hours or less"]

    def test_a_long_time_needs_a_second_look(self):
        long = {"start": "6:00 AM", "end": "8:00 PM"}
        assert errors(asked(Times, long, FRIDAY)) == [
            "14 hours is a long time. Change the times, or check “Yes, 14 hours is right”"
        ]
        assert asked(Times, long, FRIDAY).fields["sure"].label == "Yes, 14 hours is right"
        assert asked(Times, {**long, "sure": "on"}, FRIDAY).is_valid()
        assert "sure" not in asked(Times, {"start": "6:00 AM", "end": "6:00 PM"}, FRIDAY).fields

    def test_time_on_record_names_its_case(self):
        reported = (known("2026-03-05", "22:00", "06:00"),)
        form = asked(Times, {"start": "5:00 AM", "end": "7:00 AM"}, FRIDAY, reported=reported)
        assert errors(form) == [
            "You already reported Thursday, March 5, 2026. See case 2113996209, or call 1-833-640-2800 to change it"
        ]
        assert asked(Times, {"start": "6:00 AM", "end": "7:00 AM"}, FRIDAY, reported=reported).is_valid()


class TestReason:
    @pytest.mark.parametrize(
        ("posted", "reason"),
        [
            ({"reason": '<b>flu</b> & "cold"'}, '<b>flu</b> & "cold"'),
            ({"reason": "%_%"}, "%_%"),
            ({"reason": "x" * 100}, "x" * 100),
            ({"usual": "doctor"}, "Doctor’s visit"),
            ({"usual": "doctor", "reason": "typed before"}, "Doctor’s visit"),  # a tile replaces, it does not add
            ({"usual": "unheard of", "reason": "typed"}, "typed"),
        ],
    )
    def test_one_reason(self, posted, reason):
        form = asked(Reason, posted)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["reason"] == reason

    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            ("", "Enter a reason"),
            ("   ", "Enter a reason"),
            ("x" * 101, "Reason must be 100 characters or fewer"),
            ("x" * 10_000, "Reason must be 100 characters or fewer"),
            ("see\x00note", "This has a hidden character we cannot read. Type it again"),
        ],
    )
    def test_refusals(self, reason, said):
        assert errors(asked(Reason, {"reason": reason})) == [said]

    def test_a_reason_chosen_by_its_tile_stands_in_the_box_afterwards(self):
        assert asked(Reason, {"usual": "doctor"})["reason"].value() == "Doctor’s visit"


def test_overtime_needs_an_answer():
    assert errors(asked(Overtime, {})) == ["Select if this was an overtime shift"]
    assert asked(Overtime, {"overtime": "mandatory"}).is_valid()
