"""Who looked: the access log as it is read."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from portal.audit.models import AccessEvent


def accesses_to(object_type: str, object_id: object) -> QuerySet[AccessEvent]:
    """Every viewing of one object, the latest first. The caller has seen to it that the viewer may know."""
    return accesses_to_any(object_type, [object_id])


def accesses_to_any(object_type: str, object_ids: Iterable[object]) -> QuerySet[AccessEvent]:
    """As `accesses_to`, of several objects of one type. Two of these can be joined by `|`."""
    found = AccessEvent.objects.filter(object_type=object_type, object_id__in=[str(one) for one in object_ids])
    return found.order_by("-at", "-id")
