"""Whole determinations: statuses, segments, waiting, policies that cover what others leave, and why."""

import json
from dataclasses import replace

import pytest

from cases.policy.authorities import AGREEMENT, cited_by
from cases.policy.codec import Malformed, dump
from cases.policy.engine import ENGINE_VERSION
from cases.policy.record import from_text, recorded, replay, to_text
from cases.policy.rows import parse
from cases.policy.types import Calendar
from tests.unit.policy.making import (
    absences,
    ask,
    calendar,
    employee,
    limited,
    request,
    row,
    statuses,
    used,
    workdays,
)

# --- statuses of days that cost nothing ---


def test_days_off_go_with_the_day_before_and_leading_ones_with_the_first_that_costs():
    found = ask(request("2025-03-01", "2025-03-16"), limited("calendar", "9/5"))
    assert statuses(found) == [
        ("2025-03-01", "2025-03-13", "APPROVABLE", 9 * 480),
        ("2025-03-14", "2025-03-16", "EXHAUSTED", 0),
    ]


def test_after_a_day_covered_in_part_nothing_is_left():
    found = ask(request("2025-03-01", "2025-03-09"), limited("calendar", "1/10"))
    assert statuses(found) == [
        ("2025-03-01", "2025-03-02", "APPROVABLE", 0),
        ("2025-03-03", "2025-03-03", "PARTIAL", 240),
        ("2025-03-04", "2025-03-09", "EXHAUSTED", 0),
    ]
    late = ask(request("2025-03-06", "2025-03-09"), limited("calendar", "3/10"))
    assert statuses(late)[1:] == [
        ("2025-03-07", "2025-03-07", "PARTIAL", 240),
        ("2025-03-08", "2025-03-09", "EXHAUSTED", 0),
    ]


def test_each_day_covered_in_part_stands_alone():
    """Half a day comes back every day."""
    earlier = used(*workdays("2024-03-05", 2), minutes=240) + used(*workdays("2024-03-07", 12))
    found = ask(request("2025-03-05", "2025-03-06"), limited("rolling_backward", "13/5"), ledger=earlier)
    assert statuses(found) == [
        ("2025-03-05", "2025-03-05", "PARTIAL", 240),
        ("2025-03-06", "2025-03-06", "PARTIAL", 240),
    ]


@pytest.mark.parametrize(("amount", "status"), [("1/5", "APPROVABLE"), ("0", "EXHAUSTED")])
def test_where_nothing_is_charged_the_opening_balance_decides(amount, status):
    found = ask(absences(), limited("calendar", amount))
    assert statuses(found) == [("2025-03-03", "2025-03-28", status, 0)]
    assert (found.days, found.notes, found.first_uncovered_date) == ((), (), None)


def test_when_it_ran_out_and_what_was_not_covered_first():
    found = ask(request(), limited("calendar", "2/5"))
    assert (str(found.exhaustion_date), str(found.first_uncovered_date)) == ("2025-03-04", "2025-03-05")
    whole = ask(request(), limited("calendar", "1"))
    assert (str(whole.exhaustion_date), whole.first_uncovered_date) == ("2025-03-07", None)
    weekend = ask(request("2025-03-08", "2025-03-09"), limited("calendar", "0"))
    assert (str(weekend.exhaustion_date), weekend.first_uncovered_date) == ("2025-03-08", None)


def test_half_a_minute_is_shown_as_a_whole_one():
    found = ask(request(end="2025-03-03"), limited("calendar", "1/4800"))
    assert (found.balance_start.minutes, found.approved.minutes) == (1, 1)
    assert (found.exhausted.minutes, statuses(found)[0][3]) == (480, 1)
    less = ask(request(end="2025-03-03"), limited("calendar", "1/4801"))
    assert (less.balance_start.minutes, less.approved.minutes, less.exhausted.minutes) == (0, 0, 480)


# --- waiting ---

DENY = {"waiting": {"days": 3, "effect": "deny"}}
UNPAID = {"waiting": {"days": 3, "effect": "unpaid"}}


