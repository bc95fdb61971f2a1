"""Logging in: password, code, remembered browsers, and out again."""

import datetime as dt

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.limits.models import Counter
from registration import browsers, verification
from registration.models import AccountEvent, PhoneDevice, RememberedBrowser, StaffRole
from tests.factories.accounts import PASSWORD, another, make_account, newest_code, newest_event
from tests.factories.people import make_agency, make_employee, make_user
from tests.integration.registration.ceremony import url

pytestmark = pytest.mark.django_db
WRONG = "The username or password is not right"


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia", language="es")


@pytest.fixture
def staff():
    return make_account(username="desk", role=StaffRole.Role.SPECIALIST)


def give_password(client, username="mgarcia", password=PASSWORD, **other):
    return client.post(url("login"), {"username": username, "password": password, **other})


def give_code(client, code=None, **other):
    return client.post(url("login_code"), {"code": code or newest_code(), **other})


def is_in(client):
    return client.get(reverse("home:home")).status_code == 200


def test_password_then_code_leads_home(client, user):
    assert give_password(client).url == url("login_code")
    assert not is_in(client)
    event = newest_event(kind="code")
    assert (event.recipient, event.channel, event.language) == (user.phones.get().number, "sms", "es")
    answer = give_code(client)
    assert answer.url == reverse("home:home")
    assert is_in(client)
    assert client.cookies[portal_settings.LANGUAGE_COOKIE_NAME].value == "es"


@pytest.mark.parametrize("spelling", ["MGARCIA", " mgarcia ", "ｍgarcia"])
def test_the_username_may_be_spelt_in_any_case(client, user, spelling):
    assert give_password(client, spelling).url == url("login_code")


def test_a_get_sends_nothing(client, user):
    give_password(client)
    for _ in range(3):
        page = client.get(url("login_code"))
    number = user.phones.get().number
    assert f"ending in {number[-2:]}" in page.text
    assert number[2:] not in page.text
    assert AccountEvent.objects.count() == 1


def test_the_code_goes_the_way_the_phone_was_set_up_and_another_can_be_asked_for(client, user):
    PhoneDevice.objects.update(prefers="voice")
    give_password(client)
    assert newest_event(kind="code").channel == "voice"
    again = client.post(url("login_code"), {"send": "sms"}, follow=True)
    assert "We sent a new code." in again.text or "nuevo código" in again.text
    assert newest_event(kind="code").channel == "sms"


@pytest.mark.parametrize(
    ("channel", "code", "text"),
    [
        ("sms", "30006", "We cannot text this number. Choose a call, or another way"),
        ("voice", "13224", "We cannot call this number. Choose text, or another way"),
        ("voice", "busy", "We called and nobody answered. Send a new code, or choose text"),
    ],
)
def test_a_code_that_did_not_arrive_asks_for_no_other_number(client, user, channel, code, text):
    give_password(client)
    client.post(url("login_code"), {"send": channel})
    verification.delivery_reported(newest_event(kind="code").challenge_id, delivered=False, code=code)
    page = client.get(url("login_code"))
    assert text in page.text
    assert "different number" not in page.text


def test_a_code_is_used_once(client, user):
    give_password(client)
    code = newest_code()
    give_code(client, code)
    client.post(url("logout"))
    Counter.objects.all().delete()
    give_password(client)
    if newest_code() != code:
        assert give_code(client, code).status_code == 422
        assert not is_in(client)


def test_wrong_codes_are_counted_over_log_ins(client, user, settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1)}
    for browser in (client, Client()):
        give_password(browser)
        for _ in range(5):
            assert give_code(browser, another(newest_code())).status_code == 422
    answer = give_password(Client())
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text


def test_another_sessions_code_page_is_not_reachable(client, user):
    give_password(client)
    code, stranger = newest_code(), Client()
    assert stranger.post(url("login_code"), {"code": code}).url == url("login")
    other = make_account(make_employee(), username="other")
    give_password(stranger, "other")
    session = stranger.session
    challenge = client.session["logging_in"]["challenge"]
    session["logging_in"] = {**session["logging_in"], "challenge": challenge}
    session.save()
    assert give_code(stranger, code).status_code == 422
    assert not is_in(stranger)
    assert other.pk != user.pk


def test_half_a_log_in_ends_with_a_new_password_and_with_time(client, user):
    give_password(client)
    user.set_password("Another7!one")
    user.save()
    assert give_code(client).url == url("login")
    give_password(client, password="Another7!one")
    session = client.session
    session["logging_in"] = {**session["logging_in"], "at": session["logging_in"]["at"] - 1801}
    session.save()
    assert give_code(client).url == url("login")


