"""From facts to notices: one row for each person and channel, in the transaction that claims the fact."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from cases import facts
from cases.facts import AbsenceNotice, CancelLetter, CaseLetter, ClaimedEvent, PaperLetter, TimeLetter
from cases.services import tasks
from notifications.account_notices import content_of
from notifications.models import Notice
from notifications.notices import (
    Content,
    EmployeeCancelled,
    EmployeeReceived,
    LeaveReceived,
    SupervisorAbsence,
    TimeReceived,
)
from notifications.paper_notices import PaperNews
from notifications.recipients import addresses_of, email_of, language_of, reach_of, supervisors_of, with_their_chain
from portal.lib import clock
from registration import verification
from registration.models import AccountEvent, Employee

BATCH = 50
DATABASE_AWAY = (OperationalError, InterfaceError)
CODE_LIFE = dt.timedelta(minutes=2)  # a code that comes later meets somebody who has asked for another
log = structlog.get_logger("portal.dispatch")


def tell_cases() -> int:
    """Claims what happened to cases and writes its notices. Returns how many facts."""
    with transaction.atomic():
        events = facts.claim_events(BATCH)
        people = with_their_chain(event.employee_id for event in events)
        for event in events:
            _told_or_handed_to_staff(event, people[event.employee_id])
    return len(events)


def _told_or_handed_to_staff(event: ClaimedEvent, employee: Employee) -> None:
    """One fact nobody can word must not hold the others up, and must not be lost either."""
    try:
        with transaction.atomic():
            if event.notice:
                _tell_absence(event, event.notice, employee)
            elif isinstance(event.letter, PaperLetter):
                _tell_paper(event, event.letter, employee)
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("fact not told", case_event_id=event.id)
        _open_task(event, tasks.Kind.NOTICE_FAILED, tasks.WaitsOn.STAFF, key=f"fact not told {event.id}")


def _tell_paper(event: ClaimedEvent, letter: PaperLetter, employee: Employee) -> None:
    """To the person alone. Who reads no mail is written to by staff."""
    address = email_of(employee) if letter.email is None else letter.email
    if address:
        kind = Notice.Kind(letter.kind)
        row = _row(event, kind, employee, PaperNews(letter), Notice.Channel.EMAIL, address)
        Notice.objects.bulk_create([row], ignore_conflicts=True)
    elif letter.kind != Notice.Kind.DOCUMENT_RECEIVED:
        _open_task(event, tasks.Kind.NOTICE_FAILED, tasks.WaitsOn.STAFF, key=f"letter about a paper {event.id}")


def _tell_absence(event: ClaimedEvent, absence: AbsenceNotice, employee: Employee) -> None:
    chain = supervisors_of(employee)
    rows: list[Notice] = []
    for kind, person in chain.told:
        rows += _to_supervisor(event, kind, person, absence, taken={_address(row) for row in rows})
    if not chain.told:
        rows.append(_row(event, Notice.Kind.SUPERVISOR_ABSENCE, None, error="no_supervisor"))
    if chain.gap:
        key = f"no supervisor, case {absence.case_number}"
        _open_task(event, tasks.Kind.NO_SUPERVISOR, tasks.WaitsOn.LIAISON, key=key)
    rows += _to_employee(event, absence, employee, being_told=reach_of(employee))
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _to_employee(event: ClaimedEvent, absence: AbsenceNotice, employee: Employee, *, being_told: str) -> list[Notice]:
    """That it was received or cancelled, where the person reads mail: about a leave, only where it was wished."""
    kind, content, address = _receipt(event, absence, employee, being_told)
    return [_row(event, kind, employee, content, Notice.Channel.EMAIL, address)] if address else []


def _receipt(
    event: ClaimedEvent, absence: AbsenceNotice, employee: Employee, being_told: str
) -> tuple[Notice.Kind, Content, str]:
    if isinstance(event.letter, CancelLetter):
        address = email_of(employee) if event.letter.email is None else event.letter.email
        return Notice.Kind.EMPLOYEE_CANCELLED, EmployeeCancelled(event.letter, being_told), address
    if isinstance(event.letter, TimeLetter):
        return Notice.Kind.TIME_RECEIVED, TimeReceived(event.letter, being_told), event.letter.email
    if isinstance(event.letter, CaseLetter):
        return Notice.Kind.LEAVE_RECEIVED, LeaveReceived(event.letter, being_told), event.letter.email
    content = EmployeeReceived(absence.case_number, absence.times[0].date, being_told)
    return Notice.Kind.EMPLOYEE_RECEIVED, content, email_of(employee)


def _to_supervisor(
    event: ClaimedEvent, kind: Notice.Kind, person: Employee, absence: AbsenceNotice, *, taken: set[tuple[str, str]]
) -> list[Notice]:
    """`taken` addresses were told already: two people may share a phone, and no phone is told twice."""
    known = addresses_of(person)
    content = SupervisorAbsence(absence, by_email_too=bool(email_of(person)))
    if not known:
        _open_task(event, tasks.Kind.NOTICE_FAILED, tasks.WaitsOn.STAFF, key=failed_key(event.case_id, person.pk))
        return [_row(event, kind, person, content, error="no_contact")]
    return [_row(event, kind, person, content, *address) for address in known if address not in taken]


def failed_key(case_id: UUID | None, person_id: UUID | None) -> str:
    """The task about one person whom no channel reached about one case."""
    return f"notice failed {case_id} {person_id}"


def _row(
    event: ClaimedEvent,
    kind: Notice.Kind,
    person: Employee | None,
    content: Content | None = None,
    channel: Notice.Channel = Notice.Channel.EMAIL,
    address: str = "",
    *,
    error: str = "",
) -> Notice:
    dead: dict[str, Any] = {"state": Notice.State.DEAD, "error_code": error, "final_at": timezone.now()}
    return Notice(
        told=f"case {event.id} {kind} {person.pk if person else 'nobody'}",
        kind=kind,
        channel=channel,
        recipient=address,
        payload=content.kept() if content else None,
        language=language_of(person) if person else "en",
        case_id=event.case_id,
        case_event_id=event.id,
        recipient_employee=person,
        **(dead if error else {}),
    )


def _address(row: Notice) -> tuple[str, str]:
    return row.channel, row.recipient


def _open_task(event: ClaimedEvent, kind: tasks.Kind, waits_on: tasks.WaitsOn, *, key: str) -> None:
    tasks.open_task(
        key=key, kind=kind, waits_on=waits_on, case_id=event.case_id, agency_id=event.agency_id, now=clock.now()
    )


def tell_accounts() -> int:
    """Claims what accounts must be told, codes first of all, and writes its notices. Returns how many."""
    with transaction.atomic():
        waiting = AccountEvent.objects.filter(dispatched_at=None).select_for_update(skip_locked=True)
        events = list(waiting.order_by("created_at")[:BATCH])
        for event in events:
            _account_told_or_given_up(event)
            event.dispatched_at = timezone.now()
            event.payload = None  # the notice has it now
            event.save(update_fields=["dispatched_at", "payload"])
    return len(events)


def _account_told_or_given_up(event: AccountEvent) -> None:
    """One that cannot be worded must not hold everybody's codes up; who waits for it is offered the other way."""
    try:
        with transaction.atomic():
            _ask_people(event)
            if event.recipient:
                Notice.objects.bulk_create([_account_row(event)], ignore_conflicts=True)
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("account not told", account_event_id=str(event.id))
        if event.challenge_id:
            verification.delivery_reported(event.challenge_id, delivered=False)


