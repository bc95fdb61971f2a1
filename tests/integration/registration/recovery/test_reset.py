"""Reset Password: username, code, new password; once, here, within a quarter of an hour."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from portal.limits.models import Counter
from registration.models import AccountEvent, Challenge, PhoneDevice, RememberedBrowser, User
from tests.factories.accounts import PASSWORD, another, make_account, newest_code, newest_event, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.recovery.walks import NEW, begin, choose, codes_waiting, give_code, reset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1)}


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia", language="es")


def log_in(client, password):
    return client.post(url("login"), {"username": "mgarcia", "password": password})


def wait(client, seconds):
    """As if the session's reset had last moved so long ago."""
    session = client.session
    session["resetting"] = {**session["resetting"], "at": session["resetting"]["at"] - seconds}
    session.save()


def test_the_whole_way(client, user):
    assert (begin(client, "MGarcia ").status_code, begin(client, "mgarcia").url) == (303, url("reset_code"))
    event = newest_event(kind="code")
    assert (event.recipient, event.channel, event.language) == (user.phones.get().number, "sms", "es")
    answer = give_code(client)
    assert (answer.status_code, answer.url) == (303, url("reset_password"))
    answer = choose(client)
    assert (answer.status_code, answer.url) == (303, url("login"))
    assert "You changed your password. Log in." in client.get(url("login")).text
    assert log_in(Client(), PASSWORD).status_code == 422
    assert log_in(client, NEW).status_code == 302


def test_it_logs_nobody_in_and_the_second_step_is_asked(client, user):
    reset(client, "mgarcia")
    assert client.get(reverse("home:home")).status_code == 302
    log_in(client, NEW)
    assert client.get(reverse("home:home")).status_code == 302
    assert Challenge.objects.filter(purpose="login", used_at=None).exists()


def test_the_page_never_shows_the_number(client, user):
    PhoneDevice.objects.update(prefers="voice")
    pages = [begin(client, "mgarcia"), client.get(url("reset_code"))]
    Challenge.objects.update(delivery=Challenge.Delivery.FAILED)
    pages.append(client.get(url("reset_code")))
    number = user.phones.get().number
    assert all(number[-4:] not in page.text and "ending in" not in page.text for page in pages)
    assert pages[1].text.count("usa-alert--error") == pages[2].text.count("usa-alert--error") == 0


def test_the_code_can_be_called(client, user):
    begin(client, "mgarcia", send="voice")
    assert newest_event(kind="code").channel == "voice"
    assert "we are calling the phone on file" in client.get(url("reset_code")).text
    assert client.post(url("reset_code"), {"send": "sms"}).status_code == 303
    assert newest_event(kind="code").channel == "sms"
    assert "We sent a new code." in client.get(url("reset_code")).text


def test_a_get_sends_nothing(client, user):
    begin(client, "mgarcia")
    for _ in range(3):
        client.get(url("reset_code"))
    assert codes_waiting() == 1


def test_everything_open_ends_and_every_way_is_told(client, user):
    elsewhere = sign_in(Client(), user)
    assert elsewhere.get(reverse("home:home")).status_code == 200
    browser = Client()
    log_in(browser, PASSWORD)
    browser.post(url("login_code"), {"code": newest_code(), "remember": "on"})
    browser.post(url("logout"))
    assert RememberedBrowser.objects.exists()
    reset(client, "mgarcia")
    assert elsewhere.get(reverse("home:home")).status_code == 302
    assert not RememberedBrowser.objects.exists()
    log_in(browser, NEW)
    assert browser.get(reverse("home:home")).status_code == 302
    told = {(event.channel, event.recipient) for event in AccountEvent.objects.filter(kind="password_changed")}
    assert told == {("email", user.employee.work_email), ("sms", user.phones.get().number)}


