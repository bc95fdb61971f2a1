"""What each kind of notice knows, frozen when it was written, and the words made from it when it is sent.

Words stand in templates/notices/<name>.<channel>.txt; of a letter the first line is the subject.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import UUID
from xml.sax.saxutils import escape

from django.template.loader import render_to_string
from django.utils import translation

from cases.facts import (
    AbsenceNotice,
    CancelLetter,
    CaseLetter,
    TimeLetter,
    absence_notice,
    cancel_letter,
    case_letter,
)
from notifications import gsm7
from notifications.account_notices import ACCOUNT_CONTENTS
from notifications.models import Notice
from notifications.paper_notices import PAPER_CONTENTS
from portal.lib.wording import clock, date_range, duration, long_date
from portal.office.models import ContactRecord

SPOKEN = {"en": "en-US", "es": "es-US"}


class Letter(NamedTuple):
    subject: str
    body: str


class Content(Protocol):
    """A frozen dataclass. `words` are the template's variables, made in the language that is active.

    `shorter_by`: characters by which a text is too long for one segment; whoever can gives some up.
    """

    @property
    def template(self) -> str: ...

    def kept(self) -> dict[str, Any]: ...

    @classmethod
    def back(cls, kept: dict[str, Any]) -> Content: ...

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]: ...


@dataclass(frozen=True)
class SupervisorAbsence:
    """To the supervisor and the next level: that somebody is out, asks for leave, took time of one, or will not."""

    FIRST_NAME = 20  # characters of it that go into a text

    absence: AbsenceNotice
    by_email_too: bool

    @property
    def template(self) -> str:
        if self.absence.cancels:
            return "supervisor_update"
        if self.absence.adds_time:
            return "supervisor_time"
        return "supervisor_leave" if self.absence.asks_for_leave else "supervisor_absence"

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> SupervisorAbsence:
        return cls(absence_notice(kept["absence"]), kept["by_email_too"])

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        absence = self.absence
        agency = " ".join(absence.agency.split())
        if shorter_by:
            agency = agency[: -shorter_by - 1].rstrip() + "."
        words = {
            "absence": absence,
            "short_name": f"{absence.first_name[: self.FIRST_NAME]} {absence.last_name[:1]}.",
            "agency": agency,
            "by_email_too": self.by_email_too,
        }
        if absence.replaces:
            return words | _of_cancelled(absence, absence.replaces)
        if absence.adds_time:
            return words | _of_time(absence)
        return words | (_of_leave(absence) if absence.asks_for_leave else {"first_time": absence.times[0]})


def _of_time(absence: AbsenceNotice) -> dict[str, Any]:
    """`when`: the one time in words, "" for more; then `dates` is the days they lie between."""
    first, last = absence.times[0], absence.times[-1]
    alone = len(absence.times) == 1
    return {
        "when": first.when if alone else "",
        "short_when": first.short_when if alone else "",
        "days": absence.days,
        "dates": date_range(first.date, last.date),
        "total": duration(absence.minutes),
    }


def _of_leave(absence: AbsenceNotice) -> dict[str, Any]:
    """The days of a continuous leave in words; of an intermittent one they are not known."""
    first, last, back = absence.first_day, absence.last_day, absence.expected_return
    if first is None or last is None:
        return {"first": "", "last": "", "dates": "", "back": ""}
    return {
        "first": long_date(first),
        "last": long_date(last) if last != first else "",
        "dates": date_range(first, last),
        "back": long_date(back) if back else "",
    }


def _of_cancelled(absence: AbsenceNotice, replaces: dt.date) -> dict[str, Any]:
    """`notices`: of a leave taken now and then there may have been several. `time`: of one absence."""
    return _of_leave(absence) | {
        "date": long_date(replaces),
        "notices": absence.pattern == "intermittent",
        "time": None if absence.asks_for_leave else absence.times[0],
    }


@dataclass(frozen=True)
class EmployeeReceived:
    """To the person who reported the absence."""

    template: ClassVar[str] = "employee_received"

    case_number: str
    date: dt.date
    being_told: str  # a recipients.Reach value

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> EmployeeReceived:
        return cls(**{**kept, "date": dt.date.fromisoformat(kept["date"])})

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {**self.kept(), "date": long_date(self.date)}


@dataclass(frozen=True)
class LeaveReceived:
    """To the person who asked for leave."""

    template: ClassVar[str] = "leave_received"

    letter: CaseLetter
    being_told: str  # as of an absence

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> LeaveReceived:
        return cls(case_letter(kept["letter"]), kept["being_told"])

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {
            "case_number": self.letter.case_number,
            "date": long_date(self.letter.received_at),
            "time": clock(self.letter.received_at),
            "call_by": long_date(self.letter.call_by),
            "notice_by": long_date(self.letter.notice_by),
            "being_told": self.being_told,
        }


@dataclass(frozen=True)
class TimeReceived:
    """To the person who added time to a leave."""

    template: ClassVar[str] = "time_received"

    letter: TimeLetter
    being_told: str  # as of an absence

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> TimeReceived:
        return cls(TimeLetter(**kept["letter"]), kept["being_told"])

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        return {
            "case_number": self.letter.case_number,
            "days": self.letter.days,
            "total": duration(self.letter.minutes),
            "being_told": self.being_told,
        }


@dataclass(frozen=True)
class EmployeeCancelled:
    """To the person whose time, or whose case, was cancelled."""

    template: ClassVar[str] = "employee_cancelled"

    letter: CancelLetter
    being_told: str  # as of an absence

    def kept(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def back(cls, kept: dict[str, Any]) -> EmployeeCancelled:
        return cls(cancel_letter(kept["letter"]), kept["being_told"])

    def words(self, *, shorter_by: int = 0) -> dict[str, Any]:
        day = self.letter.day
        return {
            "case_number": self.letter.case_number,
            "date": long_date(day) if day else "",
            "being_told": self.being_told,
        }


CONTENTS: dict[str, type[Content]] = {
    Notice.Kind.SUPERVISOR_ABSENCE: SupervisorAbsence,
    Notice.Kind.NEXT_LEVEL_ABSENCE: SupervisorAbsence,
    Notice.Kind.EMPLOYEE_RECEIVED: EmployeeReceived,
    Notice.Kind.LEAVE_RECEIVED: LeaveReceived,
    Notice.Kind.TIME_RECEIVED: TimeReceived,
    Notice.Kind.EMPLOYEE_CANCELLED: EmployeeCancelled,
    **ACCOUNT_CONTENTS,
    **PAPER_CONTENTS,
}


def reference(notice_id: UUID) -> str:
    """Six letters and digits that find one text again among all that went to one number."""
    digits = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another
    return "".join(digits[byte % len(digits)] for byte in notice_id.bytes[-6:])


def letter(notice: Notice, contact: ContactRecord | None = None) -> Letter:
    """`contact` here and below: the record, where the caller has it already; otherwise one query."""
    subject, _, body = _rendered(notice, contact or _contact()).strip().partition("\n")
    return Letter(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body).strip() + "\n")


def text(notice: Notice, contact: ContactRecord | None = None) -> str:
    """One line in the alphabet of text messages, one segment long where its kind can be shortened."""
    contact = contact or _contact()
    line = _one_line(notice, contact)
    excess = len(line) - gsm7.SEGMENT
    return line if excess <= 0 else _one_line(notice, contact, shorter_by=excess)


def _one_line(notice: Notice, contact: ContactRecord, *, shorter_by: int = 0) -> str:
    return gsm7.plain(" ".join(_rendered(notice, contact, shorter_by=shorter_by).split()))


def twiml(notice: Notice) -> str:
    """What is spoken, as Twilio's instructions."""
    return f'<Response><Say language="{SPOKEN[notice.language[:2]]}">{escape(spoken(notice))}</Say></Response>'


def spoken(notice: Notice, contact: ContactRecord | None = None) -> str:
    return " ".join(_rendered(notice, contact or _contact()).split())


def _contact() -> ContactRecord:
    return ContactRecord.objects.get(pk=1)


def _rendered(notice: Notice, contact: ContactRecord, *, shorter_by: int = 0) -> str:
    content = CONTENTS[notice.kind].back(notice.payload or {})
    with translation.override(notice.language):
        words = {"contact": contact, "ref": reference(notice.id), **content.words(shorter_by=shorter_by)}
        return render_to_string(f"notices/{content.template}.{notice.channel}.txt", words)
