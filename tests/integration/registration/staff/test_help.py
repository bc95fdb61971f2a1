"""What staff do for somebody whose identity they checked: what it changes, who is told, and that it is recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import AccessEvent
from portal.limits import counters
from registration import claims
from registration.models import AccountEvent, RecoverySheet, RememberedBrowser, Session, User
from tests.factories.accounts import PASSWORD, make_account, newest_code, newest_event, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import facts_of, tell_facts
from tests.integration.registration.staff.desk import at_desk, checked, staff, url

pytestmark = pytest.mark.django_db
NEW_PHONE = {"country": "US", "phone": "617-555-0199", "send": "sms"}


@pytest.fixture
def person():
    employee = make_employee()
    user = make_account(employee)
    claims.open_claim(user=user, employee=employee, now=timezone.now())
    AccountEvent.objects.all().delete()
    return employee


@pytest.fixture
def helper():
    return staff()


@pytest.fixture
def desk(person, helper):
    return checked(at_desk(helper), person)


def account(person) -> User:
    return User.objects.get(employee=person)


def do(desk, person, action):
    page = url("act", person.pk, action)
    assert desk.get(page).status_code == 200
    response = desk.post(page)
    assert response.url == url("person", person.pk)
    return response


def told(kind) -> set[str]:
    return set(AccountEvent.objects.filter(kind=kind).values_list("channel", flat=True))


@pytest.mark.parametrize("action", ["username", "second-step", "start-over", "confirm", "freeze", "revoke"])
def test_asking_what_to_do_does_nothing(desk, person, action):
    desk.get(url("act", person.pk, action))
    assert not AccountEvent.objects.exists()
    assert account(person).is_active
    assert account(person).phones.exists()


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("username", "username"),
        ("second-step", "second_step_reset"),
        ("start-over", "setup_link"),
        ("freeze", "account_frozen"),
        ("revoke", "account_revoked"),
    ],
)
def test_each_action_is_recorded_and_told(desk, person, helper, action, kind):
    do(desk, person, action)
    event = AccessEvent.objects.get(action=action)
    assert (event.actor, event.role, event.object_type, event.object_id) == (
        helper,
        "intake",
        "account",
        str(person.pk),
    )
    assert "email" in told(kind)


def test_looking_is_recorded_each_time(desk, person):
    for _ in range(2):
        desk.get(url("person", person.pk))
    assert AccessEvent.objects.filter(action="view_account", object_id=str(person.pk)).count() == 2


def test_a_username_is_sent_to_the_addresses_on_file(desk, person):
    do(desk, person, "username")
    event = newest_event(kind="username", channel="email")
    assert (event.recipient, event.payload) == (person.work_email, {"username": account(person).username})


def test_confirming_ends_the_covers(desk, person, helper):
    assert claims.covered_before(account(person), now=timezone.now())
    do(desk, person, "confirm")
    assert claims.covered_before(account(person), now=timezone.now()) is None
    assert account(person).claim.confirmed_by == helper
    assert desk.get(url("act", person.pk, "confirm")).status_code == 404  # there is nothing left to confirm


def test_freezing_and_unfreezing(desk, person):
    do(desk, person, "freeze")
    assert "Frozen" in desk.get(url("person", person.pk)).content.decode()
    assert desk.get(url("act", person.pk, "second-step")).status_code == 404
    again = desk.post(url("act", person.pk, "freeze"))  # a second tap
    assert (again.status_code, again.url) == (302, url("person", person.pk))
    do(desk, person, "unfreeze")
    assert account(person).is_active


def test_revoking_leaves_a_person_without_an_account(desk, person):
    user = account(person)
    do(desk, person, "revoke")
    body = desk.get(url("person", person.pk)).content.decode()
    assert "No account" in body
    assert user.username not in body


class TestLimits:
    def held_at_registering(self, person):
        for _ in range(5):
            tell_facts(Client(), person, number="99")

    def test_what_holds_somebody_is_shown_and_cleared(self):
        person = make_employee()
        self.held_at_registering(person)
        assert tell_facts(Client(), person).status_code == 429
        desk = checked(at_desk(), person)
        assert "Registering: misses for one last name" in desk.get(url("person", person.pk)).content.decode()
        desk.post(url("clear", person.pk), {"scope": "match_person"})
        assert "Registering: misses" not in desk.get(url("person", person.pk)).content.decode()
        assert tell_facts(Client(), person).status_code == 302
        assert AccessEvent.objects.filter(action="clear_limit", object_id="match_person").count() == 1

    def test_codes_that_an_account_waits_for(self, desk, person):
        credentials = {"username": account(person).username, "password": PASSWORD}
        for _ in range(3):
            Client().post(reverse("registration:login"), credentials)
        assert "Codes: sent to one phone within seconds" in desk.get(url("person", person.pk)).content.decode()
        desk.post(url("clear", person.pk))
        assert (
            "Limits that hold this person now</h2>\n\n<p>None." in desk.get(url("person", person.pk)).content.decode()
        )
        assert told("account_unlocked") == {"email"}
        before = AccountEvent.objects.filter(kind="code").count()
        Client().post(reverse("registration:login"), credentials)
        assert AccountEvent.objects.filter(kind="code").count() == before + 1

    def test_wrong_codes_in_a_row(self, desk, person):
        from registration import guesses  # noqa: PLC0415

        run = guesses.run_of("login", f"user {account(person).pk}")
        for _ in range(10):
            guesses.count(run)
        assert guesses.locked(run)
        assert "Codes: wrong ones in a row" in desk.get(url("person", person.pk)).content.decode()
        desk.post(url("clear", person.pk), {"scope": "code_misses"})
        assert not guesses.locked(run)

    def test_a_username_asked_for_too_often(self, desk, person):
        for _ in range(6):
            facts = {**facts_of(person), "employee_number": person.employee_number}
            Client().post(reverse("registration:forgot_id"), facts)
        assert "Forgotten usernames: asked for one last name" in desk.get(url("person", person.pk)).content.decode()

    def test_a_typed_address_is_looked_up_and_cleared(self):
        user = make_account(make_employee())
        for _ in range(6):
            Client().post(reverse("registration:login"), {"username": user.username, "password": "Wrong!12"})
        desk, typed = at_desk(), {"username": user.username, "address": "127.0.0.1"}
        assert "Logging in: misses for one username" in desk.post(url("limits"), typed).content.decode()
        after = desk.post(url("limits"), {**typed, "clear": "login_account"})
        assert [limit.scope for limit in after.context["held"]] == []
        assert "1 limit was cleared." in after.content.decode()
        good = Client().post(reverse("registration:login"), {"username": user.username, "password": PASSWORD})
        assert good.status_code == 302

    def test_a_typed_phone_name_and_number(self):
        person, desk = make_employee(), at_desk()
        self.held_at_registering(person)
        for typed in (
            {"last_name": person.last_name, "zip": person.home_zip},
            {"employee_number": "0099"},
        ):
            assert [limit.scope for limit in desk.post(url("limits"), typed).context["held"]] == ["match_person"]
        for _ in range(2):
            counters.hit("code_send_burst", "register +16175550132")
        typed = {"phone": "617-555-0132"}
        assert [limit.scope for limit in desk.post(url("limits"), typed).context["held"]] == ["code_send_burst"]

    @pytest.mark.parametrize("address", ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9"])
    def test_a_newer_address_counts_as_its_network(self, address):
        for _ in range(20):
            counters.hit("login_address", "2001:db8:1:2::/64")
        response = at_desk().post(url("limits"), {"address": address})
        assert [limit.scope for limit in response.context["held"]] == ["login_address"]

    def test_how_many_keys_each_limit_refuses_and_never_whose(self):
        for name in ("Xqzname 02108", "Xqzother 02108"):
            for _ in range(5):
                counters.hit("match_person", f"name {name}")
        response = at_desk().get(url("limits"))
        refused = {row["name"]: row["refused"] for row in response.context["scopes"]}
        assert [name for name, keys in refused.items() if keys] == [
            "Registering: misses for one last name and ZIP code, or for one employee number"
        ]
        assert set(refused.values()) == {0, 2}
        assert "Xqz" not in response.content.decode()

    @pytest.mark.parametrize("typed", [{}, {"address": "here"}, {"zip": "021"}])
    def test_what_cannot_be_looked_up_is_refused(self, typed):
        assert at_desk().post(url("limits"), typed).status_code == 422


class TestANewPhone:
    @pytest.fixture
    def link(self, desk, person):
        RecoverySheet.objects.create(user=account(person), name="recovery")
        do(desk, person, "second-step")
        return newest_event(kind="setup_link").payload["path"]

    def credentials(self, person):
        return {"username": account(person).username, "password": PASSWORD}

    def up_to_code(self, client, person, link):
        assert client.post(link, self.credentials(person)).url == f"{link}phone/"
        assert client.post(f"{link}phone/", NEW_PHONE).url == f"{link}code/"
        return newest_code()

    def test_nothing_old_is_left(self, person):
        user = account(person)
        inside = sign_in(Client(), user)
        inside.get(reverse("home:home"))
        RememberedBrowser.objects.create(user=user, expires_at=timezone.now() + dt.timedelta(days=1))
        do(checked(at_desk(), person), person, "second-step")
        assert not user.phones.exists()
        assert not RememberedBrowser.objects.filter(user=user).exists()
        assert not Session.objects.filter(user=user).exists()
        assert inside.get(reverse("home:home")).status_code == 302
        link = newest_event(kind="setup_link")
        assert (link.channel, link.recipient) == ("email", person.work_email)

    def test_the_password_and_a_code_to_the_new_phone_let_in_once(self, client, person, link):
        code = self.up_to_code(client, person, link)
        assert client.get(reverse("home:home")).status_code == 302  # not yet
        assert client.post(f"{link}code/", {"code": code}).url == reverse("home:home")
        assert client.get(reverse("home:home")).status_code == 200
        assert account(person).phones.get().number == "+16175550199"
        assert Client().get(link).status_code == 410

    def test_without_the_password_there_is_no_phone_page(self, client, person, link):
        assert client.get(f"{link}phone/").url == client.get(f"{link}code/").url == link
        other = make_account(make_employee())
        for wrong in ({"password": "Wrong!12"}, {"username": other.username}):
            response = client.post(link, {**self.credentials(person), **wrong})
            assert response.status_code == 422
            assert "The username or password is not right" in response.content.decode()
        assert client.get(f"{link}phone/").url == link

    def test_wrong_passwords_are_counted(self, client, person, link):
        wrong = {**self.credentials(person), "password": "Wrong!12"}
        assert [client.post(link, wrong).status_code for _ in range(6)] == [422] * 5 + [429]

    def test_a_wrong_code_sets_up_nothing(self, client, person, link):
        code = self.up_to_code(client, person, link)
        wrong = f"{(int(code) + 1) % 10**6:06}"
        assert client.post(f"{link}code/", {"code": wrong}).status_code == 422
        assert not account(person).phones.exists()
        assert client.get(reverse("home:home")).status_code == 302

    def test_it_works_for_a_day(self, client, link, monkeypatch):
        assert client.get(link).status_code == 200
        then = signing.time.time
        monkeypatch.setattr(signing.time, "time", lambda: then() + 86401)
        assert client.get(link).status_code == 410

    def test_a_password_changed_since_ends_it(self, client, person, link):
        user = account(person)
        user.set_password("Another!9pass")
        user.save()
        assert client.get(link).status_code == 410

    def test_garbled_links_open_nothing(self, client):
        assert client.get(reverse("registration:set_up", args=["a.b.c"])).status_code == 410

    def test_where_there_is_no_address_nothing_is_removed(self):
        person = make_employee(work_email="", work_phone="")
        make_account(person)
        desk = checked(at_desk(), person)
        do(desk, person, "second-step")
        assert account(person).phones.exists()
        assert "Nothing was changed" in desk.get(url("find")).content.decode()
        assert not AccessEvent.objects.filter(action="second-step").exists()
