"""Which rows speak to a request, and which tests the person meets."""

import pytest

from tests.unit.policy.making import ask, employee, request, row, statuses, used


def outcome(*predicates, asked=None, ledger=(), row_changes=None, **who):
    found = ask(asked, row(eligibility=list(predicates), **(row_changes or {})), who=employee(**who), ledger=ledger)
    return found.eligibility, found.reasons, found.eligible_from and str(found.eligible_from)


def months(n=12):
    return {"type": "months_employed", "months": n}


def hours(minutes=75000):
    return {"type": "hours_12mo", "minutes": minutes}


WORKSITE = {"type": "worksite", "min": 50}


def hired(*spells):
    return [dict(zip(("start", "end"), spell, strict=False)) for spell in spells]


# --- does the row speak to the request? ---


@pytest.mark.parametrize(
    ("row_changes", "asked", "expected"),
    [
        ({"effective_from": "2025-03-04"}, {}, "NOT_EFFECTIVE"),
        ({"effective_from": "2025-03-03"}, {}, None),
        ({"effective_to": "2025-03-02"}, {}, "NOT_EFFECTIVE"),
        ({"effective_to": "2025-03-03"}, {}, None),
        ({"reason_effective_from": {"tide": "2025-03-04"}}, {}, "NOT_EFFECTIVE"),
        ({"reason_effective_from": {"tide": "2025-03-03"}}, {}, None),
        ({"groups": ["manager"]}, {}, "GROUP_NOT_COVERED"),
        ({"groups": ["manager", "union"]}, {}, None),
        ({}, {"reason": "ebb"}, "REASON_NOT_COVERED"),
        ({}, {"relationship": "child"}, "RELATIONSHIP_NOT_COVERED"),
        ({"event_types": ["birth"]}, {"event": {"type": "foster"}}, "EVENT_TYPE_NOT_COVERED"),
        ({"event_types": ["birth"]}, {"event": {"type": "birth"}}, None),
        ({"event_types": ["birth"]}, {}, None),
        ({"modes": ["intermittent"]}, {}, "MODE_NOT_ALLOWED"),
        ({"modes": ["continuous"]}, {}, None),
        ({"groups": ["manager"]}, {"reason": "ebb"}, "GROUP_NOT_COVERED"),
    ],
)
def test_which_rows_speak_to_a_request(row_changes, asked, expected):
    found = ask(request(**asked), row(**row_changes))
    assert found.reasons == ((expected,) if expected else ())
    assert (found.eligibility == "NOT_APPLICABLE") == bool(expected)
    assert bool(found.segments) != bool(expected)


# --- service ---


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2024-03-03", ("ELIGIBLE", ("MONTHS_12_OK",), "2025-03-03")),
        ("2024-03-04", ("ELIGIBLE", ("MONTHS_12_LATER",), "2025-03-04")),
        ("2024-03-07", ("ELIGIBLE", ("MONTHS_12_LATER",), "2025-03-07")),
        ("2024-03-08", ("NOT_ELIGIBLE", ("MONTHS_12_FAIL",), None)),
    ],
)
def test_months_are_met_before_in_or_after_the_leave(start, expected):
    assert outcome(months(), employment=hired((start,))) == expected


def test_weeks_of_several_periods_add_up():
    """40 weeks to 7 October 2023, and twelve more from 8 December 2024: the last begins on Sunday 23 February."""
    first = ("2023-01-01", "2023-10-07")
    assert outcome(months(), employment=hired(first, ("2024-12-08",)))[:2] == ("ELIGIBLE", ("MONTHS_12_OK",))
    later = outcome(months(), employment=hired(first, ("2024-12-15",)), asked=request(end="2025-03-31"))
    assert later == ("ELIGIBLE", ("MONTHS_12_OK",), "2025-03-03")
    assert (
        outcome(months(), employment=hired(first, ("2024-12-22",)), asked=request(end="2025-03-31"))[2] == "2025-03-10"
    )
    assert outcome(months(), employment=hired(first, ("2024-12-22",)))[0] == "NOT_ELIGIBLE"
    assert outcome(months(3), employment=hired(("2024-01-01", "2024-03-30"), ("2025-03-03",)))[0] == "ELIGIBLE"
    assert outcome(months(3), employment=hired(("2024-01-07", "2024-03-30"), ("2025-03-05",)))[2] == "2025-03-06"


