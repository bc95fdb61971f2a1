"""Newer terms are asked for at the next log-in, before any other page."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.lib import clock
from portal.office.models import Terms
from registration.enrolment import terms_in_force
from registration.models import StaffRole
from tests.factories.accounts import PASSWORD, make_account, newest_code, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db
AGREE = "/terms/agree/"


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


@pytest.fixture
def newer(user):
    """A version that came into force after the account agreed."""
    return Terms.objects.create(
        kind=Terms.Kind.USE, version="2099", in_force_from=clock.today(), body_en="Xqz", body_es="Xqz"
    )


def log_in(client, username="mgarcia", **other):
    client.post(url("login"), {"username": username, "password": PASSWORD, **other})
    return client.post(url("login_code"), {"code": newest_code()})


def test_nothing_is_asked_of_who_agreed_to_what_is_in_force(client, user):
    log_in(client)
    assert client.get(reverse("home:home")).status_code == 200
    assert client.get(AGREE).url == reverse("home:home")


def test_newer_terms_come_before_every_page_until_agreed_to(client, user, newer):
    log_in(client, next="/cases/")
    for path in (reverse("home:home"), reverse("cases:history")):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (303, f"{AGREE}?next={path.replace('/', '%2F')}")
    assert client.get(reverse("public:use")).status_code == 200
    page = client.get(answer.url)
    assert reverse("public:conditions") in page.text
    before = timezone.now()
    answer = client.post(answer.url, {"version": page.context["version"]})
    assert answer.url == reverse("cases:history")
    user.refresh_from_db()
    assert user.terms_version == terms_in_force(clock.today())
    assert user.terms_version.endswith("/2099")
    assert before <= user.terms_agreed_at <= timezone.now()
    assert client.get(reverse("cases:history")).status_code == 200


def test_who_does_not_agree_can_log_out_and_is_asked_again(client, user, newer):
    log_in(client)
    assert client.post(url("logout")).url == url("logged_out")
    log_in(client)
    assert client.get(reverse("home:home")).url.startswith(AGREE)


@pytest.mark.parametrize("version", ["", "1/1", "2099"])
def test_only_what_is_in_force_can_be_agreed_to(client, user, newer, version):
    log_in(client)
    assert client.post(AGREE, {"version": version}).status_code == 200
    user.refresh_from_db()
    assert user.terms_agreed_at is None
    assert client.get(reverse("home:home")).url.startswith(AGREE)


def test_the_language_can_be_changed_first_and_is_kept(client, user, newer):
    log_in(client)
    client.post(AGREE, {"_lang": "es"})
    user.refresh_from_db()
    assert (user.language, user.terms_agreed_at) == ("es", None)


def test_terms_of_tomorrow_are_not_asked_for(client, user, newer):
    newer.in_force_from = clock.today() + dt.timedelta(days=1)
    newer.save()
    log_in(client)
    assert client.get(reverse("home:home")).status_code == 200


def test_staff_who_have_no_row_on_the_roster_are_not_asked(client, newer):
    make_account(username="desk", role=StaffRole.Role.SPECIALIST)
    log_in(client, "desk")
    assert client.get(reverse("notifications:staff_list")).status_code == 200


def test_it_leads_to_no_other_site(client, user):
    log_in(client)
    assert client.get(f"{AGREE}?next=https://example.com/").url == reverse("home:home")


def test_strangers_have_nothing_to_agree_to(client):
    assert client.get(AGREE).url.startswith("/login/")
    assert client.post(AGREE, {"version": "1/1"}).status_code == 303


def test_a_page_costs_no_query_for_it(client, user, django_assert_num_queries):
    sign_in(client, user)
    with django_assert_num_queries(3):  # session, user, phone
        client.get(AGREE)


def test_the_administration_asks_too(client, user, newer):
    user.is_staff = user.is_superuser = True
    user.save()
    log_in(client)
    answer = client.get("/admin/", follow=True)
    path, status = answer.redirect_chain[-1]
    assert (path, status) == (f"{AGREE}?next=%2Fadmin%2F", 303)
    client.post(path, {"version": terms_in_force(clock.today())})
    assert client.get("/admin/").status_code == 200
