"""Time or a leave that was cancelled: each supervisor reads that an earlier notice no longer holds, and never why."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import facts
from cases.services.cancel import cancel_absence, cancel_case
from cases.services.report_time import report_time
from notifications import dispatch, gsm7, notices, nudging
from notifications.deliver import deliver
from notifications.models import Notice
from tests.factories.notices import to_supervisor
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import (
    NOW,
    TODAY,
    account_of,
    full_day,
    now_and_then,
    one_block,
    open_case,
    open_leave_case,
    part_day,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = NOW + 2 * DAY
NIGHT = part_day("22:00", "06:00", 480)
MORNING = part_day("08:00", "11:30", 210, TODAY - 2 * DAY)
NAME = "Ana María Guadalupe O’Brien"
BOTH = {
    ("email", "boss@example.org"),
    ("email", "above@example.org"),
    ("sms", "+14135550101"),
    ("sms", "+14135550102"),
}


@pytest.fixture
def employee():
    agency = make_agency(name="Office of Ministerial Affairs & Łódź’s Historical Examples of the Commonwealth")
    above = make_employee(agency=agency, work_email="above@example.org", work_phone="+14135550102")
    boss = make_employee(agency=agency, work_email="boss@example.org", work_phone="+14135550101", supervisor=above)
    return make_employee(supervisor=boss, agency=agency, first_name="Ana María Guadalupe", last_name="O’Brien")


def told(case):
    """`case`, of which everybody has been told."""
    dispatch.tell_cases()
    Notice.objects.all().delete()
    return case


def cancelled(case, day=None):
    """The whole case, or its time on `day`; and what is claimed of it is written."""
    if day:
        cancel_absence(absence=case.absences.get(date=day), by=make_user(), now=LATER)
    else:
        cancel_case(case=case, by=make_user(), now=LATER)
    return dispatch.tell_cases()


def letter():
    return notices.letter(Notice.objects.get(kind="supervisor_absence", channel="email"))


def lines():
    return [line for line in letter().body.splitlines() if line]


def add_time(case, day):
    report_time(
        case=case,
        submission_key=uuid.uuid4(),
        absences=[full_day(day)],
        submission={"language": "en", "rows": [], "journey": "absence_time"},
        by=account_of(case.employee),
        now=NOW + DAY,
    )


def delivered(standins):
    """{(channel, to): message}."""
    for notice_id in nudging.notices_due().values_list("pk", flat=True):
        deliver(notice_id)
    return {(channel, sent["to"]): sent for channel in ("email", "sms") for sent in standins.messages(channel)}


class TestTheSupervisors:
    def test_are_both_told_once_by_email_and_by_text_and_nobody_else(self, employee, standins):
        cancelled(told(open_case(employee, absence=NIGHT)))
        sent = delivered(standins)
        own = {("email", employee.work_email)}
        assert sent.keys() == BOTH | own
        assert sent["email", "above@example.org"]["subject"] == f"Update: {NAME}"

    def test_read_which_absence_and_which_notice(self, employee):
        case = told(open_case(employee, absence=NIGHT))
        cancelled(case)
        assert letter().subject == f"Update: {NAME}"
        assert lines()[:5] == [
            "This replaces our notice of Thursday, January 12, 2023.",
            "This absence was cancelled.",
            "When: Thursday, January 12, 2023, 10:00 PM to 6:00 AM on Friday, January 13, 2023 (8 hours)",
            f"Agency: {employee.agency.name}",
            f"Type: Day-to-day · Case {case.number}",
        ]

    def test_read_of_one_day_of_a_leave_by_the_notice_it_came_with(self, employee):
        case = open_leave_case(employee, leave=now_and_then(full_day()))
        add_time(case, TODAY + 4 * DAY)
        told(case)
        cancelled(case, TODAY + 4 * DAY)
        assert lines()[:3] == [
            "This replaces our notice of Friday, January 13, 2023.",
            "This absence was cancelled.",
            "When: Monday, January 16, 2023, full day (8 hours)",
        ]

    def test_read_that_a_leave_in_one_block_was_cancelled(self, employee):
        cancelled(told(open_leave_case(employee)))
        assert lines()[:3] == [
            "This replaces our notice of Thursday, January 12, 2023.",
            "This leave was cancelled.",
            "Dates: Thursday, January 12, 2023 to Wednesday, January 25, 2023",
        ]

    def test_read_the_date_of_a_leave_of_one_day(self, employee):
        cancelled(told(open_leave_case(employee, leave=one_block(TODAY, TODAY))))
        assert "Date: Thursday, January 12, 2023" in lines()

    def test_read_every_time_of_a_leave_now_and_then_once(self, employee):
        case = told(open_leave_case(employee, leave=now_and_then(full_day(), MORNING)))
        cancelled(case, TODAY)
        add_time(case, TODAY)
        told(case)
        cancelled(case)
        assert lines()[:5] == [
            "This replaces our notices since Thursday, January 12, 2023.",
            "This leave was cancelled.",
            "When: Tuesday, January 10, 2023, 8:00 AM to 11:30 AM (3 hours 30 minutes)",
            "When: Thursday, January 12, 2023, full day (8 hours)",
            f"Agency: {employee.agency.name}",
        ]

    def test_never_read_why(self, employee):
        case = told(open_leave_case(employee, leave=now_and_then(full_day(note="Qzqnote")), reasons=["Qzqreason"]))
        cancelled(case, TODAY)
        cancelled(case)
        kept = [str(row.payload) for row in Notice.objects.all()]
        assert len(kept) == 8 + 2  # the person reads it, too
        assert not [payload for payload in kept if "Qzq" in payload or "own_health" in payload]
        assert letter_of_first().body.count("cannot share the reason") == 1

    def test_read_nothing_of_what_was_cancelled_before_they_heard_of_it(self, employee):
        case = open_case(employee)
        cancelled(case)
        leave = open_leave_case(employee)
        cancelled(leave)
        assert not Notice.objects.exists()
        assert not facts.waiting_events().exists()

    def test_read_of_a_leave_without_the_day_that_was_cancelled_first(self, employee):
        case = open_leave_case(employee, leave=now_and_then(full_day(), MORNING))
        cancelled(case, TODAY)
        assert letter().subject == f"Leave notice: {NAME}"
        assert "full day" not in letter().body


def letter_of_first():
    rows = Notice.objects.filter(kind="supervisor_absence", channel="email")
    return notices.letter(rows.order_by("case_event_id").first())


def test_what_was_told_before_there_were_cancellations_still_opens():
    notice = to_supervisor(channel="email", recipient="boss@example.org")
    del notice.payload["absence"]["replaces"]
    assert notices.letter(notice).subject.startswith("Absence notice: ")


class TestTheText:
    @pytest.mark.parametrize("language", ["en", "es"])
    @pytest.mark.parametrize("opened", ["night", "block", "days", "one_day"])
    @pytest.mark.parametrize("by_email_too", [True, False])
    def test_is_one_segment(self, employee, language, opened, by_email_too):
        make_user(employee.supervisor, language=language)
        if not by_email_too:
            employee.supervisor.user.email = employee.supervisor.work_email = ""
            employee.supervisor.user.save()
            employee.supervisor.save()
        case = {
            "night": lambda: open_case(employee, absence=NIGHT),
            "block": lambda: open_leave_case(employee, leave=one_block(TODAY, TODAY + 300 * DAY)),
            "days": lambda: open_leave_case(employee, leave=now_and_then(full_day(), MORNING)),
            "one_day": lambda: open_leave_case(employee, leave=now_and_then(NIGHT)),
        }[opened]()
        cancelled(told(case), TODAY if opened == "one_day" else None)
        row = Notice.objects.get(kind="supervisor_absence", channel="sms")
        text = notices.text(row)
        assert len(text) <= gsm7.SEGMENT
        assert case.number in text
        assert notices.reference(row.pk) in text

    def test_says_which_absence(self, employee):
        cancelled(told(open_case(employee, absence=NIGHT)))
        text = notices.text(Notice.objects.get(kind="supervisor_absence", channel="sms"))
        assert "Ana Maria Guadalupe O. absence cancelled, Jan 12, 2023, 10:00 PM to 6:00 AM. Case " in text

    def test_says_which_leave(self, employee):
        cancelled(told(open_leave_case(employee)))
        text = notices.text(Notice.objects.get(kind="supervisor_absence", channel="sms"))
        assert "Ana Maria Guadalupe O. leave cancelled, Jan 12 to Jan 25, 2023. Case " in text


@pytest.mark.parametrize(
    ("absence", "said"),
    [
        ({}, "The absence of Maria Lopez was cancelled: Thursday, January 12, 2023, full day (8 hours)."),
        (
            {"kind": "leave", "pattern": "continuous", "first_day": TODAY, "last_day": TODAY + DAY, "times": ()},
            "The leave of Maria Lopez from Thursday, January 12, 2023 to Friday, January 13, 2023 was cancelled.",
        ),
        (
            {"kind": "leave", "pattern": "continuous", "first_day": TODAY, "last_day": TODAY, "times": ()},
            "The leave of Maria Lopez on Thursday, January 12, 2023 was cancelled.",
        ),
        ({"kind": "leave", "pattern": "intermittent", "times": ()}, "The leave of Maria Lopez was cancelled."),
    ],
)
def test_a_call_says_it_too(absence, said):
    words = notices.spoken(to_supervisor(channel="voice", absence={**absence, "replaces": TODAY}))
    assert said in words
    assert "Thursday, January 12, 2023." in words
    assert "It replaces our notice" in words


def test_told_in_as_many_queries_for_twenty_cancellations_as_for_one(employee):
    counts = []
    for days in (1, 20):
        case = open_leave_case(employee, leave=now_and_then())
        for n in range(days):
            add_time(case, TODAY + dt.timedelta(days=30 * days + n))
        told(case)
        by = account_of(employee)
        for absence in case.absences.all():
            cancel_absence(absence=absence, by=by, now=LATER)
        with CaptureQueriesContext(connection) as found:
            assert len(facts.claim_events(50)) == days
        counts.append(len(found))
    assert counts[0] == counts[1]
