"""What a page of a draft was made from: a signed token that its form brings back.

It proves that the portal showed this question of this draft to this account, even when the session has ended since,
and tells whether the answer has changed meanwhile. It opens nothing and shows nothing: all it can do is to have words
kept, unchecked, for its owner to look at.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from absences import drafts
from absences.addresses import Place

FIELD = "_made"
SALT = "absences.made"
CHECK, DELETE = "check", "delete"  # keys of the pages that are no question: what submits, what deletes


@dataclass(frozen=True)
class Made:
    account: int  # of the person who was shown the page
    draft: str
    key: str  # of the question
    state: str  # drafts.state_of the question then
    listed: bool  # the item it asks about stood on its list then


def token(place: Place, account: int) -> str:
    """For the form of the page at `place`, as the draft stands now."""
    draft, key = place.draft, place.key
    made = [account, str(draft.pk), key, drafts.state_of(draft, key), drafts.holds_item(draft, key)]
    return signing.dumps(made, salt=SALT)


def read(request: HttpRequest, draft: object, key: str) -> Made | None:
    """The token of this POST; None unless we signed it for this question of this draft, and not too long ago."""
    made = of_draft(request, draft)
    return made if made and made.key == key else None


def of_draft(request: HttpRequest, draft: object) -> Made | None:
    """The same from any page of this draft."""
    try:
        signed = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=dt.timedelta(days=settings.DRAFT_DAYS))
    except signing.BadSignature:
        return None
    made = Made(*signed)
    return made if made.draft == str(draft) else None
