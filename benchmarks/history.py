"""What a page of the history costs for 10 cases and for 10,000: `python -m benchmarks.history`.

On a PostgreSQL of its own, with bare leaves of one person written in bulk. The number of queries must be the same; the
ratio of the times says whether a page grows with the history. Timings are the best of several, and still depend on the
machine. What does grow is one aggregate over the person's cases, for the years of the filter.
"""

import os
import sys
import time
import uuid
from datetime import timedelta

from portal.devservices import temporary_services
from tests.services import ENVIRONMENT

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
                pattern="continuous",
                first_day=TODAY,
                last_day=TODAY,
                opened_at=NOW - timedelta(minutes=n),
            )
            for n in range(count)
        ],
        batch_size=1000,
    )


def page(client, address):
    """Queries, and milliseconds of the fastest of several."""
    from django.db import connection  # noqa: PLC0415  # Django set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # the same

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries = len(captured)  # the next request empties the log
    assert answer.status_code == 200
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - begun)
    return queries, min(times) * 1000


def measure(count):
    """The newest page, and one from the middle."""
    from django.db import connection  # noqa: PLC0415  # Django set up
    from django.test import Client  # noqa: PLC0415  # the same
    from django.urls import reverse  # noqa: PLC0415  # the same

    from tests.factories.people import log_in, make_employee, make_user  # noqa: PLC0415  # the same

    employee = make_employee()
    client = log_in(Client(), make_user(employee))
    middle = fill(employee, count)[count // 2]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    history = reverse("cases:history")
    return page(client, history), page(client, f"{history}?before={middle.number}")


def main():
    os.environ.update({name: value for name, value in ENVIRONMENT.items() if name not in os.environ})
    with temporary_services() as services:
        os.environ.update(services)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django  # noqa: PLC0415  # reads the settings, which read the services' addresses

        django.setup()
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: PLC0415  # same

        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        (few, _), (many, deep) = measure(FEW), measure(MANY)
        teardown_databases(databases, verbosity=0)
    for what, (queries, took) in ((f"{FEW} cases", few), (f"{MANY} cases", many), ("  from the middle", deep)):
        print(f"{what}: {queries} queries, {took:.1f} ms, {took / few[1]:.2f} times as long")
    return 0 if few[0] == many[0] == deep[0] - DEEPER else 1


if __name__ == "__main__":
    sys.exit(main())
