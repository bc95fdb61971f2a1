"""The number of a new case: ten digits that say nothing about any other case."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from cases.models.case import Case

NUMBER_TRIES = 8  # nine thousand million numbers: two collisions in a row mean that something else is wrong


def save_numbered(case: Case) -> Case:
    """Inserts the case under a number that nobody has. Raises RuntimeError when none is found."""
    for _ in range(NUMBER_TRIES):
        case.number = random_number()
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError as error:
            if broken_constraint(error) != "cases_case_number_key":
                raise
        else:
            return case
    raise RuntimeError("no free case number found")


def random_number() -> str:
    """The first digit is not zero."""
    return str(secrets.randbelow(9 * 10**9) + 10**9)


def broken_constraint(error: IntegrityError) -> str:
    """The constraint's name as PostgreSQL reports it, "" when it names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
