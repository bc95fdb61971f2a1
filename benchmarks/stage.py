"""A portal's database of its own, empty but for what the migrations write, for as long as a measurement takes."""

import contextlib
import os
import tempfile
import time

from portal.devservices import temporary_services
from tests.services import ENVIRONMENT


@contextlib.contextmanager
def portal_database():
    """Only within it may models be imported: Django reads its settings, and these the addresses, as it begins."""
    os.environ.update({name: value for name, value in ENVIRONMENT.items() if name not in os.environ})
    with temporary_services() as services, tempfile.TemporaryDirectory(prefix="lp-documents-") as documents:
        os.environ.update(services, DOCUMENTS_FOLDER=documents)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django  # noqa: PLC0415  # reads the settings, which read the services' addresses

        django.setup()
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: PLC0415  # same

        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(databases, verbosity=0)


def race(works, rounds):
    """Milliseconds of the fastest run of each; they take turns, so that what slows the machine slows all of them."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for place, work in enumerate(works):
            begun = time.perf_counter()
            work()
            best[place] = min(best[place], time.perf_counter() - begun)
    return [took * 1000 for took in best]
