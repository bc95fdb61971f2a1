"""JSON lines on standard output that cannot carry an answer, a name or an exception's message.

Log calls name their fields; only the fields listed here are printed. An exception is logged as its type and the
places it passed, because messages of the database quote the row.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "request_id",
        "method",
        "page",
        "status",
        "ms",
        "error",
        "code",
        "attempt",
        "count",
        "lane",
        "notice_id",
        "case_event_id",
        "account_event_id",
        "task_id",
        "channel",
        "state",
        "provider_id",
        "rows",
        "process",
        "trace",
    }
)


def _only_allowed(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key in ALLOWED}


def _trace_without_words(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if exc_info and exc_info[0]:
        event["error"] = exc_info[0].__name__
        event["trace"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(exc_info[2])][-12:]
    return event


class _ForeignToTemplate(logging.Filter):
    """Other libraries' log lines keep their template and lose the values put into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith("portal") or record.args:
            record.args = ()
        return True


def configure(config: dict[str, Any]) -> None:
    """Called by Django with `settings.LOGGING`, {"level": name}."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace_without_words,
        _only_allowed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    handler.addFilter(_ForeignToTemplate())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config["level"])
    logging.getLogger("django.request").setLevel(logging.ERROR)  # 404s are in the request line already
