"""A request for leave: one message with all its days, to both levels, and a receipt where letters were wished."""

import dataclasses
import datetime as dt

import pytest
from django.conf import settings
from django.db import connection

from cases import facts
from cases.facts import TimeAway, notice_of_leave
from cases.models.case import Absence, Case, CaseEvent, Task
from notifications import dispatch, notices
from notifications.deliver import deliver
from notifications.models import Notice
from registration.models import Employee
from tests.factories.notices import absence_notice, to_supervisor
from tests.factories.people import make_employee, make_user
from tests.factories.records import CONTACT, TODAY, full_day, now_and_then, one_block, open_leave_case, part_day

pytestmark = pytest.mark.django_db
SOME_DAYS = now_and_then(part_day("08:00", "11:30", 210), full_day(dt.date(2023, 1, 10)))
BY_POST = dataclasses.replace(CONTACT, by_email=False, email="", address={"street": "1 Elm St"})


def someone(**fields):
    above = make_employee(work_email="above@example.org", work_phone="+14135550102")
    boss = make_employee(supervisor=above, work_email="boss@example.org", work_phone="+14135550101")
    return make_employee(**{"supervisor": boss, "first_name": "Ada", "last_name": "Okafor", **fields})


def ask(employee=None, **given):
    case = open_leave_case(employee or someone(), **given)
    assert dispatch.tell_cases() == 1
    return case


def email(kind="supervisor_absence"):
    return notices.letter(Notice.objects.get(kind=kind, channel="email"))


def claimed(**given):
    case = open_leave_case(someone(), **given)
    (event,) = facts.claim_events(10)
    return case, event


class TestWhatMayBeTold:
    def test_one_block_has_its_days_and_the_next_workday(self):
        case, event = claimed(leave=one_block(dt.date(2023, 1, 9), dt.date(2023, 1, 13)))
        assert event.notice == absence_notice(
            first_name="Ada",
            last_name="Okafor",
            agency=case.employee.agency.name,
            kind="leave",
            pattern="continuous",
            first_day=dt.date(2023, 1, 9),
            last_day=dt.date(2023, 1, 13),
            times=(),
            minutes=0,
            expected_return=dt.date(2023, 1, 17),  # after a weekend and Martin Luther King Jr. Day
            case_number=case.number,
        )

    def test_who_works_holidays_is_back_the_next_day(self):
        person = make_employee(works_holidays=True)
        told = notice_of_leave(
            person,
            pattern="continuous",
            first_day=TODAY,
            last_day=dt.date(2023, 1, 13),
            times=(),
            case_number="1234567890",
        )
        assert told.expected_return == dt.date(2023, 1, 14)

    def test_time_now_and_then_has_the_days_known_in_order_and_no_end(self):
        _case, event = claimed(leave=SOME_DAYS)
        told = event.notice
        assert (told.pattern, told.first_day, told.last_day, told.expected_return) == ("intermittent", None, None, None)
        assert told.minutes == 690
        assert told.times == (
            TimeAway(dt.date(2023, 1, 10), 480, None, None),
            TimeAway(TODAY, 210, dt.time(8), dt.time(11, 30)),
        )

    def test_a_day_cancelled_meanwhile_is_not_told(self):
        case = open_leave_case(leave=SOME_DAYS)
        case.absences.filter(date=TODAY).update(status=Absence.Status.CANCELLED)
        (event,) = facts.claim_events(10)
        assert [time.date for time in event.notice.times] == [dt.date(2023, 1, 10)]

    def test_time_added_later_is_an_absence_and_no_request(self):
        claimed(leave=SOME_DAYS)
        CaseEvent.objects.filter(absence__date=TODAY).update(dispatched_at=None)
        (event,) = facts.claim_events(10)
        assert (event.notice.asks_for_leave, event.notice.kind, event.letter) == (False, "leave", None)
        assert event.notice.times == (TimeAway(TODAY, 210, dt.time(8), dt.time(11, 30)),)

    def test_the_letter_has_the_two_promises_on_business_days(self):
        case, event = claimed()
        assert event.letter == facts.CaseLetter(
            case_number=case.number,
            received_at=case.opened_at,
            call_by=dt.date(2023, 1, 17),
            notice_by=dt.date(2023, 1, 20),
            email="me@example.com",
        )

    def test_claiming_costs_the_same_for_many_as_for_one(self, django_assert_num_queries):
        for count, days in ((1, 1), (7, 20)):
            for _ in range(count):
                dates = (full_day(TODAY + dt.timedelta(days=n)) for n in range(days))
                open_leave_case(leave=now_and_then(*dates))
            with django_assert_num_queries(6):
                assert len(facts.claim_events(50)) == count

    @pytest.mark.parametrize("by", [CONTACT, BY_POST])
    def test_where_nobody_asked_how_to_write_it_is_by_post(self, by):
        case = open_leave_case(contact=by)
        if not by.by_email:
            case.contact_choice.delete()
        (event,) = facts.claim_events(10)
        assert event.letter.email == by.email

    def test_an_answer_that_does_not_open_keeps_nobody_untold(self):
        broken, good = open_leave_case(), open_leave_case()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cases_contactchoice SET wish = %s WHERE case_id = %s",
                [b"\x01 sealed for another row" + bytes(40), broken.pk],
            )
        told = {event.case_id: event for event in facts.claim_events(10)}
        assert (told[broken.pk].letter.email, told[good.pk].letter.email) == ("", "me@example.com")
        assert told[broken.pk].notice.case_number == broken.number


