"""Hide reasons, for shared screens."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import TODAY, account_of, make_eligible, open_case, open_leave_case
from tests.integration.cases.test_pages import HISTORY, page_of, words

HIDE = reverse("cases:reasons")
pytestmark = pytest.mark.django_db


def choose(client, what, **fields):
    return client.post(HIDE, {"reasons": what, "next": HISTORY, **fields})


@pytest.fixture
def case(person):
    return open_leave_case(person, reasons=["Quokkafieber"])


def test_reasons_are_shown_until_they_are_hidden_and_can_be_shown_again(client, case):
    assert "Quokkafieber" in words(client.get(HISTORY))
    assert "Hide reasons" in words(client.get(HISTORY))
    choose(client, "hide")
    for address in (HISTORY, page_of(case), reverse("home:home")):
        body = client.get(address).content.decode()
        assert "Quokkafieber" not in body, address
        assert "Employee Health Condition" not in body, address
    for address in (HISTORY, page_of(case)):
        seen = words(client.get(address))
        assert "Reason Hidden" in seen, address
        assert "Your reasons are hidden until you log out." in seen, address
        assert "Show reasons" in seen, address
    choose(client, "show")
    assert "Quokkafieber" in words(client.get(page_of(case)))


def test_the_category_of_a_day_to_day_absence_is_hidden_too(client, person):
    case = open_case(person)
    choose(client, "hide")
    for address in (HISTORY, page_of(case)):
        assert ">Employee Sick<" not in client.get(address).content.decode()


def test_the_date_of_a_child_is_hidden_too(client, person):
    born = (TODAY - dt.timedelta(days=3)).isoformat()
    case = open_leave_case(make_eligible(), facts={"category": "bonding", "joining": "birth", "child_date": born})
    log_in(client, account_of(case.employee))
    assert "all of yours is within that time" in words(client.get(page_of(case)))
    choose(client, "hide")
    seen = words(client.get(page_of(case)))
    assert "is within that time" not in seen
    assert "Left after it" in seen


def test_what_a_refusal_says_of_the_child_is_hidden_too(client):
    facts = {"category": "bonding", "joining": "birth", "child_date": "2021-03-14"}
    case = open_leave_case(make_eligible(), facts=facts)
    log_in(client, account_of(case.employee))
    addresses = [HISTORY, page_of(case), reverse("cases:timeline", args=[case.number])]
    assert ["Mar 14, 2021" in words(client.get(address)) for address in addresses] == [True] * 3
    choose(client, "hide")
    assert ["Mar 14, 2021" in words(client.get(address)) for address in addresses] == [False] * 3


def test_the_way_leads_back_to_the_page_and_its_filter(client, case):
    answer = choose(client, "hide", next=f"{HISTORY}?kind=leave")
    assert (answer.status_code, answer.url) == (303, f"{HISTORY}?kind=leave#reasons")
    assert f'name="next" value="{HISTORY}?kind=leave"' in client.get(answer.url.partition("#")[0]).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "", "/\\example.org", "javascript:1"])
def test_never_to_another_site(client, case, elsewhere):
    assert choose(client, "hide", next=elsewhere).url == f"{HISTORY}#reasons"


def test_another_log_in_begins_with_reasons_shown(client, case):
    choose(client, "hide")
    client.logout()
    log_in(client, account_of(case.employee))
    assert "Quokkafieber" in words(client.get(HISTORY))


@pytest.mark.parametrize("what", ["", "perhaps", "\x00"])
def test_what_is_no_choice_is_unknown(client, case, what):
    assert choose(client, what).status_code == 404
    assert "Quokkafieber" in words(client.get(HISTORY))


def test_only_a_post_of_somebody_logged_in(client, case):
    assert client.get(HIDE).status_code == 405
    client.logout()
    assert choose(client, "hide").url.startswith(reverse("registration:login"))


def test_staff_have_no_such_pages(client):
    log_in(client, make_user(role="specialist"))
    assert choose(client, "hide").status_code == 404
    log_in(client, make_user(make_employee()))
    assert choose(client, "hide").status_code == 303
