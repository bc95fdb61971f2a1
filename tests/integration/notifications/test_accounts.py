"""What an account is told: every kind in words, over both ways, and what asks somebody to see to it."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings

from cases.models.case import Task
from notifications import dispatch, notices, results
from notifications.models import Notice
from portal.lib.sending import Accepted
from registration.models import AccountEvent
from tests.factories.people import make_employee

pytestmark = pytest.mark.django_db
Kind = AccountEvent.Kind
CALL = "call 1-833-640-2800"
LINK = "/account/freeze/a.b.c/"
PAYLOADS = {
    Kind.USERNAME: {"username": "Xqzuser"},
    Kind.METHOD_ADDED: {"method": "passkey"},
    Kind.METHOD_REMOVED: {"method": "authenticator"},
    Kind.BROWSER_REMEMBERED: {"label": "Chrome on Android"},
    Kind.SETUP_LINK: {"path": "/account/set-up/a.b.c/"},
    Kind.ACCOUNT_FROZEN: {"at": "2026-11-22T10:00:00+00:00"},
}
NEWS = [kind for kind in Kind if kind != Kind.CODE]
SUBJECTS = {
    Kind.ACCOUNT_CREATED: "Your account was created",
    Kind.ALREADY_REGISTERED: "You already have an account",
    Kind.USERNAME: "Your username",
    Kind.PASSWORD_CHANGED: "You changed your password",
    Kind.PHONE_CHANGED: "You changed your phone for codes",
    Kind.EMAIL_CHANGED: "You changed your email",
    Kind.METHOD_ADDED: "New way to log in",
    Kind.METHOD_REMOVED: "A way to log in was removed",
    Kind.RECOVERY_CODE_USED: "A recovery code was used",
    Kind.BROWSER_REMEMBERED: "New browser remembered",
    Kind.SETUP_LINK: "Set up a phone for codes",
    Kind.SECOND_STEP_RESET: "Your phone for codes was removed",
    Kind.ACCOUNT_UNLOCKED: "You can try again",
    Kind.ACCOUNT_CONFIRMED: "Your account is confirmed",
    Kind.ACCOUNT_FROZEN: "Your account is frozen",
    Kind.ACCOUNT_UNFROZEN: "Your account is open again",
    Kind.ACCOUNT_REVOKED: "An account was closed",
    Kind.SESSIONS_ENDED: "We logged you out everywhere",
}


def told(kind, *, channel="email", recipient="me@example.org", employee=None, **payload) -> Notice | None:
    payload = payload or PAYLOADS.get(kind, {})
    event = AccountEvent.objects.create(
        kind=kind, channel=channel, recipient=recipient, payload=payload, employee=employee
    )
    dispatch.tell_accounts()
    return Notice.objects.filter(account_event_id=event.pk).first()


def by_text(kind, **payload) -> str:
    return notices.text(told(kind, channel="sms", recipient="+14135550123", **payload))


@pytest.mark.parametrize("kind", NEWS)
def test_every_kind_in_words_over_both_ways(kind):
    letter = notices.letter(told(kind))
    assert letter.subject == SUBJECTS[kind]
    assert "Call Workpartners at 1-833-640-2800 (TTY: 711)" in letter.body
    assert "None" not in letter.body
    line = by_text(kind)
    assert "None" not in line
    assert kind == Kind.SETUP_LINK or len(line) <= 160, line
    if kind != Kind.USERNAME:
        assert "1-833-640-2800" in line
        assert CALL in letter.body


@pytest.mark.parametrize(
    "kind",
    [
        Kind.ACCOUNT_CREATED,
        Kind.PASSWORD_CHANGED,
        Kind.PHONE_CHANGED,
        Kind.EMAIL_CHANGED,
        Kind.SECOND_STEP_RESET,
        Kind.ACCOUNT_CONFIRMED,
        Kind.ACCOUNT_UNFROZEN,
    ],
)
def test_the_link_that_freezes_stands_where_it_is_given(kind):
    link = settings.PUBLIC_BASE_URL + LINK
    assert link in notices.letter(told(kind, freeze_path=LINK)).body
    assert "freeze" not in notices.letter(told(kind)).body


def test_who_is_told_by_text_of_a_new_account_gets_the_link_too():
    assert settings.PUBLIC_BASE_URL + LINK in by_text(Kind.ACCOUNT_CREATED, freeze_path=LINK)


def test_each_way_to_log_in_is_named():
    methods = ["phone", "authenticator", "passkey", "recovery"]
    for kind in (Kind.METHOD_ADDED, Kind.METHOD_REMOVED):
        assert len({notices.letter(told(kind, method=method)).body for method in methods}) == 4
        assert len({by_text(kind, method=method) for method in methods}) == 4


def test_what_the_messages_carry():
    assert "Your username is Xqzuser." in notices.letter(told(Kind.USERNAME)).body
    assert "Chrome on Android" in notices.letter(told(Kind.BROWSER_REMEMBERED)).body
    setup = settings.PUBLIC_BASE_URL + PAYLOADS[Kind.SETUP_LINK]["path"]
    assert setup in notices.letter(told(Kind.SETUP_LINK)).body
    assert setup in by_text(Kind.SETUP_LINK)


def test_a_password_that_goes_too_is_named():
    path = PAYLOADS[Kind.SETUP_LINK]["path"]
    for with_it, without in (
        (told(Kind.SETUP_LINK, path=path, new_password=True), told(Kind.SETUP_LINK)),
        (told(Kind.SECOND_STEP_RESET, password=True), told(Kind.SECOND_STEP_RESET)),
    ):
        assert "password" in notices.letter(with_it).subject
        assert "password" not in notices.letter(without).subject
    assert "new password" in by_text(Kind.SETUP_LINK, path=path, new_password=True)
    assert len(by_text(Kind.SECOND_STEP_RESET, password=True)) <= 160


def test_nothing_is_left_of_what_lets_somebody_in(caplog):
    caplog.set_level(logging.DEBUG)
    notice = told(Kind.SETUP_LINK)
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.SENDING)
    notice.refresh_from_db()
    results.accepted(notice, Accepted(""))
    notice.refresh_from_db()
    assert (notice.state, notice.payload) == (Notice.State.SENT, None)
    assert AccountEvent.objects.get(pk=notice.account_event_id).payload is None
    assert "set-up" not in caplog.text


def test_a_username_is_not_in_the_logs(caplog):
    caplog.set_level(logging.DEBUG)
    told(Kind.USERNAME)
    told(Kind.METHOD_ADDED, wrong="Xqzuser")  # cannot be worded: logged, without what it holds
    assert "not told" in caplog.text
    assert "Xqzuser" not in caplog.text


class TestWhatPeopleSeeTo:
    def test_a_disputed_account_is_one_task_for_staff_however_many_are_told(self):
        person = make_employee()
        told(Kind.ACCOUNT_FROZEN, employee=person)
        told(Kind.ACCOUNT_FROZEN, employee=person, channel="sms", recipient="+14135550123")
        task = Task.objects.get()
        assert (task.kind, task.waits_on, task.agency) == ("account_frozen", "staff", person.agency)

    def test_a_second_dispute_is_another_task(self):
        person = make_employee()
        told(Kind.ACCOUNT_FROZEN, employee=person)
        told(Kind.ACCOUNT_FROZEN, employee=person, at="2026-12-01T10:00:00+00:00")
        assert Task.objects.count() == 2

    def test_nobody_to_tell_of_a_new_account_is_the_liaisons_task(self):
        person = make_employee()
        assert told(Kind.ACCOUNT_CREATED, employee=person, recipient="") is None
        task = Task.objects.get()
        assert (task.kind, task.waits_on, task.agency) == ("account_untold", "liaison", person.agency)

    def test_so_is_a_message_that_does_not_arrive(self):
        person = make_employee()
        notice = told(Kind.ACCOUNT_CREATED, employee=person, channel="sms", recipient="+14135550123")
        results.bury(notice, "30006")
        assert Task.objects.get().kind == "account_untold"

    def test_other_news_asks_nobody(self):
        told(Kind.PASSWORD_CHANGED, employee=make_employee())
        assert not Task.objects.exists()
