"""Password, phone and e-mail: proved anew, told to the old and the new, everything else ended."""

import pytest
from django.test import Client
from django.urls import reverse

from registration.models import AccountEvent, RememberedBrowser, Session, StaffRole
from tests.factories.accounts import PASSWORD, another, make_account, newest_event, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import url
from tests.integration.registration.profile.changing import NEW_NUMBER, PHONE, code_for, prove, told

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "zP4#moonlitKayak"
CONFIRM = "/profile/confirm/"
SAVED = "We saved your changes."


@pytest.fixture
def user(settings):
    settings.LIMITS = {scope: (1000, window) for scope, (_hits, window) in settings.LIMITS.items()}
    return make_account(make_employee(), username="mgarcia", email="old@example.org")


@pytest.fixture
def owner(client, user):
    return prove(sign_in(client, user))


@pytest.fixture
def elsewhere(user):
    """The same person on another device, and a browser that is remembered."""
    RememberedBrowser.objects.create(
        user=user, device=user.phones.get(), secret_hash="x" * 64, expires_at="2100-01-01T00:00Z"
    )
    return sign_in(Client(), user)


def is_in(client):
    return client.get(url("profile")).status_code == 200


def change_password(client, password=NEW_PASSWORD, again=None):
    return client.post(url("change_password"), {"password": password, "password2": again or password})


def change_phone(client, **other):
    """Up to the code; returns the answer to it."""
    assert client.post(url("change_phone"), {**PHONE, **other}).url == url("new_phone_code")
    return client.post(url("new_phone_code"), {"code": code_for(NEW_NUMBER)})


def change_email(client, email="new@example.org"):
    assert client.post(url("change_email"), {"email": email}).url == url("new_email_code")
    return client.post(url("new_email_code"), {"code": code_for(email)})


CHANGES = {
    "password": (change_password, "password_changed"),
    "phone": (change_phone, "phone_changed"),
    "email": (change_email, "email_changed"),
}
FORMS = ["change_password", "change_phone", "new_phone_code", "change_email", "new_email_code"]


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize("proved", [None, 11])
def test_without_a_fresh_proof_nothing_can_be_changed(client, user, page, proved):
    sign_in(client, user)
    if proved:
        prove(client, minutes_ago=proved)
    for answer in (client.get(url(page)), client.post(url(page), {"password": NEW_PASSWORD})):
        assert (answer.status_code, answer.url) == (303, f"{CONFIRM}?next={url(page).replace('/', '%2F')}")
    assert not AccountEvent.objects.exists()


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_ends_everything_else_and_says_so(name, owner, elsewhere, user):
    change, kind = CHANGES[name]
    before = {user.employee.work_email, "old@example.org", user.phones.get().number}
    key = owner.session.session_key
    page = owner.get(change(owner).url)
    assert SAVED in page.text
    assert 'id="news"' in page.text  # takes the focus
    assert before <= told(kind)
    assert all(event.payload.keys() <= {"freeze_path"} for event in AccountEvent.objects.filter(kind=kind))
    assert not is_in(elsewhere)
    assert not RememberedBrowser.objects.filter(user=user).exists()
    assert is_in(owner)
    assert owner.session.session_key != key
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("name", CHANGES)
def test_one_proof_serves_one_change(name, owner):
    CHANGES[name][0](owner)
    for page in FORMS:
        assert owner.get(url(page)).url.startswith(CONFIRM)


@pytest.mark.parametrize("name", CHANGES)
def test_staff_have_it_too(name, client, settings):
    staff = make_account(username="desk", role=StaffRole.Role.SPECIALIST, email="desk@example.org")
    change, kind = CHANGES[name]
    assert change(prove(sign_in(client, staff))).url == url("profile")
    assert "desk@example.org" in told(kind)
    assert is_in(client)


class TestPassword:
    def test_the_new_one_works_and_the_old_does_not(self, owner, user):
        change_password(owner)
        user.refresh_from_db()
        assert user.check_password(NEW_PASSWORD)
        assert not user.check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("password", "says"),
        [
            (PASSWORD, "That is your password now. Choose a different one"),
            ("Summer2026!", "That password is too easy to guess. Choose a different one"),
            ("short", "Password must be 8 to 16 characters"),
            ("", "Enter a password"),
        ],
    )
    def test_not_every_one_will_do(self, owner, user, password, says):
        answer = change_password(owner, password)
        assert answer.status_code == 422
        assert says in answer.text
        user.refresh_from_db()
        assert user.check_password(PASSWORD)
        assert not told("password_changed")

    def test_the_persons_own_words_are_refused(self, owner, user):
        assert change_password(owner, f"X1!{user.username}").status_code == 422

    def test_it_is_never_shown_again(self, owner):
        assert NEW_PASSWORD not in change_password(owner, NEW_PASSWORD, "other").text


