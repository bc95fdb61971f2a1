import pytest

from tests.fakes.standins import running_standins


@pytest.fixture(scope="session")
def _running(tmp_path_factory):
    with running_standins(tmp_path_factory.mktemp("standins")) as standins:
        yield standins


@pytest.fixture
def scanner(_running, settings):
    """A virus scanner that knows one virus; `scanner.control(plan={"scan": […]})` makes it misbehave."""
    _running.quiet()
    settings.CLAMD_ADDRESS = f"127.0.0.1:{_running.scanner_port}"
    return _running
