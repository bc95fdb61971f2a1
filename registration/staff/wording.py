"""What staff read of each action: the question, what will happen, the button, and that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext


@dataclass(frozen=True)
class Words:
    name: Any
    question: Any
    effect: Any
    button: Any
    done: Any


ACTIONS: dict[str, Words] = {
    "username": Words(
        gettext_lazy("Send the username"),
        gettext_lazy("Send the username?"),
        gettext_lazy("We send it to every email and phone on file. Do not read it out."),
        gettext_lazy("Send the username"),
        gettext_lazy("We sent the username."),
    ),
    "second-step": Words(
        gettext_lazy("Reset the second step"),
        gettext_lazy("Reset the second step?"),
        gettext_lazy(
            "We remove the phone for codes, the authenticator app, passkeys and recovery codes, and log the person out"
            " everywhere. We send a link to the email or phone that the employer has on file. With it and the password"
            " they set up a new phone within 24 hours."
        ),
        gettext_lazy("Reset the second step"),
        gettext_lazy("We reset the second step and sent the link."),
    ),
    "start-over": Words(
        gettext_lazy("Reset the second step and the password"),
        gettext_lazy("Reset the second step and the password?"),
        gettext_lazy(
            "Do this if they have neither their phone nor their password. We remove the password, the phone for codes,"
            " the authenticator app, passkeys and recovery codes, and log the person out everywhere. We send a link to"
            " the email or phone that the employer has on file, and tell every email and phone on file. Whoever opens"
            " the link sets up a new phone and a new password within 24 hours."
        ),
        gettext_lazy("Reset both"),
        gettext_lazy("We reset the second step and the password, and sent the link."),
    ),
    "confirm": Words(
        gettext_lazy("Confirm that the account is theirs"),
        gettext_lazy("Confirm that the account is theirs?"),
        gettext_lazy("They can then see what was on record before they created the account."),
        gettext_lazy("Confirm"),
        gettext_lazy("The account is confirmed."),
    ),
    "freeze": Words(
        gettext_lazy("Freeze the account"),
        gettext_lazy("Freeze the account?"),
        gettext_lazy("Whoever uses it is logged out, and nobody can log in until staff unfreeze it."),
        gettext_lazy("Freeze the account"),
        gettext_lazy("The account is frozen."),
    ),
    "unfreeze": Words(
        gettext_lazy("Unfreeze the account"),
        gettext_lazy("Unfreeze the account?"),
        gettext_lazy("Do this only if the person on the phone says that the account is theirs. They can log in again."),
        gettext_lazy("Unfreeze the account"),
        gettext_lazy("The account is open again."),
    ),
    "revoke": Words(
        gettext_lazy("Close the account for good"),
        gettext_lazy("Close the account for good?"),
        gettext_lazy(
            "Do this if somebody else created it. It is closed, requests that it only began are deleted, and the"
            " employee can create an account of their own. You cannot undo this."
        ),
        gettext_lazy("Close the account"),
        gettext_lazy("The account is closed. The employee can create a new one."),
    ),
}


def done(action: str) -> str:
    return str(ACTIONS[action].done)


def states() -> dict[str, str]:
    """An account's state in words."""
    return {
        "none": _("No account"),
        "active": _("Open"),
        "frozen": _("Frozen"),
        "closed": pgettext("of an account", "Closed"),
    }
