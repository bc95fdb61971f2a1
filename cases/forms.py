"""The filter of the history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from portal.lib.forms import PortalForm, SelectField

ALL = ("", _("All"))


class FilterField(SelectField):
    """“All” is an answer, so the label does not say “(optional)”."""

    says_optional = False


class HistoryFilter(PortalForm):
    """Three choices in a GET form. What is not among them is an address that nobody was given."""

    kind = FilterField(label=_("Type"), choices=[ALL, *Case.Kind.choices], required=False)
    status = FilterField(label=_("Status"), choices=[ALL, *Case.Status.choices], required=False)
    year = FilterField(label=_("Year"), choices=[ALL], required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [ALL, *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]  # fields are a dict of Field

    def chosen(self) -> dict[str, Any]:
        """What CaseQuerySet.matching takes; only after is_valid()."""
        year = self.cleaned_data["year"]
        return {**self.cleaned_data, "year": int(year) if year else None}
