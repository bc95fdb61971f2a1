"""The journey engine: a request is a tuple of steps, walked from the top each time.

Four ideas carry it. A journey reads like a table of contents. The form is the only truth: what is stored is what the
browser posted, bound again and checked again whenever asked, so there is no "complete" flag to go stale. Facts flow
downward: a step sees the cleaned data of the steps before it that apply and are answered; leaving a branch hides its
answers, coming back finds them. The address carries the mode: whoever changes one answer returns to the first open
step, else to the summary.

A step may repeat (ListStep): a hub that lists what was given, and a journey of its own for each item. An item's answers
stand beside the others, under "<list's slug>/<item>/<step's slug>".

Nothing here knows of requests, sessions or the database.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeGuard

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from absences.journeys.setting import Setting
from portal.lib.forms import PortalForm

Posted = Mapping[str, list[str]]  # {name in the HTML: values as the browser sent them}
Answers = Mapping[str, Posted]  # {key: posted}; a step's slug is its key, an item's step has `item_key`
Facts = Mapping[str, Any]  # {field name: cleaned value}; names are unique within a journey

CHANGED = "changed"  # code of the error when a question is not the one that was answered
QUESTION_CHANGED = _("This question has changed. Answer it again.")


def item_key(step: str, item: str, slug: str) -> str:
    """Where the answer to `slug` about one item of the list `step` is kept."""
    return f"{step}/{item}/{slug}"


@dataclass(frozen=True)
class Row:
    """One line of the summary: a short name, the answer in words."""

    name: str
    answer: str
    question: str = ""  # as the page words it, where the page asks more than its own question


@dataclass(frozen=True)
class Reworked:
    """What another button than Next made of the page: what stands in it now, and what to say."""

    posted: dict[str, list[str]]
    news: str


@dataclass(frozen=True)
class Card:
    """An item as the list shows it."""

    id: str
    name: str
    lines: tuple[str, ...]
    open: bool  # not finished: it has to be answered to its end, or given up


class StepForm(PortalForm):
    """A step's form. It may read what came before it and what the view loaded, and nothing else."""

    def __init__(self, data: Any = None, *, facts: Facts, setting: Setting) -> None:
        self.facts = facts
        self.setting = setting
        super().__init__(data, today=setting.today)

    def reworked(self) -> Reworked | None:
        """When a button of the page's own sent this valid form: the page to show again. None: Next did."""
        return None


class Step:
    """One page with one question. No step knows its neighbours."""

    slug: ClassVar[str]  # stands in addresses: never a condition
    part: ClassVar[int]  # of the journey's parts, from 1
    form_class: ClassVar[type[StepForm]]
    question: ClassVar[Any]  # lazy; the label of the form's heading field unless a step says otherwise
    button: ClassVar[Any] = _("Next")
    template_name: ClassVar[str] = "absences/question.html"

    def __init_subclass__(cls) -> None:
        for field in getattr(cls, "form_class", StepForm).base_fields.values():
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
    def fields(cls, setting: Setting) -> Mapping[str, Any]:
        """What its form may ask, known without what comes before it."""
        return cls.form_class.base_fields

    @classmethod
    def way_out(cls, cleaned: Facts, setting: Setting) -> str:
        """Where this answer leads instead of onward (the name of an exit), "" when it leads on. Never an error."""
        return ""

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        return ()


class ListStep(Step):
    """A question that repeats. Its form is the hub’s; `facts[items_fact]` are the items’ facts, here and later."""

    items_fact: ClassVar[str]
    item_journey: ClassVar[type[Journey]]
    most: ClassVar[int]  # items

    @classmethod
    def beside(cls, item: Facts, setting: Setting) -> Setting:
        """What the other items may know once this one is answered."""
        return setting

    @classmethod
    def wants_more(cls, cleaned: Facts) -> bool:
        """Whether the answer to the hub asks for another item. Such an answer is not kept."""
        raise NotImplementedError

    @classmethod
    def item_name(cls, item: Facts) -> str:
        """What this item is called: “Thursday, January 12, 2023”."""
        raise NotImplementedError

    @classmethod
    def lines(cls, item: Facts) -> tuple[str, ...]:
        """A finished item in words."""
        raise NotImplementedError

    @classmethod
    def cards(cls, items: Iterable[Item]) -> list[Card]:
        return [_card(cls, item) for item in cls.in_order(items)]

    @classmethod
    def in_words(cls, items: Iterable[Item]) -> list[tuple[str, ...]]:
        """Every finished item: its name, then its lines."""
        return [(cls.item_name(item.facts), *cls.lines(item.facts)) for item in cls.in_order(items)]

    @classmethod
    def in_order(cls, items: Iterable[Item]) -> list[Item]:
        """The answered items as a person reads them."""
        raise NotImplementedError

    @classmethod
    def items(cls, answers: Answers, setting: Setting, *, focus: str = "", met: Met) -> tuple[Item, ...]:
        """Every item walked, beside the finished ones begun before it; unfinished ones beside all that are finished.

        `focus` comes last, beside all, even when it is new. So an unfinished item is met alike, asked about or not.
        """
        given = _by_item(cls.slug, answers)
        finished: list[Item] = []
        unfinished = []
        for name in [name for name in given if name != focus]:
            item = _walked(cls, name, given[name], setting, met)
            if item.open:
                unfinished.append(name)
            else:
                finished.append(item)
                setting = cls.beside(item.facts, setting)
        last = [*unfinished, focus] if focus else unfinished
        return (*finished, *(_walked(cls, name, given.get(name, {}), setting, met) for name in last))


