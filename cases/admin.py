"""Policies, and leave used outside this portal, as administrators keep them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.confidential import PriorUse
from cases.models.determination import Determination
from cases.models.policy import Policy
from cases.policy.rows import RELATIONSHIPS


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Of a row that leaves were worked out by, code and first day stay: they say which leaves those are."""

    class Meta:
        model = Policy
        fields: ClassVar = ["code", "name", "position", "effective_from", "effective_to", "protects_job", "row"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        moved = {"code", "effective_from"} & set(self.changed_data) & set(cleaned)
        if self.instance.pk and moved and Determination.objects.filter(policy=self.instance).exists():
            for name in sorted(moved):
                self.add_error(name, _("Leaves were worked out by this row. End it and add another instead."))
        return cleaned


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Every change makes a new version. To change the law from a day on, end this row and add another."""

    form = PolicyForm
    list_display = ("code", "name", "position", "effective_from", "effective_to", "version")
    readonly_fields = ("version",)
    search_fields = ("code", "name")

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        if change and form.has_changed():
            obj.version = F("version") + 1  # two at once get two numbers
        super().save_model(request, obj, form, change)
        obj.refresh_from_db(fields=["version"])

    def has_delete_permission(self, request: HttpRequest, obj: Policy | None = None) -> bool:
        """Only of a row that nothing was worked out by, and never several at once."""
        unused = obj is not None and not Determination.objects.filter(policy=obj).exists()
        return unused and super().has_delete_permission(request, obj)


ABOUT = ("person", "reason", "relationship", "condition_id", "event_id", "servicemember_id")


class PriorUseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """What the use was for is sealed in one column and edited as fields."""

    person = forms.ChoiceField(
        label=gettext_lazy("who used it"),
        choices=[("self", gettext_lazy("the employee")), ("partner", gettext_lazy("the spouse or other parent"))],
    )
    reason = forms.CharField(label=gettext_lazy("reason"), required=False, help_text="own_health, bonding …")
    relationship = forms.ChoiceField(
        label=gettext_lazy("relationship"),
        required=False,
        choices=[("", "—"), *((name, name) for name in sorted(RELATIONSHIPS))],
    )
    condition_id = forms.CharField(label=gettext_lazy("condition"), required=False)
    event_id = forms.CharField(label=gettext_lazy("birth or placement"), required=False, help_text="birth 2025-03-14")
    servicemember_id = forms.CharField(label=gettext_lazy("servicemember"), required=False)

    class Meta:
        model = PriorUse
        fields: ClassVar = ["employee", "policy_code", "date", "minutes", "week_minutes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in (self.instance.about or {}).items():
            self.initial.setdefault(name, value)

    def clean_policy_code(self) -> str:
        code: str = self.cleaned_data["policy_code"]
        if not Policy.objects.filter(code=code).exists():
            raise ValidationError(_("There is no policy with the code %(code)s."), params={"code": code})
        return code

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if reason and not Policy.objects.filter(row__reasons__has_key=reason).exists():
            raise ValidationError(_("There is no policy with the reason %(reason)s."), params={"reason": reason})
        return reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.instance.about = {name: cleaned[name] for name in ABOUT if cleaned.get(name)}
        if {"employee", "policy_code", "date", "minutes"} <= cleaned.keys():
            self._check_covered(cleaned)
        return cleaned

    def _check_covered(self, cleaned: dict[str, Any]) -> None:
        """A correction takes off only what was used that day: elsewhere it would make use less than nothing."""
        same_day = {name: cleaned[name] for name in ("employee", "policy_code", "date")}
        others = PriorUse.objects.filter(**same_day).exclude(pk=self.instance.pk)
        if cleaned["minutes"] < 0 and cleaned["minutes"] + sum(others.values_list("minutes", flat=True)) < 0:
            told = _("A correction takes time off the day on which it was used. Less was used on this day.")
            raise ValidationError({"minutes": told})


@admin.register(PriorUse)
class PriorUseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Leave used before there was this portal, or outside it."""

    form = PriorUseForm
    list_display = ("employee", "policy_code", "date", "minutes")
    list_filter = ("policy_code",)
    list_select_related = ("employee",)
    autocomplete_fields = ("employee",)
    search_fields = ("=employee__employee_number", "^employee__last_name")
