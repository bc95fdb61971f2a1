import pytest

from tests.factories.people import log_in, make_employee, make_user


@pytest.fixture
def person(client):
    """Somebody logged in; `client` is theirs."""
    employee = make_employee(supervisor=make_employee())
    log_in(client, make_user(employee))
    return employee
