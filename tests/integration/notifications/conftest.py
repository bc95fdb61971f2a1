import pytest

from notifications.models import Notice
from tests.fakes.standins import ACCOUNT, TOKEN, running_standins


@pytest.fixture(scope="session")
def _running(tmp_path_factory):
    with running_standins(tmp_path_factory.mktemp("standins")) as standins:
        yield standins


@pytest.fixture
def standins(_running, settings):
    """Real HTTP and real SMTP; `standins.messages()` is what arrived."""
    _running.quiet()
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = ACCOUNT, TOKEN
    settings.TWILIO_ORIGIN = _running.origin
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"  # reports have nowhere to go
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _running.smtp_port
    return _running


@pytest.fixture
def states():
    """channel -> state of every notice there is."""
    return lambda: dict(Notice.objects.order_by("created_at").values_list("channel", "state"))
