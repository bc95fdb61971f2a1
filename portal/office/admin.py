"""The administrator's own data, kept by its administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from portal.lib import clock
from portal.office.models import ContactRecord, Holiday, LeaveType, Terms

HTTPS_LINKS: dict[type[models.Field[Any, Any]], dict[str, str]] = {models.URLField: {"assume_scheme": "https"}}


@admin.register(ContactRecord)
class ContactRecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """One row, made by a migration: it is changed, never added or removed."""

    list_display = ("admin_name", "phone", "tty", "updated_at")
    formfield_overrides = HTTPS_LINKS

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ContactRecord | None = None) -> bool:
        return False


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("on", "name")
    date_hierarchy = "on"


@admin.register(Terms)
class TermsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A version may be changed until the day it comes into force: people agreed to the earlier ones as they stand."""

    list_display = ("kind", "version", "in_force_from")
    list_filter = ("kind",)

    def has_change_permission(self, request: HttpRequest, obj: Terms | None = None) -> bool:
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Terms | None = None) -> bool:
        """With no object the question is about deleting several at once, which could take one in force."""
        return obj is not None and self._open(obj) and super().has_delete_permission(request, obj)

    def _open(self, obj: Terms | None) -> bool:
        return obj is None or obj.in_force_from > clock.today()


@admin.register(LeaveType)
class LeaveTypeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("name_en", "managed", "position")
    list_filter = ("managed",)
