"""Every write to a draft but its submission. Callers hold the draft's row lock where it exists already.

A request that arrives after the session ended has its fields kept by `keep_unchecked` as well: it asks nothing of
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from absences.models import Draft, Journey
from registration.models import Employee, User

LONGEST_KEPT = 2_000  # characters of one value saved unchecked: far above what any field accepts

Posted = dict[str, list[str]]


def end_of_life(now: dt.datetime) -> dt.datetime:
    """When a draft saved `now` ends, in civil time."""
    return now + dt.timedelta(days=settings.DRAFT_DAYS)


@transaction.atomic
def start(*, employee: Employee, by: User, answers: Mapping[str, Posted], now: dt.datetime) -> Draft:
    """The person's open day-to-day draft: a new one with these first answers, or the one already there.

    The lock on the employee makes two taps wait for each other.
    """
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    mine = Draft.objects.of(employee).filter(journey=Journey.DAY_TO_DAY)
    mine.over(now).delete()
    if known := mine.unsent().first():
        return known
    return Draft.objects.create(
        employee=employee,
        journey=Journey.DAY_TO_DAY,
        opened_by=by,
        answers=dict(answers),
        created_at=now,
        updated_at=now,
        expires_at=end_of_life(now),
    )


def keep_answer(draft: Draft, slug: str, posted: Posted, *, now: dt.datetime) -> None:
    """Store a step's answer and make every form that was made before it stale."""
    draft.answers = {**draft.answers, slug: posted}
    draft.unchecked = {key: typed for key, typed in draft.unchecked.items() if key != slug}
    draft.version += 1
    _save(draft, now)


def keep_unchecked(draft: Draft, slug: str, posted: Posted, *, now: dt.datetime) -> None:
    """Store what was typed without checking it: the step asks again, with these words in it."""
    typed = {name: [value[:LONGEST_KEPT] for value in values] for name, values in posted.items()}
    others = {key: kept for key, kept in draft.unchecked.items() if key != slug}
    news = any(any(values) for values in typed.values()) and typed != draft.answers.get(slug)
    draft.unchecked = {**others, slug: typed} if news else others
    _save(draft, now)


def settled(draft: Draft) -> dict[str, Posted]:
    """The answers that count: a step with unchecked words in it has to be answered again."""
    return {slug: posted for slug, posted in draft.answers.items() if slug not in draft.unchecked}


def _save(draft: Draft, now: dt.datetime) -> None:
    draft.updated_at, draft.expires_at = now, end_of_life(now)
    draft.save(update_fields=["answers", "unchecked", "version", "updated_at", "expires_at"])


def purge(*, now: dt.datetime) -> int:
    """Delete the requests that were not finished in time. Returns how many. `now` is civil time."""
    _rows, deleted = Draft.objects.over(now).delete()
    return deleted.get("absences.Draft", 0)
