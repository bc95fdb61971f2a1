"""Twilio's REST API over HTTP on loopback, with signed status callbacks and a switchboard for faults."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import socket
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from twilio.request_validator import RequestValidator

from portal.demo.standins.faults import Faults
from portal.demo.standins.journal import Journal
from portal.demo.standins.twilio_api import Account, Resource, TwilioError, page, shown

ROUTE = re.compile(r"/2010-04-01/Accounts/(AC\w{32})/(Messages|Calls)(?:/(\w{34}))?\.json")
LAST_CALL_STATUS = {"delivered": "completed", "undelivered": "no-answer", "failed": "failed"}


class Callbacks:
    """Tells the StatusCallback address how a message fared, signed with the account's token, out of the way."""

    def __init__(self, token: str, account: Account, faults: Faults) -> None:
        self.validator, self.account, self.faults = RequestValidator(token), account, faults
        self.pool = ThreadPoolExecutor(8)

    def follow(self, row: Resource, url: str | None) -> None:
        if self.faults.callbacks != "none":
            self.pool.submit(self._walk, row, url, self.faults.callbacks, self.faults.callback_delay)

    def _walk(self, row: Resource, url: str | None, last: str, delay: float) -> None:
        is_message = "num_segments" in row
        kind = "Message" if is_message else "Call"
        code = self.faults.error_code if last in ("undelivered", "failed") else None
        if is_message and row["to"] in self.faults.landlines:
            last, code = "undelivered", self.faults.landlines[row["to"]]
        for status in ("sent", last) if is_message else (LAST_CALL_STATUS.get(last, last),):
            time.sleep(delay)
            self.account.move(row, status, code if status == last else None)
            form = {
                f"{kind}Sid": row["sid"],
                f"{kind}Status": status,
                "To": row["to"],
                "AccountSid": row["account_sid"],
            }
            if code and status == last:
                form["ErrorCode"] = str(code)
            if url:
                self._post(url, form)

    def _post(self, url: str, form: dict[str, str]) -> None:
        signature = self.validator.compute_signature(url, form)
        request = urllib.request.Request(  # the address our own portal named, on loopback
            url, urllib.parse.urlencode(form).encode(), {"X-Twilio-Signature": signature}
        )
        with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=5):
            pass  # Twilio, too, tells once and does not mind


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, *, account: str, token: str, journal: Journal, faults: Faults) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.account, self.journal, self.faults = Account(account), journal, faults
        self.basic = "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode()
        self.callbacks = Callbacks(token, self.account, faults)


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # buffered: an answer is one packet

    def log_message(self, *_: Any) -> None:
        """The journal says what was accepted; addresses and numbers go nowhere else."""

    def do_GET(self) -> None:
        if self.path == "/_control":
            self._answer(200, {"accepted": self.server.journal.accepted})
        else:
            self._guarded(self._read)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/_control":
            self.server.faults.set(json.loads(body))
            self._answer(200, {})
        else:
            self.form = dict(urllib.parse.parse_qsl(body))
            self._guarded(self._create)

    def _guarded(self, work: Any) -> None:
        try:
            if self.headers.get("Authorization") != self.server.basic:
                raise TwilioError(401, 20003, "Authenticate")
            address = urllib.parse.urlsplit(self.path)
            route = ROUTE.fullmatch(address.path)
            if not route or route[1] != self.server.account.sid:
                raise TwilioError(404, 20404, "The requested resource was not found")
            work(route, dict(urllib.parse.parse_qsl(address.query)))
        except TwilioError as error:
            self._answer(error.status, error.body)

    def _read(self, route: re.Match[str], query: dict[str, str]) -> None:
        account, name = self.server.account, route[2].lower()
        kept = account.messages if name == "messages" else account.calls
        if route[3] is None:
            self._answer(200, page(name, account.find(kept, query), self.path))
        elif row := kept.get(route[3]):
            self._answer(200, shown(row))
        else:
            raise TwilioError(404, 20404, "The requested resource was not found")

    def _create(self, route: re.Match[str], _query: dict[str, str]) -> None:
        faults, channel = self.server.faults, "sms" if route[2] == "Messages" else "voice"
        outcome = faults.next(channel)
        time.sleep(faults.latency / 2)
        if outcome == "drop_before":
            return self._drop()
        if outcome == "429":
            raise TwilioError(429, 20429, "Too Many Requests")
        if outcome == "500_before":
            raise TwilioError(500, 20500, "Internal Server Error")
        row = self._accept(channel)
        time.sleep(faults.latency / 2)
        if outcome == "drop_after":
            return self._drop()
        if outcome == "500_after":
            raise TwilioError(500, 20500, "Internal Server Error")
        return self._answer(201, shown(row))

    def _accept(self, channel: str) -> Resource:
        server = self.server
        make = server.account.message if channel == "sms" else server.account.call
        row = make(self.form, server.faults.refused(channel))
        body = row["body"] if channel == "sms" else row["said"]
        server.journal.write(id=row["sid"], sid=row["sid"], channel=channel, to=row["to"], body=body)
        first_answer = dict(row)  # still "queued", whatever the callbacks hurry to say
        server.callbacks.follow(row, self.form.get("StatusCallback"))
        return first_answer

    def _drop(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):  # the client was faster
            self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the client was killed meanwhile
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if self.close_connection or self.headers.get("Connection", "").lower() == "close":
                self.send_header("Connection", "close")
            if status == 429:
                self.send_header("Retry-After", "1")
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()
