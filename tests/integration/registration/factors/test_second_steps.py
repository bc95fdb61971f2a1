"""Logging in with a code of an app or of a recovery sheet, and how often one may guess."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.limits.models import Counter
from registration.models import AuthenticatorDevice, RecoveryCode, RememberedBrowser, StaffRole
from tests.factories.accounts import PASSWORD, another, make_account, newest_code
from tests.factories.factors import SECRET, app_code, make_app, make_codes
from tests.factories.people import make_employee, make_user
from tests.integration.registration.factors.ways import give_password, is_in, log_out, told, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


def give_app_code(client, code=None, **other):
    return client.post(url("login_app"), {"code": code or app_code(), **other})


def give_recovery_code(client, code, **other):
    return client.post(url("login_recovery"), {"code": code, **other})


def wait_out_the_throttle():
    """After a miss an app's next code waits; here as if it had."""
    AuthenticatorDevice.objects.update(throttling_failure_timestamp=timezone.now() - dt.timedelta(days=1))


class TestWhichComesFirst:
    def test_an_app_before_a_phone_and_nothing_is_sent(self, client, user):
        make_app(user)
        assert give_password(client).url == url("login_app")
        assert told("code") == []

    def test_the_others_are_offered(self, client, user):
        make_app(user)
        make_codes(user)
        give_password(client)
        page = client.get(url("login_app")).text
        assert f'action="{url("login_code")}"' in page
        assert f'href="{url("login_recovery")}"' in page
        assert f'href="{url("login_call")}"' in page
        assert client.post(url("login_code"), {"send": "voice"}).url == url("login_code")
        client.post(url("login_code"), {"code": newest_code()})
        assert is_in(client)

    def test_what_the_account_does_not_have_is_not_asked(self, client, user):
        give_password(client)
        for page in ("login_app", "login_recovery", "login_passkey"):
            assert client.get(url(page)).url == url("login_code")

    def test_an_app_not_confirmed_is_none(self, client, user):
        make_app(user, confirmed=False)
        assert give_password(client).url == url("login_code")
        assert give_app_code(client).url == url("login_code")
        assert not is_in(client)

    @pytest.mark.parametrize("page", ["login_code", "login_app", "login_recovery", "login_passkey"])
    def test_without_the_password_there_is_nothing(self, client, page):
        assert client.get(url(page)).url == url("login")
        assert client.post(url(page), {"code": "123456"}).url == url("login")


class TestApp:
    def test_its_code_logs_in(self, client, user):
        make_app(user)
        give_password(client)
        assert give_app_code(client).url == reverse("home:home")
        assert is_in(client)

    def test_without_a_phone(self, client):
        make_app(make_user(make_employee(), username="mgarcia", password=PASSWORD))
        give_password(client)
        assert "I cannot do any of these" in client.get(url("login_app")).text
        give_app_code(client)
        assert is_in(client)

    @pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (0, 302), (1, 302), (2, 422)])
    def test_a_clock_may_be_half_a_minute_off(self, client, user, steps, status):
        make_app(user)
        give_password(client)
        assert give_app_code(client, app_code(steps=steps)).status_code == status

    def test_a_code_works_once(self, client, user):
        make_app(user)
        give_password(client)
        code = app_code()
        give_app_code(client, code)
        log_out(client)
        give_password(client)
        assert give_app_code(client, code).status_code == 422
        assert not is_in(client)

    def test_nor_does_an_earlier_one_after_it(self, client, user):
        make_app(user)
        give_password(client)
        give_app_code(client, app_code(steps=1))
        log_out(client)
        give_password(client)
        assert give_app_code(client, app_code()).status_code == 422

    def test_another_persons_app_is_no_use(self, client, user):
        make_app(user)
        make_app(make_account(make_employee()), secret="aa" * 20)
        give_password(client)
        assert give_app_code(client, app_code("aa" * 20)).status_code == 422

    def test_after_a_miss_the_next_code_waits(self, client, user):
        make_app(user)
        give_password(client)
        assert "Enter the code that your app shows now" in give_app_code(client, another(app_code())).text
        answer = give_app_code(client)
        assert answer.status_code == 429
        assert "then enter the code again" in answer.text
        wait_out_the_throttle()
        assert give_app_code(client).status_code == 302

    @pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６７"])
    def test_what_is_no_code_is_not_counted(self, client, user, typed):
        make_app(user)
        give_password(client)
        Counter.objects.all().delete()
        assert client.post(url("login_app"), {"code": typed}).status_code == 422
        assert not Counter.objects.exists()

    def test_a_typed_code_is_not_given_back(self, client, user):
        make_app(user)
        give_password(client)
        wrong = another(app_code())
        assert wrong not in give_app_code(client, wrong).text

    def test_the_secret_is_sealed(self, user):
        app = make_app(user)
        row = AuthenticatorDevice.objects.values_list("secret", flat=True).get(pk=app.pk)
        assert SECRET not in str(row)
        assert AuthenticatorDevice.objects.get().secret == SECRET


