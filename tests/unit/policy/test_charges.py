"""What a leave costs on each day."""

import pytest

from cases.policy.schedules import NoHistory, NoTimePasses
from tests.unit.policy.making import absences, ask, calendar, employee, request, row, used

NIGHTS = [{"start": "22:00", "end": "06:00", "break": 30}] * 5 + [None, None]


def shifts(week):
    return employee(schedules=[{"kind": "shifts", "from": "2000-01-01", "week": week}])


def weekly(*week):
    return employee(schedules=[{"kind": "weekly", "from": "2000-01-01", "week": list(week)}])


def cost(asked, who=None, ledger=(), on=None, **changes):
    """Charged minutes by day, and the notes."""
    found = ask(asked, row(**changes), who=who, ledger=ledger, on=on)
    return {str(day.date): day.minutes for day in found.days}, set(found.notes)


# --- continuous: holidays and closures ---


@pytest.mark.parametrize(
    ("asked", "on", "days", "notes"),
    [
        (request(), {"holidays": ["2025-03-07"]}, 5, {"HOLIDAY_CHARGED"}),
        (request(end="2025-03-06"), {"holidays": ["2025-03-05"]}, 3, {"HOLIDAY_NOT_CHARGED"}),
        (request("2025-03-04"), {"holidays": ["2025-03-05"]}, 3, {"HOLIDAY_NOT_CHARGED"}),
        (request("2025-03-04"), {"holidays": ["2025-03-03"]}, 4, set()),
        (request(), {"closures": ["2025-03-05"]}, 5, {"CLOSURE_CHARGED"}),
        (request(end="2025-03-06"), {"closures": ["2025-03-05"]}, 3, {"CLOSURE_NOT_CHARGED"}),
        (request(), {"holidays": ["2025-03-05"], "closures": ["2025-03-05"]}, 5, {"HOLIDAY_CHARGED"}),
        (request(end="2025-03-09"), {"holidays": ["2025-03-08"]}, 5, set()),  # a Saturday
        (request(), {"closures": [f"2025-03-0{n}" for n in range(3, 8)]}, 0, {"CLOSURE_WEEK_NOT_COUNTED"}),
        (
            request(),
            {"holidays": ["2025-03-03"], "closures": [f"2025-03-0{n}" for n in range(4, 8)]},
            0,
            {"CLOSURE_WEEK_NOT_COUNTED"},
        ),
        (request(), {"closures": [f"2025-03-0{n}" for n in range(3, 7)]}, 5, {"CLOSURE_CHARGED"}),
        (request(), {"holidays": [f"2025-03-0{n}" for n in range(3, 8)]}, 5, {"HOLIDAY_CHARGED"}),
        (request(), {"holidays": ["2025-03-07"], "workweek_start": 5}, 4, {"HOLIDAY_NOT_CHARGED"}),
    ],
)
def test_holidays_and_closures_in_continuous_leave(asked, on, days, notes):
    charged, found = cost(asked, on=calendar(**on))
    assert (len(charged), found) == (days, notes)


def test_who_works_on_holidays_is_charged_for_them():
    on = calendar(holidays=["2025-03-05"], closures=["2025-03-06"])
    assert cost(request(end="2025-03-06"), employee(works_holidays=True), on=on)[1] == set()
    assert len(cost(request(end="2025-03-06"), employee(works_holidays=True), on=on)[0]) == 4


def test_minutes_are_never_charged_on_holidays():
    minutes = {"unit": "minutes", "limits": [{**row()["limits"][0], "amount": "9000"}]}
    on = calendar(holidays=["2025-03-05"])
    assert cost(request(), on=on, **minutes) == (
        {f"2025-03-0{n}": 480 for n in (3, 4, 6, 7)},
        {"HOLIDAY_NOT_CHARGED"},
    )
    shut = calendar(closures=[f"2025-03-0{n}" for n in range(3, 8)])
    assert cost(request(), on=shut, **minutes) == ({}, {"CLOSURE_NOT_CHARGED"})


@pytest.mark.parametrize(
    "changes",
    [
        {"windows": [{"type": "event_months", "months": 12, "reasons": ["tide"]}]},
        {"eligibility": [{"type": "days_employed", "days": 1}]},
        {"waiting": {"days": 1, "effect": "deny"}},
    ],
)
def test_a_week_that_is_not_reached_whole_is_not_whole(changes):
    who = employee(employment=[{"start": "2025-03-03"}])
    asked = request(event={"id": "E", "type": "birth", "date": "2025-03-04"})
    charged, notes = cost(asked, who, on=calendar(holidays=["2025-03-05"]), **changes)
    assert len(charged) == 3
    assert "HOLIDAY_NOT_CHARGED" in notes


