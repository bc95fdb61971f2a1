"""What must hold whatever is asked."""

import datetime as dt
import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.naive import rolling_left
from cases.policy.balances import balances
from cases.policy.periods import anniv
from cases.policy.record import from_text, recorded, replay, to_text
from cases.policy.rows import parse
from cases.policy.types import AbsenceTime, Calendar, LedgerEntry, Request
from tests.unit.policy.making import NINE_TO_FIVE, WEEK, ask, employee, limited

YEAR = 365
FIRST = dt.date(2024, 1, 1)
DAYS = st.integers(0, 3 * YEAR).map(lambda n: FIRST + dt.timedelta(days=n))
METHODS = [
    "rolling_backward",
    "rolling_backward_at_start",
    "calendar",
    "anniversary",
    "rolling_forward",
    "benefit_year",
]
METHODS += ["single_12_month", "single_12_month_combined", "per_event", "lifetime"]
SCHEDULES = [
    {"kind": "weekly", "from": "2000-01-01", "week": NINE_TO_FIVE},
    {"kind": "weekly", "from": "2000-01-01", "week": [300, 0, 0, 600, 600, 600, 0]},
    {
        "kind": "rotating",
        "from": "2000-01-01",
        "anchor": "2024-12-29",
        "weeks": [[720, 720, 0, 0, 720, 720, 0], [720] * 7],
    },
]


def entry(day, minutes, status="approved", **changes):
    return LedgerEntry("TIDE", day, minutes, WEEK, status, **changes)


LEDGERS = st.lists(st.builds(entry, DAYS, st.sampled_from([15, 90, 240, 480])), max_size=40).map(tuple)


@st.composite
def requests(draw, modes=("continuous", "reduced", "intermittent")):
    start = draw(DAYS)
    end = start + dt.timedelta(days=draw(st.integers(0, 120)))
    mode = draw(st.sampled_from(modes))
    within = st.integers(0, (end - start).days).map(lambda n: start + dt.timedelta(days=n))
    whole = st.builds(AbsenceTime, date=within, full_day=st.just(True))
    part = st.builds(AbsenceTime, date=within, minutes=st.integers(1, 700), ot=st.sampled_from([None, "mandatory"]))
    times = draw(st.lists(whole | part, max_size=15)) if mode == "intermittent" else []
    worked = draw(st.tuples(*[st.integers(0, 480)] * 7)) if mode == "reduced" else None
    return Request("tide", "self", mode, start, end, absences=tuple(times), reduced_week=worked)


asked = st.fixed_dictionaries(
    {
        "asked": requests(),
        "ledger": LEDGERS,
        "method": st.sampled_from(METHODS),
        "amount": st.sampled_from(["1/7", "1", "6"]),
        "schedule": st.sampled_from(SCHEDULES),
        "holidays": st.lists(DAYS, max_size=30).map(tuple),
        "closures": st.lists(DAYS, max_size=30).map(tuple),
    }
)


def answer(case, **changes):
    case = {**case, **changes}
    return ask(
        case["asked"],
        limited(case["method"], case["amount"]),
        who=employee(schedules=[case["schedule"]]),
        ledger=case["ledger"],
        on=Calendar(holidays=case["holidays"], closures=case["closures"]),
    )


@settings(deadline=None)
@given(case=asked)
def test_balances_are_never_negative_and_no_day_is_covered_beyond_its_charge(case):
    found = answer(case)
    for day in found.days:
        assert 0 <= day.left_after <= day.left_before
        assert 0 <= day.approved_minutes <= day.minutes
        assert (day.approved_minutes == day.minutes) == (day.status == "APPROVABLE")
        assert day.fraction == day.minutes / day.divisor
    assert found.balance_start.weeks >= 0 <= found.balance_end.weeks
    covered = sum((day.approved_minutes / day.divisor for day in found.days), Fraction(0))
    assert covered == found.approved.weeks
    assert covered + found.exhausted.weeks == sum((day.fraction for day in found.days), Fraction(0))


@settings(deadline=None)
@given(case=asked)
def test_segments_tile_the_request(case):
    segments = answer(case).segments
    assert segments[0].from_ == case["asked"].start
    assert segments[-1].to == case["asked"].end
    for before, after in itertools.pairwise(segments):
        assert after.from_ == before.to + dt.timedelta(days=1)
        assert after.status != before.status or after.status == "PARTIAL"
    assert all(s.from_ == s.to for s in segments if s.status == "PARTIAL")


