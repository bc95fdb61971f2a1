"""Edit Profile: what it shows, and the sessions and browsers that can be ended there."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registration import browsers
from registration.models import RememberedBrowser, Session, StaffRole
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


@pytest.fixture
def stranger():
    return make_account(make_employee(), username="other")


def remember(user, label="Chrome on Android", **fields):
    return RememberedBrowser.objects.create(
        user=user,
        device=user.phones.get(),
        label=label,
        secret_hash="x" * 64,
        **{"expires_at": timezone.now() + dt.timedelta(days=30), **fields},
    )


def elsewhere(user, label="Safari on iPhone"):
    client = sign_in(Client(), user)
    session = client.session
    session["label"] = label
    session.save()
    return client


def name_of(client):
    return Session.objects.get(session_key=client.session.session_key).id


def queries_of(client, name):
    with CaptureQueriesContext(connection) as captured:
        client.get(url(name))
    return len(captured)


def is_in(client):
    return client.get(url("profile")).status_code == 200


class TestOverview:
    def test_it_shows_what_we_know_and_where_to_change_it(self, client, user):
        page = sign_in(client, user).get(url("profile")).text
        employee = user.employee
        for known in (
            "mgarcia",
            f"ending in {user.phones.get().ending}",
            f"{employee.work_email}, from your employer",
            employee.street,
            employee.employee_number,
            "To change your name, address or employee number, call the",
            "We never tell your supervisor your reason.",
        ):
            assert known in page
        for page_name in ("change_phone", "change_email", "change_password", "change_language", "methods", "sessions"):
            assert f'href="{url(page_name)}"' in page
        assert user.phones.get().number[2:] not in page

    def test_an_address_of_ones_own_stands_in_place_of_the_employers(self, client, user):
        user.email = "own@example.org"
        user.save()
        page = sign_in(client, user).get(url("profile")).text
        assert "own@example.org" in page
        assert "from your employer" not in page

    def test_staff_without_a_row_on_the_roster_have_their_own(self, client):
        staff = make_account(username="desk", role=StaffRole.Role.SPECIALIST)
        page = sign_in(client, staff).get(url("profile")).text
        assert "desk" in page
        assert url("change_phone") in page
        assert "supervisor" not in page
        assert "To change your name" not in page

    def test_the_password_alone_does_not_open_it(self, client, user):
        client.force_login(user)
        assert client.get(url("profile")).url.startswith("/login/")

    @pytest.mark.parametrize("name", ["profile", "sessions", "browsers"])
    def test_it_costs_the_same_for_one_session_and_thirty(self, client, user, name):
        sign_in(client, user)
        remember(user)
        client.get(url(name))
        before = queries_of(client, name)
        for _ in range(29):
            elsewhere(user)
            remember(user)
        assert queries_of(client, name) == before <= 12


class TestLanguage:
    def test_it_is_kept_and_answered_in(self, client, user):
        answer = sign_in(client, user).post(url("change_language"), {"language": "es"})
        assert answer.url == url("profile")
        user.refresh_from_db()
        assert user.language == "es"
        assert 'lang="es"' in client.get(url("profile")).text

    @pytest.mark.parametrize("language", ["", "fr"])
    def test_only_what_we_speak(self, client, user, language):
        assert sign_in(client, user).post(url("change_language"), {"language": language}).status_code == 422


class TestSessions:
    def test_each_is_listed_with_this_one_first(self, client, user, stranger):
        sign_in(client, user)
        elsewhere(user, "Safari on iPhone")
        elsewhere(stranger, "Firefox on Mac")
        page = client.get(url("sessions")).text
        assert page.index("This one") < page.index("Safari on iPhone")
        assert "Firefox on Mac" not in page
        assert page.count("End this session") == 1

    def test_one_can_be_ended(self, client, user):
        sign_in(client, user)
        phone, tablet = elsewhere(user), elsewhere(user)
        answer = client.post(reverse("registration:end_session", kwargs={"session": name_of(phone)}), follow=True)
        assert "We ended that session." in answer.text
        assert [is_in(browser) for browser in (client, phone, tablet)] == [True, False, True]

    def test_all_others_can_be_ended(self, client, user, stranger):
        sign_in(client, user)
        phone, tablet, theirs = elsewhere(user), elsewhere(user), elsewhere(stranger)
        answer = client.post(url("end_other_sessions"), follow=True)
        assert "We ended all your other sessions." in answer.text
        assert [is_in(browser) for browser in (client, phone, tablet, theirs)] == [True, False, False, True]

    def test_nobody_elses_and_not_this_one(self, client, user, stranger):
        sign_in(client, user)
        theirs = elsewhere(stranger)
        for browser in (theirs, client):
            address = reverse("registration:end_session", kwargs={"session": name_of(browser)})
            assert client.post(address).status_code == 404
        assert is_in(theirs)
        assert is_in(client)

    def test_one_that_is_over_is_not_listed(self, client, user):
        sign_in(client, user)
        over = elsewhere(user)
        Session.objects.filter(id=name_of(over)).update(seen_at=timezone.now() - dt.timedelta(minutes=31))
        assert "Safari on iPhone" not in client.get(url("sessions")).text

    def test_the_key_is_nowhere_on_the_page(self, client, user):
        sign_in(client, user)
        other = elsewhere(user)
        page = client.get(url("sessions")).text
        assert str(name_of(other)) in page
        assert other.session.session_key not in page
        assert client.session.session_key not in page


class TestBrowsers:
    def test_each_is_listed_and_can_be_forgotten(self, client, user):
        phone, computer = remember(user), remember(user, "Edge on Windows")
        page = sign_in(client, user).get(url("browsers")).text
        assert "Chrome on Android" in page
        assert "Edge on Windows" in page
        address = reverse("registration:forget_browser", kwargs={"browser": phone.id})
        assert "on that browser" in client.post(address, follow=True).text
        assert list(RememberedBrowser.objects.all()) == [computer]

    def test_all_can_be_forgotten(self, client, user, stranger):
        remember(user), remember(user)
        theirs = remember(stranger)
        answer = sign_in(client, user).post(url("forget_browsers"), follow=True)
        assert "Done. You will need a code the next time you log in on any browser." in answer.text
        assert "No browser is remembered." in answer.text
        assert list(RememberedBrowser.objects.all()) == [theirs]

    def test_nobody_elses(self, client, user, stranger):
        theirs = remember(stranger)
        address = reverse("registration:forget_browser", kwargs={"browser": theirs.id})
        assert sign_in(client, user).post(address).status_code == 404
        assert RememberedBrowser.objects.filter(id=theirs.id).exists()

    def test_one_that_is_over_is_not_listed(self, client, user):
        remember(user, expires_at=timezone.now() - dt.timedelta(seconds=1))
        assert "No browser is remembered." in sign_in(client, user).get(url("browsers")).text
        assert browsers.purge() == 1


@pytest.mark.parametrize("name", ["end_other_sessions", "forget_browsers"])
def test_only_a_post_ends_anything(client, user, name):
    assert sign_in(client, user).get(url(name)).status_code == 405
    assert Client().post(url(name)).url.startswith("/login/")