def untold_key(account_event_id: UUID | None) -> str:
    """The task about one account of which its person could not be told."""
    return f"account untold {account_event_id}"


def _ask_people(event: AccountEvent) -> None:
    """What somebody has to see to: an account that its person disputes, and one of which nobody could be told."""
    employee = event.employee
    if employee is None:
        return
    if event.kind == AccountEvent.Kind.ACCOUNT_FROZEN:
        at = (event.payload or {}).get("at", "")
        task = (tasks.Kind.ACCOUNT_FROZEN, tasks.WaitsOn.STAFF, f"account frozen {employee.pk} {at}")
    elif not event.recipient:
        task = (tasks.Kind.ACCOUNT_UNTOLD, tasks.WaitsOn.LIAISON, untold_key(event.pk))
    else:
        return
    kind, waits_on, key = task
    tasks.open_task(key=key, kind=kind, waits_on=waits_on, agency_id=employee.agency_id, now=clock.now())


def _account_row(event: AccountEvent) -> Notice:
    is_code = event.kind == AccountEvent.Kind.CODE
    latest = event.created_at + CODE_LIFE
    expires_at = min(event.expires_at or latest, latest) if is_code else event.expires_at
    return Notice(
        told=f"account {event.id}",
        kind=event.kind,
        lane=Notice.Lane.CODES if is_code else Notice.Lane.NOTICES,
        channel=event.channel,
        recipient=event.recipient,
        payload=content_of(event).kept(),
        language=event.language,
        expires_at=expires_at,
        account_event_id=event.id,
        challenge_id=event.challenge_id,
        recipient_employee_id=event.employee_id,
    )
