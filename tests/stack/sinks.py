"""Everything a running portal writes anywhere: what a reason must not be found in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environ
import psycopg
from django.core import signing

from tests.stack.portal_stack import Portal

SESSION_SALT = "django.contrib.sessions.SessionStore"


def database(portal: Portal) -> psycopg.Connection[Any]:
    named = environ.Env.db_url_config(portal.environment()["DATABASE_URL"])
    return psycopg.connect(host=named["HOST"], dbname=named["NAME"], user=named["USER"], autocommit=True)


def tables(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as text, as a dump would hold it; sealed columns appear as they are stored."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    for (name,) in names:
        rows = connection.execute(f'SELECT t::text FROM "{name}" AS t').fetchall()
        yield f"table {name}", "\n".join(row for (row,) in rows).encode()


def sealed_but_readable(connection: psycopg.Connection[Any], secret: str) -> Iterator[tuple[str, bytes]]:
    """Sessions are signed and compressed, not encrypted: look inside."""
    for (data,) in connection.execute("SELECT session_data FROM registration_session").fetchall():
        opened = signing.loads(data, key=secret, salt=SESSION_SALT, serializer=signing.JSONSerializer)
        yield "a session", json.dumps(opened, ensure_ascii=False).encode()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Logs of every process, the broker's append-only file with every task, the providers' and PostgreSQL's files."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def everything_written(portal: Portal) -> dict[str, bytes]:
    """{place: what stands there}: tables, sessions opened up, and every file of the portal's folder."""
    secret = json.loads((portal.data / "secrets.json").read_text())["SECRET_KEY"]
    with database(portal) as connection:
        connection.execute("CHECKPOINT")
        found = dict(tables(connection))
        found |= {f"session {n}": data for n, (_, data) in enumerate(sealed_but_readable(connection, secret))}
    return found | dict(files(portal.data))
