"""How much is left, by every way of measuring."""

import pytest

from cases.policy.balances import balances
from cases.policy.rows import parse
from cases.policy.types import Calendar
from tests.unit.policy.making import (
    absences,
    ask,
    employee,
    limited,
    request,
    row,
    statuses,
    used,
    workdays,
)

PREGNANT = {"event": {"id": "E1", "type": "birth", "date": "2025-03-01"}}


def opening(policy, ledger=(), asked=None, who=None):
    """Days of five left at the start, and the measuring period."""
    found = ask(asked, policy, ledger=ledger, who=who)
    period = found.measuring_period
    return found.balance_start.weeks * 5, period and (str(period.from_), str(period.to))


@pytest.mark.parametrize(
    ("method", "uses", "left", "period"),
    [
        ("rolling_backward", ["2024-03-03"], 30, ("2024-03-04", "2025-03-03")),
        ("rolling_backward", ["2024-03-04", "2025-02-28"], 28, ("2024-03-04", "2025-03-03")),
        ("rolling_backward_at_start", ["2024-03-03", "2024-03-04"], 29, ("2024-03-04", "2025-03-03")),
        ("rolling_backward_at_start", ["2025-03-10"], 30, ("2024-03-04", "2025-03-03")),
        ("calendar", ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"], 28, ("2025-01-01", "2025-12-31")),
        ("anniversary", ["2025-01-03", "2025-01-06", "2026-01-02"], 28, ("2025-01-04", "2026-01-03")),
        ("rolling_forward", ["2024-03-01", "2024-03-04"], 30, ("2025-03-03", "2026-03-02")),
        ("rolling_forward", ["2024-03-04", "2025-03-02"], 28, ("2024-03-04", "2025-03-03")),
        ("rolling_forward", ["2026-03-02", "2026-03-03"], 29, ("2025-03-03", "2026-03-02")),
        ("benefit_year", ["2024-03-01", "2025-03-05", "2026-02-27"], 28, ("2025-03-02", "2026-02-28")),
        ("benefit_year", ["2024-03-05", "2025-03-01"], 30, ("2025-03-02", "2026-02-28")),
        ("lifetime", ["2001-01-01", "2040-01-01"], 28, None),
    ],
)
def test_what_counts_on_the_first_day(method, uses, left, period):
    assert opening(limited(method), used(*uses)) == (left, period)


def test_a_fixed_year_begins_on_its_day():
    policy = limited("fixed", start_month=3, start_day=4)
    assert opening(policy, used("2024-03-03", "2024-03-04", "2025-03-04")) == (29, ("2024-03-04", "2025-03-03"))


def test_shorter_windows():
    assert opening(limited("rolling_backward", months=3), used("2024-12-03", "2024-12-04")) == (
        29,
        ("2024-12-04", "2025-03-03"),
    )


def test_usage_comes_back_during_a_rolling_year_and_not_when_measured_once():
    ledger = used(*workdays("2024-03-04", 30))
    rolling, once = (
        ask(request(), limited(method), ledger=ledger) for method in ("rolling_backward", "rolling_backward_at_start")
    )
    assert statuses(rolling) == [
        ("2025-03-03", "2025-03-03", "EXHAUSTED", 0),
        ("2025-03-04", "2025-03-07", "APPROVABLE", 1920),
    ]
    assert statuses(once) == [("2025-03-03", "2025-03-07", "EXHAUSTED", 0)]
    assert (str(rolling.exhaustion_date), str(rolling.first_uncovered_date)) == ("2025-03-03", "2025-03-03")
    assert rolling.notes == once.notes == ("LIMIT_BINDING:ONE",)


def test_events_and_conditions_have_amounts_of_their_own():
    per_event = limited("per_event")
    ledger = (*used("2025-01-06", event_id="E1"), *used("2025-01-07", event_id="E2"), *used("2025-01-08"))
    assert opening(per_event, ledger, request(**PREGNANT)) == (29, None)
    assert opening(per_event, ledger, request()) == (29, None)
    per_condition = limited("per_condition")
    ledger = (*used("2025-01-06", condition_id="C1"), *used("2025-01-07", condition_id="C2"))
    assert opening(per_condition, ledger, request(condition_id="C1")) == (29, None)
    assert opening(per_condition, ledger, request()) == (30, None)


def test_an_amount_for_each_child():
    for children, left in [(1, 30), (2, 60), (3, 90)]:
        asked = request(event={"id": "E1", "children": children})
        assert opening(limited("per_event", per_child=True), (), asked)[0] == left
        assert opening(limited("per_event"), (), asked)[0] == 30
    assert opening(limited("per_event", per_child=True))[0] == 30


def bank(**changes):
    limits = [{"id": "BANK", "amount": {"balance": "bank"}, "period": {"method": "balance"}, "counts": []}]
    return row(unit="minutes", limits=limits, **changes)


def test_a_balance_is_net_of_past_use_and_falls_with_the_request():
    found = ask(request(), bank(), ledger=used("2025-01-06"), who=employee(balances={"bank": 1000}))
    assert (found.balance_start.weeks, found.balance_start.minutes, found.balance_end.minutes) == (None, 1000, 0)
    assert (found.approved.weeks, found.approved.minutes, found.exhausted.minutes) == (None, 1000, 1400)
    assert statuses(found)[1] == ("2025-03-05", "2025-03-05", "PARTIAL", 40)


@pytest.mark.parametrize("balances", [{}, {"bank": -5}, {"bank": 0}])
def test_a_balance_not_known_is_nothing_yet(balances):
    found = ask(request(), bank(), who=employee(balances=balances))
    assert found.balance_start.minutes == 0
    assert statuses(found) == [("2025-03-03", "2025-03-07", "EXHAUSTED", 0)]


def test_what_was_counted_is_named_row_by_row():
    def rows(method, *uses):
        (finding,) = ask(request(), limited(method), ledger=used(*uses, minutes=60)).limits
        return finding.rows

    assert rows("rolling_backward", "2024-03-03", "2024-03-04", "2025-03-07", "2025-03-08") == (1, 2)
    assert rows("calendar", "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01") == (1, 2)
    assert rows("lifetime", "2001-01-01", "2040-01-01") == (0, 1)


@pytest.mark.parametrize("method", ["rolling_backward", "rolling_backward_at_start"])
def test_other_leave_on_later_days_of_this_one_is_told_apart(method):
    uses = used("2025-02-28", "2025-03-03", "2025-03-04", "2025-03-07", "2025-03-08", minutes=60)
    (finding,) = ask(request(), limited(method), ledger=uses).limits
    assert (finding.used * 40, finding.during * 40) == (2, 2)
    assert (finding.method, finding.months) == (method, 12)


def test_where_the_whole_period_counts_there_is_nothing_to_add():
    (finding,) = ask(request(), limited("calendar"), ledger=used("2025-03-04", "2025-03-20", minutes=60)).limits
    assert (finding.used * 40, finding.during) == (2, 0)


def test_a_limit_that_leaves_nothing_says_so():
    (finding,) = ask(request(), limited("calendar", "1/5"), ledger=used("2025-01-06", "2025-01-07")).limits
    assert (finding.left, finding.used * 5, finding.later) == (0, 2, False)


def test_later_leave_binds_only_where_it_leaves_less():
    def later(*uses):
        (finding,) = ask(request(end="2025-03-03"), limited("rolling_backward"), ledger=used(*uses)).limits
        return finding.later

    assert later("2025-03-10")
    assert not later("2024-03-05", "2025-03-10")  # one comes back before the other is used


# --- several limits ---


def two(first, second):
    limits = [
        {"id": name, "counts": ["TIDE"], "period": {"method": "calendar"}, **changes}
        for name, changes in (("A", first), ("B", second))
    ]
    return row(limits=limits)


def test_the_smallest_limit_governs_and_ties_are_all_named():
    assert ask(None, two({"amount": "1/5"}, {"amount": "2/5"})).notes == ("LIMIT_BINDING:A",)
    assert ask(None, two({"amount": "2/5"}, {"amount": "1/5"})).notes == ("LIMIT_BINDING:B",)
    assert ask(None, two({"amount": "1/5"}, {"amount": "1/5"})).notes == ("LIMIT_BINDING:A", "LIMIT_BINDING:B")
    spent = used("2025-01-06", "2025-01-07")
    assert ask(None, two({"amount": "1/5"}, {"amount": "2/5"}), ledger=spent).notes == (
        "LIMIT_BINDING:A",
        "LIMIT_BINDING:B",
    )
    assert ask(None, two({"amount": "2"}, {"amount": "1"})).notes == ()


def test_a_limit_for_some_people_and_some_reasons():
    confined = {"amount": "1/5", "only_if": "spouse_same_employer_eligible", "reasons": [["tide", "self"]]}
    assert ask(None, two({"amount": "6"}, confined)).balance_start.weeks == 6
    spouse = employee(spouse_same_employer_eligible=True)
    assert str(ask(None, two({"amount": "6"}, confined), who=spouse).balance_start.weeks) == "1/5"
    by_fact = {"amount": "1/5", "only_if": "sharing"}
    assert (
        str(ask(None, two({"amount": "6"}, by_fact), who=employee(facts={"sharing": True})).balance_start.weeks)
        == "1/5"
    )
    assert ask(None, two({"amount": "6"}, by_fact), who=employee(facts={"sharing": None})).balance_start.weeks == 6


@pytest.mark.parametrize(
    ("pairs", "relationship", "left"),
    [
        ([["tide", None]], "child", 29),
        ([["tide", "child"]], "child", 29),
        ([["tide", "parent"]], "child", 30),
        ([["ebb", None]], "child", 30),
        ([["ebb", None], ["tide", "child"]], "child", 29),
    ],
)
def test_a_confined_limit_counts_only_its_reasons(pairs, relationship, left):
    reasons = {"tide": ["child", "parent"], "ebb": ["child"]}
    shared = {"amount": "6", "include_partner": True, "reasons": pairs}
    policy = {**two({"amount": "20"}, shared), "reasons": reasons}
    theirs = used("2025-01-06", person="partner", reason="tide", relationship="child")
    others = used("2025-01-07", person="partner", reason="flood", relationship="child")
    found = ask(request(relationship=relationship), policy, ledger=(*theirs, *others))
    assert found.balance_start.weeks * 5 == (100 if left == 30 else 29)


def test_a_partners_use_counts_only_where_it_is_shared():
    ledger = used("2025-01-06", person="partner")
    assert opening(limited("calendar"), ledger)[0] == 30
    assert opening(limited("calendar", include_partner=True), ledger)[0] == 29


def test_what_the_request_used_comes_back_after_a_year():
    asked = absences("2025-03-03", "2026-03-02", "2026-03-03", "2026-03-04", end="2026-03-31")
    found = ask(asked, limited("rolling_backward", "1/5"))
    assert [day.status for day in found.days] == ["APPROVABLE", "EXHAUSTED", "APPROVABLE", "EXHAUSTED"]


# --- leave approved for later ---


@pytest.mark.parametrize(
    ("first", "left", "binding"),
    [
        ("2025-03-10", 1, True),
        ("2026-02-27", 29, True),  # on 2 March 2026 the first day still counts
        ("2026-03-03", 30, False),  # on that day it has come back
    ],
)
def test_leave_approved_for_later_comes_first(first, left, binding):
    ledger = used(*workdays(first, 29)[: 29 if first.startswith("2025") else 1])
    found = ask(request(), limited("rolling_backward"), ledger=ledger)
    assert found.balance_start.weeks * 5 == left
    (finding,) = found.limits
    assert (finding.later, finding.used) == (binding, 0)
    assert ("LOOKAHEAD_BINDING" in found.notes) is (first == "2025-03-10")


def test_what_the_request_uses_bounds_it_until_a_later_window_lets_go_of_it():
    """30 days, used up by 15 April 2026; each day of the request still lies in the year before most of them."""
    ledger = used(*workdays("2026-03-05", 30))
    found = ask(request("2025-04-10", "2025-04-18"), limited("rolling_backward"), ledger=ledger)
    assert [day.left_before * 5 for day in found.days] == [4, 3, 2, 1, 0, 0, 0]
    assert set(found.notes) == {"LIMIT_BINDING:ONE", "LOOKAHEAD_BINDING"}


def rolling_year(ledger, start, end):
    found = balances(request(start, end), employee(), ledger, parse(limited("rolling_backward", "1")), Calendar())
    return [(str(run.from_), str(run.to), run.available.weeks * 5) for run in found]


def test_a_rolling_year_at_a_glance():
    ledger = used("2024-02-29", "2024-03-01", "2025-03-12")
    assert rolling_year(ledger, "2025-02-27", "2025-03-13") == [
        ("2025-02-27", "2025-02-28", 3),
        ("2025-03-01", "2025-03-13", 4),
    ]


# --- caring for servicemembers ---

CARING = limited("single_12_month", "1", opened_by="TIDE")


def test_one_year_for_one_servicemember_then_nothing():
    uses = used("2024-03-05", "2024-03-06", servicemember_id="S1")
    mine = request(servicemember_id="S1")
    found = ask(mine, CARING, ledger=uses)
    assert statuses(found) == [
        ("2025-03-03", "2025-03-04", "APPROVABLE", 960),
        ("2025-03-05", "2025-03-07", "EXHAUSTED", 0),
    ]
    assert found.notes == ("LIMIT_BINDING:ONE", "SINGLE_PERIOD_ENDED")
    assert (str(found.measuring_period.from_), str(found.measuring_period.to)) == ("2024-03-05", "2025-03-04")
    other = ask(request(servicemember_id="S2"), CARING, ledger=uses)
    assert str(other.measuring_period.from_) == "2025-03-03"
    assert other.balance_start.weeks == 1
    assert other.notes == ()


def test_use_recorded_late_moves_the_single_year_back():
    found = ask(request(servicemember_id="S1"), CARING, ledger=used("2025-03-20", servicemember_id="S1"))
    assert str(found.measuring_period.from_) == "2025-03-03"
    assert found.balance_start.weeks * 5 == 4


COMBINED = limited("single_12_month_combined", "1", opened_by="EBB")
COMBINED["limits"][0]["counts"] = ["TIDE", "EBB"]


@pytest.mark.parametrize(
    ("ledger", "left", "period"),
    [
        ((), 5, None),
        (used("2025-01-06"), 5, None),  # no caregiver year, so nothing counts
        (used("2024-03-04", policy="EBB"), 4, "2024-03-04"),
        (used("2024-03-03", policy="EBB"), 5, None),  # that year is over
        (used("2025-03-04", policy="EBB"), 5, None),  # and that one has not begun
        (used("2024-03-01", "2025-01-07", policy="EBB"), 5, None),  # the one year there is for each is over
        ((*used("2025-01-06", policy="EBB"), *used("2025-01-03", "2025-01-07")), 3, "2025-01-06"),
        (
            (
                *used("2024-06-03", "2024-06-04", policy="EBB", servicemember_id="S1"),
                *used("2025-01-06", policy="EBB", servicemember_id="S2"),
            ),
            2,
            "2024-06-03",
        ),
        (
            (
                *used("2025-01-06", policy="EBB", servicemember_id="S2"),
                *used("2024-03-01", "2025-01-07", policy="EBB", servicemember_id="S1"),
            ),
            3,
            "2025-01-06",
        ),
    ],
)
def test_all_use_in_a_caregiver_year_is_taken_together(ledger, left, period):
    found, measured = opening(COMBINED, ledger)
    assert (found, measured and measured[0]) == (left, period)


def test_the_caregivers_own_year_begins_with_the_request():
    own = limited("single_12_month_combined", "1", opened_by="TIDE")
    asked = request(servicemember_id="S1")
    assert opening(own, used("2025-03-20", servicemember_id="S1"), asked) == (4, ("2025-03-03", "2026-03-02"))
    assert opening(own, used("2025-01-06", servicemember_id="S1"), asked) == (4, ("2025-01-06", "2026-01-05"))
    assert opening(own, used("2025-01-06", servicemember_id="S2"), asked) == (4, ("2025-01-06", "2026-01-05"))


# --- periods that turn ---


@pytest.mark.parametrize(
    ("method", "uses", "noted"),
    [
        ("rolling_forward", ["2024-03-05"], True),
        ("rolling_forward", ["2024-03-08"], False),
        ("benefit_year", ["2024-03-04"], False),  # to 1 March
        ("calendar", [], False),
    ],
)
def test_a_period_that_turns_during_the_leave_is_noted(method, uses, noted):
    found = ask(request(), limited(method), ledger=used(*uses))
    assert ("NEW_PERIOD_DURING_LEAVE" in found.notes) is noted


def test_the_second_period_is_whole():
    found = ask(request(), limited("rolling_forward", "1/5"), ledger=used("2024-03-05"))
    assert statuses(found) == [
        ("2025-03-03", "2025-03-04", "EXHAUSTED", 0),
        ("2025-03-05", "2025-03-05", "APPROVABLE", 480),
        ("2025-03-06", "2025-03-07", "EXHAUSTED", 0),
    ]


def test_what_is_not_covered_opens_nothing():
    """Two limits: the balance lets nothing through, so the rolling-forward year is never opened by it."""
    policy = two({"amount": "0"}, {"amount": "1", "period": {"method": "rolling_forward"}})
    found = ask(absences("2025-03-04", "2026-03-10", end="2026-03-31"), policy)
    assert "NEW_PERIOD_DURING_LEAVE" in found.notes
    assert found.approved.weeks == 0
