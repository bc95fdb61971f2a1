"""What it costs to work out a leave taken now and then, by how many of its days are reported: `make benchmarks`.

The whole of `determine_case` on a PostgreSQL of its own: inputs read, every policy in force asked, answers sealed and
written. Timings are the best of several; the ratio says how the cost grows with the days.
"""

import sys
from datetime import timedelta

from benchmarks.stage import portal_database, race

DAYS = (1, 60, 250)
ROUNDS = 9


def leave_of(days):
    """Of somebody eligible: `days` workdays, each of another length."""
    from tests.factories.records import (  # noqa: PLC0415  # models need Django set up
        TODAY,
        make_eligible,
        now_and_then,
        open_leave_case,
        part_day,
    )

    workdays = [day for n in range(days * 2) if (day := TODAY + timedelta(days=n)).isoweekday() <= 5][:days]
    ends = [f"{9 + n % 7:02}:00" for n in range(days)]
    told = [
        part_day("08:00", end, (1 + n % 7) * 60, day) for n, (day, end) in enumerate(zip(workdays, ends, strict=True))
    ]
    return open_leave_case(make_eligible(), leave=now_and_then(*told))


def measure():
    """Milliseconds by number of days, queries, and how many policies answered."""
    from django.db import connection, transaction  # noqa: PLC0415  # models need Django set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # the same

    from cases.models.determination import Determination  # noqa: PLC0415  # the same
    from cases.services.determine import determine_case  # noqa: PLC0415  # the same
    from tests.factories.records import NOW  # noqa: PLC0415  # the same

    cases = [leave_of(days) for days in DAYS]
    asked = []
    for case in cases:
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            determine_case(case, now=NOW)
        asked.append(len(captured))
    works = [transaction.atomic(lambda case=case: determine_case(case, now=NOW)) for case in cases]
    answered = [Determination.objects.current().filter(case=case).count() for case in cases]
    return list(zip(race(works, ROUNDS), asked, answered, strict=True))


def main():
    with portal_database():
        measured = measure()
    least = measured[0][0]
    for days, (took, queries, policies) in zip(DAYS, measured, strict=True):
        growth = f"{took / least:.1f} times as long as {DAYS[0]}"
        print(f"a leave of {days} reported days, worked out and written: {took:.0f} ms, {growth}")
        print(f"  {queries} queries, {policies} policies")
    return 0 if all(policies for _, _, policies in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
