"""Who was told and when, on the case page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import dispatch, notices
from notifications.models import Notice
from notifications.told import FEW
from tests.factories.notices import to_supervisor
from tests.factories.people import log_in, make_employee, make_user
from tests.factories.records import open_case, open_leave_case
from tests.integration.cases.test_pages import page_of, words

pytestmark = pytest.mark.django_db
AT = dt.datetime(2023, 1, 12, 13, 30, tzinfo=dt.UTC)  # 8:30 AM in Boston


@pytest.fixture
def told(client):
    """A case whose supervisor, Maria Lopez, and next level, Ana Ruiz, are told; `client` is its owner's."""
    above = make_employee(first_name="Ana", last_name="Ruiz", work_email="ana@example.org", work_phone="")
    supervisor = make_employee(
        first_name="Maria",
        last_name="Lopez",
        work_email="maria@example.org",
        work_phone="+14135550123",
        supervisor=above,
    )
    employee = make_employee(supervisor=supervisor)
    log_in(client, make_user(employee))
    case = open_leave_case(employee, reasons=["Quokkafieber"])
    dispatch.tell_cases()
    return case


def test_everybody_is_named_with_role_channel_and_state(client, told):
    seen = words(client.get(page_of(told)))
    assert "Maria Lopez, your supervisor Email Waiting Queued" in seen
    assert "Maria Lopez, your supervisor Text message Waiting Queued" in seen
    assert "Ana Ruiz, next-level supervisor" in seen


def test_the_words_are_those_that_are_sent_and_no_address_is_shown(client, told):
    body = client.get(page_of(told)).content.decode()
    sent = Notice.objects.get(case=told, channel="sms", recipient_employee__first_name="Maria")
    assert notices.text(sent) in words(client.get(page_of(told)))
    letter = notices.letter(Notice.objects.filter(case=told, channel="email", kind="supervisor_absence").get())
    assert letter.subject in words(client.get(page_of(told)))
    for address in ("maria@example.org", "ana@example.org", "+14135550123"):
        assert address not in body
    assert body.count("Quokkafieber") == 1  # the owner's own facts, no message


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": "sent"}, "Sent Queued Jan 12, 2023, 8:30 AM Sent Jan 12, 2023, 8:31 AM"),
        ({"state": "delivered"}, "Sent Jan 12, 2023, 8:31 AM Delivered Jan 12, 2023, 8:32 AM"),
        ({"state": "undelivered"}, "Sent Jan 12, 2023, 8:31 AM Failed Jan 12, 2023, 8:32 AM"),
        ({"state": "dead", "accepted_at": None}, "Queued Jan 12, 2023, 8:30 AM Failed Jan 12, 2023, 8:32 AM"),
    ],
)
def test_times_follow_the_state(client, person, changes, expected):
    case = open_case(person)
    minute = dt.timedelta(minutes=1)
    times = {"created_at": AT, "accepted_at": AT + minute, "final_at": AT + 2 * minute}
    to_supervisor(case=case, recipient_employee=make_employee(), **{**times, **changes})
    assert expected in words(client.get(page_of(case)))


def test_a_call_shows_what_is_said(client, person):
    case = open_case(person)
    call = to_supervisor("voice", case=case, recipient_employee=make_employee())
    seen = words(client.get(page_of(case)))
    assert "Phone call" in seen
    assert notices.spoken(call) in seen


def test_words_that_are_kept_no_longer(client, person):
    case = open_case(person)
    to_supervisor(case=case, recipient_employee=make_employee(), state="delivered", payload=None, recipient=None)
    assert "We keep the words of a message for 30 days." in words(client.get(page_of(case)))


def test_a_message_speaks_its_own_language(client, person):
    case = open_case(person)
    to_supervisor(case=case, recipient_employee=make_employee(), language="es")
    assert '<blockquote class="portal-preview__message" lang="es">' in client.get(page_of(case)).content.decode()


def test_nobody_on_record(client, person):
    person.supervisor = None
    person.save()
    case = open_case(person)
    assert "Nobody has been told yet." in words(client.get(page_of(case)))
    dispatch.tell_cases()
    seen = words(client.get(page_of(case)))
    assert "Your supervisor We have no supervisor on record for you. We asked your leave liaison." in seen


def test_nowhere_to_reach_somebody(client):
    supervisor = make_employee(work_email="", work_phone="")
    employee = make_employee(supervisor=supervisor)
    log_in(client, make_user(employee))
    case = open_case(employee)
    dispatch.tell_cases()
    seen = words(client.get(page_of(case)))
    assert f"{supervisor.full_name}, your supervisor We have no work email or phone number for this person." in seen


def test_other_messages_and_other_cases_are_not_listed(client, person):
    case = open_case(person)
    to_supervisor(case=open_case(), recipient_employee=make_employee())
    to_supervisor(case=case, recipient_employee=make_employee(), kind="employee_received", payload=None)
    assert "Nobody has been told yet." in words(client.get(page_of(case)))


def test_a_long_list_is_cut_and_can_be_opened_at_the_same_number_of_queries(client, person):
    counts = []
    for messages in (1, 3 * FEW):
        case = open_leave_case(person)
        for n in range(messages):
            to_supervisor(case=case, recipient_employee=make_employee(), case_event_id=n)
        client.get(page_of(case))
        with CaptureQueriesContext(connection) as captured:
            body = client.get(page_of(case)).content.decode()
        counts.append(len(captured))
        assert body.count('class="portal-told__who"') == min(messages, FEW)
        assert ("?all=told#told" in body) is (messages > FEW)
    assert counts[0] == counts[1]
    whole = client.get(page_of(case), {"all": "told"}).content.decode()
    assert whole.count('class="portal-told__who"') == 3 * FEW
    assert "?all=told#told" not in whole


def test_the_latest_news_come_first(client, person):
    case = open_leave_case(person)
    for n, name in enumerate(["Erste", "Zweite"]):
        to_supervisor(case=case, recipient_employee=make_employee(first_name=name), case_event_id=n)
    seen = words(client.get(page_of(case)))
    assert seen.index("Zweite") < seen.index("Erste")


@pytest.mark.parametrize("all_of", ["everything", "\x00"])
def test_what_is_no_list_is_unknown(client, person, all_of):
    assert client.get(page_of(open_case(person)), {"all": all_of}).status_code == 404
