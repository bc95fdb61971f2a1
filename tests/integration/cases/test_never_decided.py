"""A day-to-day absence is always Pending: nobody can decide it here, by whatever door."""

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse

from cases.models.case import Absence, Case
from tests.factories.people import log_in, make_user
from tests.factories.records import account_of, open_case
from tests.pages.inventory import names_with_arguments

pytestmark = pytest.mark.django_db
DECISIONS = ["info_needed", "approved", "denied", "closed"]


def addresses_of(case):
    """Every address of the portal that can name this case."""
    for name in sorted(names_with_arguments()):
        try:
            yield reverse(name, kwargs={"number": case.number})
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("status", DECISIONS)
def test_the_database_refuses_a_decision(status):
    case = open_case()
    with pytest.raises(IntegrityError, match="day_to_day_is_never_decided_here"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=status)


def test_it_can_be_cancelled():
    case = open_case()
    assert Case.objects.filter(pk=case.pk).update(status="cancelled") == 1


@pytest.mark.parametrize("status", DECISIONS)
def test_no_address_takes_a_decision_from_anybody(client, status):
    case = open_case()
    people = [
        account_of(case.employee),
        make_user(role="specialist"),
        make_user(role="administrator"),
        make_user(is_staff=True, is_superuser=True),
    ]
    addresses = list(addresses_of(case))
    assert reverse("cases:case", args=[case.number]) in addresses
    for person in people:
        log_in(client, person)
        for address in addresses:
            client.post(address, {"status": status, "decision": status, "action": status})
    case.refresh_from_db()
    assert case.status == "pending"


def test_the_administration_does_not_edit_cases():
    assert not {Case, Absence} & set(admin.site._registry)