class TestPhone:
    def test_the_new_one_takes_the_codes_from_now_on(self, owner, user):
        change_phone(owner)
        device = user.phones.get()
        assert (device.number, device.prefers, device.confirmed) == (NEW_NUMBER, "sms", True)
        assert NEW_NUMBER in told("phone_changed")

    def test_until_its_code_came_back_the_old_one_stays(self, owner, user):
        old = user.phones.get().number
        owner.post(url("change_phone"), PHONE)
        assert owner.post(url("new_phone_code"), {"code": another(code_for(NEW_NUMBER))}).status_code == 422
        assert user.phones.get().number == old
        assert not told("phone_changed")

    def test_a_call_instead_is_how_it_is_reached_later(self, owner, user):
        owner.post(url("change_phone"), PHONE)
        assert owner.post(url("new_phone_code"), {"send": "voice"}).url == url("new_phone_code")
        assert newest_event(kind="code").channel == "voice"
        assert "We are calling 617-555-0132" in owner.get(url("new_phone_code")).text.replace(
            '<span class="portal-phone">', ""
        ).replace("</span>", "")
        owner.post(url("new_phone_code"), {"code": code_for(NEW_NUMBER)})
        assert user.phones.get().prefers == "voice"

    def test_a_code_serves_once(self, owner, user):
        owner.post(url("change_phone"), PHONE)
        code = code_for(NEW_NUMBER)
        owner.post(url("new_phone_code"), {"code": code})
        prove(owner)
        assert owner.post(url("new_phone_code"), {"code": code}).url == url("change_phone")
        events = AccountEvent.objects.filter(kind="phone_changed")
        assert len(events) == len({event.recipient for event in events})

    def test_a_code_for_logging_in_proves_no_new_phone(self, owner, user):
        owner.post(url("change_phone"), PHONE)
        Client().post(url("login"), {"username": "mgarcia", "password": PASSWORD}, follow=True)
        login_code = code_for(user.phones.get().number)
        if login_code != code_for(NEW_NUMBER):
            assert owner.post(url("new_phone_code"), {"code": login_code}).status_code == 422

    def test_another_sessions_code_is_not_ours(self, owner, elsewhere):
        owner.post(url("change_phone"), PHONE)
        session = prove(elsewhere).session
        session["open_new_phone"] = owner.session["open_new_phone"]
        session.save()
        answer = elsewhere.post(url("new_phone_code"), {"code": code_for(NEW_NUMBER)})
        assert answer.url == url("change_phone")

    @pytest.mark.parametrize("number", ["555", "1-800-555-0199", "+44 20 7946 0958"])
    def test_numbers_we_do_not_send_to(self, owner, number):
        assert owner.post(url("change_phone"), {**PHONE, "phone": number}).status_code == 422
        assert not AccountEvent.objects.exists()

    def test_too_many_codes(self, owner, settings):
        settings.LIMITS = {**settings.LIMITS, "code_send": (1, 600)}
        owner.post(url("change_phone"), PHONE)
        answer = owner.post(url("new_phone_code"), {"send": "sms"})
        assert answer.status_code == 429
        assert "Too many codes sent" in answer.text


class TestEmail:
    def test_the_new_one_is_used_and_the_old_one_told(self, owner, user):
        change_email(owner)
        user.refresh_from_db()
        assert user.email == "new@example.org"
        assert {"old@example.org", "new@example.org"} <= told("email_changed")

    def test_the_code_goes_by_email_to_the_new_address_alone(self, owner, user):
        owner.post(url("change_email"), {"email": "new@example.org"})
        event = newest_event(kind="code")
        assert (event.channel, event.recipient) == ("email", "new@example.org")
        page = owner.get(url("new_email_code")).text
        assert "We sent a 6-digit code to new@example.org." in page
        assert "Call me instead" not in page
        user.refresh_from_db()
        assert user.email == "old@example.org"

    def test_another_code_goes_there_too_and_never_by_phone(self, owner):
        owner.post(url("change_email"), {"email": "new@example.org"})
        owner.post(url("new_email_code"), {"send": "voice"})
        assert newest_event(kind="code").channel == "email"

    @pytest.mark.parametrize("typed", ["", "nobody", "a@b", "x@[127.0.0.1]"])
    def test_not_every_text_is_an_address(self, owner, typed):
        assert owner.post(url("change_email"), {"email": typed}).status_code == 422
        assert not AccountEvent.objects.exists()


def test_home_is_still_open_after_a_change(owner):
    change_phone(owner)
    assert owner.get(reverse("home:home")).status_code == 200
