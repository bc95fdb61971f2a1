"""What holds for every test: no socket leaves this machine."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
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


@pytest.fixture(autouse=True)
def _english_first():
    """The test client leaves the language of its last request behind."""
    translation.activate(settings.LANGUAGE_CODE)


def _transactional(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def pytest_itemcollected(item):
    """A transactional test ends by emptying every table; Django then restores what the migrations had filled.

    All of them or none: without it Django makes the content types anew, and the next restoring meets them.
    """
    if _transactional(item):
        item.get_closest_marker("django_db").kwargs["serialized_rollback"] = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Restore at once: Django does so only before the next transactional test, and others may come first."""
    yield
    if nextitem and _transactional(item):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
