"""A mail server that accepts every letter and delivers none: it writes them to the journal."""

from __future__ import annotations

import asyncio
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.demo.standins.faults import Faults
from portal.demo.standins.journal import Journal


class Handler:
    def __init__(self, journal: Journal, faults: Faults) -> None:
        self.journal, self.faults = journal, faults

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        outcome = self.faults.next("email")
        await asyncio.sleep(self.faults.latency / 2)
        if outcome == "drop_before":
            return self._drop(server)
        if outcome.isdigit():
            return f"{outcome} as asked"
        self._accept(envelope)
        await asyncio.sleep(self.faults.latency / 2)
        return self._drop(server) if outcome == "drop_after" else "250 OK"

    def _accept(self, envelope: Envelope) -> None:
        content = envelope.content
        letter = message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.default)
        text = letter.get_body(("plain",)) if isinstance(letter, EmailMessage) else None
        self.journal.write(
            id=str(uuid.uuid4()),
            channel="email",
            to=", ".join(envelope.rcpt_tos),
            subject=str(letter.get("Subject", "")).strip(),  # a folded header begins with the space it was folded at
            body=text.get_content().replace("\r\n", "\n") if text else "",
            attachments=[_described(part) for part in letter.walk() if part.get_content_disposition() == "attachment"],
            message_id=str(letter.get("Message-ID", "")),
        )

    def _drop(self, server: SMTP) -> str:
        if isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 OK"  # to nobody


def _described(part: Any) -> dict[str, Any]:
    content = part.get_payload(decode=True) or b""
    return {"name": part.get_filename() or "", "content_type": part.get_content_type(), "size": len(content)}


def sink(port: int, journal: Journal, faults: Faults) -> Controller:
    """Not yet started."""
    return Controller(Handler(journal, faults), hostname="127.0.0.1", port=port, data_size_limit=30_000_000)