def test_service_is_unknown_without_a_hire_date():
    for predicate, code in [
        (months(), "MONTHS_12_UNKNOWN"),
        ({"type": "consecutive_months", "months": 3}, "SERVICE_3M_UNKNOWN"),
        ({"type": "days_employed", "days": 90}, "DAYS_90_UNKNOWN"),
    ]:
        assert outcome(predicate, employment=[]) == ("PENDING_INFO", (code,), "2025-03-03")


def test_days_and_consecutive_months_count_from_the_current_hire():
    days = {"type": "days_employed", "days": 90}
    assert outcome(days, employment=hired(("2024-12-03",)))[1:] == (("DAYS_90_OK",), "2025-03-03")
    assert outcome(days, employment=hired(("2024-12-04",)))[1:] == (("DAYS_90_LATER",), "2025-03-04")
    three = {"type": "consecutive_months", "months": 3}
    spells = hired(("2010-01-01", "2024-12-01"), ("2024-12-05",))
    assert outcome(three, employment=spells)[1:] == (("SERVICE_3M_LATER",), "2025-03-05")


def probation(**changes):
    return {"type": "probation_or_months", "months": 3, **changes}


@pytest.mark.parametrize(
    ("predicate", "who", "expected"),
    [
        (probation(), {"probation_end": "2025-03-02"}, (("PROBATION_OK",), "2025-03-03")),
        (probation(), {"probation_end": "2025-03-03"}, (("PROBATION_LATER",), "2025-03-04")),
        (probation(), {"probation_end": "2025-03-07"}, (("PROBATION_FAIL",), None)),
        (
            probation(cap_months=3),
            {"probation_end": "2025-12-31", "employment": hired(("2024-12-04",))},
            (("PROBATION_LATER",), "2025-03-04"),
        ),
        (
            probation(cap_months=3),
            {"probation_end": "2025-03-03", "employment": hired(("2025-03-01",))},
            (("PROBATION_LATER",), "2025-03-04"),
        ),
        (probation(), {"employment": hired(("2024-12-04",))}, (("SERVICE_3M_LATER",), "2025-03-04")),
        (probation(), {"full_time": False}, (("SERVICE_3M_OK",), "2025-03-03")),
        (probation(full_time_if_no_probation=True), {"full_time": False}, (("FULL_TIME_FAIL",), None)),
        (probation(full_time_if_no_probation=True), {}, (("SERVICE_3M_OK",), "2025-03-03")),
        (
            probation(full_time_if_no_probation=True),
            {"full_time": False, "probation_end": "2025-01-01"},
            (("PROBATION_OK",), "2025-03-03"),
        ),
    ],
)
def test_probation_or_months(predicate, who, expected):
    assert outcome(predicate, **who)[1:] == expected


# --- hours and worksite ---


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"hours_worked_12mo_minutes": 75000}, "HOURS_1250_OK"),
        ({"hours_worked_12mo_minutes": 74999}, "HOURS_1250_FAIL"),
        ({"hours_worked_12mo_minutes": 74000, "userra_credit_minutes": 1000}, "HOURS_1250_OK"),
        ({"hours_worked_12mo_minutes": 74000, "userra_credit_minutes": 999}, "HOURS_1250_FAIL"),
        ({"hours_worked_12mo_minutes": 0, "hours_presumed": True}, "HOURS_1250_FAIL"),
        ({"hours_presumed": True}, "HOURS_1250_PRESUMED"),
        ({}, "HOURS_1250_UNKNOWN"),
    ],
)
def test_hours_worked(who, expected):
    assert outcome(hours(), **who)[1] == (expected,)


def log(first, last, week=(100,) * 7):
    return {"from": first, "to": last, "week": list(week)}


@pytest.mark.parametrize(
    ("logs", "minutes"),
    [
        ([log("2024-03-03", "2025-03-02")], 36500),
        ([log("2024-01-01", "2025-12-31")], 36500),
        ([log("2024-03-01", "2024-03-03"), log("2025-03-02", "2025-03-03")], 200),
        ([log("2024-03-02", "2024-03-02")], 0),
        ([log("2025-02-23", "2025-03-01", (1, 2, 4, 8, 16, 32, 64))], 127),
        ([log("2025-02-23", "2025-02-23", (1, 2, 4, 8, 16, 32, 64))], 1),
    ],
)
def test_hours_are_counted_from_the_log_of_the_year_before(logs, minutes):
    assert outcome(hours(minutes), work_log=logs)[0] == "ELIGIBLE"
    assert outcome(hours(minutes + 1), work_log=logs)[0] == "NOT_ELIGIBLE"


