"""Where a request came from."""

import pytest
from django.test import RequestFactory

from portal.limits.address import client_address


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:51234", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),  # a socket that listens to both
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        ("", "unknown"),  # a Unix socket
        ("unix:", "unknown"),
    ],
)
def test_a_client_counts_as_itself(rf: RequestFactory, seen, counted):
    assert client_address(rf.get("/", REMOTE_ADDR=seen)) == counted


def test_two_old_addresses_are_never_one_network(rf: RequestFactory):
    seen = {client_address(rf.get("/", REMOTE_ADDR=f"::ffff:{end}")) for end in ("203.0.113.9", "198.51.100.1")}
    assert len(seen) == 2
