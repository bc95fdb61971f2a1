"""The questions around a journey: they decide where to go and are not kept."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.lib.forms import ChoiceField, PortalForm
from portal.lib.forms.base import ErrorLink

MYSELF, MY_EMPLOYEE = "myself", "my-employee"
GO_ON, START_OVER = "continue", "restart"


class WhoForForm(PortalForm):
    who_for = ChoiceField(
        label=_("I want to file an absence for:"),
        heading=True,
        choices=[(MYSELF, _("Myself")), (MY_EMPLOYEE, _("My employee"))],
        hints={
            MY_EMPLOYEE: _(
                "Note: The capability to file an absence for “My employee” is currently unavailable. We will show you"
                " who to call."
            ),
        },
        error_messages={"required": _("Select who this absence is for")},
    )


class InProgressForm(PortalForm):
    """Continue or start over; the view says since when there is something to continue."""

    choice = ChoiceField(
        label=_("You already started a request. What do you want to do?"),
        error_messages={"required": _("Select if you want to continue or start over")},
    )

    def offer(self, started: str) -> None:
        """`started`: the day on which the draft was begun, in words."""
        go_on = gettext("Continue the request you started on %(date)s") % {"date": started}
        choice = self.fields["choice"]
        assert isinstance(choice, ChoiceField)
        choice.choices = [(GO_ON, go_on), (START_OVER, _("Delete it and start over"))]


class SubmitForm(PortalForm):
    """Asks nothing: it carries what kept a submission from being taken, with a link to what can be done about it."""

    way_out = ""

    def refuse(self, sentence: str, *, way_out: str) -> None:
        """`way_out`: the address of the answer to change."""
        self.add_error(None, sentence)
        self.way_out = way_out

    def error_links(self) -> list[ErrorLink]:
        return [ErrorLink(self.way_out, link.text) for link in super().error_links()]