def test_hours_are_tested_on_the_first_day_the_dated_tests_hold():
    """What is worked while waiting for the twelve months counts; what has rolled off by then does not."""
    worked = [log("2025-03-01", "2025-03-31")]
    who = {"work_log": worked, "employment": hired(("2024-03-11",))}
    asked = request(end="2025-03-31")
    assert outcome(months(), hours(1000), asked=asked, **who)[0] == "ELIGIBLE"
    assert outcome(months(), hours(1001), asked=asked, **who)[0] == "NOT_ELIGIBLE"
    assert outcome(hours(201), asked=asked, **who)[0] == "NOT_ELIGIBLE"


def test_of_alternatives_the_deciding_one_says_when_hours_are_tested():
    either = {"type": "any_of", "of": [fact(), {"type": "days_employed", "days": 365}]}
    who = {"work_log": [log("2025-03-01", "2025-03-31")], "employment": hired(("2024-03-11",))}
    for known in (False, None):
        found = outcome(either, hours(1000), asked=request(end="2025-03-31"), facts={"rich": known}, **who)
        assert (found[0], found[2]) == ("ELIGIBLE", "2025-03-11")


@pytest.mark.parametrize(("count", "expected"), [(50, "OK"), (49, "FAIL"), (None, "UNKNOWN")])
def test_worksite(count, expected):
    assert outcome(WORKSITE, worksite_headcount_75mi=count)[1] == (f"WORKSITE_50_{expected}",)


# --- facts, alternatives, unknowns ---


def fact(name="rich", **changes):
    return {"type": "fact", "name": name, **changes}


@pytest.mark.parametrize(
    ("known", "expected"),
    [(True, ("ELIGIBLE", "OK")), (False, ("NOT_ELIGIBLE", "FAIL")), (None, ("PENDING_INFO", "UNKNOWN"))],
)
def test_unknown_is_not_no(known, expected):
    found = outcome(fact(), facts={"rich": known})
    assert found[:2] == (expected[0], (f"FACT_RICH_{expected[1]}",))


def test_any_failure_outweighs_what_is_unknown():
    assert outcome(fact("rich"), fact("idle"), facts={"idle": False})[0] == "NOT_ELIGIBLE"


@pytest.mark.parametrize(
    ("start", "known", "expected"),
    [
        ("2024-12-01", None, ("ELIGIBLE", "2025-03-03")),
        ("2024-12-05", None, ("ELIGIBLE", "2025-03-05")),
        ("2024-12-05", True, ("ELIGIBLE", "2025-03-03")),
        ("2024-12-05", False, ("ELIGIBLE", "2025-03-05")),
        ("2025-01-01", None, ("PENDING_INFO", "2025-03-03")),
        ("2025-01-01", False, ("NOT_ELIGIBLE", None)),
    ],
)
def test_the_best_of_several_decides_and_all_are_reported(start, known, expected):
    either = {"type": "any_of", "of": [{"type": "consecutive_months", "months": 3}, fact()]}
    eligibility, reasons, begins = outcome(either, employment=hired((start,)), facts={"rich": known})
    assert (eligibility, begins) == expected
    assert len(reasons) == 2


def test_the_earlier_of_two_dates_decides():
    either = {"type": "any_of", "of": [{"type": "consecutive_months", "months": n} for n in (5, 3, 4)]}
    asked = request(end="2025-07-31")
    assert outcome(either, employment=hired(("2024-12-05",)), asked=asked)[2] == "2025-03-05"


LOCK = {"lock_in_benefit_year": ["TIDE", "EBB"]}


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        (used("2024-09-10", policy="EBB"), "PFML_BENEFIT_YEAR_OPEN"),
        (used("2024-09-10", policy="FLOOD"), "FACT_RICH_FAIL"),
        (used("2024-09-10", policy="EBB", status="pending"), "FACT_RICH_FAIL"),
        (used("2024-09-10", policy="EBB", person="partner"), "FACT_RICH_FAIL"),
        (used("2024-03-05", policy="EBB"), "FACT_RICH_FAIL"),  # its year ended on 1 March
        (used("2024-03-10", policy="EBB"), "PFML_BENEFIT_YEAR_OPEN"),
        (used("2025-03-10"), "PFML_BENEFIT_YEAR_OPEN"),  # recorded before: the year moves back to take the request in
        (used("2026-02-28"), "PFML_BENEFIT_YEAR_OPEN"),  # its last day
        (used("2026-03-01"), "FACT_RICH_FAIL"),
    ],
)
def test_earnings_are_not_tested_again_inside_an_open_benefit_year(ledger, expected):
    assert outcome(fact(**LOCK), ledger=ledger, facts={"rich": False})[1] == (expected,)