def test_the_week_is_the_one_worked():
    first, second = [0, 480, 480, 480, 480, 480, 0], [0, 240, 240, 240, 240, 240, 0]
    rows = [
        {"kind": "weekly", "from": "2000-01-01", "to": "2025-03-05", "week": first},
        {"kind": "weekly", "from": "2025-03-06", "week": second},
    ]
    found = ask(request(), who=employee(schedules=rows))
    assert [(int(d.minutes), int(d.divisor)) for d in found.days] == [(480, 1920)] * 3 + [(240, 1920)] * 2
    assert found.approved.weeks == 1
    assert found.balance_start.minutes == 6 * 2400


def test_the_last_row_in_force_applies():
    rows = [
        {"kind": "weekly", "from": "2000-01-01", "week": [0, 480, 480, 480, 480, 480, 0]},
        {"kind": "weekly", "from": "2025-03-04", "to": "2025-03-04", "week": [0, 100, 100, 100, 100, 100, 0]},
    ]
    assert cost(request(), employee(schedules=rows))[0] == {
        **{f"2025-03-0{n}": 480 for n in (3, 5, 6, 7)},
        "2025-03-04": 100,
    }
    assert cost(request(), employee(schedules=rows[1:]))[0] == {"2025-03-04": 100}


# --- reduced ---


def test_reduced_leave_costs_what_is_no_longer_worked():
    asked = request(mode="reduced", reduced_week=[0, 0, 240, 480, 600, 431, 0])
    assert cost(asked) == ({"2025-03-03": 480, "2025-03-04": 240, "2025-03-07": 45}, {"ROUNDED_DOWN"})


def test_reduced_to_nothing_costs_whole_days():
    assert cost(request(mode="reduced")) == ({f"2025-03-0{n}": 480 for n in range(3, 8)}, set())


def test_reduced_leave_costs_nothing_on_holidays():
    asked = request(mode="reduced", reduced_week=[0, 240, 240, 480, 240, 240, 0])
    on = calendar(holidays=["2025-03-04", "2025-03-05"], closures=["2025-03-06"])
    assert cost(asked, on=on) == (
        {"2025-03-03": 240, "2025-03-07": 240},
        {"HOLIDAY_NOT_CHARGED", "CLOSURE_NOT_CHARGED"},
    )
    only_worked = calendar(holidays=["2025-03-05"])
    assert cost(asked, on=only_worked)[1] == set()


def test_the_smallest_charge_never_exceeds_the_shift():
    asked = request(mode="reduced", reduced_week=[0, 20, 30, 30, 30, 30, 0])
    charged, _ = cost(asked, weekly(0, 40, 30, 30, 30, 30, 0), minimum_charge_minutes=60)
    assert charged == {"2025-03-03": 40}


# --- intermittent ---


@pytest.mark.parametrize(
    ("times", "charged", "notes"),
    [
        (["2025-03-04"], {"2025-03-04": 480}, set()),
        ([("2025-03-04", 480)], {"2025-03-04": 480}, set()),
        ([("2025-03-04", 479)], {"2025-03-04": 465}, {"ROUNDED_DOWN"}),
        ([("2025-03-04", 481)], {"2025-03-04": 480}, {"CAPPED_AT_SCHEDULE"}),
        ([("2025-03-04", 15)], {"2025-03-04": 15}, set()),
        ([("2025-03-04", 14)], {}, {"ROUNDED_DOWN"}),
        ([("2025-03-04", 29), ("2025-03-04", 29)], {"2025-03-04": 30}, {"ROUNDED_DOWN"}),
        ([("2025-03-04", 240), ("2025-03-04", 240)], {"2025-03-04": 480}, set()),
        ([("2025-03-04", 240), ("2025-03-04", 255)], {"2025-03-04": 480}, {"CAPPED_AT_SCHEDULE"}),
        (["2025-03-08"], {}, {"NOT_SCHEDULED"}),
        (["2025-03-02", "2025-03-29"], {}, set()),  # outside the leave
        (["2025-03-03", "2025-03-28"], {"2025-03-03": 480, "2025-03-28": 480}, set()),
        ([{"date": "2025-03-04", "start": "13:00", "end": "16:00"}], {"2025-03-04": 180}, set()),
        ([{"date": "2025-03-04", "start": "23:00", "end": "01:00"}], {"2025-03-04": 120}, set()),
    ],
)
def test_absences_cost_time_in_increments(times, charged, notes):
    assert cost(absences(*times)) == (charged, notes)


