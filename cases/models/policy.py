"""Policies as rows: what a law, contract or plan gives, from one day to another. Administrators keep them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.policy import policies as rules
from cases.policy.codec import Malformed
from cases.policy.rows import named, parse
from registration.roster.models import DateSpan

COLUMNS = ("code", "name", "effective_from", "effective_to", "version")  # keys of a row that are columns here


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self, on: dt.date) -> PolicyQuerySet:
        return self.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)


class Policy(models.Model):
    """One text of a policy. What is edited in place gets a new version; determinations keep the text they used."""

    code = models.CharField(gettext_lazy("code"), max_length=20)
    name = models.CharField(gettext_lazy("name"), max_length=100)  # a proper name, the same in every language
    position = models.PositiveSmallIntegerField(
        gettext_lazy("order"), default=100, help_text=gettext_lazy("Lower numbers come first.")
    )
    effective_from = models.DateField(gettext_lazy("in force from"))
    effective_to = models.DateField(gettext_lazy("in force until"), null=True, blank=True)
    protects_job = models.BooleanField(
        gettext_lazy("protects the job"),
        default=False,
        db_default=False,
        help_text=gettext_lazy("Leave approved under it is job-protected: liaisons may file medical clearance."),
    )
    version = models.PositiveIntegerField(gettext_lazy("version"), default=1, editable=False)
    row = models.JSONField(gettext_lazy("row"))  # tests/vectors/schema.md, “policy row”, without COLUMNS

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "code", "effective_from"]
        verbose_name_plural = "policies"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
                name="policy_ends_after_start",
            ),
            ExclusionConstraint(
                name="one_text_of_a_policy_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (DateSpan("effective_from", "effective_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("Another text of this policy is in force on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.effective_from}"

    def terms(self) -> rules.Policy:
        """As the rules read it. Raises Malformed, which names the key."""
        ends = self.effective_to.isoformat() if self.effective_to else None
        columns = {
            "code": self.code,
            "name": self.name,
            "effective_from": self.effective_from.isoformat(),
            "effective_to": ends,
            "version": self.version,
        }
        for key in COLUMNS:
            if key in self.row:
                raise Malformed(key, "has a field of its own")
        return parse({**self.row, **columns})

    def clean(self) -> None:
        if self.row is None or self.effective_from is None:
            return  # already refused
        if not isinstance(self.row, dict):
            raise ValidationError({"row": _("The row must be an object in curly brackets.")})
        try:
            self._check_names(self.terms())
        except Malformed as wrong:
            told = _("Check “%(key)s”: %(problem)s.") % {"key": wrong.key, "problem": wrong.problem}
            own_field = wrong.key in COLUMNS and wrong.key not in self.row
            raise ValidationError({wrong.key if own_field else "row": told}) from wrong

    def _check_names(self, terms: rules.Policy) -> None:
        """Raises Malformed for a policy that is named and does not exist: it would never count and never be used up."""
        known = {self.code, *Policy.objects.values_list("code", flat=True)}
        for key, code in named(terms):
            if code not in known:
                raise Malformed(key, _("there is no policy with the code %(code)s") % {"code": code})
