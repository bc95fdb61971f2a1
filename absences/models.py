"""Requests that are not sent yet, and the questions that employers add to them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from portal.lib.crypto import EncryptedField
from registration.models import Agency, Employee, User
from registration.roster.models import DateSpan


class Journey(models.TextChoices):
    DAY_TO_DAY = "day_to_day", _("Day-to-day absence")
    LEAVE = "leave", _("Protected leave")
    ABSENCE_TIME = "absence_time", _("Time on an open case")


def _covering() -> models.QuerySet[User]:
    """The account from which a draft is covered. In SQL, because drafts are locked as they are found."""
    new = Q(covered_before__gt=Now() - dt.timedelta(hours=settings.CLAIM_HOURS)) | Q(frozen_at__isnull=False)
    claimed_at = F("covered_before") + settings.CIVIL_TIME_OFFSET
    claimants = User.objects.filter(new, employee=OuterRef("employee"), covered_before__isnull=False)
    return claimants.annotate(claimed=claimed_at).filter(claimed__gt=OuterRef("created_at"))


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, employee: Employee) -> DraftQuerySet:
        """The person's own drafts: never another's, none that staff still hold for a caller, none that is covered."""
        return self.filter(~Exists(_covering()), employee=employee, channel=Case.Channel.ONLINE)

    def covered_from(self, employee: Employee) -> DraftQuerySet:
        """Begun before the person's account claimed their row (`registration.claims`)."""
        return self.filter(Exists(_covering()), employee=employee, channel=Case.Channel.ONLINE)

    def unsent(self) -> DraftQuerySet:
        return self.filter(submitted_case=None)

    def over(self, now: dt.datetime) -> DraftQuerySet:
        """Not finished in time. `now` is civil time."""
        return self.unsent().filter(expires_at__lte=now)


class Draft(models.Model):
    """Answers as posted, saved at every step. Submitting empties it and names the case it became."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="drafts")
    journey = models.CharField(max_length=20, choices=Journey.choices)
    channel = models.CharField(max_length=8, choices=Case.Channel.choices, default=Case.Channel.ONLINE)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")  # only time on an open case
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0)  # a form made from an older version is stale
    answers = EncryptedField(default=dict)  # {step slug: {field name: [posted values]}}
    unchecked = EncryptedField(default=dict)  # the same, saved without being checked
    created_at = models.DateTimeField()  # civil time, as the next two
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # The case it became, or, of time on an open case, the one it was added to; None: not sent yet.
    submitted_case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employee", "journey", "channel", "case"],
                condition=Q(submitted_case=None),
                nulls_distinct=False,
                name="one_open_draft_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["submitted_case"], condition=~Q(journey="absence_time"), name="one_draft_becomes_a_case"
            ),
            models.CheckConstraint(
                condition=Q(journey="absence_time", case__isnull=False) | ~Q(journey="absence_time") & Q(case=None),
                name="only_time_is_for_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey} {self.id}"

    def is_over(self, now: dt.datetime) -> bool:
        """Whether it was not finished in time. `now` is civil time."""
        return self.submitted_case_id is None and self.expires_at <= now


class ProceduralQuestionQuerySet(models.QuerySet["ProceduralQuestion"]):
    def asked(self, *, journey: str, agency_id: int, on: dt.date) -> ProceduralQuestionQuerySet:
        """What an agency's people are asked in a journey on a day."""
        return self.filter(
            Q(agency=None) | Q(agency=agency_id),
            Q(ends_on=None) | Q(ends_on__gte=on),
            journey=journey,
            starts_on__lte=on,
        )


OWN_KINDS = ("yes_no", "choice", "words")  # ProceduralQuestion.Kind: those asked in the row's own words
ASKED_IN = {"overtime": (Journey.DAY_TO_DAY,), "pay": (Journey.LEAVE,), "work_related": (Journey.LEAVE,)}