class TestWhoIsTold:
    def test_both_levels_over_both_channels_and_the_employee(self):
        ask()
        rows = Notice.objects.order_by("kind", "channel").values_list(
            "kind", "channel", "recipient_employee__work_email"
        )
        assert [row[:2] for row in rows] == [
            ("leave_received", "email"),
            ("next_level_absence", "email"),
            ("next_level_absence", "sms"),
            ("supervisor_absence", "email"),
            ("supervisor_absence", "sms"),
        ]
        assert set(Task.objects.values_list("kind", flat=True)) == {Task.Kind.CALL_EMPLOYEE, Task.Kind.NOTICE_DUE}

    def test_once(self):
        ask(leave=SOME_DAYS)
        rows = Notice.objects.count()
        assert dispatch.tell_cases() == 0
        assert Notice.objects.count() == rows == 5

    def test_nobody_to_tell_is_work_for_the_liaison(self):
        case = ask(make_employee())
        task = Task.objects.get(kind=Task.Kind.NO_SUPERVISOR)
        assert (task.case_id, task.waits_on) == (case.pk, Task.WaitsOn.LIAISON)
        body = email("leave_received").body
        assert "We have no supervisor on record for you. We will ask your leave liaison." in body
        assert "Tell your supervisor yourself." in body
        assert "Call them now" not in body

    def test_when_no_channel_reaches_the_supervisor_staff_are_asked(self, standins):
        standins.control(plan={"email": ["550"] * 2})
        case = ask(make_employee(supervisor=make_employee(work_email="boss@example.org", work_phone="")))
        deliver(Notice.objects.get(kind="supervisor_absence").pk)
        assert Task.objects.get(kind=Task.Kind.NOTICE_FAILED).case_id == case.pk


class TestTheReceipt:
    def test_it_says_when_and_what_happens_next(self):
        case = ask()
        receipt = Notice.objects.get(kind="leave_received")
        assert receipt.recipient == "me@example.com"
        assert email("leave_received").subject == f"We received your request. Case {case.number}"
        body = email("leave_received").body
        assert f"on Thursday, January 12, 2023 at 8:30 AM Eastern Time. Your case number is {case.number}." in body
        assert "We are telling your supervisor. We do not share your reason." in body
        assert "A case specialist will call by Tuesday, January 17, 2023." in body
        assert "We will send your notice of rights by Friday, January 20, 2023." in body
        assert "Call Workpartners at 1-833-640-2800" in body

    def test_who_wants_post_gets_no_email_even_with_an_address_on_the_roster(self):
        ask(contact=BY_POST)
        assert not Notice.objects.filter(kind="leave_received").exists()
        assert Task.objects.filter(kind=Task.Kind.NOTICE_DUE).exists(), "the letter is on somebody's list"

    @pytest.mark.parametrize("boss", [{"status": Employee.Status.LEFT}, {"work_email": "", "work_phone": ""}])
    def test_that_only_the_next_level_is_being_told(self, boss):
        ask(make_employee(supervisor=make_employee(supervisor=make_employee(), **boss)))
        body = email("leave_received").body
        assert "We could not reach your supervisor. We are telling the next-level supervisor." in body
        assert "Tell your supervisor yourself." in body

    def test_it_is_in_the_employees_language(self):
        person = someone()
        make_user(person, language="es")
        ask(person)
        assert "jueves, 12 de enero de 2023" in email("leave_received").body
        assert email().subject == "Leave notice: Ada Okafor"