def _walked(step: type[ListStep], name: str, answers: Answers, setting: Setting, met: Met) -> Item:
    """The item, walked unless this very walk is known."""
    key = item_key(step.slug, name, "")
    known = met.get(key)
    if known is None or known.answers != answers or known.setting != setting:
        met[key] = Item(name, answers, setting, step.item_journey.walk(answers, setting=setting))
    return met[key]


def _card(step: type[ListStep], item: Item) -> Card:
    lines = () if item.open else step.lines(item.facts)
    return Card(item.id, step.item_name(item.facts), lines, item.open)


def _by_item(step: str, answers: Answers) -> dict[str, dict[str, Posted]]:
    found: dict[str, dict[str, Posted]] = {}
    for key, posted in answers.items():
        name, _slash, rest = key.partition("/")
        if name == step and rest:
            item, _slash, slug = rest.partition("/")
            found.setdefault(item, {})[slug] = posted
    return found


def repeats(step: type[Step]) -> TypeGuard[type[ListStep]]:
    return issubclass(step, ListStep)


@dataclass(frozen=True)
class Item:
    """One entry of a list, as one walk met it."""

    id: str
    answers: Answers
    setting: Setting
    walk: Walk

    @property
    def open(self) -> bool:
        return self.walk.first_open is not None

    @property
    def facts(self) -> Facts:
        return self.walk.facts


Met = dict[str, Item]  # what earlier walks met: an item whose answers and setting are the same is not walked again


@dataclass(frozen=True)
class Page:
    """A step as one walk met it."""

    step: type[Step]
    form: StepForm
    facts: Facts  # known before this step
    way_out: str
    items: tuple[Item, ...] = ()  # of a list

    @functools.cached_property
    def open(self) -> bool:
        if repeats(self.step) and (not self.items or any(item.open for item in self.items)):
            return True
        return bool(self.way_out) or not self.form.is_valid()

    @property
    def cleaned(self) -> Facts:
        """What an answered page adds to the facts."""
        if not repeats(self.step):
            return self.form.cleaned_data
        items = tuple(item.facts for item in self.step.in_order(self.items))
        return {**self.form.cleaned_data, self.step.items_fact: items}

    def item(self, name: str) -> Item | None:
        return next((item for item in self.items if item.id == name), None)


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
        return [(page, row) for page in self.pages if not page.open for row in page.step.rows(page.cleaned)]

    def _neighbour(self, slug: str, distance: int) -> Page | None:
        slugs = [page.step.slug for page in self.pages]
        place = slugs.index(slug) + distance
        return self.pages[place] if 0 <= place < len(slugs) else None


class Journey:
    steps: ClassVar[tuple[type[Step], ...]]
    parts: ClassVar[tuple[Any, ...]]  # lazy names of the step indicator; the last is the summary

    @classmethod
    def walk(cls, answers: Answers, *, setting: Setting, focus: str = "", met: Met | None = None) -> Walk:
        """`focus`: the item of a list that is being asked about; it may be a new one.

        `met`: walks that are given the same one share the items they met; a long list is walked once a request.
        """
        pages: list[Page] = []
        hidden: set[type[Step]] = set()
        facts: dict[str, Any] = {}
        met = {} if met is None else met
        for step in cls.steps:
            if not step.applies(facts, setting):
                hidden.add(step)
                continue
            pages.append(_page(step, answers, facts, setting, focus=focus, met=met))
            if pages[-1].open:
                break
            facts.update(pages[-1].cleaned)
        return Walk(tuple(pages), frozenset(hidden), facts)


def _page(step: type[Step], answers: Answers, facts: Facts, setting: Setting, *, focus: str, met: Met) -> Page:
    items = step.items(answers, setting, focus=focus, met=met) if repeats(step) else ()
    known = dict(facts)
    if repeats(step):
        known[step.items_fact] = tuple(item.facts for item in step.in_order(items))
    form = step.form(answers.get(step.slug), known, setting=setting)
    way_out = step.way_out(form.cleaned_data, setting) if form.is_valid() else ""
    return Page(step, form, known, way_out, items)
