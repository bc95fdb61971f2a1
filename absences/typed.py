"""Which of the things a browser sent belong to a question. The question's form decides, never the browser."""

from __future__ import annotations

from django.http import QueryDict

from absences.drafts import Posted
from absences.journeys.engine import Journey, Page, Step, StepForm, Walk, repeats
from absences.journeys.setting import Setting


def page_at(walk: Walk, step: str, item: str = "", item_step: str = "") -> Page | None:
    """The page of a step, or of a step about one item; None when it is not asked, or not yet.

    The walk's focus is `item`.
    """
    page = walk.page(step)
    if page is None or not item:
        return page
    found = page.item(item)
    return found.walk.page(item_step) if found else None


def step_at(journey: type[Journey], slug: str, item_step: str = "") -> type[Step] | None:
    """The step with this name, asked or not; None when the journey has none."""
    step = next((step for step in journey.steps if step.slug == slug), None)
    if step is None or not item_step:
        return step
    return step_at(step.item_journey, item_step) if repeats(step) else None


def posted_for(data: QueryDict, form: StepForm) -> Posted:
    """What was sent under the form's own names."""
    return _under(data, form.html_names())


def posted_out_of_place(data: QueryDict, step: type[Step], setting: Setting) -> Posted:
    """The same for a question that is not asked now: there is no form of it, only its fields."""
    fields = step.fields(setting).items()
    return _under(data, [html for name, field in fields for html in field.html_names(name)])


def _under(data: QueryDict, names: list[str]) -> Posted:
    return {name: data.getlist(name) for name in names if name in data}
