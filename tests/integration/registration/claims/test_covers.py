"""Claim a colleague's record: nothing that was on record before says a word, until the claim is sure."""

from __future__ import annotations

import datetime as dt
import html
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from absences import drafts
from absences.models import Draft
from cases.models.case import Case, ContactChoice
from cases.models.confidential import AbsenceNote
from cases.reasons import own_facts, reasons_for
from cases.submitted import what_was_submitted
from portal.lib import clock
from portal.lib.phone import readable
from registration import claims
from registration.models import StaffRole, User
from tests.factories.accounts import sign_in
from tests.factories.people import make_user
from tests.factories.records import full_day, make_eligible, now_and_then, open_case, open_leave_case
from tests.pages.world import answers

pytestmark = pytest.mark.django_db
SENTINEL = "Quokkafieber"
CHILD = "2021-03-14"
ASKED = {"language": "en", "rows": [["Why?", SENTINEL]], "journey": "leave"}


@pytest.fixture
def colleague():
    """On the roster, with a history that staff took down by phone, and no account."""
    person, agent = make_eligible(), make_user()
    before = clock.now() - dt.timedelta(days=9)
    leave = open_leave_case(
        person,
        by=agent,
        reasons=[SENTINEL],
        facts={"category": "bonding", "joining": "birth", "child_date": CHILD, "more": [["Why?", SENTINEL]]},
        leave=now_and_then(full_day(before.date(), note=SENTINEL, visit=True)),
        submission=ASKED,
        now=before,
    )
    day = full_day(before.date() - dt.timedelta(days=1))
    open_case(person, by=agent, reason=SENTINEL, absence=day, submission=ASKED, now=before)
    assert AbsenceNote.objects.get(absence__case=leave).content["note"] == SENTINEL
    for journey in ("leave", "day_to_day"):
        draft(person, journey, by=agent, at=before)
    return person


def draft(person, journey, *, by, at, sent: Case | None = None) -> Draft:
    typed = json.dumps(answers(journey, clock.today())).replace("Xqzreason", SENTINEL)
    ends = at + dt.timedelta(days=30)
    return Draft.objects.create(
        employee=person,
        journey=journey,
        opened_by=by,
        answers={} if sent else json.loads(typed),
        created_at=at,
        updated_at=at,
        expires_at=ends,
        submitted_case=sent,
    )


def claimed(person, *, ago=dt.timedelta()) -> User:
    user = make_user(person)
    claims.open_claim(user=user, employee=person, now=timezone.now() - ago)
    return User.objects.get(pk=user.pk)


def every_page(person) -> list[str]:
    """Of one's own that show what was reported, and those of every draft, whoever guesses their addresses."""
    cases = list(person.cases.all())
    pages = [reverse("home:home"), reverse("cases:history"), reverse("absences:type")]
    pages += [reverse("cases:case", args=[case.number]) for case in cases]
    pages += [reverse("cases:timeline", args=[case.number]) for case in cases]
    for one in Draft.objects.filter(employee=person):
        of = {"journey": one.journey, "draft": one.pk}
        pages += [reverse(f"absences:{name}", kwargs=of) for name in ("done", "check", "resume", "delete")]
        pages.append(reverse("absences:step", kwargs={**of, "step": "about"}))
    return pages


def words(client, person) -> dict[str, str]:
    return {page: html.unescape(client.get(page).content.decode()) for page in every_page(person)}


def telling(seen: dict[str, str]) -> list[str]:
    secrets = (SENTINEL, "Mar 14, 2021", "March 14, 2021", "Bonding with a child")
    return [page for page, text in seen.items() if any(word in text for word in secrets)]


def test_a_new_account_reads_nothing_of_the_time_before(client, colleague):
    for case in list(colleague.cases.all()):
        draft(colleague, case.kind, by=make_user(), at=case.opened_at, sent=case)
    seen = words(sign_in(client, claimed(colleague)), colleague)
    assert telling(seen) == []
    for page in (reverse("cases:history"), reverse("cases:case", args=[colleague.cases.first().number])):
        assert "because this account is new. If you need them now, call" in " ".join(seen[page].split())