def test_a_single_minute_is_charged_where_minutes_are_counted():
    assert cost(absences(("2025-03-04", 1)), increment_minutes=1) == ({"2025-03-04": 1}, set())


def test_a_whole_shift_is_not_rounded():
    odd = weekly(0, 455, 455, 455, 455, 455, 0)
    assert cost(absences(("2025-03-04", 455)), odd) == ({"2025-03-04": 455}, set())
    assert cost(absences(("2025-03-04", 454)), odd) == ({"2025-03-04": 450}, {"ROUNDED_DOWN"})
    assert cost(absences("2025-03-04"), odd) == ({"2025-03-04": 455}, set())


def test_an_absence_of_which_nothing_is_known_costs_nothing():
    for unknown in ({}, {"start": "09:00"}, {"end": "09:00"}):
        assert cost(absences({"date": "2025-03-04", **unknown}), increment_minutes=1)[0] == {}
        late = {"date": "2025-03-04", "ot": "mandatory", **unknown}
        assert [int(d.divisor) for d in ask(absences(late, "2025-03-05"), row(increment_minutes=1)).days] == [2400]


def test_each_absence_is_rounded_then_raised_to_the_minimum():
    assert cost(absences(("2025-03-04", 20)), minimum_charge_minutes=60) == (
        {"2025-03-04": 60},
        {"ROUNDED_DOWN", "RAISED_TO_MINIMUM"},
    )
    assert cost(absences(("2025-03-04", 60)), minimum_charge_minutes=60) == ({"2025-03-04": 60}, set())
    assert cost(absences(("2025-03-04", 30), ("2025-03-04", 30)), minimum_charge_minutes=60)[0] == {"2025-03-04": 120}


def test_an_absence_on_a_holiday_costs_nothing():
    on = calendar(holidays=["2025-03-04"], closures=["2025-03-05"])
    assert cost(absences("2025-03-04", ("2025-03-05", 60)), on=on) == (
        {},
        {"HOLIDAY_NOT_CHARGED", "CLOSURE_NOT_CHARGED"},
    )
    assert cost(absences("2025-03-04"), employee(works_holidays=True), on=on)[0] == {"2025-03-04": 480}


def overtime(day, minutes, kind="mandatory"):
    return {"date": day, "minutes": minutes, "ot": kind}


def test_mandatory_overtime_is_part_of_the_day_and_of_the_week():
    found = ask(absences("2025-03-04", overtime("2025-03-04", 125), overtime("2025-03-08", 60), ("2025-03-11", 480)))
    assert [(int(d.minutes), int(d.divisor)) for d in found.days] == [(600, 2585), (60, 2585), (480, 2400)]
    assert set(found.notes) == {"MANDATORY_OT_CHARGED", "ROUNDED_DOWN"}


def test_overtime_by_the_clock():
    late = {"date": "2025-03-04", "start": "17:00", "end": "19:00", "ot": "mandatory"}
    found = ask(absences(late))
    assert [(int(d.minutes), int(d.divisor)) for d in found.days] == [(120, 2520)]


def test_voluntary_overtime_is_never_charged():
    assert cost(absences(overtime("2025-03-08", 60, "voluntary"))) == ({}, {"VOLUNTARY_OT_NOT_CHARGED"})


def test_overtime_does_not_pay_for_missed_ordinary_time():
    charged, notes = cost(absences(("2025-03-04", 600), overtime("2025-03-04", 60)))
    assert charged == {"2025-03-04": 540}
    assert notes == {"CAPPED_AT_SCHEDULE", "MANDATORY_OT_CHARGED"}


# --- shifts ---