def waited(found):
    span = found.waiting_period
    return span and (str(span.from_), str(span.to))


def test_denied_days_are_not_charged_and_unpaid_ones_are():
    denied, unpaid = ask(request(), row(**DENY)), ask(request(), row(**UNPAID))
    assert statuses(denied) == [
        ("2025-03-03", "2025-03-05", "WAITING", 0),
        ("2025-03-06", "2025-03-07", "APPROVABLE", 960),
    ]
    assert statuses(unpaid) == [("2025-03-03", "2025-03-07", "APPROVABLE", 2400)]
    assert waited(denied) == waited(unpaid) == ("2025-03-03", "2025-03-05")
    assert (denied.notes, unpaid.notes) == (("WAITING_PERIOD_DENIED",), ("WAITING_PERIOD_UNPAID",))


def test_waiting_begins_on_the_first_day_reached_or_charged():
    assert waited(ask(request("2025-03-01", "2025-03-07"), row(**UNPAID))) == ("2025-03-01", "2025-03-03")
    assert waited(ask(absences("2025-03-05", "2025-03-11"), row(**UNPAID))) == ("2025-03-05", "2025-03-07")
    reduced = request("2025-03-01", "2025-03-07", mode="reduced", reduced_week=[0, 480, 240, 0, 0, 0, 0])
    assert waited(ask(reduced, row(**UNPAID))) == ("2025-03-04", "2025-03-06")
    hired = employee(employment=[{"start": "2025-03-03"}])
    service = {"eligibility": [{"type": "days_employed", "days": 1}]}
    assert waited(ask(request(), row(**UNPAID, **service), who=hired)) == ("2025-03-04", "2025-03-06")
    nothing = ask(absences(), row(**UNPAID))
    assert (waited(nothing), nothing.notes) == (None, ())


def test_absences_inside_a_denied_period_cost_nothing():
    found = ask(absences("2025-03-05", "2025-03-07", "2025-03-11"), row(**DENY))
    assert [str(day.date) for day in found.days] == ["2025-03-11"]
    assert str(found.measuring_period.to) == "2025-03-11"
    assert statuses(found)[1] == ("2025-03-05", "2025-03-07", "WAITING", 0)


def test_an_extension_does_not_wait_again():
    found = ask(request(is_extension=True), row(**DENY))
    assert (waited(found), found.notes) == (None, ("WAITING_PERIOD_WAIVED",))


@pytest.mark.parametrize(
    ("last", "changes", "waives"),
    [
        ("2025-02-28", {}, True),  # Friday to Monday
        ("2025-02-27", {}, False),
        ("2025-03-03", {}, False),
        ("2025-02-28", {"reason": "flood"}, False),
        ("2025-02-28", {"policy": "FLOOD"}, False),
        ("2025-02-28", {"status": "denied"}, False),
    ],
)
def test_what_follows_named_leave_without_a_day_of_work_does_not_wait(last, changes, waives):
    after = {"reason": "tide", "policies": ["EBB"], "prior_reason": "ebb"}
    policy = row(waiting={**UNPAID["waiting"], "waived_after": after}, reasons={"tide": ["self"], "flow": ["self"]})
    ledger = used("2025-01-06", last, **{"policy": "EBB", "reason": "ebb", **changes})
    notes = ask(request(), policy, ledger=ledger).notes
    assert notes == (("WAITING_PERIOD_WAIVED",) if waives else ("WAITING_PERIOD_UNPAID",))
    assert ask(request(reason="flow"), policy, ledger=ledger).notes == ("WAITING_PERIOD_UNPAID",)


# --- what others leave ---


def beneath(*codes, **changes):
    limits = [{"id": "NEXT", "amount": "1", "period": {"method": "lifetime"}, "counts": ["NEXT"]}]
    return row(code="NEXT", limits=limits, only_when_exhausted=list(codes), **changes)