def windows(method, day):
    """The days whose usage counts on `day`, by the words of the method."""
    if method == "rolling_backward":
        return lambda use: use <= day < anniv(use, 12)
    if method == "calendar":
        return lambda use: use.year == day.year
    return lambda _: True


@pytest.mark.parametrize("method", ["rolling_backward", "calendar", "lifetime"])
@settings(deadline=None)
@given(case=asked)
def test_no_window_ever_holds_more_than_the_entitlement(method, case):
    """Neither on a day of the request nor on a day approved before it; the ledger's own excess is not the request's."""
    found = answer(case, method=method)
    amount = Fraction(case["amount"])
    before = [(e.date, Fraction(e.minutes, WEEK)) for e in case["ledger"]]
    own = [(d.date, d.approved_minutes / d.divisor) for d in found.days if d.approved_minutes]
    for day in {day for day, _ in own} | ({day for day, _ in before} if own else set()):
        counts = windows(method, day)
        ledger = sum(used for use, used in before if counts(use))
        assert ledger + sum(used for use, used in own if counts(use)) <= max(amount, ledger)


@settings(deadline=None)
@given(case=asked, seed=st.randoms(use_true_random=False))
def test_the_order_of_absences_does_not_matter(case, seed):
    shuffled = list(case["asked"].absences)
    seed.shuffle(shuffled)
    assert answer(case) == answer(case, asked=replace(case["asked"], absences=tuple(shuffled)))


@settings(deadline=None)
@given(case=asked, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_does_not_matter(case, seed):
    shuffled = list(case["ledger"])
    seed.shuffle(shuffled)
    assert without_rows(answer(case)) == without_rows(answer(case, ledger=tuple(shuffled)))


def without_rows(found):
    return replace(found, limits=tuple(replace(limit, rows=()) for limit in found.limits))


@settings(deadline=None)
@given(case=asked, more=LEDGERS, how=st.sampled_from(["reversed", "denied"]))
def test_cancelling_restores_exactly(case, more, how):
    if how == "reversed":
        undone = (*more, *(replace(e, minutes=-e.minutes) for e in more))
    else:
        undone = tuple(replace(e, status="denied") for e in more)
    assert without_rows(answer(case, ledger=(*undone, *case["ledger"]))) == without_rows(answer(case))


@settings(deadline=None)
@given(case=asked)
def test_a_record_replays_to_the_same_bytes(case):
    policies = [parse(limited(case["method"], case["amount"]))]
    who = employee(schedules=[case["schedule"]])
    text = to_text(recorded(case["asked"], who, case["ledger"], policies, Calendar(holidays=case["holidays"])))
    kept = from_text(text)
    assert to_text(kept) == text
    assert to_text(replay(kept)) == text


@settings(max_examples=40, deadline=None)
@given(ledger=LEDGERS, start=DAYS)
def test_the_sliding_window_agrees_with_walking_every_day(ledger, start):
    end = start + dt.timedelta(days=90)
    whole = Request("tide", "self", "continuous", start, end)
    found = balances(whole, employee(), ledger, parse(limited("rolling_backward", "2")), Calendar())
    walked = rolling_left([(e.date, Fraction(e.minutes, WEEK)) for e in ledger], Fraction(2), start, end)
    by_day = {}
    for run in found:
        for n in range((run.to - run.from_).days + 1):
            by_day[run.from_ + dt.timedelta(days=n)] = run.available.weeks
    assert by_day == walked


@settings(max_examples=40, deadline=None)
@given(asked=requests(modes=("continuous", "intermittent")), ledger=LEDGERS)
def test_what_is_left_while_charging_agrees_with_walking_every_day(asked, ledger):
    found = ask(asked, limited("rolling_backward", "2"), ledger=ledger)
    so_far = [(e.date, Fraction(e.minutes, WEEK)) for e in ledger]
    for day in found.days:
        left = rolling_left(so_far, Fraction(2), day.date, day.date)[day.date]
        assert day.left_before == left
        so_far.append((day.date, day.approved_minutes / day.divisor))
