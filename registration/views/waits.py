"""How long somebody who tried too often must wait, in words: the time that is left, rounded up. Times in seconds."""

from __future__ import annotations

from math import ceil

from django.utils.translation import gettext, ngettext

from registration.views.answers import office_phone

MINUTE, HOUR, DAY = 60, 3600, 86400


def minutes(seconds: int) -> int:
    return max(1, ceil(seconds / MINUTE))


def hours(seconds: int) -> int:
    return max(1, ceil(seconds / HOUR))


def codes_sent(seconds: int, *, phone: str) -> str:
    """After too many codes were sent: these limits reach from ten seconds to a day."""
    if seconds < MINUTE:
        count, sentence = seconds, _codes_sent_seconds(seconds)
    elif seconds < HOUR:
        count, sentence = minutes(seconds), _codes_sent_minutes(minutes(seconds))
    else:
        count, sentence = hours(seconds), _codes_sent_hours(hours(seconds))
    return sentence % {"count": count, "phone": phone}


def _codes_sent_seconds(count: int) -> str:
    return ngettext(
        "Too many codes sent. Wait %(count)s second, or call %(phone)s",
        "Too many codes sent. Wait %(count)s seconds, or call %(phone)s",
        count,
    )


def _codes_sent_minutes(count: int) -> str:
    return ngettext(
        "Too many codes sent. Wait %(count)s minute, or call %(phone)s",
        "Too many codes sent. Wait %(count)s minutes, or call %(phone)s",
        count,
    )


def _codes_sent_hours(count: int) -> str:
    return ngettext(
        "Too many codes sent. Wait %(count)s hour, or call %(phone)s",
        "Too many codes sent. Wait %(count)s hours, or call %(phone)s",
        count,
    )


def wrong_codes(seconds: int) -> str:
    """After ten wrong codes in a row: at most a quarter of an hour. After a hundred no wait is the end of it."""
    if seconds > DAY:
        return gettext("Too many wrong codes. Call %(phone)s") % {"phone": office_phone()}
    count = minutes(seconds)
    sentence = ngettext(
        "Too many wrong codes. Wait %(count)s minute, then send a new code",
        "Too many wrong codes. Wait %(count)s minutes, then send a new code",
        count,
    )
    return sentence % {"count": count}


def wrong_passwords(seconds: int) -> str:
    """After five misses for one username: at most a quarter of an hour. A reset ends the wait."""
    count = minutes(seconds)
    sentence = ngettext(
        "Too many tries. Wait %(count)s minute, or reset your password",
        "Too many tries. Wait %(count)s minutes, or reset your password",
        count,
    )
    return sentence % {"count": count}


def misses_from_here(seconds: int) -> str:
    """After twenty misses from one address, whatever the usernames: at most a minute."""
    count = minutes(seconds)
    sentence = ngettext(
        "Too many tries. Wait %(count)s minute, then try again.",
        "Too many tries. Wait %(count)s minutes, then try again.",
        count,
    )
    return sentence % {"count": count}
