"""The administrator's own data: how to reach it, its holidays, its terms, the leave types it manages."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_spanish() -> bool:
    """Whether the reader's language is Spanish; columns ending in _en serve everyone else."""
    return (get_language() or "").startswith("es")


readable_phone = RegexValidator(r"^[0-9+() .-]+$", _("A phone number has digits, spaces, dashes, dots and parentheses"))


class ContactRecord(models.Model):
    """The one record behind every phone number, address and brand name shown anywhere (R8)."""

    portal_name = models.CharField(_("name of this site"), max_length=100)
    employer_en = models.CharField(_("employer (English)"), max_length=100)  # “the Commonwealth’s Executive Department”
    employer_es = models.CharField(_("employer (Spanish)"), max_length=100)
    admin_name = models.CharField(_("administrator"), max_length=100)
    phone = models.CharField(max_length=20, validators=[readable_phone])  # as people read it: 1-833-640-2800
    tty = models.CharField("TTY", max_length=20)
    hours_en = models.CharField(_("hours (English)"), max_length=100)
    hours_es = models.CharField(_("hours (Spanish)"), max_length=100)
    paper_email = models.EmailField(_("email for paperwork"))
    paper_fax = models.CharField(_("fax for paperwork"), max_length=20, validators=[readable_phone])
    paper_mail = models.CharField(_("mailing address for paperwork"), max_length=200)
    esc_name = models.CharField(_("who corrects HR records"), max_length=100)
    esc_phone = models.CharField(_("phone of who corrects HR records"), max_length=20, validators=[readable_phone])
    esc_link = models.URLField(_("web page of who corrects HR records"), blank=True)
    eap_name = models.CharField(_("employee assistance program"), max_length=100)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_contact_record")]

    def __str__(self) -> str:
        return self.admin_name

    @property
    def hours(self) -> str:
        return self.hours_es if in_spanish() else self.hours_en

    @property
    def employer(self) -> str:
        return self.employer_es if in_spanish() else self.employer_en

    @property
    def phone_link(self) -> str:
        """`tel:+18336402800`: a North American number as a phone dials it."""
        return telephone_link(self.phone)

    @property
    def esc_phone_link(self) -> str:
        return telephone_link(self.esc_phone)


def telephone_link(number: str) -> str:
    """A `tel:` address. Ten digits get the country code 1; eleven or more are taken to carry theirs."""
    digits = "".join(character for character in number if character.isdecimal())
    return f"tel:+1{digits}" if len(digits) == 10 else f"tel:+{digits}"


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def days(self) -> frozenset[dt.date]:
        """One query; what `portal.office.business_days` takes."""
        return frozenset(self.values_list("on", flat=True))


class Holiday(models.Model):
    """A day that is no business day (R162). A holiday on a Sunday stands here as the Monday it is kept on."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=60)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class TermsQuerySet(models.QuerySet["Terms"]):
    def in_force(self, on: dt.date) -> TermsQuerySet:
        """Versions that have begun by then, newest first: of one kind, the first is the one that counts."""
        return self.filter(in_force_from__lte=on).order_by("-in_force_from", "-id")


class Terms(models.Model):
    """One version of a text people agree to. Versions are never edited, only followed.

    The text is plain: paragraphs and lists stand between empty lines, "## " begins a heading, "- " a list item.
    """

    class Kind(models.TextChoices):
        CONDITIONS = "conditions", _("Terms and Conditions")
        USE = "use", _("Terms of Use")
        PRIVACY = "privacy", _("Privacy")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.CharField(max_length=20)
    in_force_from = models.DateField()
    body_en = models.TextField(_("text (English)"))
    body_es = models.TextField(_("text (Spanish)"))

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "terms"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "version"], name="one_text_a_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def body(self) -> str:
        return self.body_es if in_spanish() else self.body_en


class LeaveType(models.Model):
    """A leave type the administrator manages, or one it does not and whom to ask instead (R21–R23)."""

    code = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    managed = models.BooleanField()
    name_en = models.CharField(max_length=400)
    name_es = models.CharField(max_length=400)
    ask_en = models.CharField(_("whom to ask (English)"), max_length=200, blank=True)
    ask_es = models.CharField(_("whom to ask (Spanish)"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-managed", "position"]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return self.name_es if in_spanish() else self.name_en

    @property
    def ask(self) -> str:
        """Whom to ask instead; empty for a type the administrator manages."""
        return self.ask_es if in_spanish() else self.ask_en
