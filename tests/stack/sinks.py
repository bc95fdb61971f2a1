"""Everything a running portal writes anywhere: what a reason must not be found in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import environ
import psycopg

from tests.stack.portal_stack import Portal


def database(portal: Portal) -> psycopg.Connection[Any]:
    named = environ.Env.db_url_config(portal.environment()["DATABASE_URL"])
    return psycopg.connect(host=named["HOST"], dbname=named["NAME"], user=named["USER"], autocommit=True)


def tables(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as text, as a dump would hold it; sealed columns appear as they are stored."""
    names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    for (name,) in names:
        rows = connection.execute(f'SELECT t::text FROM "{name}" AS t').fetchall()
        yield f"table {name}", "\n".join(row for (row,) in rows).encode()


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Logs of every process, the broker's append-only file with every task, the providers' and PostgreSQL's files."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def everything_written(portal: Portal) -> dict[str, bytes]:
    """{place: what stands there}: tables, and every file of the portal's folder."""
    with database(portal) as connection:
        connection.execute("CHECKPOINT")
        found = dict(tables(connection))
    return found | dict(files(portal.data))
