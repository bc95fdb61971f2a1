"""What is wrong with a code that was not sent by us. Times in seconds."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registration.verification import Outcome, Verdict
from registration.views.waits import MINUTE, minutes


def about_app(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.LOCKED:
        return wait(verdict.retry_after)
    return _("That code is not right. Enter the code that your app shows now")


def about_recovery(verdict: Verdict) -> str:
    if verdict.outcome is Outcome.LOCKED:
        return wait(verdict.retry_after)
    return _("That code is not right, or you used it before. Check it, or use a different code")


def wait(seconds: int) -> str:
    """After a wrong code the next one waits: seconds at first, a quarter of an hour after ten."""
    if seconds < MINUTE:
        sentence = ngettext(
            "Wait %(count)s second, then enter the code again",
            "Wait %(count)s seconds, then enter the code again",
            seconds,
        )
        return sentence % {"count": seconds}
    sentence = ngettext(
        "Too many wrong codes. Wait %(count)s minute, then try again",
        "Too many wrong codes. Wait %(count)s minutes, then try again",
        minutes(seconds),
    )
    return sentence % {"count": minutes(seconds)}


def few_codes(left: int) -> str:
    """For whoever has fewer recovery codes than they should."""
    if not left:
        return _("You have no recovery codes left. Make new ones on your profile.")
    sentence = ngettext(
        "You have %(count)s recovery code left. Make new ones on your profile.",
        "You have %(count)s recovery codes left. Make new ones on your profile.",
        left,
    )
    return sentence % {"count": left}


def too_new() -> str:
    """For staff who take away, or replace, what has vouched for their account so far."""
    hours = settings.STAFF_PHONE_HOLD_HOURS
    sentence = ngettext(
        "You work with other people’s records. Another way to log in must be on your account for %(count)s hour before"
        " you can remove or replace this one.",
        "You work with other people’s records. Another way to log in must be on your account for %(count)s hours before"
        " you can remove or replace this one.",
        hours,
    )
    return sentence % {"count": hours}
