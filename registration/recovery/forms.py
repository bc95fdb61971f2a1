"""The forms of recovery."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.lib.forms import PortalForm, TextField
from registration.forms import NumberForm, RegisterForm


class ForgotIdForm(NumberForm, RegisterForm):
    """The five facts of registering, on one page."""


class ResetForm(PortalForm):
    username = TextField(
        label=_("Username"),
        max_length=254,
        width="xl",
        autocomplete="username",
        error_messages={"required": _("Enter your username")},
    )
