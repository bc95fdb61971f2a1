"""What every page shows of the office: loaded when a template first asks, one query."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.office.models import ContactRecord


def office(request: HttpRequest) -> dict[str, Any]:
    return {"contact": SimpleLazyObject(lambda: ContactRecord.objects.get(pk=1))}
