"""The last moment of a change: the proof is spent, this session gets a new key, and the profile says it was saved."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registration import proof, session_store
from registration.factors.methods import stay_verified
from registration.models import User
from registration.views.answers import see_other


def saved(request: HttpRequest, user: User) -> HttpResponse:
    """After a sensitive change. The session stays verified, if need be by another device than before."""
    proof.spend(request)
    stay_verified(request, user)
    old_key = request.session.session_key
    update_session_auth_hash(request, user)  # a new key, whether or not the password changed
    session_store.leave_word(old_key or "")
    return say_saved(request)


def say_saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("We saved your changes."))
    return see_other("registration:profile")
