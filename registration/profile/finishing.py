"""The last moment of a change: this session gets a new key, and the profile says it was saved."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from registration.factors.methods import stay_verified
from registration.models import User
from registration.views.answers import see_other


def saved(request: HttpRequest, user: User) -> HttpResponse:
    """After a change made in `proof.one_change`. The session stays verified, if need be by another device."""
    stay_verified(request, user)
    update_session_auth_hash(request, user)  # a new key, whether or not the password changed
    return say_saved(request)


def say_saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("We saved your changes."))
    return see_other("registration:profile")
