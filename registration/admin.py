"""The roster in the administration: agencies and their services are kept here, people come from the employer's file."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registration.models import Agency, AgencyService, Employee, EmploymentPeriod, Liaison, Secretariat, WorkSchedule


@admin.register(Secretariat)
class SecretariatAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("code", "name")
    search_fields = ("code", "name")


class AgencyServiceInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = AgencyService
    extra = 0


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("code", "name", "secretariat", "tells_next_level")
    list_select_related = ("secretariat",)
    list_filter = ("secretariat",)
    search_fields = ("code", "name")
    inlines = (AgencyServiceInline,)


@admin.register(Liaison)
class LiaisonAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("name", "agency", "phone", "email", "updated_at")
    list_select_related = ("agency",)
    list_filter = ("agency__secretariat",)
    search_fields = ("name", "agency__code", "agency__name")


class _FromTheFile:
    """Shown, never edited: the next file would undo it."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class WorkScheduleInline(_FromTheFile, admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = WorkSchedule


class EmploymentPeriodInline(_FromTheFile, admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = EmploymentPeriod


@admin.register(Employee)
class EmployeeAdmin(_FromTheFile, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("employee_number", "last_name", "first_name", "agency", "supervisor_name", "status", "kind")
    list_filter = ("status", "kind", "agency")
    search_fields = ("=employee_number", "^last_name", "^first_name")
    search_help_text = _("Employee number, or the beginning of a name")
    show_full_result_count = False  # one count of 45,000 rows a page is enough
    inlines = (WorkScheduleInline, EmploymentPeriodInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employee]:
        return super().get_queryset(request).select_related("agency", "supervisor")

    @admin.display(description=_("supervisor"))
    def supervisor_name(self, employee: Employee) -> str:
        return employee.supervisor.full_name if employee.supervisor else ""
