"""Ways in from outside: addresses that lead elsewhere, other hosts, frames, forged posts, sessions set beforehand."""

from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.limits.models import Counter
from registration.models import AccountEvent, Challenge, User
from tests.factories.accounts import PASSWORD, make_account, newest_code, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import (
    PHONE,
    choose_account,
    facts_of,
    give_code,
    tell_facts,
    up_to_code,
    url,
)

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "\\\\evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https://evil.example@testserver.evil.example/",
    "https://testserver@evil.example/",
    "http://testserver/home/",
    "https://testserver/home/",
    "//testserver@evil.example",
    "//evil.example%00.testserver",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "JavaScript://testserver/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "%2f%2fevil.example",
    "//[::1]",
    "//[evil.example",
    "http://[",
    "\u2044\u2044evil.example",
    "\uff0f\uff0fevil.example",
    "//evil\u3002example",
    "\x00//evil.example",
    "../../evil.example",
    "",
]
SAFE_THOUGH_ODD = [
    "/%0d%0aSet-Cookie:x=1",
    "/%2fevil.example",
    "/home/?next=//evil.example",
    "/\r\n//evil.example",
    "/home/\r\nLocation: https://evil.example",
    "/home/\r\nSet-Cookie: x=1",
]


@pytest.fixture
def user():
    return make_account(make_employee(), username="mgarcia")


def give_password(client, **other):
    return client.post(url("login"), {"username": "mgarcia", "password": PASSWORD, **other})


def is_in(client):
    return client.get(reverse("home:home")).status_code == 200


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_log_in_leads_nowhere_else(client, user, address):
    give_password(client, next=address)
    answer = client.post(url("login_code"), {"code": newest_code(), "remember": "on"})
    assert (answer.status_code, answer.url) == (302, reverse("home:home"))
    client.post(url("logout"))
    Counter.objects.all().delete()
    assert give_password(client, next=address).url == reverse("home:home")  # remembered now
    assert "evil" not in str(answer.headers)


@pytest.mark.parametrize("address", SAFE_THOUGH_ODD)
def test_an_odd_path_stays_a_path_of_ours(client, user, address):
    give_password(client, next=address)
    answer = client.post(url("login_code"), {"code": newest_code()})
    assert urljoin("https://testserver/login/code/", answer.url).startswith("https://testserver/")
    assert not {"\r", "\n"} & set(answer.url)
    assert "x" not in answer.cookies


