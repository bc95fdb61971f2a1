"""Notices as dispatch writes them."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any

from django.utils import timezone

from cases.facts import AbsenceNotice, TimeAway
from notifications.account_notices import Code
from notifications.models import Notice
from notifications.notices import EmployeeReceived, SupervisorAbsence
from registration.models import Challenge

_count = itertools.count(1)
A_THURSDAY = dt.date(2023, 1, 12)


def absence_notice(**fields: Any) -> AbsenceNotice:
    return AbsenceNotice(
        **{
            "first_name": "Maria",
            "last_name": "Lopez",
            "agency": "Department of Examples",
            "kind": "day_to_day",
            "pattern": "single",
            "first_day": None,
            "last_day": None,
            "times": (TimeAway(A_THURSDAY, 480, None, None),),
            "minutes": 480,
            "expected_return": None,
            "overtime": "",
            "case_number": "1234567890",
            **fields,
        }
    )


def _notice(**fields: Any) -> Notice:
    notice = Notice(**{"told": f"test {next(_count)}", **fields})
    notice.save(force_insert=True)
    notice.refresh_from_db()
    return notice


def to_supervisor(channel: str = "sms", recipient: str = "+14135550123", **fields: Any) -> Notice:
    content = SupervisorAbsence(absence_notice(**fields.pop("absence", {})), by_email_too=True)
    return _notice(
        **{
            "kind": "supervisor_absence",
            "channel": channel,
            "recipient": recipient,
            "payload": content.kept(),
            **fields,
        }
    )


def letter(recipient: str = "person@example.org", **fields: Any) -> Notice:
    content = EmployeeReceived("1234567890", A_THURSDAY, being_told="supervisor")
    kept = {"kind": "employee_received", "channel": "email", "recipient": recipient, "payload": content.kept()}
    return _notice(**{**kept, **fields})


def code(channel: str = "sms", recipient: str = "+14135550123", **fields: Any) -> Notice:
    kept = {"kind": "code", "channel": channel, "recipient": recipient, "payload": Code("459139").kept(), "lane": 0}
    return _notice(**{**kept, "challenge_id": uuid.uuid4(), **fields})


def a_challenge() -> Challenge:
    soon = timezone.now()
    return Challenge.objects.create(
        purpose="login",
        session="s",
        subject="s",
        channel="sms",
        phone="+14135550123",
        phone_key="k",
        code_hash="h",
        created_at=soon,
        expires_at=soon,
    )
