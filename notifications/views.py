"""Addresses for machines: the provider's reports and the operator's probes."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from twilio.request_validator import RequestValidator

from notifications import health, receipts


@csrf_exempt  # Twilio has no session with us: its signature is what proves the sender
@require_POST
def receipt(request: HttpRequest, notice: UUID) -> HttpResponse:
    """One report of Twilio's. Signed over our public address, whatever a proxy made of it on the way."""
    signed = RequestValidator(settings.TWILIO_AUTH_TOKEN).validate(
        settings.PUBLIC_BASE_URL + request.get_full_path(),
        request.POST.dict(),
        request.headers.get("X-Twilio-Signature", ""),
    )
    if not signed:
        return HttpResponse(status=403)
    form = request.POST
    receipts.report(
        notice,
        state=form.get("MessageStatus") or form.get("CallStatus", ""),
        code=form.get("ErrorCode", ""),
        provider_id=form.get("MessageSid") or form.get("CallSid", ""),
    )
    return HttpResponse(status=204)


@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """200 while we reach the database; without it, the middleware answers 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def notifying(_request: HttpRequest) -> HttpResponse:
    """503 with the reasons, one a line, while messages do not get out as they should."""
    complaints = health.complaints()
    text = "\n".join(complaints or ["ok"]) + "\n"
    return HttpResponse(text, content_type="text/plain", status=503 if complaints else 200)