class TestRecoveryCodes:
    @pytest.mark.parametrize("spelling", [str, str.lower, lambda code: f" {code[:5]}-{code[5:]} "])
    def test_logs_in_however_it_is_spelt(self, client, user, spelling):
        codes = make_codes(user)
        give_password(client)
        assert give_recovery_code(client, spelling(codes[0])).url == reverse("home:home")
        assert is_in(client)
        assert told("recovery_code_used")

    def test_works_once(self, client, user):
        codes = make_codes(user)
        give_password(client)
        give_recovery_code(client, codes[0])
        log_out(client)
        give_password(client)
        answer = give_recovery_code(client, codes[0])
        assert (answer.status_code, "or you used it before" in answer.text) == (422, True)
        assert give_recovery_code(client, codes[1]).status_code == 302

    def test_another_persons_is_no_use(self, client, user):
        make_codes(user)
        theirs = make_codes(make_account(make_employee()))
        RecoveryCode.objects.filter(sheet__user=user).delete()
        make_codes(user, count=1)
        give_password(client)
        assert give_recovery_code(client, theirs[5]).status_code == 422

    @pytest.mark.parametrize("typed", ["", "ABCDE", "ABCDEFGHJ0", "ABCDEFGHJKM"])
    def test_what_is_no_code_is_not_counted(self, client, user, typed):
        make_codes(user)
        give_password(client)
        Counter.objects.all().delete()
        assert give_recovery_code(client, typed).status_code == 422
        assert not Counter.objects.exists()

    @pytest.mark.parametrize(("count", "says"), [(5, False), (4, False), (3, True), (2, True), (1, True)])
    def test_who_has_few_left_is_told(self, client, user, count, says):
        codes = make_codes(user, count=count)
        give_password(client)
        give_recovery_code(client, codes[0])
        page = client.get(reverse("home:home")).text
        left = {3: "2 recovery codes left", 2: "1 recovery code left", 1: "no recovery codes left"}
        assert (left.get(count, "codes left") in page) is says


class TestGuesses:
    """Ten in a row over all methods together, then none is looked at for a quarter of an hour."""

    def miss(self, client, method):
        if method == "app":
            wait_out_the_throttle()
            return give_app_code(client, another(app_code()))
        if method == "recovery":
            return give_recovery_code(client, "ZZZZZ99999")
        return client.post(url("login_code"), {"code": another(newest_code())})

    @pytest.mark.parametrize("methods", [["app"], ["recovery"], ["app", "recovery"], ["code", "app", "recovery"]])
    def test_ten_misses_close_every_method(self, client, user, settings, methods):
        settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1)}
        make_app(user)
        codes = make_codes(user)
        give_password(client)
        client.post(url("login_code"), {"send": "sms"})
        statuses = [self.miss(client, methods[turn % len(methods)]).status_code for turn in range(10)]
        assert statuses == [422] * 10
        wait_out_the_throttle()
        right = [
            give_app_code(client),
            give_recovery_code(client, codes[0]),
            client.post(url("login_code"), {"code": newest_code()}),
        ]
        assert [answer.status_code for answer in right] == [429] * 3
        assert all("Too many wrong codes. Wait 15 minutes" in answer.text for answer in right)
        assert not is_in(client)
        assert RecoveryCode.objects.filter(used_at=None).count() == 10

    def test_a_right_code_ends_the_run(self, client, user):
        make_app(user)
        codes = make_codes(user)
        for code in codes[:2]:
            give_password(client)
            for _turn in range(9):
                assert self.miss(client, "recovery").status_code == 422
            assert give_recovery_code(client, code).status_code == 302
            log_out(client)

    def test_strangers_without_the_password_close_nothing(self, client, user):
        make_app(user)
        for number in range(12):
            stranger = Client(REMOTE_ADDR=f"198.51.100.{number}")
            give_password(stranger, password="Wrong7!password")
            give_app_code(stranger, "000000")
        give_password(client)
        assert give_app_code(client).status_code == 302


