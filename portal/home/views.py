"""The first page after logging in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.home.dashboard import dashboard
from portal.lib import clock
from registration.access import comes_first
from registration.models import User


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The employee's dashboard. Who is not on the roster goes where their work is."""
    if first := comes_first(request):
        return first
    user = request.user
    assert isinstance(user, User)
    if user.employee is None:
        return redirect(work_of(user))
    title = _("Welcome, %(first)s") % {"first": user.employee.first_name}
    board = dashboard(user, user.employee, now=clock.now(), today=clock.today())
    return render(request, "home/home.html", {"title": title, "board": board})


def work_of(user: User) -> str:
    """The URL name of a staff account's first page. Raises Http404 for an account without any work here."""
    if user.roles.exists():
        return "notifications:staff_list"
    if user.is_staff:
        return "admin:index"
    raise Http404