def test_a_policy_that_covers_only_what_others_leave():
    first, after = ask(request(end="2025-03-09"), limited("calendar", "3/10"), beneath("TIDE"))
    assert statuses(first)[1] == ("2025-03-04", "2025-03-04", "PARTIAL", 240)
    assert statuses(after) == [
        ("2025-03-03", "2025-03-03", "DEFERRED", 0),
        ("2025-03-04", "2025-03-09", "APPROVABLE", 240 + 3 * 480),
    ]
    assert [int(day.minutes) for day in after.days] == [240, 480, 480, 480]
    assert str(after.measuring_period) == "None"


def test_days_off_are_deferred_with_the_days_before_them():
    _, after = ask(request("2025-03-01", "2025-03-16"), limited("calendar", "1"), beneath("TIDE"))
    assert statuses(after) == [
        ("2025-03-01", "2025-03-09", "DEFERRED", 0),
        ("2025-03-10", "2025-03-16", "APPROVABLE", 2400),
    ]


def test_of_several_the_one_that_covers_most_counts():
    other = {**limited("calendar", "1/20"), "code": "EBB"}
    other["limits"][0]["counts"] = ["EBB"]
    *_, after = ask(request(end="2025-03-03"), limited("calendar", "1/10"), other, beneath("TIDE", "EBB"))
    assert [int(day.minutes) for day in after.days] == [240]


@pytest.mark.parametrize("first", [{"groups": ["manager"]}, {"eligibility": [{"type": "worksite", "min": 1}]}])
def test_what_does_not_speak_or_refuses_leaves_everything(first):
    who = employee(worksite_headcount_75mi=0)
    _, after = ask(request(), row(**first), beneath("TIDE"), who=who)
    assert statuses(after) == [("2025-03-03", "2025-03-07", "APPROVABLE", 2400)]
    assert statuses(ask(request(), beneath("TIDE"))) == [("2025-03-03", "2025-03-07", "APPROVABLE", 2400)]


def test_deferred_days_do_not_make_a_whole_week():
    _, after = ask(request(), limited("calendar", "1/5"), beneath("TIDE"), on=calendar(holidays=["2025-03-05"]))
    assert "HOLIDAY_NOT_CHARGED" in after.notes


# --- the explanation ---

INVENTED = row(
    eligibility=[
        {"type": "consecutive_months", "months": 2, "authority": "Tidewatch Act s.2"},
        {"type": "fact", "name": "has_boots"},
    ],
    limits=[
        {
            "id": "TIDE1",
            "amount": "1",
            "period": {"method": "rolling_backward"},
            "counts": ["TIDE"],
            "authority": "Tidewatch Act s.5",
        }
    ],
    waiting={"days": 1, "effect": "deny"},
    version=7,
)


def test_an_invented_policy_is_determined_and_explained():
    ledger = (*used("2024-03-01"), *used("2025-01-06", policy="EBB"), *used("2025-01-07", "2025-01-08", minutes=240))
    who = employee(employment=[{"start": "2025-01-01"}], facts={"has_boots": True})
    found = ask(request("2025-02-28", "2025-03-07"), INVENTED, who=who, ledger=ledger)
    assert (found.eligibility, str(found.eligible_from)) == ("ELIGIBLE", "2025-03-01")
    assert found.reasons == ("FACT_HAS_BOOTS_OK", "SERVICE_2M_LATER")
    assert statuses(found) == [
        ("2025-02-28", "2025-02-28", "INELIGIBLE", 0),
        ("2025-03-01", "2025-03-01", "WAITING", 0),
        ("2025-03-02", "2025-03-06", "APPROVABLE", 4 * 480),
        ("2025-03-07", "2025-03-07", "EXHAUSTED", 0),
    ]
    service, boots = found.findings
    assert (service.observed, service.required, service.result) == ("2025-01-01", 2, "LATER")
    assert (str(service.holds_from), service.authority) == ("2025-03-01", "Tidewatch Act s.2")
    assert (boots.observed, boots.required, boots.authority) == (True, True, "Tidewatch Act s.4")
    (limit,) = found.limits
    assert (limit.id, str(limit.on), limit.amount, str(limit.used), str(limit.left)) == (
        "TIDE1",
        "2025-03-03",
        1,
        "1/5",
        "4/5",
    )
    assert limit.rows == (2, 3)
    assert limit.authority == "Tidewatch Act s.5"
    assert [(str(d.fraction), str(d.left_before), str(d.left_after)) for d in found.days[-2:]] == [
        ("1/5", "1/5", "0"),
        ("1/5", "0", "0"),
    ]
    assert (found.engine_version, found.policy_version) == (ENGINE_VERSION, 7)
    assert [(c.rule, c.authority) for c in found.citations] == [
        ("TIDE", "Tidewatch Act s.4"),
        ("SERVICE_2M_LATER", "Tidewatch Act s.2"),
        ("FACT_HAS_BOOTS_OK", "Tidewatch Act s.4"),
        ("TIDE1", "Tidewatch Act s.5"),
        ("WAITING_PERIOD_DENIED", "Tidewatch Act s.4"),
    ]


