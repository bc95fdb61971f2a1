"""docker-compose.yml against the settings and the commands. No engine runs it here: what can be read is read."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "leave-portal"}
EXAMPLE = {line.split("=", 1)[0] for line in (ROOT / ".env.example").read_text().splitlines() if "=" in line[:40]}


def required_settings():
    """The variables that settings read without a default."""
    calls = (
        node for node in ast.walk(ast.parse((ROOT / "portal/settings.py").read_text())) if isinstance(node, ast.Call)
    )
    for call in calls:
        of_env = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "env"
        if of_env and not any(word.arg == "default" for word in call.keywords):
            yield call.args[0].value


def test_every_part_of_the_house_is_there():
    parts = {"web", "relay", "worker", "beat", "postgres", "valkey", "s3", "clamd", "mail"}
    assert parts <= COMPOSE["services"].keys()


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_required_setting_is_given(name):
    given = EXAMPLE | OURS[name]["environment"].keys()
    assert set(required_settings()) - given == set()


def test_the_example_names_no_secret():
    secret = re.compile(
        r"^(SECRET_KEY|PORTAL_DATA_KEYS|TWILIO_AUTH_TOKEN|POSTGRES_PASSWORD|S3_SECRET_KEY)=(.*)$", re.MULTILINE
    )
    found = secret.findall((ROOT / ".env.example").read_text())
    assert len(found) == 5
    assert all(value == "" for _, value in found)


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_command_exists(name):
    command = OURS[name]["command"]
    if command[:2] == ["python", "manage.py"]:
        assert command[2] in get_commands()
    else:
        assert command[0] in {"gunicorn", "celery"}
        assert "portal" in {word.split(".")[0] for word in command[1:4]}


def test_the_demo_stays_out_of_the_image():
    assert "portal/demo" in (ROOT / ".dockerignore").read_text().splitlines()


def test_volumes_and_dependencies_are_declared():
    for service in COMPOSE["services"].values():
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= COMPOSE["volumes"].keys()
        assert set(service.get("depends_on", {})) <= COMPOSE["services"].keys()