def test_proving_who_one_is_leads_nowhere_else(client, user):
    sign_in(client, user)
    for address in ELSEWHERE:
        Counter.objects.all().delete()
        client.get(url("confirm"), {"next": address})
        answer = client.post(url("confirm"), {"password": PASSWORD, "next": address})
        while answer.status_code in (302, 303) and answer.url.startswith(url("confirm")):
            answer = client.post(answer.url, {"code": newest_code()})
        assert answer.status_code in (302, 303), address
        assert answer.url in (reverse("home:home"), url("profile"), url("methods")), address


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "", "a b"])
def test_another_host_is_refused(client, host):
    assert client.get(url("login"), headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded"])
def test_no_header_names_another_host(client, user, header):
    answer = client.get(reverse("home:home"), headers={header: "evil.example"})
    assert answer.url == f"{url('login')}?next=/home/"
    assert "evil.example" not in client.get(url("login"), headers={header: "evil.example"}).text


def of_registration(resolver, route=""):
    """Every (address pattern, name) of accounts: ours, and those of the libraries mounted among them."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from of_registration(pattern, route + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield route + str(pattern.pattern), pattern


def account_pages():
    resolvers = [one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "registration"]
    return [pytest.param(route, id=route) for resolver in resolvers for route, _pattern in of_registration(resolver)]


SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "a", "slug": "a", "path": "a"}


def filled(route):
    """An address that fits the pattern."""
    parts = []
    for part in route.split("<"):
        converter, closed, rest = part.partition(">")
        parts.append(SAMPLES[converter.partition(":")[0]] + rest if closed else part)
    return "/" + "".join(parts)


def test_there_are_pages_to_look_at():
    assert len(account_pages()) > 40


@pytest.mark.parametrize("route", account_pages())
def test_a_post_without_the_token_is_refused(user, route):
    stranger, owner = Client(enforce_csrf_checks=True), sign_in(Client(enforce_csrf_checks=True), user)
    for browser in (stranger, owner):
        assert browser.post(filled(route)).status_code == 403
        assert browser.post(filled(route), headers={"Origin": "https://evil.example"}).status_code == 403
    assert User.objects.filter(pk=user.pk, is_active=True).exists()


@pytest.mark.parametrize("route", account_pages())
def test_no_page_may_be_framed_or_kept(user, route):
    answer = sign_in(Client(), user).get(filled(route))
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


class TestSessions:
    def test_one_set_beforehand_never_becomes_the_owners(self, user):
        attacker = Client()
        attacker.get(url("login"))
        session = attacker.session
        session["planted"] = True
        session.save()
        planted, victim = session.session_key, Client()
        victim.cookies["__Host-sessionid"] = planted
        give_password(victim)
        attacker.cookies["__Host-sessionid"] = planted
        assert attacker.get(url("login_code")).url == url("login")  # not half-way either
        victim.post(url("login_code"), {"code": newest_code()})
        assert is_in(victim)
        assert not is_in(attacker)
        assert planted != victim.cookies["__Host-sessionid"].value

    @pytest.mark.parametrize("key", ["a" * 32, "../../etc/passwd", "'; DROP TABLE users; --", "x" * 4000])
    def test_one_that_was_made_up_is_never_taken_on(self, user, key):
        client = Client()
        client.cookies["__Host-sessionid"] = key
        give_password(client)
        client.post(url("login_code"), {"code": newest_code()})
        assert client.cookies["__Host-sessionid"].value != key
        assert is_in(client)

    def test_the_key_changes_at_each_step_and_the_old_ones_are_dead(self, client, user):
        client.get(url("login"))
        session = client.session
        session["x"] = 1
        session.save()
        keys = [session.session_key]
        give_password(client)
        keys.append(client.session.session_key)
        client.post(url("login_code"), {"code": newest_code()})
        assert client.session.session_key not in keys
        for key in keys:
            thief = Client()
            thief.cookies["__Host-sessionid"] = key
            assert not is_in(thief)


class TestPhonePages:
    """No code is sent before all five facts fit and a username stands: no stranger makes a phone ring."""

    @pytest.mark.parametrize("name", ["phone", "code", "login_code", "two_step"])
    @pytest.mark.parametrize("posted", [{**PHONE, "send": "sms"}, {**PHONE, "send": "voice"}, {"send": "sms"}])
    def test_a_stranger_is_led_to_the_beginning(self, client, name, posted):
        answer = client.post(url(name), posted)
        assert (answer.status_code, answer.url) == (302, url("login" if "login" in name else "register"))
        assert not AccountEvent.objects.exists()
        assert not Challenge.objects.exists()

    def test_without_a_token_it_is_a_403(self):
        for name in ("phone", "code", "login_code"):
            assert Client(enforce_csrf_checks=True).post(url(name), {**PHONE, "send": "sms"}).status_code == 403
        assert not AccountEvent.objects.exists()


ORDER = ["number", "account", "two_step", "phone", "code", "done"]


def walked(client, person, steps):
    """`steps` pages of registering are behind this browser."""
    ways = [
        lambda: client.post(url("register"), facts_of(person)),
        lambda: client.post(url("number"), {"employee_number": person.employee_number}),
        lambda: choose_account(client),
        lambda: client.post(url("two_step")),
        lambda: client.post(url("phone"), {**PHONE, "send": "sms"}),
    ]
    for way in ways[:steps]:
        assert way().status_code == 302


class TestOrder:
    # How many pages are behind a browser -> which pages open; every other leads back.
    OPEN = {0: [], 1: ["number"], 2: ["account"], 3: ["account", "two_step", "phone"]}  # noqa: RUF012  # read only
    OPEN |= {4: OPEN[3], 5: ["account", "two_step", "phone", "code"]}

    @pytest.mark.parametrize("steps", range(6))
    @pytest.mark.parametrize("name", ORDER)
    def test_a_page_opens_in_its_turn_alone(self, client, steps, name):
        walked(client, make_employee(), steps)
        if steps >= 2 and name == "number":
            assert client.get(url(name)).url == url("register")
            return
        answer = client.get(url(name))
        assert (answer.status_code == 200) is (name in self.OPEN[steps]), getattr(answer, "url", "")
        if answer.status_code != 200:
            assert answer.url in {url("register"), url("account"), url("phone")}
            assert not User.objects.exists()

    def test_facts_typed_anew_after_the_match_begin_anew(self, client):
        mine, theirs = make_employee(), make_employee()
        code = up_to_code(client, mine)
        client.post(url("register"), facts_of(theirs))
        assert client.get(url("number")).status_code == 200
        assert tell_facts(client, theirs, number="987654").url == url("no_match")
        assert give_code(client, code).url == url("done")  # what was matched before is still mine
        assert User.objects.get().employee == mine

    def test_no_field_of_ones_own_making_is_taken_in(self, client):
        """Mass assignment: what a form does not ask for changes nothing."""
        person, other = make_employee(), make_employee()
        extra = {"employee": other.pk, "is_staff": "on", "is_superuser": "on", "phone_confirmed": "on", "frozen_at": ""}
        client.post(url("register"), {**facts_of(person), **extra})
        client.post(url("number"), {"employee_number": person.employee_number, **extra})
        client.post(url("account"), {"username": "mgarcia", "password": PASSWORD, "password2": PASSWORD, **extra})
        client.post(url("phone"), {**PHONE, "send": "sms", **extra})
        client.post(url("code"), {"code": newest_code(), **extra})
        user = User.objects.get()
        assert (user.employee, user.is_staff, user.is_superuser) == (person, False, False)
