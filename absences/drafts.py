"""Every write to a draft but its submission. Callers hold the draft's row lock where it exists already.

A request that arrives after the session ended has its fields kept by `keep_unchecked` as well: it asks nothing of
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from absences.journeys.engine import item_key
from absences.models import Draft
from registration.models import Employee, User

LONGEST_KEPT = 2_000  # characters of one value saved unchecked: far above what any field accepts

Posted = dict[str, list[str]]


def end_of_life(now: dt.datetime) -> dt.datetime:
    """When a draft saved `now` ends, in civil time."""
    return now + dt.timedelta(days=settings.DRAFT_DAYS)


@transaction.atomic
def start(*, employee: Employee, journey: str, by: User, answers: Mapping[str, Posted], now: dt.datetime) -> Draft:
    """The person's open draft of this journey: a new one with these first answers, or the one already there.

    The lock on the employee makes two taps wait for each other.
    """
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    mine = Draft.objects.of(employee).filter(journey=journey)
    mine.over(now).delete()
    if known := mine.unsent().first():
        return known
    return Draft.objects.create(
        employee=employee,
        journey=journey,
        opened_by=by,
        answers=dict(answers),
        created_at=now,
        updated_at=now,
        expires_at=end_of_life(now),
    )


def keep_answer(draft: Draft, key: str, posted: Posted, *, now: dt.datetime) -> None:
    """Store the answer of a step and make every form that was made before it stale.

    An answer about one item of a list reopens the list's own question, whether there are more.
    """
    hub, slash, _rest = key.partition("/")
    kept = {name: answer for name, answer in draft.answers.items() if not (slash and name == hub)}
    draft.answers = {**kept, key: posted}
    draft.unchecked = {name: typed for name, typed in draft.unchecked.items() if name != key}
    draft.version += 1
    _save(draft, now)


def keep_unchecked(draft: Draft, key: str, posted: Posted, *, now: dt.datetime) -> None:
    """Store what was typed without checking it: the step asks again, with these words in it."""
    typed = {name: [value[:LONGEST_KEPT] for value in values] for name, values in posted.items()}
    others = {name: kept for name, kept in draft.unchecked.items() if name != key}
    news = any(any(values) for values in typed.values()) and typed != draft.answers.get(key)
    draft.unchecked = {**others, key: typed} if news else others
    _save(draft, now)


def remove_item(draft: Draft, step: str, item: str, *, now: dt.datetime) -> None:
    """Forget everything said about one item of a list; the list's own question is asked again."""
    prefix = item_key(step, item, "")
    draft.answers = {key: kept for key, kept in draft.answers.items() if not key.startswith(prefix) and key != step}
    draft.unchecked = {key: kept for key, kept in draft.unchecked.items() if not key.startswith(prefix)}
    draft.version += 1
    _save(draft, now)


def settled(draft: Draft) -> dict[str, Posted]:
    """The answers that count: a step with unchecked words in it has to be answered again.

    Of an item whose first words are unchecked the key stays, without an answer, so that the item is not lost.
    """
    answered = {key: posted for key, posted in draft.answers.items() if key not in draft.unchecked}
    return answered | {key: {} for key in draft.unchecked if "/" in key}


def _save(draft: Draft, now: dt.datetime) -> None:
    draft.updated_at, draft.expires_at = now, end_of_life(now)
    draft.save(update_fields=["answers", "unchecked", "version", "updated_at", "expires_at"])


def purge(*, now: dt.datetime) -> int:
    """Delete the requests that were not finished in time. Returns how many. `now` is civil time."""
    _rows, deleted = Draft.objects.over(now).delete()
    return deleted.get("absences.Draft", 0)
