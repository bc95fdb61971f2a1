"""What Twilio's REST API knows: messages and calls, in the shapes of its public description."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import threading
from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree

E164 = re.compile(r"\+[1-9]\d{6,14}")
SPOKEN_DIGITS = re.compile(r"\b\d(?:[,.\s]+\d\b){3,}")
Resource = dict[str, Any]


class TwilioError(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "code": code,
            "message": message,
            "more_info": f"https://www.twilio.com/docs/errors/{code}",
            "status": status,
        }


def _now() -> str:
    return format_datetime(dt.datetime.now(tz=dt.UTC))


def _said(twiml: str) -> str:
    """What a listener hears, a code's digits in a row. A broken document is refused as Twilio's voice would."""
    try:
        document = ElementTree.fromstring(twiml)
    except ElementTree.ParseError as error:
        raise TwilioError(400, 12100, "Document parse failure") from error
    if document.tag != "Response":
        raise TwilioError(400, 12100, "Document parse failure")
    text = " ".join("".join(say.itertext()).strip() for say in document.iter("Say"))
    return SPOKEN_DIGITS.sub(lambda digits: re.sub(r"\D", "", digits[0]), text)


class Account:
    """One account's messages and calls, oldest first; kept in memory as long as the stand-in runs."""

    def __init__(self, sid: str) -> None:
        self.sid = sid
        self.messages: dict[str, Resource] = {}
        self.calls: dict[str, Resource] = {}
        self._lock = threading.Lock()

    def message(self, form: Mapping[str, str], refused: Mapping[str, int]) -> Resource:
        to = self._number(form, refused)
        if not form.get("From") and not form.get("MessagingServiceSid"):
            raise TwilioError(400, 21603, "A 'From' phone number is required.")
        if not form.get("Body"):
            raise TwilioError(400, 21602, "Message body is required.")
        made = self._base("SM", to, form)
        made |= {
            "body": form["Body"],
            "num_segments": str(1 + (len(form["Body"]) - 1) // 160),
            "num_media": "0",
            "date_sent": None,
            "error_code": None,
            "error_message": None,
            "messaging_service_sid": form.get("MessagingServiceSid"),
            "uri": f"/2010-04-01/Accounts/{self.sid}/Messages/{made['sid']}.json",
            "subresource_uris": {"media": f"/2010-04-01/Accounts/{self.sid}/Messages/{made['sid']}/Media.json"},
        }
        return self._keep(self.messages, made)

    def call(self, form: Mapping[str, str], refused: Mapping[str, int]) -> Resource:
        to = self._number(form, refused)
        if not form.get("Twiml"):
            raise TwilioError(400, 21205, "Url parameter is required.")
        made = self._base("CA", to, form)
        absent = ("start_time", "end_time", "duration", "answered_by", "annotation", "caller_name", "forwarded_from")
        made |= dict.fromkeys((*absent, "group_sid", "parent_call_sid", "trunk_sid"))
        made |= {
            "said": _said(form["Twiml"]),  # ours, not Twilio's: left out of every answer
            "to_formatted": to,
            "from_formatted": form.get("From", ""),
            "phone_number_sid": "PN" + secrets.token_hex(16),
            "queue_time": "0",
            "uri": f"/2010-04-01/Accounts/{self.sid}/Calls/{made['sid']}.json",
            "subresource_uris": {},
        }
        return self._keep(self.calls, made)

    def find(self, kept: dict[str, Resource], query: Mapping[str, str]) -> list[Resource]:
        """Newest first, as Twilio lists; `To` is the filter our client uses."""
        with self._lock:
            rows = [row for row in kept.values() if query.get("To") in (None, row["to"])]
        return rows[::-1][: int(query.get("PageSize", 50))]

    def move(self, row: Resource, status: str, error_code: int | None) -> None:
        with self._lock:
            row["status"], row["date_updated"] = status, _now()
            if "num_segments" in row:
                row["date_sent"] = row["date_sent"] or _now()
                row["error_code"] = error_code

    def _keep(self, kept: dict[str, Resource], made: Resource) -> Resource:
        with self._lock:
            kept[made["sid"]] = made
        return made

    def _base(self, prefix: str, to: str, form: Mapping[str, str]) -> Resource:
        return {
            "sid": prefix + secrets.token_hex(16),
            "account_sid": self.sid,
            "to": to,
            "from": form.get("From"),
            "status": "queued",
            "direction": "outbound-api",
            "api_version": "2010-04-01",
            "price": None,
            "price_unit": "USD",
            "date_created": _now(),
            "date_updated": _now(),
        }

    def _number(self, form: Mapping[str, str], refused: Mapping[str, int]) -> str:
        to = form.get("To", "")
        if not to:
            raise TwilioError(400, 21604, "A 'To' phone number is required.")
        if code := refused.get(to) or (0 if E164.fullmatch(to) else 21211):
            raise TwilioError(400, code, f"Invalid 'To' Phone Number: {to}")
        return to


def shown(row: Resource) -> Resource:
    return {name: value for name, value in row.items() if name != "said"}


def page(kept: str, rows: list[Resource], uri: str) -> Resource:
    """One page of a list, the last."""
    return {
        kept: [shown(row) for row in rows],
        "page": 0,
        "page_size": 50,
        "start": 0,
        "end": max(len(rows) - 1, 0),
        "first_page_uri": uri,
        "next_page_uri": None,
        "previous_page_uri": None,
        "uri": uri,
    }
