"""What holds for every test: no socket leaves this machine."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A transactional test ends by emptying every table: bring back at once what the migrations had filled.

    pytest-django does so before the next test that asks for it (serialized_rollback), which other tests do not.
    """
    yield
    marker = item.get_closest_marker("django_db")
    if nextitem and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
