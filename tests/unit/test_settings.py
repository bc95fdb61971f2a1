"""A start with something missing or insecure is refused in one sentence that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = dict(line.split("=", 1) for line in (ROOT / "portal/devservices/build.env").read_text().splitlines())


def start(**changed):
    """What a start with these variables says; "" when it succeeds. None takes a variable away."""
    environment = {"PATH": os.environ["PATH"], **COMPLETE, **changed}
    environment = {name: value for name, value in environment.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip().split("\n")[-1] if done.returncode else ""


def test_a_complete_environment_starts():
    assert start() == ""


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_missing_variable_is_named(name):
    assert name in start(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_BASE_URL", "http://leave.example.gov"),
        ("ALLOWED_HOSTS", "*"),
        ("SECRET_KEY", "short"),
        ("TWILIO_ORIGIN", "http://127.0.0.1:9000"),
        ("LOGIN_SECOND_STEP", "never"),
        ("CODES_ALARM", "8000"),
        ("CODES_MOST", "4000"),
        ("PHONE_COUNTRIES", "US,UK"),
        ("PHONE_COUNTRIES", ""),
        ("PASSWORD_POLICY", "none"),
        ("PASSWORD_MAX_LENGTH", "7"),
        ("DEMO_NOW", "2026-03-06T05:00"),
        ("PORTAL_DATA_KEYS", "c2hvcnQ="),
    ],
)
def test_an_insecure_value_is_refused_by_name(name, value):
    said = start(**{name: value})
    assert "ImproperlyConfigured" in said
    assert name in said


@pytest.mark.parametrize("module", [None, "portal.settings"])
def test_the_demos_variable_opens_nothing_under_the_real_settings(module):
    said = start(DEMO="1", DJANGO_SETTINGS_MODULE=module, PUBLIC_BASE_URL="http://leave.example.gov")
    assert "PUBLIC_BASE_URL must begin with https://" in said


def test_the_demos_settings_may_be_plain():
    demo = {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "portal.demo.settings"}
    assert start(**demo, PUBLIC_BASE_URL="http://127.0.0.1:8000") == ""


def test_the_demo_package_does_not_load_outside_a_demo():
    done = subprocess.run(
        [sys.executable, "-c", "import portal.demo"],
        env={"PATH": os.environ["PATH"], **COMPLETE},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "DEMO=1" in done.stderr
