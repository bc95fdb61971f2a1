"""Texts and calls: what a gateway does, and Twilio's, through its own client."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.exceptions import ConnectTimeout, SSLError
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from portal.lib.sending import Accepted, ChannelRefused, NotSent, Refused, SendingError, Uncertain, UnknownThere

CONNECT_SECONDS, READ_SECONDS = 3, 7
LISTED = 50  # the newest messages to one number that are searched for one of ours
# Our account, our number or our settings: trying the next message would end the same way.
OUR_FAULT = frozenset({20003, 20005, 20006, 20008, 20404, 21212, 21603, 21606, 21659, 21660})


@dataclass(frozen=True)
class Report:
    """What the provider says became of a message; `state` in its own words, `code` its error or ""."""

    state: str
    code: str = ""


class Telephony(Protocol):
    """Raises what `portal.lib.sending` names. `callback` is the address that is told of each change of state."""

    def text(self, *, to: str, body: str, callback: str) -> Accepted: ...

    def call(self, *, to: str, twiml: str, callback: str) -> Accepted: ...

    def find_text(self, *, to: str, containing: str, since: dt.datetime) -> str:
        """The id of the text to `to` made after `since` whose body contains a reference, "" when there is none."""

    def find_calls(self, *, to: str, since: dt.datetime) -> list[str]:
        """The ids of the calls to `to` made after `since`."""

    def text_report(self, provider_id: str) -> Report: ...

    def call_report(self, provider_id: str) -> Report: ...


class _Http(TwilioHttpClient):
    """Twilio's client, made to wait a limited time, to open a connection a request, and to log no numbers.

    A kept connection that the other side closed meanwhile would make a POST uncertain, and that costs minutes.
    """

    def __init__(self, origin: str) -> None:
        super().__init__()
        self.timeout = (CONNECT_SECONDS, READ_SECONDS)
        self.origin = urlsplit(origin)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        if self.origin.netloc:
            url = urlsplit(url)._replace(scheme=self.origin.scheme, netloc=self.origin.netloc).geturl()
        kwargs["headers"] = {**(kwargs.get("headers") or {}), "Connection": "close"}
        answer = super().request(method, url, *args, **kwargs)
        if answer.status_code == 429:
            raise NotSent("20429", retry_after=_seconds(answer.headers.get("Retry-After", "")))
        return answer

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Silent: the query of a look-up holds a person's number."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Silent."""


class Twilio:
    def __init__(self, *, account: str, token: str, sender: str, origin: str = "") -> None:
        self.client = Client(account, token, http_client=_Http(origin))
        self.sender = {"messaging_service_sid": sender} if sender.startswith("MG") else {"from_": sender}

    def text(self, *, to: str, body: str, callback: str) -> Accepted:
        try:
            made = self.client.messages.create(to=to, body=body, status_callback=callback, **self.sender)
        except (TwilioRestException, requests.RequestException) as error:
            raise _ending(error) from error
        return Accepted(made.sid or "")

    def call(self, *, to: str, twiml: str, callback: str) -> Accepted:
        try:
            made = self.client.calls.create(to=to, twiml=twiml, status_callback=callback, **self.sender)
        except (TwilioRestException, requests.RequestException) as error:
            raise _ending(error) from error
        return Accepted(made.sid or "")

    def find_text(self, *, to: str, containing: str, since: dt.datetime) -> str:
        try:
            rows = self.client.messages.list(to=to, limit=LISTED, page_size=LISTED)
        except (TwilioRestException, requests.RequestException) as error:
            raise _ending(error) from error
        return next((row.sid or "" for row in rows if _made_after(row, since) and containing in (row.body or "")), "")

    def find_calls(self, *, to: str, since: dt.datetime) -> list[str]:
        try:
            rows = self.client.calls.list(to=to, limit=LISTED, page_size=LISTED)
        except (TwilioRestException, requests.RequestException) as error:
            raise _ending(error) from error
        return [row.sid for row in rows if row.sid and _made_after(row, since)]

    def text_report(self, provider_id: str) -> Report:
        try:
            row = self.client.messages(provider_id).fetch()
        except (TwilioRestException, requests.RequestException) as error:
            raise _ending_of_a_look(error) from error
        return Report(str(row.status), str(row.error_code or ""))

    def call_report(self, provider_id: str) -> Report:
        try:
            row = self.client.calls(provider_id).fetch()
        except (TwilioRestException, requests.RequestException) as error:
            raise _ending_of_a_look(error) from error
        return Report(str(row.status))


def _made_after(row: Any, since: dt.datetime) -> bool:
    return row.date_created is not None and row.date_created >= since.replace(microsecond=0)  # it has whole seconds


def _ending(error: TwilioRestException | requests.RequestException) -> SendingError:
    """Twilio's POSTs cannot be repeated safely: only what certainly did not reach it is worth another try."""
    if isinstance(error, TwilioRestException):
        if error.status >= 500:
            return Uncertain(f"http_{error.status}")
        code = str(error.code or f"http_{error.status}")
        ours = error.code in OUR_FAULT or error.status == 401  # a 403 may be about one number or one country
        return ChannelRefused(code) if ours else Refused(code)
    return NotSent("unreachable") if _never_left(error) else Uncertain("no_answer")


def _ending_of_a_look(error: TwilioRestException | requests.RequestException) -> SendingError:
    """After asking about one message: when it is not found, neither the account nor the channel is at fault."""
    if isinstance(error, TwilioRestException) and error.status == 404:
        return UnknownThere(str(error.code or "http_404"))
    return _ending(error)


def _never_left(error: requests.RequestException) -> bool:
    if isinstance(error, ConnectTimeout | SSLError):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.isdigit() else None


@lru_cache(maxsize=1)
def _twilio(account: str, token: str, sender: str, origin: str) -> Twilio:
    return Twilio(account=account, token=token, sender=sender, origin=origin)


def gateway() -> Telephony:
    """The gateway of the settings."""
    return _twilio(
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_FROM, settings.TWILIO_ORIGIN
    )
