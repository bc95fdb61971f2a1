"""What each limiter of `settings.LIMITS` counts, as staff read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "match_person": _("Registering: misses for one last name and ZIP code, or for one employee number"),
    "match_address": _("Registering: misses from one internet address"),
    "match_network": _("Registering: misses from one network"),
    "match_alarm": _("Registering: misses of everybody (an alarm, nobody is refused)"),
    "login_account": _("Logging in: misses for one username from one internet address or remembered browser"),
    "login_address": _("Logging in: misses from one internet address"),
    "login_flood": _("Logging in: very many misses from one internet address"),
    "recovery_person": _("Forgotten usernames: asked for one last name and ZIP code, or for one employee number"),
    "recovery_address": _("Forgotten usernames: asked for from one internet address"),
    "recovery_network": _("Forgotten usernames: asked for from one network"),
    "recovery_told": _("Forgotten usernames: sent to one account within a day"),
    "reset_address": _("Reset passwords: codes asked for from one internet address"),
    "reset_network": _("Reset passwords: codes asked for from one network"),
    "reset_alarm": _("Reset passwords: codes that everybody asked for (an alarm, nobody is refused)"),
    "code_send_burst": _("Codes: sent to one phone within seconds"),
    "code_send": _("Codes: sent to one phone within minutes"),
    "code_send_day": _("Codes: sent to one phone within a day"),
    "code_send_others_day": _("Codes: sent to one phone within a day without the password of its account"),
    "code_send_address": _("Codes: sent to new phones from one internet address"),
    "code_numbers": _("Codes: different phones that one person tried"),
    "code_send_alarm": _("Codes: sent to new phones of everybody (an alarm, nobody is refused)"),
    "code_send_everybody": _("Codes: sent to new phones of everybody"),
    "code_misses": _("Codes: wrong ones in a row for one person"),
    "code_misses_ever": _("Codes: a hundred wrong ones in a row for one person"),
}


def name_of(scope: str) -> str:
    """The scope in words; one that has none shows itself."""
    return str(NAMES.get(scope, scope))
