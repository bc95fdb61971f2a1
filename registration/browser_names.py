"""A browser in words its owner knows it by: "Chrome on Android". Kept beside sessions and remembered browsers.

Only brand names are kept, no versions and no address: enough to tell one's phone from a stranger's computer.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

BROWSERS = (  # the first that fits: those that also call themselves Chrome or Safari stand before these
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\b(OPR|Opera)/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"\bLinux\b"),
)
ON = " on "


def label_of(user_agent: str) -> str:
    """The browser and the system that a User-Agent header names, as far as it does; "" when it names neither."""
    found = [_named(user_agent, BROWSERS), _named(user_agent, SYSTEMS)]
    return ON.join(name for name in found if name)


def shown(label: str) -> str:
    """A kept label in the reader's language."""
    browser, _on, system = label.partition(ON)
    if not browser:
        return _("A browser we do not know")
    # Translators: Chrome on Android
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


def _named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")
