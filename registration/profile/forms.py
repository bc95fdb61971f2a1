"""What a person can change about their own account."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.lib.forms import ChoiceField, EmailField, PortalForm

OWN_NAMES = {"en": "English", "es": "Español"}  # a language is found by its own name


class ChangeEmailForm(PortalForm):
    email = EmailField(label=_("Email"))


def languages() -> list[tuple[str, str]]:
    return [(code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES]


class LanguageForm(PortalForm):
    language = ChoiceField(
        label=_("Language for this site and your notices"),
        heading=True,
        choices=languages,
        error_messages={"required": _("Select a language")},
    )
