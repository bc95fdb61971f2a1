from typing import ClassVar

from django.contrib import admin

from absences.models import ProceduralQuestion


@admin.register(ProceduralQuestion)
class ProceduralQuestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Which questions the employer adds to a journey, for whom and when."""

    list_display = ("journey", "kind", "agency", "starts_on", "ends_on")
    list_filter: ClassVar = ["journey", "kind"]
    list_select_related = ("agency",)
