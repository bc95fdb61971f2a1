"""What the pages of the second step ask."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.lib.forms import CheckField, DigitsField, HiddenField, PasswordField, PortalForm, TextField
from portal.lib.text import folded
from registration.factors import passkeys
from registration.factors.recovery import ALPHABET, LENGTH
from registration.forms import CodeField


class StepForm(PortalForm):
    """One way to pass the second step. `remembers`: whether the person may have this browser remembered."""

    def __init__(self, *args: Any, remembers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if remembers:
            self.fields["remember"] = CheckField(
                label=_("Remember this browser for 30 days"),
                help_text=_("Do not check this on a shared phone or computer."),
            )


class CodeStepForm(StepForm):
    code = CodeField(
        label=_("Verification Code"),
        lengths={6},
        autocomplete="one-time-code",
        error_messages={"required": _("Enter the 6-digit code"), "format": _("The code must be 6 digits")},
    )


class RecoveryCodeField(TextField):
    """A code in capitals, without the dashes and spaces it was typed with. Never shown again."""

    clean_text = staticmethod(folded)
    default_error_messages = {  # noqa: RUF012  # Django merges these by class
        "required": _("Enter a recovery code"),
        "too_long": _("A recovery code has 10 letters and numbers"),
        "format": _("A recovery code has 10 letters and numbers"),
    }

    def to_python(self, value: Any) -> str:
        code = "".join(char for char in super().to_python(value).upper() if char not in " -‐–")
        if code and (len(code) != LENGTH or not set(code) <= set(ALPHABET)):
            raise self.refuse("format")
        return code

    def prepare_value(self, value: Any) -> str:
        return ""


class RecoveryStepForm(StepForm):
    code = RecoveryCodeField(
        label=_("Recovery code"),
        help_text=_("10 letters and numbers. Each code works once."),
        max_length=40,
        width="lg",
    )


class PasskeyField(HiddenField):
    """What the browser signed, as JSON. Filled by a script; never given back."""

    def __init__(self) -> None:
        super().__init__(
            max_length=passkeys.LONGEST, error_messages={"required": _("Use your passkey, or choose another way")}
        )

    def prepare_value(self, value: Any) -> str:
        return ""


class PasskeyStepForm(StepForm):
    credential = PasskeyField()


class PasswordAgainForm(PortalForm):
    password = PasswordField(
        label=_("Password"),
        autocomplete="current-password",
        error_messages={"required": _("Enter your password")},
    )


class AppForm(PortalForm):
    code = DigitsField(
        label=_("Code from the app"),
        lengths={6},
        autocomplete="one-time-code",
        error_messages={"required": _("Enter the 6-digit code"), "format": _("The code must be 6 digits")},
    )


class PasskeyForm(PortalForm):
    name = TextField(
        label=_("Name of this passkey"),
        help_text=_("So that you know it again. For example, My phone"),
        max_length=60,
        width="xl",
        error_messages={
            "required": _("Enter a name for this passkey"),
            "too_long": _("The name must be 60 characters or fewer"),
        },
    )
    credential = PasskeyField()
