"""From a reported absence to what the providers received."""

import pytest

from notifications import dispatch, nudging
from notifications.deliver import deliver
from notifications.models import Notice
from tests.factories.people import make_employee
from tests.factories.records import open_case, part_day

pytestmark = pytest.mark.django_db(transaction=True)


def report(**absence):
    above = make_employee(work_email="above@example.org", work_phone="+14135550102")
    boss = make_employee(supervisor=above, work_email="boss@example.org", work_phone="+14135550101")
    person = make_employee(supervisor=boss, first_name="Graça", last_name="O’Brien", work_email="me@example.org")
    return open_case(person, reason="Migraine", **absence)


def deliver_all():
    for notice_id in nudging.notices_due().values_list("pk", flat=True):
        deliver(notice_id)


def test_an_absence_is_told_by_email_and_text_without_its_reason(standins, states):
    case = report(absence=part_day("08:00", "11:30", 210))
    assert dispatch.tell_cases() == 1
    deliver_all()
    messages = standins.messages()
    assert sorted((message["channel"], message["to"]) for message in messages) == [
        ("email", "above@example.org"),
        ("email", "boss@example.org"),
        ("email", "me@example.org"),
        ("sms", "+14135550101"),
        ("sms", "+14135550102"),
    ]
    letter = next(message for message in messages if message["to"] == "boss@example.org")
    assert letter["subject"] == "Absence notice: Graça O’Brien, Jan 12, 2023"
    assert "When: Thursday, January 12, 2023, 8:00 AM to 11:30 AM (3 hours 30 minutes)" in letter["body"]
    assert f"Type: Day-to-day · Case {case.number}" in letter["body"]
    assert "migraine" not in str(messages).lower()
    assert set(states().values()) == {Notice.State.SENT}


def test_a_fact_is_told_once(standins):
    report()
    assert [dispatch.tell_cases(), dispatch.tell_cases()] == [1, 0]
    rows = Notice.objects.count()
    deliver_all()
    deliver_all()
    assert len(standins.messages()) == rows == 5