class TestTheWords:
    def test_one_block(self):
        case = ask(leave=one_block(dt.date(2022, 12, 27), dt.date(2023, 1, 13)))
        assert email().subject == "Leave notice: Ada Okafor"
        assert email().body.split("\n")[:7] == [
            "Ada Okafor has asked for leave. It is being reviewed.",
            "",
            "Dates: Tuesday, December 27, 2022 to Friday, January 13, 2023 (expected)",
            "Expected return: Tuesday, January 17, 2023",
            f"Agency: {case.employee.agency.name}",
            f"Type: Leave · Case {case.number}",
            "",
        ]
        assert "We cannot share the reason, and you should not ask for medical details." in email().body
        assert "The decision on this absence stays with your department." not in email().body
        assert email("next_level_absence") == email()

    def test_one_day(self):
        ask(leave=one_block(TODAY, TODAY))
        assert (
            "\nDate: Thursday, January 12, 2023 (expected)\nExpected return: Friday, January 13, 2023\n" in email().body
        )

    def test_now_and_then_with_its_days(self):
        ask(leave=SOME_DAYS)
        assert email().body.split("\n")[2:6] == [
            "Time off now and then. We will tell you about each absence.",
            "When: Tuesday, January 10, 2023, full day (8 hours)",
            "When: Thursday, January 12, 2023, 8:00 AM to 11:30 AM (3 hours 30 minutes)",
            f"Agency: {Case.objects.get().employee.agency.name}",
        ]
        assert "Expected return" not in email().body

    def test_now_and_then_without_days(self):
        ask(leave=now_and_then())
        assert "When:" not in email().body
        assert "Time off now and then." in email().body

    @pytest.mark.parametrize(
        ("leave", "words"),
        [
            (one_block(dt.date(2023, 1, 9), dt.date(2023, 2, 3)), "Ada O. out Jan 9 to Feb 3, 2023."),
            (one_block(TODAY, TODAY), "Ada O. out Jan 12, 2023."),
            (SOME_DAYS, "Ada O., time off now and then."),
        ],
    )
    def test_a_text(self, leave, words):
        case = ask(leave=leave)
        row = Notice.objects.get(kind="supervisor_absence", channel="sms")
        assert notices.text(row) == (
            f"{case.employee.agency.name} leave notice: {words} Case {case.number}."
            f" Details in your email. Ref {notices.reference(row.pk)}"
        )

    def test_a_text_without_an_email_promises_none(self):
        for leave in (one_block(), now_and_then()):
            person = make_employee(supervisor=make_employee(work_email=""))
            ask(person, leave=leave, contact=BY_POST)
        texts = [notices.text(row) for row in Notice.objects.all()]
        assert len(texts) == 2
        assert not [text for text in texts if "email" in text]

    @pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
    @pytest.mark.parametrize("leave", [one_block(dt.date(2022, 12, 28), dt.date(2023, 12, 29)), now_and_then()])
    def test_the_longest_names_still_make_one_segment(self, leave, language):
        person = someone(first_name="Ana María Guadalupe" * 6)
        person.agency.name = "Office of " + "Very Long Names " * 11
        person.agency.save()
        ask(person, leave=leave)
        row = Notice.objects.get(kind="supervisor_absence", channel="sms")
        row.language = language
        assert 155 <= len(notices.text(row)) <= 160
        assert notices.text(row).endswith(f"Ref {notices.reference(row.pk)}")

    @pytest.mark.parametrize(
        ("leave", "words"),
        [
            (one_block(TODAY, TODAY), "Expected date: Thursday, January 12, 2023."),
            (
                one_block(TODAY, dt.date(2023, 1, 13)),
                "Expected dates: Thursday, January 12, 2023 to Friday, January 13, 2023.",
            ),
            (now_and_then(), "with time off now and then. It is being reviewed."),
        ],
    )
    def test_a_call(self, leave, words):
        ask(leave=leave)
        row = Notice.objects.get(kind="supervisor_absence", channel="sms")
        row.channel = "voice"
        assert "Ada Okafor has asked for leave" in notices.twiml(row)
        assert words in notices.twiml(row)


def test_what_was_stored_before_leaves_were_told_is_still_worded():
    row = to_supervisor("email", "boss@example.org")
    for new in ("pattern", "first_day", "last_day"):
        del row.payload["absence"][new]
    row.save()
    row.refresh_from_db()
    assert notices.letter(row).subject == "Absence notice: Maria Lopez, Jan 12, 2023"
    assert "When: Thursday, January 12, 2023, full day (8 hours)" in notices.letter(row).body


def test_nothing_confidential_is_in_what_anybody_is_sent(standins):
    """The types keep it out; should somebody widen them, these words would show."""
    secret = ["Zebramigraine", "Zebrason", "Zebrapay", "Zebranote", "Zebrastreet", "pregnancy", "bonding", "foster"]
    days = [full_day(note="Zebranote", visit=True), full_day(TODAY + dt.timedelta(days=1), note="Zebranote")]
    employee_facts = {"category": "pregnancy", "relationship": "Zebrason", "joining": "foster", "pay": "Zebrapay"}
    ask(
        leave=now_and_then(*days),
        reasons=["Zebramigraine", "bonding"],
        facts=employee_facts,
        contact=dataclasses.replace(CONTACT, address={"street": "Zebrastreet"}),
    )
    kept = [str(row.payload) for row in Notice.objects.all()]
    for row in Notice.objects.all():
        deliver(row.pk)
    sent = str(standins.messages())
    assert len(standins.messages()) == 5
    for word in secret:
        assert word.lower() not in (sent + str(kept)).lower()
    assert "visit" not in sent + str(kept)
    assert "+14135550123" not in sent + str(kept), "the number for the case specialist is nobody else's"
