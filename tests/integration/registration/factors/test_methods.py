"""The methods of an account: adding, replacing and removing them, each after a fresh proof."""

import base64
import re
import time
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from registration.factors import recovery
from registration.factors.methods import methods_of
from registration.models import AccountEvent, AuthenticatorDevice, RecoveryCode, RememberedBrowser, Session
from registration.proof import PROVED
from tests.factories.accounts import PASSWORD, another, make_account, newest_code, sign_in
from tests.factories.factors import SECRET, app_code, make_app, make_codes, make_passkey, prove
from tests.factories.people import make_employee, make_user
from tests.integration.registration.factors.ways import give_password, is_in, told, url

pytestmark = pytest.mark.django_db
NEW = ["new_app", "new_passkey", "new_recovery"]


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


@pytest.fixture
def me(client, user):
    """Signed in, and proved."""
    sign_in(client, user)
    prove(client)
    return client


def key_on(page):
    """The key that the page shows for typing by hand, as hex."""
    spelled = re.search(r'portal-key">([A-Z2-7 ]+)<', page.text)[1]
    return base64.b32decode(spelled.replace(" ", "")).hex()


def set_up_app(client):
    secret = key_on(client.get(url("new_app")))
    return client.post(url("new_app"), {"code": app_code(secret)})


def codes_on(page):
    return re.findall(r"<li>([A-Z2-9]{5}-[A-Z2-9]{5})</li>", page.text)


class TestProof:
    @pytest.mark.parametrize("page", NEW)
    @pytest.mark.parametrize("send", ["get", "post"])
    def test_comes_first_and_leads_back(self, client, user, page, send):
        sign_in(client, user)
        answer = getattr(client, send)(url(page))
        assert (answer.status_code, answer.url) == (303, f"{url('confirm')}?{urlencode({'next': url(page)})}")
        client.post(url("confirm"), {"password": PASSWORD, "next": url(page)})
        answer = client.post(url("confirm_code"), {"code": newest_code()})
        assert answer.url == url(page)
        assert client.get(url(page)).status_code == 200

    def test_is_spent_by_one_change(self, me):
        assert set_up_app(me).url == url("methods")
        assert me.get(url("new_recovery")).url.startswith(url("confirm"))

    def test_lasts_ten_minutes(self, me):
        session = me.session
        session[PROVED] = int(time.time()) - 601
        session.save()
        assert me.get(url("new_app")).url.startswith(url("confirm"))

    def test_a_wrong_password_is_not_enough(self, client, user):
        sign_in(client, user)
        answer = client.post(url("confirm"), {"password": "Wrong7!password"})
        assert (answer.status_code, "The password is not right" in answer.text) == (422, True)
        assert client.get(url("confirm_code")).url == url("confirm")
        assert told("code") == []

    def test_a_wrong_code_is_not_enough(self, client, user):
        sign_in(client, user)
        client.post(url("confirm"), {"password": PASSWORD})
        assert client.post(url("confirm_code"), {"code": another(newest_code())}).status_code == 422
        assert client.get(url("new_app")).url.startswith(url("confirm"))

    def test_a_log_in_code_proves_nothing_and_the_other_way_round(self, client, user):
        give_password(client)
        at_login = newest_code()
        sign_in(client, user)
        client.post(url("confirm"), {"password": PASSWORD})
        if newest_code() != at_login:
            assert client.post(url("confirm_code"), {"code": at_login}).status_code == 422

    @pytest.mark.parametrize("method", ["app", "recovery"])
    def test_any_method_proves(self, client, user, method):
        make_app(user)
        code = {"app": app_code(), "recovery": make_codes(user)[0]}[method]
        sign_in(client, user)
        client.post(url("confirm"), {"password": PASSWORD, "next": url("new_recovery")})
        assert client.post(url(f"confirm_{method}"), {"code": code}).url == url("new_recovery")
        assert client.get(url("new_recovery")).status_code == 200

    def test_somebody_elses_proof_begun_in_this_browser_is_nobodys(self, client, user):
        sign_in(client, user)
        client.post(url("confirm"), {"password": PASSWORD})
        begun = client.session["confirming"]
        sign_in(client, make_account(make_employee()))
        session = client.session
        session["confirming"] = begun
        session.save()
        assert client.get(url("confirm_code")).url == url("confirm")

    @pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"])
    def test_leads_nowhere_else(self, client, user, next):
        sign_in(client, user)
        client.post(url("confirm"), {"password": PASSWORD, "next": next})
        assert client.post(url("confirm_code"), {"code": newest_code()}).url == url("methods")

    def test_misses_count_with_those_of_logging_in(self, client, user, settings):
        settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1)}
        make_codes(user)
        stranger = Client()
        give_password(stranger)
        for _ in range(10):
            stranger.post(url("login_recovery"), {"code": "ZZZZZ99999"})
        sign_in(client, user)
        assert client.post(url("confirm"), {"password": PASSWORD}).status_code == 429

    @pytest.mark.parametrize("page", ["confirm", "confirm_code", "confirm_app", "methods", *NEW])
    def test_nothing_of_it_opens_without_logging_in(self, client, page):
        assert client.get(url(page)).url.startswith(f"{url('login')}?next=")


