"""Time added to a leave: one message for all its days to each supervisor, and a receipt to who reported it."""

import datetime as dt
import html
import re
import uuid

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from cases.facts import TimeAway, notice_of_time
from cases.services.report_time import report_time
from notifications import dispatch, gsm7, nudging
from notifications.deliver import deliver
from notifications.models import Notice
from notifications.notices import reference
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import CONTACT, NOW, TODAY, account_of, full_day, now_and_then, open_leave_case, part_day

pytestmark = pytest.mark.django_db
LATER = "(given when you submit)"
MORNING = part_day("08:00", "11:30", 210)
NIGHT = part_day("22:00", "06:00", 480, TODAY + dt.timedelta(days=6))
DAYS = [NIGHT, full_day(TODAY - dt.timedelta(days=20)), MORNING]


@pytest.fixture
def employee():
    agency = make_agency(name="Office of Ministerial Affairs & Łódź’s Historical Examples of the Commonwealth")
    above = make_employee(agency=agency, work_email="above@example.org", work_phone="+14135550102")
    boss = make_employee(agency=agency, work_email="boss@example.org", work_phone="+14135550101", supervisor=above)
    return make_employee(supervisor=boss, agency=agency, first_name="Ana María Guadalupe", last_name="O’Brien")


def added(employee, absences, **given):
    """Time added to a leave of which everybody has been told."""
    case = open_leave_case(employee, leave=now_and_then(), **given)
    dispatch.tell_cases()
    Notice.objects.all().delete()
    report_time(
        case=case,
        submission_key=uuid.uuid4(),
        absences=absences,
        submission={"language": "en", "rows": [], "journey": "absence_time"},
        by=account_of(employee),
        now=NOW,
    )
    return case


def delivered(standins):
    """{(channel, to): message}."""
    dispatch.tell_cases()
    for notice_id in nudging.notices_due().values_list("pk", flat=True):
        deliver(notice_id)
    return {(channel, sent["to"]): sent for channel in ("email", "sms") for sent in standins.messages(channel)}


class TestTheSupervisors:
    def test_are_both_told_once_by_email_and_by_text(self, employee, standins):
        added(employee, DAYS)
        sent = delivered(standins)
        told = {("email", "boss@example.org"), ("email", "above@example.org")}
        told |= {("sms", "+14135550101"), ("sms", "+14135550102")}
        assert sent.keys() == told | {("email", CONTACT.email)}

    def test_read_every_time_and_the_total(self, employee, standins):
        case = added(employee, DAYS)
        letter = delivered(standins)["email", "boss@example.org"]
        assert letter["subject"] == "Absence notice: Ana María Guadalupe O’Brien"
        body = letter["body"]
        assert f"Ana María Guadalupe O’Brien reported this time on case {case.number}:" in body
        lines = [line for line in body.splitlines() if "202" in line and "case" not in line]
        assert lines == [
            "Friday, December 23, 2022, full day (8 hours)",
            "Thursday, January 12, 2023, 8:00 AM to 11:30 AM (3 hours 30 minutes)",
            "Wednesday, January 18, 2023, 10:00 PM to 6:00 AM on Thursday, January 19, 2023 (8 hours)",
        ]
        assert "Total: 19 hours 30 minutes." in body

    def test_get_a_text_of_one_segment(self, employee, standins):
        added(employee, DAYS)
        text = delivered(standins)["sms", "+14135550101"]["body"]
        assert "Ana Maria Guadalupe O. out 3 days, Dec 23, 2022 to Jan 18, 2023." in text
        assert len(text) <= gsm7.SEGMENT

    def test_get_the_hours_of_one_time(self, employee, standins):
        added(employee, [MORNING])
        text = delivered(standins)["sms", "+14135550101"]["body"]
        assert "out Jan 12, 2023, 8:00 AM to 11:30 AM." in text
        assert len(text) <= gsm7.SEGMENT

    @pytest.mark.parametrize("absences", [DAYS, [MORNING]])
    def test_get_exactly_what_the_page_showed(self, employee, standins, absences):
        case = added(employee, absences)
        times = [TimeAway(day.date, day.minutes, day.start, day.end) for day in absences]
        notice = notice_of_time(employee, times=times, case_number=case.number)
        template = Template("{% load notices %}{% supervisor_preview notice employee %}")
        page = template.render(Context({"notice": notice, "employee": employee}))
        blocks = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)
        shown = [html.unescape(re.sub(r"<[^>]+>", "", block)).strip() for block in blocks]
        sent = delivered(standins)
        letter, text = sent["email", "boss@example.org"], sent["sms", "+14135550101"]["body"]
        ref = reference(Notice.objects.get(channel="sms", kind="supervisor_absence").pk)
        assert shown == [f"{letter['subject']}\n\n{letter['body'].strip()}", text.replace(ref, LATER)]

    def test_get_one_segment_in_spanish_too(self, employee, standins):
        make_user(employee.supervisor, language="es")
        added(employee, DAYS)
        assert len(delivered(standins)["sms", "+14135550101"]["body"]) <= gsm7.SEGMENT


class TestTheReceipt:
    def test_goes_where_mail_about_this_case_is_wished(self, employee, standins):
        case = added(employee, DAYS)
        letter = delivered(standins)["email", CONTACT.email]
        assert letter["subject"] == "We received your absence time"
        assert f"We received 3 days, 19 hours 30 minutes in all, for case {case.number}." in letter["body"]
        assert "Submitted time cannot be changed online. Call " in letter["body"]

    def test_is_not_mailed_to_who_wants_post(self, employee, standins):
        by_post = type(CONTACT)(
            by_email=False, email="", address={"street": "1 Main"}, phone="+14135550123", voicemail=True, best_time="10"
        )
        added(employee, DAYS, contact=by_post)
        delivered(standins)
        assert not Notice.objects.filter(kind="time_received").exists()


def test_told_in_as_many_queries_for_sixty_days_as_for_one(employee):
    counts = []
    for days in (1, 60):
        added(employee, [full_day(TODAY + dt.timedelta(days=100 * days + n)) for n in range(days)])
        with CaptureQueriesContext(connection) as found:
            dispatch.tell_cases()
        counts.append(len(found))
    assert counts[0] == counts[1]
