"""Django's administration behind our own log-in: staff only, and only after a code."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import logout as end_session
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from registration.access import NEWER_TERMS, STAFF, newer_terms, passed_second_step, proved_now
from registration.models import User
from registration.views import logout


class PortalAdminSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        is_staff = isinstance(user, User) and user.is_staff and passed_second_step(request) and proved_now(request)
        return is_staff and not request.session.get(NEWER_TERMS) and bool(request.session.get(STAFF))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one log-in page; newer terms come after it. Who is not staff is told there is no such page."""
        back = request.GET.get("next", "/admin/")
        if isinstance(request.user, User) and request.user.is_staff and (first := newer_terms(request, back=back)):
            return first
        if self._outgrew_session(request):
            end_session(request)
        elif request.user.is_authenticated:
            raise Http404
        return redirect_to_login(back)

    def _outgrew_session(self, request: HttpRequest) -> bool:
        """Made staff during a session, which keeps the longer clocks: they log in again."""
        user = request.user
        return isinstance(user, User) and user.is_staff and proved_now(request) and not request.session.get(STAFF)

    def logout(  # type: ignore[override]  # a redirect where Django renders a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return logout.logout(request)
