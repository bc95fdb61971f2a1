"""Phone numbers: what people type, E.164 in the database ("+14135550123"), 413-555-0123 on pages."""

from __future__ import annotations

import re
from collections.abc import Collection

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult

# Numbers that reach one person without a charge to us or to them. Toll-free, premium, shared-cost and personal
# (500) numbers are how text pumping earns money, and pagers and voicemail boxes cannot take a code.
REACHABLE = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)
# Letters are refused rather than spelt out (1-800-FLOWERS): an O typed for a 0 would reach a stranger.
NUMBER_CHARACTERS = re.compile(r"[\d\s()+./\-‐-―−]+")
FEWEST_DIGITS = 7  # of any number on earth, country code included
SHORT = (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY)


class PhoneError(ValueError):
    """What was typed is no number we can send to."""


class NotANumber(PhoneError):
    """Letters, too many digits, or a number that cannot exist."""


class TooShort(PhoneError):
    """Digits are missing, the area code for instance."""


class NotAllowed(PhoneError):
    """A real number of a kind or country we do not send to: toll-free, premium, another country."""


def parse(text: str, country: str = "US", *, countries: Collection[str]) -> str:
    """E.164 of what a person in `country` typed, any punctuation; `countries` are ISO codes we send to.

    Raises NotANumber, TooShort or NotAllowed.
    """
    number = _read(text, country)
    if phonenumbers.is_possible_number_with_reason(number) in SHORT:
        raise TooShort
    kind = phonenumbers.number_type(number)
    if kind in REACHABLE and phonenumbers.region_code_for_number(number) in countries:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if kind == PhoneNumberType.UNKNOWN and number.country_code == phonenumbers.country_code_for_region(country):
        raise NotANumber
    raise NotAllowed


def _read(text: str, country: str) -> PhoneNumber:
    if not NUMBER_CHARACTERS.fullmatch(text.strip()):
        raise NotANumber
    try:
        return phonenumbers.parse(text, country)
    except NumberParseException as error:
        digits = sum(character.isdigit() for character in text)
        raise (TooShort if 0 < digits < FEWEST_DIGITS else NotANumber) from error


def readable(e164: str) -> str:
    """413-555-0123; another country's number in its international form, +52 55 1234 5678."""
    number = phonenumbers.parse(e164, None)
    if number.country_code == 1:
        digits = str(number.national_number)
        return f"{digits[:-7]}-{digits[-7:-4]}-{digits[-4:]}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked(e164: str) -> str:
    """•••-•••-0123: enough to recognise one's own number."""
    return f"•••-•••-{e164[-4:]}"


def may_take_texts(e164: str) -> bool:
    """False for a known landline. American numbers do not tell: only the carrier knows, so they count as yes."""
    return phonenumbers.number_type(phonenumbers.parse(e164, None)) != PhoneNumberType.FIXED_LINE