class ProceduralQuestion(models.Model):
    """A question an employer adds to a journey (R112).

    Overtime, pay and work-related are steps of their own that a row turns on. The other kinds say how a question in
    the row's own words is answered. Drafts keep an answer under `field_name`, a choice as its English option.
    """

    class Kind(models.TextChoices):
        OVERTIME = "overtime", _("Overtime shift")
        PAY = "pay", _("How you will be paid")
        WORK_RELATED = "work_related", _("Work-related")
        YES_NO = "yes_no", _("Own question, answered with yes or no")
        CHOICE = "choice", _("Own question, answered by choosing")
        WORDS = "words", _("Own question, answered in words")

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="+", help_text=_("Empty: every agency")
    )
    journey = models.CharField(max_length=20, choices=Journey.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    starts_on = models.DateField(help_text=_("First day on which it is asked"))
    ends_on = models.DateField(
        null=True, blank=True, help_text=_("Last day on which it is asked. Empty: until changed")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Own questions stand in this order"))
    required = models.BooleanField(default=True, help_text=_("Nobody goes on without an answer to an own question"))
    question_en = models.CharField(_("question (English)"), max_length=300, blank=True)
    question_es = models.CharField(_("question (Spanish)"), max_length=300, blank=True)
    hint_en = models.CharField(_("hint (English)"), max_length=300, blank=True)
    hint_es = models.CharField(_("hint (Spanish)"), max_length=300, blank=True)
    options_en = ArrayField(
        models.CharField(max_length=200), verbose_name=_("options (English)"), default=list, blank=True
    )
    options_es = ArrayField(
        models.CharField(max_length=200), verbose_name=_("options (Spanish)"), default=list, blank=True
    )

    objects = ProceduralQuestionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["journey", "position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="question_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=OWN_KINDS) & ~Q(question_en="") & ~Q(question_es=""))
                | (~Q(kind__in=OWN_KINDS) & Q(question_en="", question_es="", hint_en="", hint_es="")),
                name="own_questions_are_worded",
            ),
            models.CheckConstraint(
                condition=Q(kind="choice", options_en__len__gte=2, options_es__len=F("options_en__len"))
                | (~Q(kind="choice") & Q(options_en=[], options_es=[])),
                name="choices_have_options",
            ),
            ExclusionConstraint(
                name="a_step_is_turned_on_once_a_day",
                expressions=[
                    (Coalesce("agency", 0), RangeOperators.EQUAL),
                    ("journey", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateSpan(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(kind__in=OWN_KINDS),
                violation_error_message=_("This is asked on some of these days already"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journey} {self.question_en or self.kind}"

    @property
    def field_name(self) -> str:
        """Under which an answer is kept."""
        return f"q{self.pk}"

    @property
    def own(self) -> bool:
        """Whether it is asked in the row's own words."""
        return self.kind in OWN_KINDS

    def clean(self) -> None:
        """What the constraints demand, and which journey asks what, in sentences for whoever edits the row."""
        errors = dict(_mistakes(self))
        if errors:
            raise ValidationError(errors)


def _mistakes(row: ProceduralQuestion) -> Iterator[tuple[str, Any]]:
    """Columns, each with what is wrong there. A later sentence about the same column counts."""
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        yield "ends_on", _("The last day must be the same as or after the first day")
    if row.journey not in ASKED_IN.get(row.kind, (Journey.DAY_TO_DAY, Journey.LEAVE)):
        yield "journey", _("This kind of question is not asked in this journey")
    yield from _unworded(row) if row.own else _worded_twice(row)
    if row.kind == ProceduralQuestion.Kind.CHOICE:
        yield from _misnamed_options(row)
    elif row.options_en or row.options_es:
        yield "options_en", _("Only a question answered by choosing has options")


def _unworded(row: ProceduralQuestion) -> Iterator[tuple[str, Any]]:
    if not row.question_en:
        yield "question_en", _("Enter the question in English")
    if not row.question_es:
        yield "question_es", _("Enter the question in Spanish")
    if row.hint_en and not row.hint_es:
        yield "hint_es", _("Enter the hint in Spanish too")
    if row.hint_es and not row.hint_en:
        yield "hint_en", _("Enter the hint in English too")


def _worded_twice(row: ProceduralQuestion) -> Iterator[tuple[str, Any]]:
    for column in ("question_en", "question_es", "hint_en", "hint_es"):
        if getattr(row, column):
            yield column, _("This question is worded already. Leave this empty")


def _misnamed_options(row: ProceduralQuestion) -> Iterator[tuple[str, Any]]:
    for column in ("options_en", "options_es"):
        options = getattr(row, column)
        if len(set(options)) < 2 or len(set(options)) < len(options):
            yield column, _("Enter at least two options, each different from the others")
    if len(row.options_en) != len(row.options_es):
        yield "options_es", _("Enter as many options in Spanish as in English, in the same order")
