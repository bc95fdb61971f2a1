"""Who opened a person's reasons, on the case page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.opened import FEW, openings_of
from cases.reasons import reasons_for
from portal.audit.models import AccessEvent
from portal.audit.recording import record_access
from portal.lib.wording import clock, short_date
from registration.models import StaffRole
from tests.factories.people import make_employee, make_user
from tests.factories.records import account_of, open_case, open_leave_case
from tests.integration.cases.test_pages import page_of, words

pytestmark = pytest.mark.django_db


def specialist(**fields):
    return make_user(role=StaffRole.Role.SPECIALIST, **{"display_name": "Ines Prado", **fields})


def test_nobody_yet_and_the_owner_never_counts(client, person):
    case = open_case(person)
    for _ in range(2):
        assert "Nobody has opened them." in words(client.get(page_of(case)))


def test_who_in_which_role_what_and_when(client, person):
    case = open_leave_case(person)
    reasons_for([case], viewer=specialist())
    at = AccessEvent.objects.get().at
    seen = words(client.get(page_of(case)))
    assert f"Ines Prado Case specialist Your reasons {short_date(at)}, {clock(at)}" in seen
    assert "Nobody has opened them." not in seen


def test_a_user_name_is_not_shown(client, person):
    case = open_case(person)
    viewer = specialist(display_name="")
    reasons_for([case], viewer=viewer)
    response = client.get(page_of(case))
    assert "Case specialist Your reasons" in words(response)
    assert viewer.username not in response.content.decode()


def test_what_is_opened_in_another_case_is_not_listed(client, person):
    reasons_for([open_case()], viewer=specialist())
    assert "Nobody has opened them." in words(client.get(page_of(open_case(person))))


def test_something_else_of_the_case_is_named_too(client, person):
    case = open_case(person)
    with transaction.atomic():
        told = {"actor": specialist(), "role": "specialist", "action": "export", "object_type": "case"}
        record_access(**told, object_ids=[case.pk])
    assert "Ines Prado Case specialist Your case" in words(client.get(page_of(case)))


def test_a_long_list_is_cut_and_can_be_opened_at_the_same_number_of_queries(client, person):
    counts = []
    for viewings in (1, 3 * FEW):
        case = open_leave_case(person)
        for n in range(viewings):
            reasons_for([case], viewer=specialist(display_name=f"Ines {n}"))
        client.get(page_of(case))
        with CaptureQueriesContext(connection) as captured:
            seen = words(client.get(page_of(case)))
        counts.append(len(captured))
        assert seen.count("Case specialist Your reasons") == min(viewings, FEW)
        assert ("Show everyone who opened them" in seen) is (viewings > FEW)
    assert counts[0] == counts[1]
    assert f"Ines {3 * FEW - 1} " in seen  # the latest first
    assert "Ines 0 " not in seen
    whole = words(client.get(page_of(case), {"all": "opened"}))
    assert whole.count("Case specialist Your reasons") == 3 * FEW


def test_one_query_and_nobody_elses(django_assert_num_queries):
    case = open_case()
    reasons_for([case], viewer=specialist())
    owner = account_of(case.employee)
    with django_assert_num_queries(1):
        assert len(openings_of(case, owner=owner).shown) == 1
    for viewer in (specialist(), make_user(make_employee())):
        with pytest.raises(PermissionDenied):
            openings_of(case, owner=viewer)