def test_rules_that_stand_in_regulations_are_cited_from_there():
    policy = row(
        authority="Tidewatch Act; 29 CFR 825.100",
        eligibility=[{"type": "hours_12mo", "minutes": 60}],
        agreement_required_for=["tide"],
    )
    found = ask(absences(("2025-03-04", 20), employer_agrees_intermittent=True), policy)
    cited = {c.rule: c.authority for c in found.citations}
    assert cited["HOURS_1_UNKNOWN"] == "29 CFR 825.110(a)(2), (c)"
    assert cited["TIDE6"] == "29 CFR 825.200(b)(4), (c)"
    assert cited["ROUNDED_DOWN"] == "29 CFR 825.205(a)(1)"
    assert cited["INTERMITTENT_AGREED"] == "29 CFR 825.120(b)"
    later = ask(None, limited("lifetime"))
    assert {c.rule: c.authority for c in later.citations}["ONE"] == "Tidewatch Act s.4"


def test_what_a_contract_says_is_not_cited_from_somebody_elses_law():
    policy = row(agreement_required_for=["tide"])
    found = ask(absences(("2025-03-04", 20), employer_agrees_intermittent=True), policy)
    assert {c.rule for c in found.citations} >= {"TIDE6", "ROUNDED_DOWN", "INTERMITTENT_AGREED"}
    assert {c.authority for c in found.citations} == {"Tidewatch Act s.4"}


@pytest.mark.parametrize(
    ("authority", "cited"),
    [
        ("29 U.S.C. 2612(a)(1); 29 CFR 825.200", "29 CFR 825.120(b)"),
        ("M.G.L. c.175M s.2(a)(1)(iii), (c)(1)", "458 CMR 2.13(1)(a)"),
        ("M.G.L. c.149 s.52D; 940 CMR 20.00", "M.G.L. c.149 s.52D; 940 CMR 20.00"),
    ],
)
def test_of_several_laws_a_policy_cites_its_own(authority, cited):
    assert cited_by(authority, AGREEMENT) == cited


# --- kept for years ---


def kept():
    rows = [parse(INVENTED), parse(beneath("TIDE"))]
    asked = absences("2025-03-04", ("2025-03-05", 90))
    return recorded(asked, employee(), used("2025-01-06"), rows, Calendar(holidays=(workdays("2025-03-10", 1)[0],)))


def test_a_record_is_plain_json_and_comes_back_byte_for_byte():
    text = to_text(kept())
    assert from_text(text) == kept()
    assert to_text(from_text(text)) == text == to_text(replay(from_text(text)))
    assert json.loads(text)["engine_version"] == ENGINE_VERSION


def test_what_a_record_says_is_not_taken_on_trust():
    record = kept()
    other = replace(record, determinations=record.determinations[:1])
    assert replay(other) == record


def test_a_record_of_another_shape_is_refused():
    data = dump(kept())
    data["determinations"][0]["days"][0]["status"] = "FINE"
    with pytest.raises(Malformed, match=r"^determinations\[0\]\.days\[0\]\.status: must be one of APPROVABLE"):
        from_text(json.dumps(data))