class TestApp:
    def test_is_set_up_with_a_code_of_it(self, me, user):
        assert set_up_app(me).url == url("methods")
        page = me.get(url("methods"))
        assert "You can now log in with your authenticator app." in page.text
        assert methods_of(user).authenticator.confirmed
        assert {"method": "authenticator"} in told("method_added")
        client = Client()
        assert give_password(client).url == url("login_app")
        code = app_code(AuthenticatorDevice.objects.get().secret, steps=1)
        client.post(url("login_app"), {"code": code})
        assert is_in(client)

    def test_the_picture_is_plain_svg_and_holds_what_the_page_spells(self, me, user):
        page = me.get(url("new_app"))
        assert "<svg" in page.text
        assert "style=" not in page.text.partition("<svg")[2].partition("</svg>")[0]
        assert key_on(page) == key_on(me.get(url("new_app")))  # a reload is no new key

    def test_the_code_that_set_it_up_does_not_log_in(self, me):
        set_up_app(me)
        client = Client()
        give_password(client)
        code = app_code(AuthenticatorDevice.objects.get().secret)
        assert client.post(url("login_app"), {"code": code}).status_code == 422

    def test_a_wrong_code_sets_up_nothing(self, me, user):
        secret = key_on(me.get(url("new_app")))
        answer = me.post(url("new_app"), {"code": another(app_code(secret))})
        assert answer.status_code == 422
        assert key_on(answer) == secret
        assert methods_of(user).authenticator is None
        assert told("method_added") == []

    def test_takes_the_place_of_the_one_before(self, me, user):
        old = make_app(user)
        set_up_app(me)
        app = AuthenticatorDevice.objects.get(user=user)
        assert (app.pk == old.pk, app.secret == SECRET) == (False, False)

    def test_every_person_and_every_set_up_has_its_own_key(self, me):
        first = key_on(me.get(url("new_app")))
        other = sign_in(Client(), make_account(make_employee()))
        prove(other)
        assert key_on(other.get(url("new_app"))) != first
        set_up_app(me)
        prove(me)
        assert key_on(me.get(url("new_app"))) != first


