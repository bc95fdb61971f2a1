"""A page that arrives after its session has ended: what was typed is kept, and waits for its author to log in.

Nothing is checked, shown or submitted. The words go to the draft that the page's token names, beside the answers, and
only the draft's owner ever sees them. A page without a genuine token leaves nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from absences import drafts, made
from absences.addresses import key_at
from absences.drafts import Posted
from absences.journeys.catalogue import JOURNEYS
from absences.journeys.engine import repeats
from absences.loading import setting_for
from absences.made import Made
from absences.models import Draft
from absences.typed import page_at, posted_for, posted_out_of_place, step_at
from portal.lib import clock
from portal.office.models import ContactRecord
from registration.access import passed_second_step, to_login
from registration.models import User

NOT_SENT = "not-sent"  # in the address of the summary


def keep(request: HttpRequest) -> bool:
    """Keep what this POST of a question's page brought, when nobody, or the page's own person, is signed in.

    False when there is nothing of ours in it, or nothing it may be kept in.
    """
    address = _question(request)
    token = made.read(request, address["draft"], key_at(**_names(address))) if address else None
    if address is None or token is None or request.user.pk not in (None, token.account):
        return False
    now = clock.now()
    with transaction.atomic():
        draft = _open_draft(token, address["journey"], now)
        if draft is None:
            return False
        _store(request, draft, token, _names(address), now)
    return True


def rescued(request: HttpRequest) -> HttpResponse | None:
    """The answer to a POST that comes after its session, or whose form token no longer fits, as after a new log-in.

    None when nothing of it could be kept and nothing was to be submitted.
    """
    if keep(request):
        back = request.get_full_path()
    elif _was_to_submit(request):
        back = f"{request.path}?{NOT_SENT}=1"
    else:
        return None
    if passed_second_step(request):
        return HttpResponseRedirect(back, status=303)
    return to_login(request, back=back)


def not_sent(request: HttpRequest) -> bool:
    """Whether the summary is opened after a Submit that did not arrive in time."""
    return NOT_SENT in request.GET


def _was_to_submit(request: HttpRequest) -> bool:
    """Whether this is the page that submits, as we showed it to the person who is signed in, or to who was."""
    match = request.resolver_match
    if match is None or (match.app_name, match.url_name) != ("absences", "check"):
        return False
    token = made.read(request, match.kwargs["draft"], made.CHECK)
    return token is not None and request.user.pk in (None, token.account)


def _question(request: HttpRequest) -> dict[str, Any] | None:
    """The parts of the address, when it is a question's."""
    match = request.resolver_match
    asks = match is not None and match.app_name == "absences" and "step" in match.kwargs
    return match.kwargs if match is not None and asks else None


def _names(address: dict[str, Any]) -> dict[str, str]:
    return {name: address[name] for name in ("step", "item", "item_step") if name in address}


def _open_draft(token: Made, journey: str, now: dt.datetime) -> Draft | None:
    """The draft, locked, while its owner could answer it."""
    accounts = User.objects.select_related("employee__agency").exclude(employee=None)
    user = accounts.filter(pk=token.account, is_active=True).first()
    if user is None or user.employee is None or user.employee.has_left:
        return None
    mine = Draft.objects.of(user.employee).unsent().exclude(expires_at__lte=now)
    draft = mine.select_for_update().filter(pk=token.draft, journey=journey).first()
    if draft is not None:
        draft.employee = user.employee
    return draft


def _store(request: HttpRequest, draft: Draft, token: Made, names: dict[str, str], now: dt.datetime) -> None:
    key = key_at(**names)
    posted = _posted(request, draft, names, now)
    if posted is None or (token.listed and not drafts.holds_item(draft, key)):  # removed meanwhile
        return
    overtaken = token.state != drafts.state_of(draft, key)
    drafts.keep_unchecked(draft, key, posted, now=now, why=(drafts.LATE, *[drafts.OVERTAKEN] * overtaken))


def _posted(request: HttpRequest, draft: Draft, names: dict[str, str], now: dt.datetime) -> Posted | None:
    """The question's own fields; None when the journey has no such question, or the list is full."""
    journey, item = JOURNEYS[draft.journey], names.get("item", "")
    setting = setting_for(draft.journey, draft.employee, ContactRecord.objects.get(pk=1), now=now)
    walk = journey.walk(drafts.settled(draft), setting=setting, focus=item)
    if page := page_at(walk, **names):
        listed = walk.page(names["step"])
        if item and listed and repeats(listed.step) and len(listed.items) > listed.step.most:
            return None
        return posted_for(
            request.POST, page.step.form_class(request.POST, facts=page.form.facts, setting=page.form.setting)
        )
    step = step_at(journey, names["step"], names.get("item_step", ""))
    return posted_out_of_place(request.POST, step, setting) if step else None