def test_the_session_key_changes_at_password_and_code(client, user):
    client.get(url("login"))
    session = client.session
    session["x"] = 1
    session.save()
    keys = [session.session_key]
    give_password(client)
    keys.append(client.session.session_key)
    give_code(client)
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def scrubbed(response):
    """The page without its tokens."""
    text = response.text
    for token in {str(response.context["csrf_token"])}:
        text = text.replace(token, "")
    return text


def test_unknown_wrong_and_closed_look_alike_without_the_password(client, user):
    closed = make_account(username="closed", is_active=False)
    answers = [give_password(client, name, "Wrong7!password") for name in ("mgarcia", "nobody-here", closed.username)]
    pages = {
        scrubbed(answer).replace(name, "")
        for answer, name in zip(answers, ("mgarcia", "nobody-here", "closed"), strict=True)
    }
    assert len(pages) == 1
    assert WRONG in pages.pop()
    assert [answer.status_code for answer in answers] == [422] * 3


def test_an_unknown_username_costs_a_hash(client, user, monkeypatch):
    hashed = []
    encode = portal_hasher().encode
    monkeypatch.setattr(portal_hasher(), "encode", lambda *given: hashed.append(1) or encode(*given))
    give_password(client, "nobody-here")
    assert hashed


def portal_hasher():
    from django.contrib.auth.hashers import get_hasher  # noqa: PLC0415  # after settings

    return get_hasher()


def test_the_owner_of_a_closed_account_is_told(client):
    make_account(make_employee(), username="closed", is_active=False)
    answer = give_password(client, "closed")
    assert "This account is closed. Call 1-833-640-2800" in answer.text
    assert not AccountEvent.objects.exists()


def test_five_misses_wait_a_quarter_of_an_hour_and_nothing_is_looked_at(client, user):
    for _ in range(5):
        assert give_password(client, password="Wrong7!password").status_code == 422
    answer = give_password(client)
    assert answer.status_code == 429
    assert "Too many tries. Wait 15 minutes, or reset your password" in answer.text
    assert 890 <= int(answer["Retry-After"]) <= 900


def test_unknown_usernames_are_locked_alike(client):
    statuses = [give_password(client, "nobody-here").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_a_stranger_does_not_lock_the_owner_out(client, user):
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    for _ in range(30):
        give_password(stranger, password="Wrong7!password")
    assert give_password(stranger).status_code == 429
    assert give_password(client).url == url("login_code")


def test_a_remembered_browser_is_not_locked_by_its_neighbours(client, user):
    give_password(client)
    give_code(client, remember="on")
    client.post(url("logout"))
    for _ in range(6):
        give_password(Client(), password="Wrong7!password")
    assert give_password(Client()).status_code == 429
    assert give_password(client).status_code == 302


def test_an_address_has_twenty_misses_a_minute_and_forged_headers_change_nothing(settings):
    """After them only a username without a miss of its own from there is looked at: a neighbour's."""
    stranger = Client()

    def miss(n):
        forged = {"X-Forwarded-For": f"203.0.113.{n}"}
        return stranger.post(url("login"), {"username": f"name{n % 25}", "password": "x"}, headers=forged).status_code

    assert [miss(n) for n in range(30)] == [422] * 25 + [429] * 5


def test_right_passwords_do_not_use_up_an_address(client):
    for number in range(25):
        make_account(make_employee(), username=f"worker{number}")
        assert give_password(Client(), f"worker{number}").status_code == 302


def test_a_very_long_password_is_not_hashed(client, user):
    assert give_password(client, password="A" * 5000).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "word",
        "home:home",
        "?next=x",
    ],
)
def test_next_leads_nowhere_else(client, user, address):
    give_password(client, next=address)
    assert give_code(client, remember="on").url == reverse("home:home")
    client.post(url("logout"))
    Counter.objects.all().delete()
    assert give_password(client, next=address).url == reverse("home:home")  # remembered now


def test_head_is_answered_as_get_is(client, user):
    assert client.head(url("login")).status_code == 200
    give_password(client)
    assert client.head(url("login_code")).status_code == 200


def test_next_leads_to_the_page_that_was_asked_for(client, user):
    asked = client.get("/home/?x=1")
    assert asked.url == "/login/?next=/home/%3Fx%3D1"
    assert 'name="next" value="/home/?x=1"' in client.get(asked.url).text
    give_password(client, next="/home/?x=1")
    assert give_code(client).url == "/home/?x=1"


