"""From facts to rows: who gets one, over which channel, and what nobody gets."""

import dataclasses

import pytest
from django.db import transaction

from cases import facts
from cases.facts import AbsenceNotice
from cases.models.case import Task
from notifications import dispatch, notices
from notifications.models import Notice
from registration.models import AccountEvent, Challenge, Employee
from tests.factories.notices import a_challenge
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import open_case, part_day

pytestmark = pytest.mark.django_db


def report(person, **given):
    case = open_case(person, **given)
    dispatch.tell_cases()
    return case


def letter_to_the_employee():
    return notices.letter(Notice.objects.get(kind="employee_received")).body


def rows(**wanted):
    return sorted(Notice.objects.filter(**wanted).values_list("kind", "channel"))


def chain(**boss):
    above = make_employee(work_email="above@example.org", work_phone="+14135550102")
    return make_employee(supervisor=make_employee(supervisor=above, **boss), work_email="")


def test_what_a_supervisor_may_be_told():
    """R141, word for word what the page promises the employee. A new field must be argued here."""
    assert {field.name for field in dataclasses.fields(AbsenceNotice)} == {
        "first_name", "last_name", "agency", "kind", "pattern", "first_day", "last_day", "times", "minutes",
        "expected_return", "overtime", "case_number", "replaces",
    }  # fmt: skip


def test_supervisor_and_next_level_over_both_channels():
    report(chain())
    assert rows() == [
        ("next_level_absence", "email"),
        ("next_level_absence", "sms"),
        ("supervisor_absence", "email"),
        ("supervisor_absence", "sms"),
    ]
    assert Task.objects.count() == 0


def test_a_shared_phone_is_told_once():
    report(chain(work_phone="+14135550102"))
    assert rows(channel="sms") == [("supervisor_absence", "sms")]
    assert len(rows(channel="email")) == 2


def test_nobody_to_tell_is_a_row_and_a_task_for_the_liaison():
    case = report(make_employee(work_email="me@example.org"))
    row = Notice.objects.get(kind="supervisor_absence")
    assert (row.state, row.error_code, row.recipient) == (Notice.State.DEAD, "no_supervisor", "")
    task = Task.objects.get()
    assert (task.kind, task.waits_on, task.case_id) == (Task.Kind.NO_SUPERVISOR, Task.WaitsOn.LIAISON, case.pk)
    assert "We could not reach your supervisor. Call them now. To make changes" in letter_to_the_employee()


def test_a_supervisor_who_left_is_not_told_and_the_liaison_hears_of_it():
    report(chain(status=Employee.Status.LEFT))
    assert {kind for kind, _channel in rows()} == {"next_level_absence"}
    assert Task.objects.get().kind == Task.Kind.NO_SUPERVISOR


def test_nobody_reachable_is_a_row_and_a_task_for_staff():
    report(make_employee(supervisor=make_employee(work_email="", work_phone=""), work_email=""))
    row = Notice.objects.get()
    assert (row.state, row.error_code) == (Notice.State.DEAD, "no_contact")
    assert Task.objects.get().kind == Task.Kind.NOTICE_FAILED


def test_without_an_email_the_text_does_not_promise_one():
    report(make_employee(supervisor=make_employee(work_email=""), work_email=""))
    assert "Details in your email" not in notices.text(Notice.objects.get())


def test_the_employee_reads_who_is_being_told_and_not_that_anybody_was():
    boss = make_employee(supervisor=make_employee())
    report(make_employee(supervisor=boss, work_email="me@example.org"))
    assert "We are telling your supervisor. To make changes" in letter_to_the_employee()
    assert "We told" not in letter_to_the_employee()


@pytest.mark.parametrize("boss", [{"status": Employee.Status.LEFT}, {"work_email": "", "work_phone": ""}])
def test_the_employee_reads_that_only_the_next_level_is_being_told(boss):
    person = chain(**boss)
    person.work_email = "me@example.org"
    person.save()
    report(person)
    letter = letter_to_the_employee()
    assert "We could not reach your supervisor. We are telling the next-level supervisor." in letter
    assert "Tell your supervisor yourself." in letter


