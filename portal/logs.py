"""JSON lines on standard output that cannot carry an answer, a name or an exception's message.

Log calls name their fields; only the fields listed here are printed. An exception is logged as its type and the
places it passed, because messages of the database quote the row.
"""

from __future__ import annotations

import logging
import sys
import traceback
import warnings
from typing import Any, TextIO

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
        "file_id",
        "channel",
        "state",
        "provider_id",
        "rows",
        "process",
        "trace",
    }
)


FORMATTERS_OWN = frozenset({"_record", "_from_structlog"})  # structlog's formatter put them in and takes them out


def _only_allowed(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in event.items() if key in ALLOWED or key in FORMATTERS_OWN}


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
    """Other libraries' log lines keep their template and lose the values put into it.

    A line whose text is an exception, or repeats one, says the exception's type instead.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if hasattr(record, "_logger"):  # set by structlog: a line of ours, its fields are listed
            return True
        record.args = ()
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(record.msg, str):
            record.msg = type(record.msg).__name__
        elif error is not None and str(error) and str(error) in record.msg:
            record.msg = type(error).__name__
        return True


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """In place of `warnings.showwarning`, which prints the message and the source line."""
    structlog.get_logger("py.warnings").warning("warning", error=category.__name__, trace=[f"{filename}:{lineno}"])


def _one_handler(handler: logging.Handler) -> None:
    """No logger that exists by now, gunicorn's and Django's too, prints past `handler`."""
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.handlers, logger.propagate = [], True
    logging.getLogger().handlers = [handler]


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
    _one_handler(handler)
    logging.getLogger().setLevel(config["level"])
    warnings.showwarning = _log_warning
    logging.getLogger("django.request").setLevel(logging.ERROR)  # 404s are in the request line already
