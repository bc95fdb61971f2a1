"""How fast the policy engine is: `make benchmarks`.

The yardstick is the rolling year of an employee with 250 intermittent absences: what is left on each of 365 days. The
reference walks every day as the regulation words it and must give the same answer. Timings depend on the machine and
are the best of several runs; the ratio and the growth do not.
"""

import datetime as dt
import json
import sys
import time
from fractions import Fraction
from pathlib import Path

from benchmarks.naive import rolling_left
from cases.policy.balances import balances
from cases.policy.codec import load
from cases.policy.engine import determine
from cases.policy.record import recorded, to_text
from cases.policy.rows import parse
from cases.policy.types import AbsenceTime, Calendar, Employee, LedgerEntry, Request

ROWS = Path(__file__).parents[1] / "cases" / "policies.json"
WEEK = 2250
SHIFT = 450
FIRST = dt.date(2025, 1, 1)
YEAR = 365
ABSENCES = 250
ROUNDS = 9


def employee():
    return load(
        Employee,
        {
            "group": "union",
            "employment": [{"start": "2010-01-04"}],
            "hours_worked_12mo_minutes": 108000,
            "worksite_headcount_75mi": 400,
            "facts": {"pfml_financially_eligible": True},
            "schedules": [{"kind": "weekly", "from": "2000-01-01", "week": [0, *[SHIFT] * 5, 0]}],
        },
    )


def working_days(first, count):
    found, day = [], first
    while len(found) < count:
        if day.isoweekday() <= 5:
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def ledger(count, code):
    """One intermittent absence of 15 minutes to 2 hours on each working day, half before the year and half in it."""
    days = working_days(FIRST - dt.timedelta(days=round(count * 0.7)), count)
    return tuple(LedgerEntry(code, day, 15 + n * 7 % 8 * 15, WEEK, "approved") for n, day in enumerate(days))


def best(work, rounds=ROUNDS):
    """Milliseconds of processor time of the fastest run, and what it returned."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        answer = work()
        times.append(time.process_time() - begun)
    return min(times) * 1000, answer


def by_day(runs):
    return {
        run.from_ + dt.timedelta(days=n): run.available.weeks
        for run in runs
        for n in range((run.to - run.from_).days + 1)
    }


def rolling_year(policy, count):
    asked = Request("own_health", "self", "continuous", FIRST, FIRST + dt.timedelta(days=YEAR - 1))
    used = ledger(count, policy.code)
    return used, best(lambda: balances(asked, employee(), used, policy, Calendar()))


def main():
    policy = parse(json.loads(ROWS.read_text())[0])
    used, (fast, runs) = rolling_year(policy, ABSENCES)
    last = FIRST + dt.timedelta(days=YEAR - 1)
    uses = [(entry.date, Fraction(entry.minutes, WEEK)) for entry in used]
    slow, walked = best(lambda: rolling_left(uses, Fraction(12), FIRST, last), rounds=1)
    same = by_day(runs) == walked
    print(f"rolling year, {ABSENCES} absences, every day: {fast:.2f} ms")
    print(
        f"  walking every day: {slow:.0f} ms, {slow / fast:.0f} times as long; same answer: {'yes' if same else 'NO'}"
    )
    double = rolling_year(policy, 2 * ABSENCES)[1][0]
    print(f"  twice the absences: {double:.2f} ms, {double / fast:.1f} times as long")
    days = working_days(FIRST, ABSENCES)
    times = tuple(AbsenceTime(day, minutes=15 + n * 7 % 8 * 15) for n, day in enumerate(days))
    asked = Request("own_health", "self", "intermittent", FIRST, days[-1], absences=times)
    took, _ = best(lambda: determine(asked, employee(), used, [policy], Calendar()))
    print(f"a request of {ABSENCES} absences against them, determined and explained: {took:.2f} ms")
    took, record = best(lambda: recorded(asked, employee(), used, [policy], Calendar()))
    print(f"  its record: {len(to_text(record)) / 1000:.0f} kB")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
