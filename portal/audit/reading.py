"""Who looked: the access log as it is read."""

from __future__ import annotations

from django.db.models import QuerySet

from portal.audit.models import AccessEvent


def accesses_to(object_type: str, object_id: object) -> QuerySet[AccessEvent]:
    """Every viewing of one object, the latest first. The caller has seen to it that the viewer may know."""
    return AccessEvent.objects.filter(object_type=object_type, object_id=str(object_id)).order_by("-at", "-id")
