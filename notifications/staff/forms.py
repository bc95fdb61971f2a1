"""The filter of the staff's list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notifications.models import Notice
from portal.lib.forms import PortalForm, SelectField


class StateField(SelectField):
    """“All” is an answer, so the label does not say “(optional)”."""

    says_optional = False


class NoticeFilter(PortalForm):
    state = StateField(label=_("Status"), choices=[("", _("All")), *Notice.State.choices], required=False)