class TestRecoveryCodes:
    def test_work_once_they_are_said_to_be_saved(self, me, user):
        shown = codes_on(me.get(url("new_recovery")))
        assert len(set(shown)) == 10
        assert codes_on(me.get(url("new_recovery"))) == shown
        assert methods_of(user).recovery_left == 0
        assert me.post(url("new_recovery")).url == url("methods")
        assert methods_of(user).recovery_left == 10
        assert {"method": "recovery"} in told("method_added")
        client = Client()
        give_password(client)
        client.post(url("login_recovery"), {"code": shown[3]})
        assert is_in(client)

    def test_are_shown_once(self, me):
        shown = codes_on(me.get(url("new_recovery")))
        me.post(url("new_recovery"))
        prove(me)
        assert not set(codes_on(me.get(url("new_recovery")))) & set(shown)

    def test_take_the_place_of_those_before(self, me, user):
        old = make_codes(user)
        page = me.get(url("new_recovery"))
        assert "your old codes stop working" in page.text
        me.post(url("new_recovery"))
        assert recovery.check(user, old[0], now=user.created_at)[1] is None
        assert RecoveryCode.objects.count() == 10

    def test_stand_nowhere_in_plain(self, me):
        shown = codes_on(me.get(url("new_recovery")))
        kept = str(Session.objects.values_list("session_data", flat=True)) + str(me.session.items())
        me.post(url("new_recovery"))
        kept += str(list(RecoveryCode.objects.values_list("code_hash", flat=True)))
        assert not [code for code in shown if code in kept or code.replace("-", "") in kept]

    def test_who_has_few_is_told_on_the_page(self, me, user):
        make_codes(user, count=2)
        assert "You have 2 recovery codes left" in me.get(url("methods")).text


class TestRemoving:
    def remove(self, client, device):
        return client.post(url("remove_method", key=device.pk), follow=True)

    def test_asks_first(self, me, user):
        app = make_app(user)
        page = me.get(url("remove_method", key=app.pk))
        assert "Remove this from your account?" in page.text
        assert methods_of(user).authenticator == app

    def test_it_is_gone_and_told(self, me, user):
        app = make_app(user)
        page = self.remove(me, app)
        assert "We removed it from your account." in page.text
        assert methods_of(user).authenticator is None
        assert {"method": "authenticator"} in told("method_removed")

    def test_the_phone_that_is_removed_is_told_and_the_session_stays(self, me, user):
        make_app(user)
        phone = user.phones.get()
        self.remove(me, phone)
        told_to = [event.recipient for event in AccountEvent.objects.filter(kind="method_removed")]
        assert phone.number in told_to
        assert is_in(me)

    def test_never_the_last_one(self, me, user):
        make_codes(user)
        page = self.remove(me, user.phones.get())
        assert "This is the only one you have. Add another one first." in page.text
        assert methods_of(user).phone is not None
        assert "Remove your phone" not in page.text

    @pytest.mark.parametrize("make", [make_app, make_passkey])
    def test_another_persons_is_not_found(self, me, make):
        theirs = make(make_account(make_employee()))
        key = getattr(theirs, "credential_id_sha256", theirs.pk)
        for send in (me.get, me.post):
            assert send(url("remove_method", key=key)).status_code == 404

    def test_a_passkey_by_its_own_random_name(self, me, user):
        passkey = make_passkey(user)
        assert me.get(url("remove_method", key=passkey.pk)).status_code == 404
        me.post(url("remove_method", key=passkey.credential_id_sha256))
        assert not methods_of(user).passkeys

    def test_browsers_are_forgotten(self, me, user):
        RememberedBrowser.objects.create(user=user, device=user.phones.get(), expires_at="2100-01-01T00:00Z")
        self.remove(me, make_app(user))
        assert not RememberedBrowser.objects.exists()


@pytest.mark.parametrize("change", ["app", "recovery", "remove"])
def test_a_change_ends_the_other_sessions_and_gives_this_one_a_new_key(me, user, change):
    spare = make_app(user)
    elsewhere = sign_in(Client(), user)
    key = me.session.session_key
    if change == "app":
        set_up_app(me)
    elif change == "recovery":
        me.get(url("new_recovery"))
        me.post(url("new_recovery"))
    else:
        me.post(url("remove_method", key=spare.pk))
    assert not is_in(elsewhere)
    assert is_in(me)
    assert me.session.session_key != key


def test_staff_have_the_same_pages(client):
    desk = make_account(username="desk", role="specialist")
    sign_in(client, desk)
    assert client.get(url("methods")).status_code == 200
    assert client.get(reverse("registration:confirm")).status_code == 200


def test_an_account_without_any_method_sets_none_up_after_a_password_alone(client):
    make_user(username="desk1", password=PASSWORD, role="specialist")
    assert give_password(client, "desk1").url == url("login_call")
    for page in ("methods", *NEW):
        assert client.get(url(page)).url.startswith(url("login"))
