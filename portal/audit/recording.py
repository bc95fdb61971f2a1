"""The only door to the access log."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from portal.audit.models import AccessEvent


def record_access(
    *,
    actor: AbstractBaseUser,
    role: str,
    action: str,
    object_type: str,
    object_ids: Iterable[object],
    purpose: str = "",
) -> None:
    """One event for each object, in one statement. Call it before the data is read, in the reading's transaction.

    Raises RuntimeError outside a transaction: a row that commits alone proves nothing about what was shown.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record_access() belongs in the transaction of the reading")
    AccessEvent.objects.bulk_create(
        AccessEvent(
            actor_id=actor.pk,
            role=role,
            action=action,
            object_type=object_type,
            object_id=str(object_id),
            purpose=purpose,
        )
        for object_id in object_ids
    )