@pytest.mark.parametrize("sure", ["confirmed", "undisputed for three days", "staff's own doing"])
def test_whoever_is_sure_reads_all_of_it(client, colleague, sure):
    """So the test above could have failed."""
    user = {
        "confirmed": lambda: claimed(colleague),
        "undisputed for three days": lambda: claimed(colleague, ago=dt.timedelta(hours=72)),
        "staff's own doing": lambda: make_user(colleague),
    }[sure]()
    if sure == "confirmed":
        claims.confirm(user, now=timezone.now())
    seen = words(sign_in(client, user), colleague)
    pages = telling(seen)
    assert reverse("cases:history") in pages
    assert {reverse("cases:case", args=[case.number]) for case in colleague.cases.all()} <= set(pages)
    assert any(page.endswith("/about/") for page in pages)
    assert not any("because this account is new" in text for text in seen.values())


def test_what_the_account_reports_itself_is_its_own_to_read(client, colleague):
    user = claimed(colleague)
    own = open_case(colleague, by=user, reason="Xqzown", now=clock.now() + dt.timedelta(seconds=1))
    sign_in(client, user)
    assert "Xqzown" in client.get(reverse("cases:case", args=[own.number])).content.decode()
    assert reasons_for([own], viewer=user) == {own.pk: ["Xqzown"]}
    assert what_was_submitted(own, owner=user).rows


def test_no_link_leads_to_what_is_covered(client, colleague):
    case = colleague.cases.filter(kind="day_to_day").get()
    Case.objects.filter(pk=case.pk).update(channel="online")
    draft(colleague, "day_to_day", by=make_user(), at=case.opened_at, sent=case)
    page, user = reverse("cases:case", args=[case.number]), claimed(colleague)
    assert "What you submitted" not in sign_in(client, user).get(page).content.decode()
    claims.confirm(user, now=timezone.now())
    assert "What you submitted" in client.get(page).content.decode()


def test_no_door_opens_to_the_owner(colleague):
    user, cases = claimed(colleague), list(colleague.cases.all())
    assert not any(reasons_for(cases, viewer=user).values())
    assert own_facts(cases, owner=user) == {}
    for case in cases:
        with pytest.raises(PermissionDenied):
            what_was_submitted(case, owner=user)


def test_staff_read_on(colleague):
    claimed(colleague)
    desk = make_user(role=StaffRole.Role.SPECIALIST)
    assert {SENTINEL} == {text for texts in reasons_for(colleague.cases.all(), viewer=desk).values() for text in texts}


def test_a_new_request_takes_the_place_of_the_one_that_is_covered(colleague):
    user = claimed(colleague)
    begun = drafts.start(employee=colleague, journey="leave", by=user, answers={}, now=clock.now())
    assert begun.answers == {}
    assert list(Draft.objects.of(colleague)) == [begun]


def test_revoking_deletes_what_the_account_only_began(colleague):
    user = claimed(colleague)
    now = clock.now()
    begun = drafts.start(employee=colleague, journey="leave", by=user, answers={}, now=now)
    sent = draft(colleague, "day_to_day", by=user, at=now, sent=open_case(colleague, by=user, now=now))
    claims.revoke(user, by=make_user(), now=timezone.now())
    left = set(Draft.objects.filter(employee=colleague).values_list("pk", flat=True))
    assert begun.pk not in left
    assert sent.pk in left


def test_a_policy_s_name_tells_nothing_either(client, colleague):
    leave = colleague.cases.filter(kind="leave").get()
    user = claimed(colleague)
    sign_in(client, user)
    pages = [reverse("cases:case", args=[leave.number]), reverse("cases:timeline", args=[leave.number])]
    for page in [*pages, reverse("cases:history")]:
        seen = html.unescape(client.get(page).content.decode())
        assert "Parental Leave" not in seen
        assert "because this account is new" in seen
    claims.confirm(user, now=timezone.now())
    for page in pages:
        assert "Parental Leave" in client.get(page).content.decode()


def test_where_the_person_lives_is_not_told(client, colleague):
    colleague.street = "17 Hidingplace Lane"
    colleague.save()
    leave = colleague.cases.filter(kind="leave").get()
    number = readable(ContactChoice.objects.get(case=leave).wish["phone"])
    user = claimed(colleague)
    sign_in(client, user)
    pages = {reverse("registration:profile"): "17 Hidingplace Lane", reverse("cases:case", args=[leave.number]): number}
    for page, secret in pages.items():
        assert secret not in client.get(page).content.decode()
    claims.confirm(user, now=timezone.now())
    for page, secret in pages.items():
        assert secret in client.get(page).content.decode()
