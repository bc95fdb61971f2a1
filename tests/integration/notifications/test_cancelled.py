"""Time or a case that was cancelled: the person whose it was gets a letter, and nothing in it says why."""

import pytest

from cases.services.cancel import cancel_absence, cancel_case
from notifications import dispatch, notices
from notifications.models import Notice
from portal.office.models import ContactRecord
from tests.factories.people import make_employee, make_user
from tests.factories.records import NOW, TODAY, account_of, full_day, now_and_then, open_case, open_leave_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def employee():
    boss = make_employee(work_email="boss@example.org")
    return make_employee(supervisor=boss, work_email="me-at-work@example.org")


def told(case):
    dispatch.tell_cases()
    Notice.objects.all().delete()
    return case


def cancel(case, day=None):
    if day:
        cancel_absence(absence=case.absences.get(date=day), by=make_user(), now=NOW)
    else:
        cancel_case(case=case, by=make_user(), now=NOW)
    dispatch.tell_cases()


def letters():
    return [(row.recipient, notices.letter(row)) for row in Notice.objects.filter(kind="employee_cancelled")]


def test_a_leave_goes_where_letters_about_it_were_wished(employee):
    case = told(open_leave_case(employee, reasons=["Qzqreason"]))
    cancel(case)
    ((address, letter),) = letters()
    assert (address, letter.subject) == ("me@example.com", f"Case {case.number} was cancelled")
    assert [line for line in letter.body.splitlines() if line][:3] == [
        f"Your case {case.number} was cancelled, with all its time.",
        "We are telling your supervisor. We do not share your reason.",
        f"If you did not ask for this, call {ContactRecord.objects.get().phone}.",
    ]


def test_a_day_of_it_is_named(employee):
    case = told(open_leave_case(employee, leave=now_and_then(full_day()), reasons=["Qzqreason"]))
    cancel(case, TODAY)
    ((_, letter),) = letters()
    assert letter.subject == f"Time cancelled. Case {case.number}"
    assert f"Your time on Thursday, January 12, 2023 for case {case.number} was cancelled." in letter.body


def test_a_day_to_day_absence_is_a_case_whole_and_goes_where_other_mail_does(employee):
    case = told(open_case(employee))
    cancel(case)
    ((address, letter),) = letters()
    assert (address, letter.subject) == ("me-at-work@example.org", f"Case {case.number} was cancelled")


def test_who_can_be_told_by_nobody_is_asked_to_call():
    cancel(told(open_leave_case(make_employee())))
    ((_, letter),) = letters()
    assert "We could not reach your supervisor. Call them now." in letter.body


def test_nothing_says_why(employee):
    facts = {"category": "family_health", "relationship": "parent", "first_name": "Qzqname", "last_name": "N"}
    cancel(told(open_leave_case(employee, facts=facts, reasons=["Qzqreason"])))
    row = Notice.objects.get(kind="employee_cancelled")
    told_of = f"{row.payload} {notices.letter(row)}"
    assert not [word for word in ("Qzq", "parent", "family", "health") if word in told_of]


def test_what_nobody_had_heard_of_is_not_told_to_be_cancelled(employee):
    cancel(open_leave_case(employee))
    assert letters() == []


def test_without_an_address_there_is_no_letter(employee):
    contact_by_post = account_of(employee)
    case = open_leave_case(employee, by=contact_by_post)
    wish = case.contact_choice
    wish.wish = {**wish.wish, "by_email": False, "email": ""}
    wish.save()
    cancel(told(case))
    assert letters() == []
