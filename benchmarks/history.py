"""What a page of the history costs for 10 cases and for 10,000: `python -m benchmarks.history`.

On a PostgreSQL of its own, with bare leaves of one person written in bulk. The number of queries must be the same; the
ratio of the times says whether a page grows with the history. Timings are the best of several, and still depend on the
machine.
"""

import sys
import uuid
from datetime import timedelta

from benchmarks.stage import portal_database, race

FEW, MANY = 10, 10_000
ROUNDS = 30
DEEPER = 1  # query: a later page finds the case that ended the one before


def fill(employee, count):
    from cases.models.case import Case  # noqa: PLC0415  # models need Django set up
    from tests.factories.records import NOW, TODAY  # noqa: PLC0415  # the same

    first = Case.objects.count()
    return Case.objects.bulk_create(
        [
            Case(
                number=str(1_000_000_000 + first + n),
                submission_key=uuid.uuid4(),
                employee=employee,
                kind="leave",
                pattern="intermittent",
                first_day=(day := None if n % 3 == 0 else TODAY - timedelta(days=n % 2000)),
                last_day=day,
                opened_at=NOW - timedelta(minutes=n),
            )
            for n in range(count)
        ],
        batch_size=1000,
    )


def reader(count):
    """A signed-in browser of somebody with so many cases, and the address of a page from the middle."""
    from django.test import Client  # noqa: PLC0415  # Django set up
    from django.urls import reverse  # noqa: PLC0415  # the same

    from tests.factories.people import log_in, make_employee, make_user  # noqa: PLC0415  # the same

    employee = make_employee()
    middle = fill(employee, count)[count // 2]
    history = reverse("cases:history")
    return log_in(Client(), make_user(employee)), history, f"{history}?before={middle.number}"


def queries(client, address):
    from django.db import connection  # noqa: PLC0415  # Django set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # the same

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    count = len(captured)  # the next request empties the log
    assert answer.status_code == 200
    return count


def measure():
    """Queries and milliseconds: the newest page of few cases and of many, and one from the middle of many."""
    from django.db import connection  # noqa: PLC0415  # Django set up

    few, newest, _ = reader(FEW)
    many, _, deep = reader(MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    pages = [(few, newest), (many, newest), (many, deep)]
    asked = [queries(client, address) for client, address in pages]
    works = [lambda client=client, address=address: client.get(address) for client, address in pages]
    return list(zip(asked, race(works, ROUNDS), strict=True))


def main():
    with portal_database():
        few, many, deep = measure()
    told = {f"{FEW} cases": few, f"{MANY} cases": many, f"{MANY} cases, from the middle": deep}
    for what, (asked, took) in told.items():
        print(f"history of {what}: {asked} queries, {took:.1f} ms, {took / few[1]:.2f} times as long")
    return 0 if few[0] == many[0] == deep[0] - DEEPER else 1


if __name__ == "__main__":
    sys.exit(main())
