"""The guards around the tests themselves."""

import socket

import pytest

from tests.conftest import LeftTheMachine


def test_no_test_reaches_another_machine():
    with socket.socket() as outward, pytest.raises(LeftTheMachine):
        outward.connect(("192.0.2.1", 80))
