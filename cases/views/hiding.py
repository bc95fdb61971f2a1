"""Whether a person's own pages say why: a choice for shared screens, kept until the person logs out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from registration.access import employee_required

HIDDEN = "reasons_hidden"
CHOICES = {"hide": True, "show": False}


def says_why(request: HttpRequest) -> bool:
    return not request.session.get(HIDDEN, False)


@require_POST
@employee_required
def reasons(request: HttpRequest) -> HttpResponse:
    """Hide or show them, and back to `next` if that is a page of this site."""
    try:
        hidden = CHOICES[request.POST.get("reasons", "")]
    except KeyError:
        raise Http404 from None
    request.session[HIDDEN] = hidden
    return HttpResponseRedirect(f"{_back(request)}#reasons", status=303)


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    local = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address.partition("#")[0] if local else reverse("cases:history")
