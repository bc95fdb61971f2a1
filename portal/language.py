"""English or Spanish: the button at the top of every page, and where the choice is kept.

On a page with a form the button belongs to that form (`name="_lang"`), so what was typed comes along, unchecked.
A view whose answers are kept in a draft saves them and redirects:

    if language.asked(request):
        save_typed(draft, request.POST)
        return language.switched(request)

A plain form is shown again in the new language, with what was typed, without passwords and without errors:

    if language.asked(request):
        return language.same_page(request, "registration/register.html", {"form": form.unchecked(), …})

Elsewhere the button posts to `/language/`. The choice is kept in a cookie and, for a signed-in person, in the profile.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

BUTTON = "_lang"
COOKIE_AGE = 365 * 24 * 60 * 60  # seconds


def asked(request: HttpRequest) -> str | None:
    """The language whose button sent this POST, from here on the active one; None when another button did."""
    language = request.POST.get(BUTTON, "")
    if not _offered(language):
        return None
    _activate(request, language)
    return language


def switched(request: HttpRequest) -> HttpResponse | None:
    """A redirect to the same address in the language asked for; None when the button was not pressed."""
    language = asked(request)
    return None if language is None else remember(_back_to(request.get_full_path()), language)


def same_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page in the language that `asked` found. Nothing was saved and nothing checked, so the answer is 200."""
    return remember(render(request, template, context), translation.get_language() or settings.LANGUAGE_CODE)


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """`response` with the language in the cookie: at log in, the one of the profile."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """`/language/`: for pages without a form of their own. Back to `next` if that is a page of this site."""
    language = request.POST.get("language", "")
    response = _back_to(request.POST.get("next", ""))
    if not _offered(language):
        return response
    _activate(request, language)
    return remember(response, language)


def _offered(language: str) -> bool:
    return language in dict(settings.LANGUAGES)


def _activate(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    user = request.user
    if user.is_authenticated and user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def _back_to(address: str) -> HttpResponseRedirect:
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return HttpResponseRedirect(address if local else "/", status=303)