def test_an_accounts_address_and_language_serve_where_the_roster_has_none():
    person = make_employee(work_email="", supervisor=make_employee())
    make_user(person, email="home@example.org", language="es")
    report(person)
    row = Notice.objects.get(kind="employee_received")
    assert (row.recipient, row.language) == ("home@example.org", "es")


def test_overtime_is_told_where_it_was_asked():
    report(chain(), absence=part_day("22:00", "02:30", 270))
    letter = notices.letter(Notice.objects.filter(kind="supervisor_absence", channel="email").get())
    assert "10:00 PM to 2:30 AM on Friday, January 13, 2023 (4 hours 30 minutes)" in letter.body
    assert "Overtime" not in letter.body


def test_agencies_may_leave_the_next_level_out():
    boss = make_employee(supervisor=make_employee())
    person = make_employee(supervisor=boss, agency=make_agency(tells_next_level=False), work_email="")
    report(person)
    assert {kind for kind, _channel in rows()} == {"supervisor_absence"}


def test_a_batch_costs_the_same_for_one_fact_and_for_many(django_assert_max_num_queries):
    for count in (1, 10):
        for _ in range(count):
            open_case(chain())
        with django_assert_max_num_queries(6 + 3 * count):  # a savepoint and one insert a fact
            assert dispatch.tell_cases() == count


def test_one_fact_nobody_can_word_neither_stops_the_others_nor_is_lost(monkeypatch):
    poison = open_case(chain())
    good = open_case(chain())
    tell = dispatch._tell_absence

    def stumble(event, absence, employee):
        if event.case_id == poison.pk:
            raise LookupError
        tell(event, absence, employee)

    monkeypatch.setattr(dispatch, "_tell_absence", stumble)
    assert dispatch.tell_cases() == 2
    assert set(Notice.objects.values_list("case_id", flat=True)) == {good.pk}
    assert Task.objects.get().case_id == poison.pk


def test_a_claimed_fact_is_not_claimed_again_unless_the_claim_is_undone():
    open_case()
    with transaction.atomic():
        assert len(facts.claim_events(10)) == 1
        assert facts.claim_events(10) == []
        transaction.set_rollback(True)
    assert len(facts.claim_events(10)) == 1


class TestAccounts:
    def event(self, **fields):
        kept = {"kind": "code", "channel": "sms", "recipient": "+14135550123", "payload": {"code": "459139"}}
        return AccountEvent.objects.create(**{**kept, **fields})

    def test_a_code_goes_first_and_leaves_nothing_behind(self):
        event = self.event()
        assert dispatch.tell_accounts() == 1
        event.refresh_from_db()
        notice = Notice.objects.get()
        assert (event.payload, bool(event.dispatched_at)) == (None, True)
        assert (notice.lane, notice.payload) == (Notice.Lane.CODES, {"code": "459139"})
        assert (notice.expires_at - event.created_at) == dispatch.CODE_LIFE

    def test_one_that_cannot_be_worded_stops_nobody_elses_code(self):
        challenge = a_challenge()
        poison = [
            self.event(payload={"no code": True}, challenge_id=challenge.id),
            self.event(kind="account_changed", payload={}),
            self.event(payload=None),
        ]
        good = self.event()
        assert dispatch.tell_accounts() == 4
        assert [notice.account_event_id for notice in Notice.objects.all()] == [good.id]
        challenge.refresh_from_db()
        assert challenge.delivery == Challenge.Delivery.NOT_SENT, "the page offers the other way"
        assert not AccountEvent.objects.filter(pk__in=[event.pk for event in poison], dispatched_at=None).exists()

    @pytest.mark.parametrize("kind", ["account_created", "already_registered"])
    def test_account_news_by_letter_and_by_text(self, kind):
        self.event(kind=kind, channel="email", recipient="me@example.org", payload={})
        self.event(kind=kind, payload={})
        dispatch.tell_accounts()
        letter = notices.letter(Notice.objects.get(channel="email"))
        assert "call 1-833-640-2800 now" in letter.body
        assert len(notices.text(Notice.objects.get(channel="sms"))) <= 160
