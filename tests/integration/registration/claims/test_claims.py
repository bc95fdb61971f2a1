"""A claimed row: who is told, what the link may do, and what freezing and revoking end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registration import claims
from registration.models import AccountEvent, Claim, RememberedBrowser, Session, User
from tests.factories.accounts import PASSWORD, make_account, newest_event, sign_in
from tests.factories.people import make_employee, make_user
from tests.integration.registration.ceremony import give_code, tell_facts, up_to_code, url

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def person():
    return make_employee()


def registered(client, person, username="mgarcia") -> User:
    give_code(client, up_to_code(client, person, username))
    return User.objects.get(username=username)


def claimed(person, *, ago: dt.timedelta = dt.timedelta()) -> User:
    user = make_account(person)
    claims.open_claim(user=user, employee=person, now=timezone.now() - ago)
    return User.objects.get(pk=user.pk)


def link_in(event: AccountEvent) -> str:
    return event.payload["freeze_path"]


def reread(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_registering_opens_a_claim_and_tells_the_employers_address(client, person):
    user = registered(client, person)
    claim = Claim.objects.get(user=user, employee=person)
    assert claims.covered_before(user, now=NOW) == claim.claimed_at
    told = newest_event(kind="account_created")
    assert (told.channel, told.recipient) == ("email", person.work_email)
    assert Client().get(link_in(told)).status_code == 200


def test_without_an_address_the_employers_phone_is_told(client):
    person = make_employee(work_email="")
    registered(client, person)
    told = newest_event(kind="account_created")
    assert (told.channel, told.recipient) == ("sms", person.work_phone)


def test_the_covers_end_after_three_days_or_on_confirmation(person):
    user = claimed(person)
    at = user.claim.claimed_at
    assert claims.covered_before(user, now=at + dt.timedelta(hours=71, minutes=59)) == at
    assert claims.covered_until(user, now=at) == at + dt.timedelta(hours=72)
    assert claims.covered_before(user, now=at + dt.timedelta(hours=72)) is None
    assert claims.confirm(user, now=at)
    assert claims.covered_before(reread(user), now=at) is None


def test_staffs_own_accounts_have_nothing_covered(person):
    assert claims.covered_before(make_user(person), now=NOW) is None


def test_opening_the_link_changes_nothing(client, person):
    user = claimed(person)
    path = link_in(newest_event(kind="account_created"))
    for _ in range(2):
        assert client.get(path).status_code == client.head(path).status_code == 200
    assert reread(user).is_active
    assert reread(user).claim.confirmed_at is None


def test_freezing_ends_everything_and_tells_everybody(client, person):
    user = claimed(person)
    inside = sign_in(Client(), user)
    assert inside.get(reverse("home:home")).status_code == 200
    RememberedBrowser.objects.create(user=user, expires_at=NOW + dt.timedelta(days=1))
    path = link_in(newest_event(kind="account_created"))
    response = client.post(path, {"answer": "freeze"})
    assert (response.status_code, response.url) == (303, path)
    assert "This account is frozen" in client.get(path).content.decode()
    user = reread(user)
    assert (user.is_active, user.frozen_at is None, user.claim.disputed_at is None) == (False, False, False)
    assert inside.get(reverse("home:home")).status_code == 302
    assert not Session.objects.filter(user=user).exists()
    assert not RememberedBrowser.objects.filter(user=user).exists()
    told = AccountEvent.objects.filter(kind="account_frozen")
    assert {event.recipient for event in told} == {person.work_email, person.work_phone, user.phones.get().number}


def test_freezing_twice_tells_once(client, person):
    claimed(person)
    path = link_in(newest_event(kind="account_created"))
    client.post(path, {"answer": "freeze"})
    told = AccountEvent.objects.filter(kind="account_frozen").count()
    client.post(path, {"answer": "freeze"})
    assert AccountEvent.objects.filter(kind="account_frozen").count() == told > 0


def test_logging_in_to_a_frozen_account_says_it_is_closed(client, person):
    user = claimed(person)
    claims.freeze(user, now=NOW)
    response = client.post(url("login"), {"username": user.username, "password": PASSWORD})
    assert "This account is closed. Call" in response.content.decode()


def test_the_person_confirms_by_the_employers_link(client, person):
    user = claimed(person)
    path = link_in(newest_event(kind="account_created"))
    client.post(path, {"answer": "confirm"})
    assert claims.covered_before(reread(user), now=timezone.now()) is None
    assert "You told us that this was you" in client.get(path).content.decode()


def test_a_link_about_a_change_freezes_but_never_confirms(client, person):
    """It goes to addresses that the account chose itself."""
    user = claimed(person)
    path = claims.freeze_path(user)
    assert b'value="confirm"' not in client.get(path).content
    client.post(path, {"answer": "confirm"})
    assert claims.covered_before(reread(user), now=timezone.now()) is not None
    client.post(path, {"answer": "freeze"})
    assert not reread(user).is_active


def test_a_disputed_claim_cannot_be_confirmed_by_the_link(client, person):
    user = claimed(person)
    path = link_in(newest_event(kind="account_created"))
    client.post(path, {"answer": "freeze"})
    client.post(path, {"answer": "confirm"})
    assert not reread(user).claim.is_sure(timezone.now())


@pytest.mark.parametrize("token", ["x", "a.b.c", "é"])
def test_a_garbled_link_says_whom_to_call(client, token):
    response = client.get(reverse("registration:freeze", args=[token]))
    assert response.status_code == 410
    assert "1-833-640-2800" in response.content.decode()


def test_an_old_link_does_nothing(client, person, monkeypatch):
    user = claimed(person)
    path = link_in(newest_event(kind="account_created"))
    then = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: then() + 7 * 86400 + 1)
    assert client.post(path, {"answer": "freeze"}).status_code == 410
    assert reread(user).is_active


def test_unfreezing_lets_the_person_in_and_keeps_the_covers(client, person):
    user = claimed(person)
    claims.freeze(user, now=NOW)
    claims.unfreeze(user)
    assert reread(user).is_active
    assert claims.covered_before(reread(user), now=NOW) is not None


def told(kind) -> set[tuple[str, str]]:
    return {(event.channel, event.recipient) for event in AccountEvent.objects.filter(kind=kind)}


def test_confirming_and_unfreezing_are_told_once_everywhere_with_a_way_to_freeze(person):
    user = claimed(person)
    everywhere = {("email", person.work_email), ("sms", person.work_phone), ("sms", user.phones.get().number)}
    for _ in range(2):
        claims.confirm(user, now=NOW)
    claims.freeze(user, now=NOW)
    for _ in range(2):
        claims.unfreeze(user)
    for kind in ("account_confirmed", "account_unfrozen"):
        assert told(kind) == everywhere
        assert AccountEvent.objects.filter(kind=kind).count() == 3
        assert Client().get(link_in(newest_event(kind=kind))).status_code == 200


def test_revoking_gives_the_row_back(client, person):
    impostor = claimed(person)
    old_link = link_in(newest_event(kind="account_created"))
    claims.revoke(impostor, by=make_user(), now=NOW)
    impostor = reread(impostor)
    assert (impostor.employee, impostor.is_active, impostor.phones.count()) == (None, False, 0)
    assert client.get(old_link).status_code == 410
    owner = registered(Client(), person, "the.owner")
    assert owner.employee == person
    assert claims.covered_before(owner, now=timezone.now()) is not None
    assert [event.recipient for event in AccountEvent.objects.filter(kind="account_revoked")] == [
        person.work_email,
        person.work_phone,
    ]
    told = AccountEvent.objects.filter(kind="account_created", employee=person)
    assert told.count() == 2  # the second claim is told however soon it follows the first


def test_while_the_account_is_frozen_its_row_is_taken(client, person):
    claims.freeze(claimed(person), now=NOW)
    assert tell_facts(client, person).url == url("exists")
