"""What every page shows of the office: loaded when a template first asks, one query.

A page that asks for nothing of it (the error pages) works while the database is away.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.office.models import ContactRecord

_last_read: ContactRecord | None = None


def office(request: HttpRequest) -> dict[str, Any]:
    """`contact`: the ContactRecord, with `hours` and `employer` in the reader's language.

    `official_domain`: ".mass.gov" where the banner of an official site may stand, else "".
    """
    return {"contact": SimpleLazyObject(read_contact), "official_domain": official_domain(request)}


def read_contact() -> ContactRecord:
    """The record, remembered by this process for the pages that must stand without a database."""
    global _last_read
    _last_read = ContactRecord.objects.get(pk=1)
    return _last_read


def last_read_contact() -> ContactRecord | None:
    """The record as this process last read it; None if it never did. Asks the database for nothing."""
    return _last_read


def official_domain(request: HttpRequest) -> str:
    """The last two labels of a .gov host, where `SHOW_GOV_BANNER` allows the banner; "" elsewhere."""
    labels = request.META.get("HTTP_HOST", "").partition(":")[0].lower().split(".") if settings.SHOW_GOV_BANNER else []
    return f".{'.'.join(labels[-2:])}" if len(labels) > 1 and labels[-1] == "gov" else ""