@pytest.mark.parametrize(
    ("times", "charged", "notes"),
    [
        ([{"date": "2025-03-04", "start": "02:00", "end": "06:00"}], {"2025-03-03": 240}, set()),
        ([{"date": "2025-03-04", "start": "22:00", "end": "06:00"}], {"2025-03-04": 450}, set()),
        ([{"date": "2025-03-04", "start": "22:00", "end": "05:45"}], {"2025-03-04": 450}, set()),  # all but the break
        ([{"date": "2025-03-04", "start": "04:00", "end": "00:00"}], {"2025-03-03": 120, "2025-03-04": 120}, set()),
        ([{"date": "2025-03-05", "start": "20:00", "end": "00:00"}], {"2025-03-05": 120}, set()),
        ([{"date": "2025-03-04", "start": "08:00", "end": "10:00"}], {}, {"NOT_SCHEDULED"}),
        ([{"date": "2025-03-07", "start": "22:00", "end": "23:00"}], {}, {"NOT_SCHEDULED"}),
        ([{"date": "2025-03-03", "start": "02:00", "end": "04:00"}], {}, set()),  # Sunday's shift, before the leave
        ([{"date": "2025-03-04", "start": "23:00", "end": "23:20"}], {"2025-03-04": 15}, {"ROUNDED_DOWN"}),
        (["2025-03-04"], {"2025-03-04": 450}, set()),
    ],
)
def test_an_absence_is_cut_by_the_shifts_it_overlaps(times, charged, notes):
    assert cost(absences(*times), shifts(NIGHTS)) == (charged, notes)


def test_an_absence_by_the_clock_must_take_time():
    with pytest.raises(NoTimePasses):
        cost(absences({"date": "2025-03-04", "start": "09:00", "end": "09:00"}))


# --- hours that vary ---


def varying(*history):
    listed = [{"from": day, "weeks": weeks, "minutes": minutes} for day, weeks, minutes in history]
    return employee(schedules=[{"kind": "variable", "from": "2000-01-01", "history": listed}])


@pytest.mark.parametrize(
    ("history", "divisor"),
    [
        ([("2025-02-23", 1, 700)], 700),  # the last whole week before Monday 3 March
        ([("2025-02-23", 2, 700), ("2025-03-02", 9, 9999)], 700),
        ([("2024-03-03", 1, 700)], 700),  # the first whole week: the 12 months begin on 3 March 2024
        ([("2024-02-25", 2, 700), ("2024-02-25", 1, 9999)], 700),
        ([("2024-12-01", 2, 700), ("2025-01-05", 1, 2100)], "3500/3"),
    ],
)
def test_the_average_of_whole_weeks_in_the_year_before(history, divisor):
    found = ask(absences(("2025-03-04", 60)), who=varying(*history))
    (day,) = found.days
    assert str(day.divisor) == str(divisor)
    assert found.balance_start.minutes == round(6 * day.divisor)


def test_a_day_of_varying_hours_is_a_seventh_of_a_week():
    found = ask(request(end="2025-03-09"), who=varying(("2025-02-02", 4, 1000)))
    assert found.approved.weeks == 1
    assert found.approved.minutes == 1000
    assert {str(d.minutes) for d in found.days} == {"1000/7"}


def test_stated_minutes_have_no_cap_where_hours_vary():
    assert cost(absences(("2025-03-08", 800)), varying(("2025-02-02", 4, 1000)))[0] == {"2025-03-08": 795}


def test_hours_that_vary_need_a_history():
    with pytest.raises(NoHistory):
        cost(request(), varying(("2023-01-01", 4, 1000)))


# --- a minute is charged once ---


@pytest.mark.parametrize(
    ("ledger", "charged", "noted"),
    [
        (used("2025-03-04", minutes=240), 240, True),
        (used("2025-03-04", minutes=480), None, True),
        (used("2025-03-04", minutes=600), None, True),
        (used("2025-03-04", minutes=240, status="reserved"), 240, True),
        (used("2025-03-04", minutes=240, status="pending"), 480, False),
        (used("2025-03-04", minutes=240, policy="EBB"), 480, False),
        (used("2025-03-04", minutes=240, person="partner"), 480, False),
        (used("2025-03-05", minutes=240), 480, False),
    ],
)
def test_a_minute_is_charged_once(ledger, charged, noted):
    found, notes = cost(absences("2025-03-04"), ledger=ledger)
    assert found.get("2025-03-04") == charged
    assert ("OVERLAP_ALREADY_CHARGED" in notes) is noted


def test_what_fits_beside_what_is_charged_is_not_cut():
    found, notes = cost(absences(("2025-03-04", 240)), ledger=used("2025-03-04", minutes=240))
    assert (found, notes) == ({"2025-03-04": 240}, set())
