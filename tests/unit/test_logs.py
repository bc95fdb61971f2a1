"""What reaches the log: one JSON line an event, without values, names or an exception's words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = dict(line.split("=", 1) for line in (ROOT / "portal/devservices/build.env").read_text().splitlines())
SETUP = "import logging, warnings, structlog, django; django.setup()\n"
SECRET = "Maria-Garcia"


def lines_of(program, *, setup=SETUP):
    """The log lines of a process of its own, as it is started in production. Each must be JSON."""
    done = subprocess.run(
        [sys.executable, "-c", setup + program],
        env={"PATH": os.environ["PATH"], **BUILD, "DJANGO_SETTINGS_MODULE": "portal.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Logging error" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def raising(log_call):
    return f"try:\n    raise ValueError('{SECRET}')\nexcept ValueError as error:\n    {log_call}\n"


@pytest.mark.parametrize("name", ["somebody.else", "django.request", "celery.app.trace", "portal", "gunicorn.error"])
def test_anothers_error_is_one_line_without_values(name):
    [line] = lines_of(raising(f"logging.getLogger({name!r}).error('Failed at %s: %s', '{SECRET}', 7, exc_info=True)"))
    assert (line["event"], line["level"], line["logger"]) == ("Failed at %s: %s", "error", name)
    assert line["error"] == "ValueError"
    assert line["trace"]
    assert set(line) == {"event", "level", "logger", "timestamp", "error", "trace"}


@pytest.mark.parametrize("message", ["error", "str(error)", "f'Refused: {error}'"])
def test_a_line_that_repeats_an_exception_says_its_type(message):
    [line] = lines_of(raising(f"logging.getLogger('django.security.X').error({message}, exc_info=True)"))
    assert line["event"] == "ValueError"


def test_an_exception_as_message_without_a_trace():
    [line] = lines_of(raising("logging.getLogger('kombu').warning(error)"))
    assert line["event"] == "ValueError"


def test_a_warning_says_its_kind_and_place():
    [line] = lines_of(f"warnings.warn('{SECRET}', UserWarning)")
    assert (line["event"], line["logger"], line["error"]) == ("warning", "py.warnings", "UserWarning")


def test_our_own_lines_keep_the_listed_fields_only():
    [line] = lines_of(f"structlog.get_logger('portal.x').warning('seen', code=7, name='{SECRET}')")
    assert (line["event"], line["code"]) == ("seen", 7)
    assert "name" not in line


@pytest.mark.parametrize("name", ["gunicorn.error", "django.server"])
def test_a_logger_set_up_before_us_prints_through_our_handler(name):
    early = f"import logging\nx = logging.getLogger({name!r})\n"
    early += "x.propagate = False\nx.handlers = [logging.StreamHandler()]\n"
    [line] = lines_of(f"x.error('Failed: %s', '{SECRET}')", setup=early + SETUP)
    assert line["event"] == "Failed: %s"


def test_celery_leaves_logging_alone():
    program = (
        "from portal.celery import app; app.log.setup(loglevel='INFO', redirect_stdouts=True)\n"
        f"logging.getLogger('celery.worker').error('Lost %s', '{SECRET}'); print('plain')"
    )
    [line] = lines_of(program)
    assert (line["event"], line["logger"]) == ("Lost %s", "celery.worker")
