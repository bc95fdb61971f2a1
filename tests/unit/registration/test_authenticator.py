"""What an authenticator app is given: the key by hand, the address in the picture."""

from urllib.parse import parse_qs, urlsplit

import pytest

from registration.factors import authenticator, recovery
from registration.models import AuthenticatorDevice

RFC = "3132333435363738393031323334353637383930"  # RFC 6238, appendix B


def test_the_key_is_base32_in_groups_of_four():
    assert authenticator.spelled(RFC) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_the_address_names_the_portal_and_the_account():
    address = urlsplit(authenticator.address(RFC, "m.garcia@x", issuer="Leave & Absence"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert address.path == "/Leave%20%26%20Absence%3Am.garcia%40x"
    assert parse_qs(address.query) == {
        "secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"],
        "issuer": ["Leave & Absence"],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }


@pytest.mark.parametrize("text", ["otpauth://totp/a", "x" * 400])
def test_the_picture_needs_no_style(text):
    picture = authenticator.picture(text)
    assert picture.startswith("<svg")
    assert "style" not in picture


def test_no_wait_grows_for_ever(monkeypatch):
    device = AuthenticatorDevice()
    for _ in range(100):
        device.throttle_increment(commit=False)
    _allowed, why = device.verify_is_allowed()
    seconds = (why["locked_until"] - device.throttling_failure_timestamp).total_seconds()
    assert 200 < seconds < 300


def test_no_recovery_code_has_letters_that_look_alike():
    assert not set("IL1O0") & set(recovery.ALPHABET)
    assert len(recovery.ALPHABET) ** recovery.LENGTH > 2**49
