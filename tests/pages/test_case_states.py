"""axe at 320 px on the case page and the history in every state: everything that opens is open."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser

from cases.models.case import Case, Task
from cases.models.determination import Determination
from cases.reasons import reasons_for
from notifications import dispatch
from notifications.models import Notice
from portal.lib import clock
from registration.models import Employee
from tests.factories.accounts import sign_in
from tests.factories.notices import to_supervisor
from tests.factories.people import make_employee, make_user
from tests.factories.records import (
    approve,
    full_day,
    make_eligible,
    now_and_then,
    one_block,
    open_case,
    open_leave_case,
)
from tests.pages.test_accessible import ORIGIN, SMALLEST, serve

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("accessible")]
DAY = dt.timedelta(days=1)
PICTURES = os.environ.get("PICTURES")  # a folder: leaves what it sees there, for people to look at


def leave(employee: Employee, **given: object) -> Case:
    today = clock.today()
    return open_leave_case(employee, now=clock.now(), **{"leave": one_block(today, today + 100 * DAY), **given})


def pending(employee: Employee) -> Case:
    return leave(employee, reasons=["Back surgery", "A second reason with a very-long-word-that-does-not-end-soon"])


def told_and_opened(employee: Employee) -> Case:
    case = pending(employee)
    dispatch.tell_cases()
    now = timezone.now()
    more = {"recipient_employee": employee.supervisor, "state": "sent", "accepted_at": now}
    Notice.objects.filter(channel="sms").update(state="delivered", accepted_at=now, final_at=now)
    Notice.objects.filter(channel="email").update(state="dead", final_at=now)
    for n in range(12):
        to_supervisor(case=case, case_event_id=-n, **more)
        reasons_for([case], viewer=make_user(role="specialist", display_name=f"Ines Prado {n}"))
    return case


def decided(employee: Employee) -> Case:
    case = pending(employee)
    approve(case, "FMLA", "EST")
    return in_state("approved", case)


def in_state(status: str, case: Case) -> Case:
    Case.objects.filter(pk=case.pk).update(status=status)
    return case


def your_turn(employee: Employee) -> Case:
    case = in_state("info_needed", pending(employee))
    told = {"waits_on": "employee", "due_on": clock.today() + DAY, "opened_at": clock.now()}
    Task.objects.create(key="papers", kind=Task.Kind.REVIEW_DOCUMENT, case=case, **told)
    return case


def days(employee: Employee) -> Case:
    case = leave(employee, leave=now_and_then(*(full_day(clock.today() + n * DAY) for n in range(3))))
    case.absences.filter(date=clock.today()).update(status="cancelled")
    return case


def not_worked_out(employee: Employee) -> Case:
    case = leave(employee, leave=now_and_then())
    Determination.objects.filter(case=case).update(superseded_at=clock.now())
    return case


def day_to_day(employee: Employee) -> Case:
    return open_case(employee, absence=full_day(clock.today()), now=clock.now())


def cancelled(employee: Employee) -> Case:
    case = day_to_day(employee)
    case.absences.update(status="cancelled")
    return in_state("cancelled", case)


STATES: dict[str, Callable[[Employee], Case]] = {
    "pending": pending,
    "told and opened": told_and_opened,
    "decided": decided,
    "your turn": your_turn,
    "denied": lambda employee: in_state("denied", pending(employee)),
    "closed": lambda employee: in_state("closed", pending(employee)),
    "days": days,
    "not worked out": not_worked_out,
    "day to day": day_to_day,
    "cancelled": cancelled,
}


def person() -> tuple[Employee, Client]:
    supervisor = make_employee(first_name="Maximiliane", last_name="Lopez-Hernández", supervisor=make_employee())
    employee = make_eligible(supervisor=supervisor)
    return employee, sign_in(Client(), make_user(employee))


def look(browser: Browser, client: Client, address: str, name: str) -> None:
    document = client.get(address)
    assert document.status_code == 200
    page = browser.new_page(viewport=SMALLEST)
    serve(page, document)
    page.goto(ORIGIN)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    violations = Axe().run(page).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name} 320.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name} 1280.png", full_page=True)
        page.emulate_media(media="print")
        page.screenshot(path=Path(PICTURES) / f"{name} print.png", full_page=True)
    page.close()
    assert [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in violations] == []
    assert wider == 0


@pytest.mark.parametrize("state", STATES)
def test_case(state: str, browser: Browser) -> None:
    employee, client = person()
    case = STATES[state](employee)
    look(browser, client, reverse("cases:case", args=[case.number]), state)


@pytest.mark.parametrize("hidden", [False, True])
def test_history(hidden: bool, browser: Browser) -> None:
    employee, client = person()
    for make in (cancelled, not_worked_out, day_to_day, decided, pending):
        make(employee)
    if hidden:
        client.post(reverse("cases:reasons"), {"reasons": "hide"})
    look(browser, client, reverse("cases:history"), f"history{' hidden' if hidden else ''}")
