"""What the page shows before Submit is what the supervisor gets."""

import datetime as dt
import html
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from cases.facts import TimeAway, notice_of_day, notice_of_leave
from notifications import dispatch, nudging
from notifications.deliver import deliver
from notifications.models import Notice
from notifications.notices import reference
from registration.models import Employee
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import TODAY, full_day, now_and_then, one_block, open_case, open_leave_case, part_day

pytestmark = pytest.mark.django_db
LATER = "(given when you submit)"
MESSAGE = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", re.DOTALL)
FOR_A_WHILE = one_block(dt.date(2022, 12, 27), dt.date(2023, 1, 13))
SOME_DAYS = now_and_then(part_day("13:00", "15:30", 150), full_day(TODAY - dt.timedelta(days=3)))


def preview(employee, notice):
    template = Template("{% load notices %}{% supervisor_preview notice employee %}")
    return template.render(Context({"notice": notice, "employee": employee}))


def messages(page):
    """What stands in the blocks, as a reader sees it."""
    return [html.unescape(re.sub(r"<[^>]+>", "", block)) for block in MESSAGE.findall(page)]


def sentences(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def time_away(absence):
    return TimeAway(absence.date, absence.minutes, absence.start, absence.end)


def of_leave(employee, leave, number=LATER):
    return notice_of_leave(
        employee,
        pattern=leave.pattern,
        first_day=leave.first_day,
        last_day=leave.last_day,
        times=[time_away(absence) for absence in leave.absences],
        case_number=number,
    )


def of_day(employee, absence):
    return notice_of_day(employee, time=time_away(absence), overtime=absence.overtime, case_number=LATER)


def somebody(**boss):
    """Names and an agency long enough to be cut in a text, with letters it has not."""
    agency = make_agency(name="Office of Ministerial Affairs & Łódź’s Historical Examples of the Commonwealth")
    boss = make_employee(agency=agency, work_email="boss@example.org", work_phone="+14135550101", **boss)
    return make_employee(supervisor=boss, first_name="Ana María <b> Guadalupe", last_name="O’Brien", work_email="")


def delivered_of(case, standins):
    """The email as "subject, empty line, body" and the text, with the words for what is given on submission."""
    dispatch.tell_cases()
    for notice_id in nudging.notices_due().values_list("pk", flat=True):
        deliver(notice_id)
    (letter,), (text,) = (
        [message for message in standins.messages(channel) if message["to"] in ("boss@example.org", "+14135550101")]
        for channel in ("email", "sms")
    )
    ref = reference(Notice.objects.get(channel="sms").pk)
    email = f"{letter['subject']}\n\n{letter['body'].strip()}"
    return [email.replace(case.number, LATER), text["body"].replace(case.number, LATER).replace(ref, LATER)]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("leave", [FOR_A_WHILE, one_block(TODAY, TODAY), SOME_DAYS, now_and_then()])
def test_of_a_leave_it_is_what_is_delivered(standins, leave, language):
    employee = somebody(language=language)
    shown = messages(preview(employee, of_leave(employee, leave)))
    assert shown == delivered_of(open_leave_case(employee, leave=leave), standins)
    assert len(shown[1].replace(LATER, "1234567890", 1).replace(LATER, "ABC234")) <= 160


@pytest.mark.parametrize("overtime", ["", "mandatory"])
@pytest.mark.parametrize("absence", [full_day, lambda **more: part_day("22:00", "02:30", 270)])
def test_of_a_day_it_is_what_is_delivered(standins, absence, overtime):
    employee, absence = somebody(), absence(overtime=overtime)
    shown = messages(preview(employee, of_day(employee, absence)))
    assert shown == delivered_of(open_case(employee, absence=absence), standins)


def test_a_text_alone_promises_no_email(standins):
    employee = somebody()
    Employee.objects.filter(pk=employee.supervisor_id).update(work_email="")
    (text,) = messages(preview(employee, of_leave(employee, FOR_A_WHILE)))
    dispatch_and_deliver = open_leave_case(employee, leave=FOR_A_WHILE)
    dispatch.tell_cases()
    deliver(Notice.objects.get(kind="supervisor_absence").pk)
    (message,) = standins.messages("sms")
    ref = reference(Notice.objects.get(kind="supervisor_absence").pk)
    assert text == message["body"].replace(dispatch_and_deliver.number, LATER).replace(ref, LATER)
    assert "email" not in text


def test_the_message_is_in_the_supervisors_language_and_says_so():
    employee = somebody()
    make_user(Employee.objects.get(pk=employee.supervisor_id), language="es")
    page = preview(employee, of_day(employee, full_day()))
    assert page.count('class="portal-preview__message" lang="es"') == 2
    assert page.count(f'lang="en">{LATER}</span>') == 3
    assert "jueves, 12 de enero de 2023" in messages(page)[0]
    with translation.override("es"):
        assert page.count('lang="es"') == 2


def test_it_names_whom_it_goes_to():
    above = make_employee(first_name="Above", last_name="All")
    boss = make_employee(supervisor=above, first_name="The", last_name="Boss")
    employee = make_employee(supervisor=boss)
    words = sentences(preview(employee, of_leave(employee, FOR_A_WHILE)))
    assert "This goes to your supervisor, The Boss, and to the next-level supervisor, Above All." in words
    assert "We do not share your reason." in words
    assert "yourself" not in words


def test_an_agency_may_leave_the_next_level_out():
    agency = make_agency(tells_next_level=False)
    above = make_employee(agency=agency)
    employee = make_employee(agency=agency, supervisor=make_employee(supervisor=above, first_name="A", last_name="B"))
    words = sentences(preview(employee, of_leave(employee, FOR_A_WHILE)))
    assert "This goes to your supervisor, A B." in words


@pytest.mark.parametrize("boss", [{"status": Employee.Status.LEFT}, {"work_email": "", "work_phone": ""}])
def test_with_the_next_level_alone_it_says_who_is_missing(boss):
    above = make_employee(first_name="Above", last_name="All", language="es")
    employee = make_employee(supervisor=make_employee(supervisor=above, **boss))
    page = preview(employee, of_leave(employee, FOR_A_WHILE))
    assert "We cannot reach your supervisor. This goes to the next-level supervisor, Above All." in sentences(page)
    assert 'lang="es"' in page


def test_with_nobody_on_the_roster_it_says_what_to_do():
    employee = make_employee()
    page = preview(employee, of_leave(employee, FOR_A_WHILE))
    assert "We will ask your leave liaison. Tell your supervisor yourself." in sentences(page)
    assert messages(page) == []


def test_with_nobody_reachable_it_says_what_to_do():
    employee = make_employee(supervisor=make_employee(work_email="", work_phone=""))
    page = preview(employee, of_leave(employee, FOR_A_WHILE))
    assert "We have no work email or phone number for your supervisor." in sentences(page)
    assert messages(page) == []


def test_it_costs_the_same_for_sixty_days_as_for_none(django_assert_num_queries):
    employee = somebody()
    sixty = now_and_then(*(full_day(TODAY + dt.timedelta(days=n)) for n in range(60)))
    fresh = Employee.objects.get(pk=employee.pk)
    for leave in (now_and_then(), sixty, FOR_A_WHILE):
        notice = of_leave(employee, leave)
        with django_assert_num_queries(3):
            preview(fresh, notice)
    assert Notice.objects.count() == 0
