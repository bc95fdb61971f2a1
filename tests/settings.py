"""The product's settings under test. Nothing in process is faked: mail and texts go to real sinks over sockets."""

from portal.settings import *  # noqa: F403  # a settings module is its namespace

SECURE_SSL_REDIRECT = False  # the test client speaks plain HTTP in process; tests/unit/test_settings.py proves the rest
