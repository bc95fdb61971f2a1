import pytest
from django.core.management import call_command


@pytest.fixture
def demo(db, settings, tmp_path, monkeypatch):
    """The demo's pages over a database that its own command has filled; its data folder."""
    monkeypatch.setenv("DEMO", "1")
    monkeypatch.setenv("DEMO_DATA", str(tmp_path))
    monkeypatch.setenv("DEMO_SIZE", "small")
    settings.ROOT_URLCONF = "portal.demo.urls"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # eighteen accounts each time
    load()
    return tmp_path


def load():
    """What the runner does at every start."""
    from portal.demo.management.commands import load_demo  # noqa: PLC0415  # it needs DEMO=1, set by the fixture

    call_command(load_demo.Command())
