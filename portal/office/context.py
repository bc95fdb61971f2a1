"""What every page shows of the office: loaded when a template first asks, one query.

A page that asks for nothing of it (the error pages) works while the database is away.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.office.models import ContactRecord


def office(request: HttpRequest) -> dict[str, Any]:
    """`contact`: the ContactRecord, with `hours` and `employer` in the reader's language."""
    return {"contact": SimpleLazyObject(lambda: ContactRecord.objects.get(pk=1))}
