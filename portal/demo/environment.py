"""What the demo's processes are told: secrets made once, ports, addresses, and where the clock stands."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import random
import secrets
import socket
from pathlib import Path
from zoneinfo import ZoneInfo

from portal.demo.refusal import Refused

HOST = "127.0.0.1"
OWN_PORTS = range(20_000, 32_000)  # below the ports that outgoing connections are given
INHERITED_NOT = ("DEMO_NOW", "SECRET_KEY_FALLBACKS", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "DOCUMENTS_BUCKET")


def civil_offset(demo_now: str | None, *, now: dt.datetime) -> float:
    """Seconds from `now` to DEMO_NOW, which is New York’s time when it names no zone. Raises Refused."""
    if not demo_now:
        return 0.0
    try:
        moment = dt.datetime.fromisoformat(demo_now)
    except ValueError as error:
        raise Refused(f"DEMO_NOW is “{demo_now}”, which is no date and time: write 2026-03-06T09:00.") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(os.environ.get("EMPLOYER_TIME_ZONE", "America/New_York")))
    return (moment - now).total_seconds()


def port_number(text: str) -> int:
    """Raises Refused."""
    if text.isascii() and text.isdecimal() and 1024 <= int(text) <= 65_535:
        return int(text)
    raise Refused(f"“{text}” is no port: choose a number from 1024 to 65535, as in make demo PORT=8001.")


def refuse_busy(port: int) -> None:
    if not _free(port):
        raise Refused(f"Port {port} is taken by another program: choose another, as in make demo PORT={port + 1}.")


def free_ports(count: int) -> list[int]:
    candidates = (port for port in random.sample(OWN_PORTS, len(OWN_PORTS)) if _free(port))
    return [next(candidates) for _ in range(count)]


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def keys(data: Path) -> dict[str, str]:
    """The demo's secrets, made on its first start and kept: what was encrypted stays readable."""
    path = data / "secrets.json"
    if not path.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(64),
            "PORTAL_DATA_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
            "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
            "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        }
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def variables(
    data: Path, *, port: int, http_port: int, smtp_port: int, scanner_port: int, size: str, offset: float
) -> dict[str, str]:
    """The environment of every process but the databases' addresses."""
    inherited = {name: value for name, value in os.environ.items() if name not in INHERITED_NOT}
    return {
        **inherited,
        **keys(data),
        "DEMO": "1",
        "DEMO_DATA": str(data),
        "DEMO_SIZE": size,
        "DEMO_TIME_OFFSET": repr(offset),
        "DJANGO_SETTINGS_MODULE": "portal.demo.settings",
        "PUBLIC_BASE_URL": f"http://{HOST}:{port}",
        "EMAIL_URL": f"smtp://{HOST}:{smtp_port}",
        "DEFAULT_FROM_EMAIL": "Leave portal <no-reply@example.org>",
        "TWILIO_ORIGIN": f"http://{HOST}:{http_port}",
        "TWILIO_FROM": "+13395550199",
        "CLAMD_ADDRESS": f"{HOST}:{scanner_port}",
        "DOCUMENTS_FOLDER": str(data / "documents"),
        "PYTHONUNBUFFERED": "1",
    }