def test_a_benefit_year_of_the_departments_own_is_open():
    own = [{"start": "2024-03-10"}]
    assert outcome(fact(**LOCK), pfml_benefit_years=own)[1] == ("PFML_BENEFIT_YEAR_OPEN",)
    (finding,) = ask(None, row(eligibility=[fact(**LOCK)]), who=employee(pfml_benefit_years=own)).findings
    assert finding.observed is True is finding.required
    assert outcome(fact(), pfml_benefit_years=own)[1] == ("FACT_RICH_UNKNOWN",)
    assert outcome(fact(**LOCK), pfml_benefit_years=[{"start": "2024-03-03"}])[1] == ("FACT_RICH_UNKNOWN",)


# --- not tested again for the same condition ---


@pytest.mark.parametrize(
    ("condition", "uses", "locked"),
    [
        ("C1", used("2024-03-04", condition_id="C1"), True),
        ("C1", used("2024-03-03", condition_id="C1"), False),
        ("C1", used("2024-03-03", "2024-04-01", condition_id="C1"), False),  # the year began with the first
        ("C1", used("2023-03-03", "2024-04-01", condition_id="C1"), True),  # …and the next with the first after it
        ("C1", used("2025-03-03", condition_id="C1"), True),
        ("C1", used("2025-03-04", condition_id="C1"), False),
        ("C2", used("2024-09-04", condition_id="C1"), False),
        (None, used("2024-09-04"), False),
        ("C1", used("2024-09-04", condition_id="C1", policy="EBB"), False),
        ("C1", used("2024-09-04", condition_id="C1", status="denied"), False),
    ],
)
def test_tests_are_not_repeated_for_one_condition_in_its_twelve_months(condition, uses, locked):
    changes = {"eligibility_lock": True}
    asked = request(condition_id=condition)
    found = outcome(months(), hours(), WORKSITE, fact(), asked=asked, ledger=uses, row_changes=changes)
    assert ("ELIGIBILITY_LOCKED" in found[1]) is locked
    assert found[0] == "PENDING_INFO"
    assert len(found[1]) == (2 if locked else 4)
    assert "ELIGIBILITY_LOCKED" not in outcome(months(), asked=asked, ledger=uses)[1]


def test_findings_say_what_was_seen_and_what_was_wanted():
    def seen(predicate, **who):
        (finding,) = ask(None, row(eligibility=[predicate]), who=employee(**who)).findings
        return finding.observed, finding.required, str(finding.holds_from)

    assert seen(months()) == ("2010-01-04", 12, "2011-01-04")
    assert seen(hours(), hours_worked_12mo_minutes=70000, userra_credit_minutes=5) == (70005, 75000, "None")
    assert seen(hours(), hours_presumed=True) == seen(hours()) == (None, 75000, "None")
    assert seen(WORKSITE) == (None, 50, "None")
    assert seen(probation(full_time_if_no_probation=True), full_time=False) == (False, True, "None")
    assert seen(probation(cap_months=6), probation_end="2010-03-01") == ("2010-03-01", 6, "2010-03-02")
    assert seen({"type": "days_employed", "days": 90}) == ("2010-01-04", 90, "2010-04-04")
    assert seen(fact(), facts={"rich": False}) == (False, True, "None")


def test_a_refusal_says_nothing_of_balances():
    found = ask(None, row(eligibility=[WORKSITE]), who=employee(worksite_headcount_75mi=1))
    assert found.balance_start is None is found.balance_end
    assert (found.approved.weeks, found.approved.minutes) == (0, 0)
    assert statuses(found) == [("2025-03-03", "2025-03-07", "INELIGIBLE", 0)]
    (finding,) = found.findings
    assert (finding.observed, finding.required, finding.result) == (1, 50, "FAIL")