class TestRememberedBrowsers:
    @pytest.fixture
    def codes(self, user):
        make_app(user)
        return make_codes(user)

    def remember(self, client, codes, method):
        give_password(client)
        if method == "app":
            give_app_code(client, remember="on")
        else:
            give_recovery_code(client, codes[0], remember="on")
        log_out(client)

    @pytest.mark.parametrize("method", ["app", "recovery"])
    def test_after_any_method(self, client, user, codes, method):
        client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36"
        self.remember(client, codes, method)
        assert give_password(client).url == reverse("home:home")
        assert is_in(client)
        assert RememberedBrowser.objects.get().label == "Chrome on Android"
        assert {"label": "Chrome on Android"} in told("browser_remembered")

    def test_it_is_forgotten_with_what_it_was_remembered_with(self, client, user, codes):
        self.remember(client, codes, "app")
        AuthenticatorDevice.objects.all().delete()
        assert give_password(client).url == url("login_code")

    def test_a_row_that_names_another_persons_device_is_nothing(self, client, user, codes):
        self.remember(client, codes, "app")
        theirs = make_app(make_account(make_employee()))
        RememberedBrowser.objects.update(persistent_id=theirs.persistent_id)
        assert give_password(client).url == url("login_app")

    def test_staff_never_are(self, client):
        desk = make_account(username="mgarcia", role=StaffRole.Role.SPECIALIST)
        make_app(desk)
        give_password(client)
        assert "Remember this browser" not in client.get(url("login_app")).text
        give_app_code(client, remember="on")
        assert client.get("/staff/notices/").status_code == 200
        assert not RememberedBrowser.objects.exists()

    @pytest.mark.parametrize("setting", ["always", "off"])
    def test_a_role_given_later_opens_nothing_in_a_session_without_a_code(self, client, user, codes, settings, setting):
        settings.LOGIN_SECOND_STEP = setting
        if setting == "always":
            self.remember(client, codes, "app")
        give_password(client)
        assert is_in(client)
        StaffRole.objects.create(user=user, role=StaffRole.Role.SPECIALIST)
        user.is_staff = user.is_superuser = True
        user.save()
        assert client.get("/staff/notices/").status_code in (302, 404)
        assert client.get("/admin/", follow=True).status_code in (302, 404)
        log_out(client)
        Counter.objects.all().delete()
        give_password(client)
        give_app_code(client, app_code(steps=1))
        assert client.get("/staff/notices/").status_code == 200
        assert client.get("/admin/").status_code == 200

    def test_new_browser_remembers_unasked(self, client, user, codes, settings):
        settings.LOGIN_SECOND_STEP = "new_browser"
        give_password(client)
        assert "Remember this browser" not in client.get(url("login_app")).text
        give_app_code(client)
        log_out(client)
        assert give_password(client).url == reverse("home:home")


def test_half_a_log_in_ends_with_time_and_with_the_account(client, user):
    make_app(user)
    give_password(client)
    session = client.session
    session["logging_in"] = {**session["logging_in"], "at": session["logging_in"]["at"] - 1801}
    session.save()
    assert give_app_code(client).url == url("login")
    give_password(client)
    user.is_active = False
    user.save()
    assert give_app_code(client).url == url("login")
    assert not is_in(client)
