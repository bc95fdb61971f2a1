"""What holds for every test: no socket leaves this machine."""

from __future__ import annotations

import ipaddress
import socket

import pytest

pytest_plugins = ["tests.browser.fixtures"]


class LeftTheMachine(Exception):
    """A test tried to reach an address that is not loopback."""


def _is_local(address) -> bool:
    if not isinstance(address, tuple):  # a Unix socket's path
        return True
    return address[0] == "localhost" or ipaddress.ip_address(address[0]).is_loopback


@pytest.fixture(autouse=True, scope="session")
def _sockets_only_to_loopback():
    reach = socket.socket.connect

    def connect(self, address):
        if not _is_local(address):
            raise LeftTheMachine(address)
        return reach(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield
