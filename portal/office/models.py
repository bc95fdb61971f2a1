"""The administrator's own data: how to reach it, its holidays, its terms, the leave types it manages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ContactRecord(models.Model):
    """The one record behind every phone number, address and brand name shown anywhere (R8)."""

    portal_name = models.CharField(max_length=100)
    admin_name = models.CharField(_("administrator"), max_length=100)
    phone = models.CharField(max_length=20)  # as people read it: 1-833-640-2800
    tty = models.CharField(max_length=20)
    hours_en = models.CharField(max_length=100)
    hours_es = models.CharField(max_length=100)
    paper_email = models.EmailField()
    paper_fax = models.CharField(max_length=20)
    paper_mail = models.CharField(max_length=200)
    esc_name = models.CharField(max_length=100)  # who corrects HR records
    esc_phone = models.CharField(max_length=20)
    esc_link = models.URLField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_contact_record")]

    def __str__(self) -> str:
        return self.admin_name


class Holiday(models.Model):
    """A day that is no business day (R162)."""

    on = models.DateField(unique=True)
    name = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class Terms(models.Model):
    """One version of a text people agree to. Versions are never edited, only followed."""

    class Kind(models.TextChoices):
        CONDITIONS = "conditions", _("Terms and Conditions")
        USE = "use", _("Terms of Use")
        PRIVACY = "privacy", _("Privacy")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    version = models.CharField(max_length=20)
    in_force_from = models.DateField()
    body_en = models.TextField()
    body_es = models.TextField()

    class Meta:
        verbose_name_plural = "terms"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "version"], name="one_text_a_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class LeaveType(models.Model):
    """A leave type the administrator manages, or one it does not and whom to ask instead (R21–R23)."""

    code = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField()
    managed = models.BooleanField()
    name_en = models.CharField(max_length=300)
    name_es = models.CharField(max_length=300)
    ask_en = models.CharField(_("whom to ask (English)"), max_length=200, blank=True)
    ask_es = models.CharField(_("whom to ask (Spanish)"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-managed", "position"]

    def __str__(self) -> str:
        return self.code
