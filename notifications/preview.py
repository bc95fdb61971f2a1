"""What will go out, before there is anything to send: by the functions and templates of delivery."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from cases.facts import AbsenceNotice
from notifications import notices
from notifications.models import Notice
from notifications.notices import Letter, SupervisorAbsence
from notifications.recipients import addresses_of, email_of, language_of, supervisors_of, with_their_chain
from registration.models import Employee

# Given on submission. In the messages stand others until then, just as long, since texts are cut to one segment.
NO_CASE_NUMBER = "0000000000"  # real ones never begin with a zero
NO_NOTICE = UUID(int=0)
NO_REFERENCE = notices.reference(NO_NOTICE)


@dataclass(frozen=True)
class Preview:
    """What the first whom it reaches gets, in that person's language; NO_CASE_NUMBER and NO_REFERENCE stand in it."""

    supervisor: str  # the name, when it reaches this person; else ""
    next_level: str
    has_chain: bool  # False: the roster names nobody to tell
    language: str
    letter: Letter | None
    text: str


def supervisor_preview(absence: AbsenceNotice, employee_id: UUID) -> Preview:
    """Three queries, fewer where less can be sent, however many days the absence has."""
    chain = supervisors_of(with_their_chain([employee_id])[employee_id])
    reached = {kind: person for kind, person in chain.told if addresses_of(person)}
    first = next(iter(reached.values()), None)
    unsent = _unsent(absence, first) if first else {}
    letter, text = unsent.get(Notice.Channel.EMAIL), unsent.get(Notice.Channel.SMS)
    return Preview(
        supervisor=_name(reached.get(Notice.Kind.SUPERVISOR_ABSENCE)),
        next_level=_name(reached.get(Notice.Kind.NEXT_LEVEL_ABSENCE)),
        has_chain=bool(chain.told),
        language=language_of(first) if first else "",
        letter=notices.letter(letter) if letter else None,
        text=notices.text(text) if text else "",
    )


def has_number(absence: AbsenceNotice) -> bool:
    """Whether its case is open already; otherwise words stand where its number will be."""
    return absence.case_number.isdecimal()


def given_later(absence: AbsenceNotice) -> str:
    """What to show for what is given on submission, in the active language."""
    return _("(given when you submit)") if has_number(absence) else absence.case_number


def _unsent(absence: AbsenceNotice, person: Employee) -> dict[Notice.Channel, Notice]:
    """The rows that would be written, never saved."""
    numbered = absence if has_number(absence) else replace(absence, case_number=NO_CASE_NUMBER)
    content = SupervisorAbsence(numbered, by_email_too=bool(email_of(person)))
    payload = json.loads(DjangoJSONEncoder().encode(content.kept()))  # as the outbox gives it back
    kind, language = Notice.Kind.SUPERVISOR_ABSENCE, language_of(person)
    return {
        channel: Notice(id=NO_NOTICE, kind=kind, channel=channel, payload=payload, language=language)
        for channel, _known in addresses_of(person)
    }


def _name(person: Employee | None) -> str:
    return person.full_name if person else ""