class TestRememberedBrowser:
    def remember(self, client):
        give_password(client)
        give_code(client, remember="on")
        client.post(url("logout"))
        Counter.objects.all().delete()

    def test_it_is_not_asked_for_a_code(self, client, user):
        self.remember(client)
        cookie = client.cookies["__Host-browser"]
        assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["max-age"]) == (
            True,
            True,
            "/",
            30 * 86400,
        )
        assert give_password(client).url == reverse("home:home")
        assert is_in(client)

    def test_unchecked_it_is_asked_again(self, client, user):
        give_password(client)
        give_code(client)
        client.post(url("logout"))
        Counter.objects.all().delete()
        assert give_password(client).url == url("login_code")

    def test_it_needs_the_password_all_the_same(self, client, user):
        self.remember(client)
        assert give_password(client, password="Wrong7!password").status_code == 422

    def test_it_is_remembered_for_its_owner_alone(self, client, user):
        self.remember(client)
        make_account(make_employee(), username="other")
        assert give_password(client, "other").url == url("login_code")

    def test_a_deleted_row_or_an_ended_one_forgets_it(self, client, user):
        self.remember(client)
        RememberedBrowser.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
        assert give_password(client).url == url("login_code")
        assert browsers.purge() == 1

    def test_a_forged_cookie_is_nothing(self, client, user):
        self.remember(client)
        row = RememberedBrowser.objects.get()
        for value in (f"{row.id}.x", browsers.SIGNER.sign(f"{row.id}.guess"), ""):
            client.cookies["__Host-browser"] = value
            Counter.objects.all().delete()
            assert give_password(client).url == url("login_code")

    def test_staff_are_asked_every_time(self, client, staff):
        give_password(client, "desk")
        assert "Remember this browser" not in client.get(url("login_code")).text
        give_code(client, remember="on")
        assert not RememberedBrowser.objects.exists()


class TestSecondStepSetting:
    def test_new_browser_remembers_unasked(self, client, user, settings):
        settings.LOGIN_SECOND_STEP = "new_browser"
        give_password(client)
        assert "Remember this browser" not in client.get(url("login_code")).text
        give_code(client)
        client.post(url("logout"))
        assert give_password(client).url == reverse("home:home")

    def test_off_asks_employees_for_the_password_alone(self, client, user, settings):
        settings.LOGIN_SECOND_STEP = "off"
        assert give_password(client).url == reverse("home:home")
        assert is_in(client)

    @pytest.mark.parametrize("setting", ["off", "new_browser"])
    def test_staff_are_always_asked(self, client, staff, settings, setting):
        settings.LOGIN_SECOND_STEP = setting
        for _ in range(2):
            Counter.objects.all().delete()
            assert give_password(client, "desk").url == url("login_code")
            give_code(client)
            client.post(url("logout"))


def test_an_account_without_a_phone_is_led_to_the_call_page(client):
    make_user(make_employee(), username="nophone", password=PASSWORD)
    answer = client.get(give_password(client, "nophone").url)
    assert "Call us to set up a new phone" in answer.text
    assert not is_in(client)


def test_staff_land_on_their_pages(client, staff):
    give_password(client, "desk")
    assert give_code(client).url == "/staff/notices/"


def test_administrators_land_in_the_administration(client):
    make_account(username="root1", is_staff=True)
    give_password(client, "root1")
    assert give_code(client).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_liaison_lands_on_staff_pages(client):
    make_account(username="liaison", role=StaffRole.Role.LIAISON, role_agency=make_agency(), is_staff=True)
    give_password(client, "liaison")
    assert give_code(client).url == "/staff/notices/"


def test_logging_out_takes_a_post_and_empties_the_cache(client, user):
    give_password(client)
    give_code(client)
    assert client.get(url("logout")).status_code == 405
    assert is_in(client)
    answer = client.post(url("logout"))
    assert answer.url == url("logged_out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_in(client)
    assert client.get(url("logged_out")).status_code == 200


def test_a_session_from_before_logging_out_is_over(client, user):
    give_password(client)
    give_code(client)
    kept = client.cookies[portal_settings.SESSION_COOKIE_NAME].value
    client.post(url("logout"))
    thief = Client()
    thief.cookies[portal_settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(thief)


@pytest.mark.parametrize("name", ["login", "login_code", "logout"])
def test_a_post_without_the_token_is_refused(name):
    assert Client(enforce_csrf_checks=True).post(url(name), {}).status_code == 403


def test_the_language_button_keeps_the_username_and_never_the_password(client):
    answer = client.post(url("login"), {"_lang": "es", "username": "mgarcia", "password": PASSWORD, "next": "/home/"})
    assert '<html lang="es">' in answer.text
    assert 'value="mgarcia"' in answer.text
    assert PASSWORD not in answer.text
    assert 'name="next" value="/home/"' in answer.text
    assert not Counter.objects.exists()


def test_logging_in_asks_the_database_little(client, user, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        give_password(client)
    with django_assert_max_num_queries(9):
        client.get(url("login_code"))


def test_a_session_without_the_step_now_asked_for_logs_in_again(client, settings):
    """As everybody's when an installation begins to ask for codes: no circle of redirects."""
    client.force_login(make_account())
    settings.LOGIN_SECOND_STEP = "always"
    assert client.get(reverse("home:home")).status_code == 302
    assert client.get(reverse("registration:login")).status_code == 200
