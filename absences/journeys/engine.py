"""The journey engine: a request is a tuple of steps, walked from the top each time.

Four ideas carry it. A journey reads like a table of contents. The form is the only truth: what is stored is what the
browser posted, bound again and checked again whenever asked, so there is no "complete" flag to go stale. Facts flow
downward: a step sees the cleaned data of the steps before it that apply and are answered; leaving a branch hides its
answers, coming back finds them. The address carries the mode: whoever changes one answer returns to the first open
step, else to the summary.

Nothing here knows of requests, sessions or the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from absences.journeys.setting import Setting
from portal.lib.forms import PortalForm

Posted = Mapping[str, list[str]]  # {name in the HTML: values as the browser sent them}
Answers = Mapping[str, Posted]  # {step slug: posted}
Facts = Mapping[str, Any]  # {field name: cleaned value}; names are unique within a journey


@dataclass(frozen=True)
class Row:
    """One line of the summary: a short name, the answer in words."""

    name: str
    answer: str


class StepForm(PortalForm):
    """A step's form. It may read what came before it and what the view loaded, and nothing else."""

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        self.facts = facts
        self.setting = setting
        super().__init__(data, today=setting.today)


class Step:
    """One page with one question. No step knows its neighbours."""

    slug: ClassVar[str]  # stands in addresses: never a condition
    part: ClassVar[int]  # of the journey's parts, from 1
    form_class: ClassVar[type[StepForm]]
    question: ClassVar[Any]  # lazy; the label of the form's heading field unless a step says otherwise
    button: ClassVar[Any] = _("Next")
    template_name: ClassVar[str] = "absences/question.html"

    def __init_subclass__(cls) -> None:
        for field in cls.form_class.base_fields.values():
            if getattr(field, "heading", False):
                cls.question = field.label

    @classmethod
    def applies(cls, facts: Facts, setting: Setting) -> bool:
        return True

    @classmethod
    def form(cls, posted: Posted | None, facts: Facts, *, setting: Setting) -> StepForm:
        data = None if posted is None else MultiValueDict({name: list(values) for name, values in posted.items()})
        return cls.form_class(data, facts=facts, setting=setting)

    @classmethod
    def way_out(cls, cleaned: Facts, setting: Setting) -> str:
        """Where this answer leads instead of onward (the name of an exit), "" when it leads on. Never an error."""
        return ""

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        return ()


@dataclass(frozen=True)
class Page:
    """A step as one walk met it."""

    step: type[Step]
    form: StepForm
    facts: Facts  # known before this step
    way_out: str

    @property
    def open(self) -> bool:
        return bool(self.way_out) or not self.form.is_valid()


@dataclass(frozen=True)
class Walk:
    """The applicable pages in order, up to and with the first open one: nobody skips ahead."""

    pages: tuple[Page, ...]
    hidden: frozenset[type[Step]]  # steps passed by, because they do not apply
    facts: Facts

    @property
    def first_open(self) -> Page | None:
        return self.pages[-1] if self.pages[-1].open else None

    def page(self, slug: str) -> Page | None:
        return next((page for page in self.pages if page.step.slug == slug), None)

    def before(self, slug: str) -> Page | None:
        return self._neighbour(slug, -1)

    def after(self, slug: str, *, returning: bool) -> Page | None:
        """The page to show once `slug` is answered; None: the summary."""
        return self.first_open if returning else self._neighbour(slug, +1)

    def rows(self) -> list[tuple[Page, Row]]:
        """The summary: every answered page's lines, in the order of the journey."""
        return [(page, row) for page in self.pages if not page.open for row in page.step.rows(page.form.cleaned_data)]

    def _neighbour(self, slug: str, distance: int) -> Page | None:
        slugs = [page.step.slug for page in self.pages]
        place = slugs.index(slug) + distance
        return self.pages[place] if 0 <= place < len(slugs) else None


class Journey:
    steps: ClassVar[tuple[type[Step], ...]]
    parts: ClassVar[tuple[Any, ...]]  # lazy names of the step indicator; the last is the summary

    @classmethod
    def walk(cls, answers: Answers, *, setting: Setting) -> Walk:
        pages: list[Page] = []
        hidden: set[type[Step]] = set()
        facts: dict[str, Any] = {}
        for step in cls.steps:
            if not step.applies(facts, setting):
                hidden.add(step)
                continue
            form = step.form(answers.get(step.slug), facts, setting=setting)
            cleaned = form.cleaned_data if form.is_valid() else {}
            way_out = step.way_out(cleaned, setting) if form.is_valid() else ""
            pages.append(Page(step, form, dict(facts), way_out))
            if pages[-1].open:
                break
            facts.update(cleaned)
        return Walk(tuple(pages), frozenset(hidden), facts)
