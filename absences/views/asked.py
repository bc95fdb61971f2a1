"""One question as a request meets it: in which place, on which page, between what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from absences.addresses import Place
from absences.journeys.engine import Item, Page, Step, StepForm
from absences.views.opened import Opened


@dataclass(frozen=True)
class Asked:
    """One question as this request meets it."""

    place: Place
    page: Page  # in the journey of its own: an item's page is one of its item journey
    part: int  # of the draft's journey
    back_url: str
    cancel_url: str = ""  # stops adding an item
    items: tuple[Item, ...] = ()  # what a list's hub shows

    @property
    def step(self) -> type[Step]:
        return self.page.step

    @property
    def form(self) -> StepForm:
        """Bound to the stored answer, if there is one."""
        return self.page.form

    def form_of(self, posted: Any) -> StepForm:
        return self.step.form(posted, self.form.facts, setting=self.form.setting)


def indicator(opened: Opened, part: int) -> dict[str, Any]:
    """What the step indicator shows."""
    names = [str(name) for name in opened.journey.parts]
    return {"step_number": part, "step_total": len(names), "step_name": names[part - 1], "step_names": names}
