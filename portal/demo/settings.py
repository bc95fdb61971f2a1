"""The product's settings on one machine over plain HTTP, with its clock where DEMO_NOW put it.

The only place where cookies lose `__Host-` and browsers are not told to insist on HTTPS. Refused without DEMO=1.
"""

from __future__ import annotations

import datetime as dt

from portal.settings import *  # noqa: F403  # a settings module is its namespace
from portal.settings import INSTALLED_APPS, LIMITS, env

INSTALLED_APPS = [*INSTALLED_APPS, "portal.demo"]
ROOT_URLCONF = "portal.demo.urls"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]

SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = "sessionid", "csrftoken", "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False

# So wide that a script can drive the portal. A code's own life and its five misses stay as they are.
LIMITS = {name: (hits * 1000, seconds) for name, (hits, seconds) in LIMITS.items()}

# The runner subtracts once; every process it starts is told the same distance.
CIVIL_TIME_OFFSET = dt.timedelta(seconds=env.float("DEMO_TIME_OFFSET", default=0.0))

# Plain HTTP: browsers take passkeys from localhost only, where they trust it.
SILENCED_SYSTEM_CHECKS = ["otp_webauthn.E031"]
