"""Every write to a draft but its submission. Callers hold the draft's row lock where it exists already.

What was typed and not checked stands beside the answers, one set of words a question: the newest. An answer is never
replaced by it; but while such words wait, the question counts as open. Why they wait is kept with them: the page says
so, and shows the answer they compete with.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from absences.journeys.engine import item_key
from absences.models import Draft
from cases.models.case import Case
from portal.lib.crypto import keyed_hash
from registration.models import Employee, User

LONGEST_KEPT = 2_000  # characters of one value saved unchecked: far above what any field accepts
MOST_KEPT = 20  # values under one name
WHY = "_why"  # beside the words that were kept unchecked; no field has this name
LATE = "late"  # they arrived after the session had ended
OVERTAKEN = "overtaken"  # they come from a page older than the answer

Posted = dict[str, list[str]]


def end_of_life(now: dt.datetime) -> dt.datetime:
    """When a draft saved `now` ends, in civil time."""
    return now + dt.timedelta(days=settings.DRAFT_DAYS)


@transaction.atomic
def start(
    *,
    employee: Employee,
    journey: str,
    by: User,
    answers: Mapping[str, Posted],
    now: dt.datetime,
    case: Case | None = None,
) -> Draft:
    """The person's open draft of this journey: a new one with these first answers, or the one already there.

    `case`: the open one that the time is for, only of time on an open case. One that is covered from the account gives
    way. The lock on the employee makes two taps wait for each other.
    """
    Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee.pk)
    mine = Draft.objects.of(employee).filter(journey=journey, case=case)
    mine.over(now).delete()
    Draft.objects.covered_from(employee).filter(journey=journey, case=case).unsent().delete()
    if known := mine.unsent().first():
        return known
    return Draft.objects.create(
        employee=employee,
        journey=journey,
        case=case,
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


def keep_unchecked(draft: Draft, key: str, posted: Posted, *, now: dt.datetime, why: tuple[str, ...] = ()) -> None:
    """Store what was typed without checking it: the step asks again, with these words in it.

    `why`: LATE and OVERTAKEN, if they hold. They replace other words that were kept before.
    """
    typed = {name: [value[:LONGEST_KEPT] for value in values[:MOST_KEPT]] for name, values in posted.items()}
    others = {name: kept for name, kept in draft.unchecked.items() if name != key}
    news = any(any(values) for values in typed.values()) and typed != draft.answers.get(key)
    noted = {**typed, WHY: list(why)} if why else typed
    draft.unchecked = {**others, key: noted} if news else others
    _save(draft, now)


def typed_at(draft: Draft, key: str) -> Posted | None:
    """The words kept unchecked for a question."""
    kept = draft.unchecked.get(key)
    return None if kept is None else {name: values for name, values in kept.items() if name != WHY}


def why_kept(draft: Draft, key: str) -> list[str]:
    return list(draft.unchecked.get(key, {}).get(WHY, ()))


def forget_unchecked(draft: Draft, key: str, *, now: dt.datetime) -> None:
    """The answer stands; what was typed over it goes."""
    draft.unchecked = {name: kept for name, kept in draft.unchecked.items() if name != key}
    _save(draft, now)


def state_of(draft: Draft, key: str) -> str:
    """A fingerprint of what is stored for a question; of a list's own question, of its items."""
    below = f"{key}/"
    items = any(name.startswith(below) for name in (*draft.answers, *draft.unchecked))
    stored = [
        {name: posted for name, posted in kept.items() if (name.startswith(below) if items else name == key)}
        for kept in (draft.answers, draft.unchecked)
    ]
    return keyed_hash("draft state", json.dumps(stored, sort_keys=True))[:20]


def holds_item(draft: Draft, key: str) -> bool:
    """Whether anything is stored of the item that the question `key` is about."""
    item, slash, _step = key.rpartition("/")
    return bool(slash) and any(name.startswith(f"{item}/") for name in (*draft.answers, *draft.unchecked))


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


def forget_begun_by(user: User) -> None:
    """What the account only began: it was not the person's."""
    Draft.objects.filter(opened_by=user, channel=Case.Channel.ONLINE).unsent().delete()


def purge(*, now: dt.datetime) -> int:
    """Delete the requests that were not finished in time. Returns how many. `now` is civil time."""
    _rows, deleted = Draft.objects.over(now).delete()
    return deleted.get("absences.Draft", 0)
