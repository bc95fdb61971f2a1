"""pytest plugin: starts PostgreSQL and Valkey once, before pytest-django loads the settings; workers inherit them."""

from __future__ import annotations

import contextlib
import os
import tempfile

import pytest

from portal.devservices import temporary_services

ENVIRONMENT = {
    "SECRET_KEY": "tests-only-" + "x" * 50,
    "PORTAL_DATA_KEYS": "dGVzdHMtb25seS1rZXktb2YtMzItYnl0ZXMtbG9uZyE=",
    "PUBLIC_BASE_URL": "https://testserver",
    "EMAIL_URL": "smtp://127.0.0.1:9",  # nobody listens: a test that sends starts its own sink
    "DEFAULT_FROM_EMAIL": "Leave portal <no-reply@example.org>",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "tests-only-token",
    "TWILIO_FROM": "+15005550006",
    "LOG_LEVEL": "WARNING",
    "CLAMD_ADDRESS": "127.0.0.1:9",  # as for mail: a test that scans starts its own
}
_services = contextlib.ExitStack()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if "PYTEST_XDIST_WORKER" not in os.environ and not {"--help", "-h", "--version"} & set(args):
        os.environ.update(_services.enter_context(temporary_services()))
    documents = _services.enter_context(tempfile.TemporaryDirectory(prefix="lp-documents-"))
    os.environ["DOCUMENTS_FOLDER"] = documents  # each worker has its own: tests count what lies there


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    _services.close()
