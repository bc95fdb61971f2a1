import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.reporting import Report

BOSTON = ZoneInfo("America/New_York")


@pytest.fixture
def civil(settings):
    """Moves the employer's clock to a wall time, from where it runs on."""

    def move(year, month, day, hour=12, minute=0, second=0):
        wanted = dt.datetime(year, month, day, hour, minute, second, tzinfo=BOSTON)
        settings.CIVIL_TIME_OFFSET = wanted - dt.datetime.now(tz=dt.UTC)
        return wanted.date()

    return move


@pytest.fixture
def today(civil):
    """Friday, March 6, 2026, at noon."""
    return civil(2026, 3, 6)


@pytest.fixture
def employee(db):
    return make_employee(first_name="Zoë")


@pytest.fixture
def browser(client, employee):
    return log_in(client, make_user(employee))


@pytest.fixture
def report(browser, employee, today):
    return Report(browser, employee)