def test_who_was_locked_out_of_log_in_gets_in_after_a_reset(client, user):
    statuses = [log_in(client, "Wrong7!password").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    reset(client, "mgarcia")
    assert log_in(client, NEW).status_code == 302


class TestTheNewPassword:
    def refused(self, client, password, again=None):
        begin(client, "mgarcia")
        give_code(client)
        answer = choose(client, password, again)
        assert answer.status_code == 422
        assert not AccountEvent.objects.filter(kind="password_changed").exists()
        return {name: list(errors) for name, errors in answer.context["form"].errors.items()}

    def test_it_may_not_be_the_present_one(self, client, user):
        said = "That is your password now. Choose a different one"
        assert self.refused(client, PASSWORD) == {"password": [said]}

    def test_it_obeys_the_rule(self, client, user):
        assert self.refused(client, "short") == {"password": ["Password must be 8 to 16 characters"]}

    def test_it_holds_nothing_of_the_person(self, client):
        make_account(make_employee(last_name="Kowalczyk"), username="mgarcia")
        said = "That password is too easy to guess. Choose a different one"
        assert self.refused(client, "Kowalczyk#2026") == {"password": [said]}
        assert choose(client, "Mgarcia#2026").context["form"].errors == {"password": [said]}

    def test_both_must_be_one(self, client, user):
        assert self.refused(client, NEW, NEW + "x") == {"password2": ["The passwords do not match"]}

    def test_no_control_character(self, client, user):
        assert list(self.refused(client, "Tw9#lark\x00Moss4")) == ["password", "password2"]

    def test_a_refused_one_can_be_mended(self, client, user):
        self.refused(client, "short")
        assert choose(client).url == url("login")


class TestOnceAndHere:
    def test_another_browser_cannot_use_the_code(self, client, user):
        begin(client, "mgarcia")
        code, thief = newest_code(), Client()
        assert give_code(thief, code).url == url("reset")
        make_account(make_employee(), username="somebody")
        begin(thief, "somebody")
        assert give_code(thief, code).status_code == 422
        assert choose(thief).url == url("reset")

    def test_a_stolen_challenge_is_bound_to_its_session(self, client, user):
        begin(client, "mgarcia")
        code, thief = newest_code(), Client()
        begin(thief, "mgarcia")
        session = thief.session
        session["resetting"] = {**session["resetting"], "challenge": client.session["resetting"]["challenge"]}
        session.save()
        assert give_code(thief, code).status_code == 422

    def test_a_login_code_resets_nothing_and_a_reset_code_logs_nobody_in(self, client, user):
        log_in(client, PASSWORD)
        login_code = newest_code()
        begin(client, "mgarcia")
        reset_code = newest_code()
        if login_code != reset_code:
            assert give_code(client, login_code).status_code == 422
        other = Client()
        log_in(other, PASSWORD)
        if newest_code() != reset_code:
            assert other.post(url("login_code"), {"code": reset_code}).status_code == 422

    def test_the_password_page_opens_after_the_code_alone(self, client, user):
        assert client.get(url("reset_password")).url == url("reset")
        begin(client, "mgarcia")
        assert client.get(url("reset_password")).url == url("reset")
        begin(client, "mgarcia")
        assert choose(client).url == url("reset")
        assert user.check_password(PASSWORD)

    def test_a_code_works_once(self, client, user):
        begin(client, "mgarcia")
        code = newest_code()
        give_code(client, code)
        assert give_code(client, code).status_code == 422

    def test_the_newest_code_alone_works(self, client, user):
        begin(client, "mgarcia")
        first = newest_code()
        client.post(url("reset_code"), {"send": "sms"})
        if newest_code() != first:
            assert give_code(client, first).status_code == 422
        assert give_code(client).url == url("reset_password")

    def test_two_tabs_one_change(self, client, user):
        begin(client, "mgarcia")
        give_code(client)
        assert client.get(url("reset_password")).status_code == 200  # the other tab's
        assert choose(client).url == url("login")
        late = choose(client, "Other5#tab-Wins")
        assert late.url == url("reset")
        assert log_in(Client(), NEW).status_code == 302

    def test_a_second_reset_proved_before_the_first_was_used_is_spent(self, client, user):
        second = Client()
        for browser in (client, second):
            begin(browser, "mgarcia")
            assert give_code(browser).url == url("reset_password")
        assert choose(client).url == url("login")
        assert choose(second, "Other5#tab-Wins").url == url("reset")
        assert "Enter your username again." in second.get(url("reset")).text
        assert log_in(Client(), NEW).status_code == 302

    def test_a_quarter_of_an_hour_for_the_password(self, client, user):
        begin(client, "mgarcia")
        give_code(client)
        wait(client, 14 * 60)
        assert client.get(url("reset_password")).status_code == 200
        wait(client, 61)
        assert choose(client).url == url("reset")
        assert "Too much time passed" in client.get(url("reset")).text
        assert "Too much time passed" not in client.get(url("reset")).text

    def test_a_quarter_of_an_hour_for_the_code(self, client, user):
        begin(client, "mgarcia")
        wait(client, 15 * 60)
        assert client.get(url("reset_code")).url == url("reset")

    @pytest.mark.parametrize("change", [{"is_active": False}, {"frozen_at": "2026-03-06T12:00Z"}])
    def test_an_account_closed_meanwhile_is_not_reset(self, client, user, change):
        begin(client, "mgarcia")
        give_code(client)
        User.objects.update(**change)
        assert choose(client).url == url("reset")
        user.refresh_from_db()
        assert user.check_password(PASSWORD)

    def test_the_session_key_changes_at_each_step(self, client, user):
        keys = set()
        for step in (lambda: begin(client, "mgarcia"), lambda: give_code(client)):
            step()
            keys.add(client.session.session_key)
        old = client.cookies["__Host-sessionid"].value
        choose(client)
        assert len(keys) == 2
        thief = Client()
        thief.cookies["__Host-sessionid"] = old
        assert choose(thief).url == url("reset")


class TestLimits:
    def test_wrong_codes_lock_the_reset_and_never_log_in(self, client, user):
        for _ in range(2):
            begin(client, "mgarcia")
            for _ in range(5):
                assert give_code(client, another(newest_code())).status_code == 422
        answer = begin(client, "mgarcia")
        assert answer.status_code == 429
        assert "Too many wrong codes. Wait 15 minutes, then send a new code" in strip_tags(answer.text)
        owner = Client()
        assert log_in(owner, PASSWORD).status_code == 302
        assert owner.post(url("login_code"), {"code": newest_code()}).status_code in {302, 303}

    def test_a_stranger_cannot_keep_the_owner_from_a_code_at_log_in(self, client, user):
        statuses = [begin(Client(REMOTE_ADDR=f"203.0.{n}.9"), "mgarcia", "voice").status_code for n in range(30)]
        assert statuses.count(303) == 5
        assert log_in(client, PASSWORD).status_code == 302
        assert newest_event(kind="code").dispatched_at is None

    def test_a_phone_does_not_ring_all_night(self, user):
        """Whoever asks, from wherever, every quarter of an hour."""
        for n in range(30):
            begin(Client(REMOTE_ADDR=f"203.0.{n}.9"), "mgarcia", "voice")
            Counter.objects.filter(scope="code_send").delete()
        assert codes_waiting() == 10

    def test_an_address_cannot_ring_every_phone(self, settings):
        settings.LIMITS = {**settings.LIMITS, "reset_address": (3, 3600)}
        names = [make_account(make_employee()).username for _ in range(6)]
        attacker = Client(REMOTE_ADDR="203.0.113.9")
        assert [begin(attacker, name).status_code for name in names] == [303] * 3 + [429] * 3
        assert codes_waiting() == 3
        assert begin(Client(), names[-1]).status_code == 303

    def test_the_wait_is_said(self, client, user):
        for _ in range(5):
            begin(client, "mgarcia")
        answer = begin(client, "mgarcia")
        assert answer.status_code == 429
        assert "Too many codes sent. Wait 10 minutes, or call 1-833-640-2800" in strip_tags(answer.text)
        assert int(answer["Retry-After"]) <= 600


def test_in_spanish_the_username_stays_typed(client, user):
    answer = client.post(url("reset"), {"username": "mgarcia", "_lang": "es"})
    assert answer.status_code == 200
    assert 'value="mgarcia"' in answer.text
    assert not AccountEvent.objects.exists()
