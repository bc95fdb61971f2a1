"""More time for who is still there: what the time-out warning's button asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from registration import sessions
from registration.access import passed_second_step

LEFT = "Session-Seconds"


@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """204 with the seconds now left; 401 when there is no session to extend any more. Made for a script."""
    if not passed_second_step(request):
        return HttpResponse(status=401)
    return HttpResponse(status=204, headers={LEFT: str(sessions.stay(request.session))})
