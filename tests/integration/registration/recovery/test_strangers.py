"""Known, unknown, closed, frozen, without a phone: to a stranger both recoveries are the same, POST by POST."""

import pytest

from registration.models import AccountEvent, User
from tests.factories.accounts import another
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import facts_of
from tests.integration.registration.recovery.walks import Stranger, accounts, codes_waiting, count_hashes

pytestmark = pytest.mark.django_db
PARTS = ("status", "headers", "cookies", "body", "queries")


@pytest.fixture(autouse=True)
def _no_waiting(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1), "code_send": (9, 600)}


def usernames():
    return {**{state: user.username for state, user in accounts().items()}, "unknown": "nobody-here"}


def wrong_code():
    """Six digits that were not sent. A code that never left this house has none."""
    newest = AccountEvent.objects.filter(kind="code").latest("created_at")
    return another(newest.payload["code"]) if newest.payload else "123456"


def the_whole_reset(stranger, username):
    """Everything a stranger can post without the phone."""
    stranger.post("reset", {"username": username, "send": "sms"}, hide=username)
    for code in ("", "12", wrong_code(), "000 000"):
        stranger.post("reset_code", {"code": code}, hide=username)
    stranger.post("reset_code", {"send": "sms"}, hide=username)
    stranger.post("reset_code", {"send": "voice"}, hide=username)
    for _ in range(6):  # five end the code; the sixth is not judged
        stranger.post("reset_code", {"code": wrong_code()}, hide=username)
    stranger.post("reset_code", {"send": "sms"}, hide=username)
    for _ in range(4):  # ten in a row
        stranger.post("reset_code", {"code": wrong_code()}, hide=username)
    stranger.post("reset_code", {"send": "sms"}, hide=username)
    stranger.post("reset_password", {"password": "Tw9#lark-Moss4", "password2": "Tw9#lark-Moss4"}, hide=username)
    stranger.post("reset", {"username": username, "send": "voice"}, hide=username)


def assert_alike(strangers):
    """Part by part and POST by POST, so that a difference is named."""
    first, *others = strangers.items()
    for state, stranger in others:
        assert len(stranger.seen) == len(first[1].seen)
        for step, (one, other) in enumerate(zip(first[1].seen, stranger.seen, strict=True)):
            for part in PARTS:
                assert other[part] == one[part], f"{part} of POST {step}: {state} is not as {first[0]}"


def test_a_reset_tells_nobody_apart(monkeypatch):
    names, strangers = usernames(), {}
    hashed = count_hashes(monkeypatch)
    for n, (state, username) in enumerate(names.items()):
        strangers[state] = Stranger(f"198.51.{n}.1")
        the_whole_reset(strangers[state], username)
    assert_alike(strangers)
    assert hashed == []
    statuses = [seen["status"][0] for seen in strangers["known"].seen]
    assert {303, 422, 429} == set(statuses)


def test_only_the_known_phone_is_sent_anything():
    for n, (state, username) in enumerate(usernames().items()):
        before = codes_waiting()
        Stranger(f"198.51.{n}.1").post("reset", {"username": username, "send": "sms"})
        assert codes_waiting() - before == (state == "known"), state


def test_too_many_codes_are_too_many_for_every_username(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send": (3, 600)}
    strangers = {}
    for n, (state, username) in enumerate(usernames().items()):
        strangers[state] = stranger = Stranger(f"198.51.{n}.1")
        for _ in range(3):
            stranger.post("reset", {"username": username, "send": "sms"}, hide=username)
        stranger.post("reset_code", {"send": "voice"}, hide=username)
        stranger.post("reset", {"username": username, "send": "sms"}, hide=username)
    assert_alike(strangers)
    assert [seen["status"][0] for seen in strangers["unknown"].seen] == [303, 303, 303, 429, 429]


def test_beyond_the_day_of_a_phone_it_stays_silent_and_looks_the_same(settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_others_day": (2, 86400)}
    strangers = {}
    for n, (state, username) in enumerate(usernames().items()):
        strangers[state] = stranger = Stranger(f"198.51.{n}.1")
        for _ in range(4):
            stranger.post("reset", {"username": username, "send": "voice"}, hide=username)
        stranger.post("reset_code", {"code": wrong_code()}, hide=username)
    assert_alike(strangers)
    assert codes_waiting() == 2


class TestForgotId:
    def people(self):
        """{state: what is posted}. Of each state one person, and who is not on the roster at all."""
        people = {state: user.employee for state, user in accounts().items()}
        people["not registered"] = make_employee()
        people["nobody"] = make_employee()
        posts = {
            state: {**facts_of(person), "employee_number": person.employee_number} for state, person in people.items()
        }
        people["nobody"].delete()
        one_wrong = {**posts["known"], "zip": "99999"}
        return {**posts, "wrong ZIP code": one_wrong}

    def test_it_tells_nobody_apart(self, monkeypatch):
        people, strangers = self.people(), {}
        hashed = count_hashes(monkeypatch)
        for n, (state, facts) in enumerate(people.items()):
            strangers[state] = stranger = Stranger(f"198.51.{n}.1")
            if state == "wrong ZIP code":  # the tries at its number are the known one's too
                facts = {**facts, "employee_number": "987654"}
            for _ in range(7):
                stranger.post("forgot_id", facts)
        assert_alike(strangers)
        assert hashed == []
        assert [seen["status"][0] for seen in strangers["known"].seen] == [303] * 5 + [429] * 2

    def test_every_try_writes_as_many_rows(self):
        written = {}
        for n, (state, facts) in enumerate(self.people().items()):
            before = AccountEvent.objects.count()
            for _ in range(2):  # the second on the same day is told nothing
                Stranger(f"198.51.{n}.1").post("forgot_id", facts)
            written[state] = AccountEvent.objects.count() - before
        assert set(written.values()) == {6}, written

    def test_only_who_may_log_in_is_told(self):
        told = {}
        for n, (state, facts) in enumerate(self.people().items()):
            before = AccountEvent.objects.filter(dispatched_at=None).count()
            Stranger(f"198.51.{n}.1").post("forgot_id", facts)
            told[state] = AccountEvent.objects.filter(dispatched_at=None).count() - before
        assert {state for state, count in told.items() if count} == {"known", "no phone", "unconfirmed"}
        assert User.objects.filter(frozen_at=None, is_active=True).count() == 3
