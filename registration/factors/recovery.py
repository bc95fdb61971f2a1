"""Recovery codes: ten on a sheet of paper, for the day no phone is at hand. Each works once."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.http import HttpRequest

from portal.lib.crypto import keyed_hash
from registration.factors import changing
from registration.models import AccountEvent, RecoveryCode, RecoverySheet, User
from registration.telling import addresses_of, tell
from registration.verification import Outcome, Verdict

SETUP = "recovery_setup"  # session key: what the codes on the page are derived from
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike: no I, L, O, 0, 1
CODES, LENGTH = 10, 10  # 49 bits a code


def codes_in_setup(request: HttpRequest) -> list[str]:
    """Ten codes, the same until they are said to be saved. Stored nowhere: derived under our own key."""
    nonce = request.session.setdefault(SETUP, secrets.token_urlsafe(32))
    return [_spelled(keyed_hash("recovery setup", f"{request.user.pk} {nonce} {number}")) for number in range(CODES)]


def grouped(code: str) -> str:
    """As it is printed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def keep(request: HttpRequest, user: User) -> RecoverySheet:
    """Their owner has saved the codes on the page: from now on they work, and those before them no more."""
    codes = codes_in_setup(request)
    with transaction.atomic():
        RecoverySheet.objects.filter(user=user).delete()
        sheet: RecoverySheet = RecoverySheet.objects.create(user=user, name="recovery")
        RecoveryCode.objects.bulk_create(RecoveryCode(sheet=sheet, code_hash=_hash(sheet, code)) for code in codes)
        changing.added(user, changing.RECOVERY, keep=request.session.session_key)
    del request.session[SETUP]
    return sheet


@transaction.atomic
def check(user: User, code: str, *, now: dt.datetime) -> tuple[Verdict, RecoverySheet | None]:
    """Judge, use up and tell of a code, typed in capitals without dashes. The database decides between two at once."""
    sheet = RecoverySheet.objects.filter(user=user, confirmed=True).first()
    if sheet is None:
        return Verdict(Outcome.OLD), None
    if not sheet.codes.filter(code_hash=_hash(sheet, code), used_at=None).update(used_at=now):
        return Verdict(Outcome.WRONG), None
    tell(user, AccountEvent.Kind.RECOVERY_CODE_USED, to=addresses_of(user))
    return Verdict(Outcome.RIGHT), sheet


def _spelled(digest: str) -> str:
    number, letters = int(digest, 16), []
    for _place in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def _hash(sheet: RecoverySheet, code: str) -> str:
    return keyed_hash("recovery", f"{sheet.id} {code}")
