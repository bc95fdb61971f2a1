"""Papers of a case: what was asked for, what came, and how far each file of it has been checked.

Names of files and what they hold are for their owner and for staff who may read the case; nobody else is told them.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from portal.lib.crypto import EncryptedField
from portal.office.models import in_spanish
from registration.claims import covered_before

if TYPE_CHECKING:
    from registration.models import User


class DocumentType(models.Model):
    """What a paper may be. Rows, so that an administrator names the forms of its own."""

    code = models.SlugField(max_length=30, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=60)
    name_es = models.CharField(_("name (Spanish)"), max_length=80)
    hint_en = models.CharField(_("hint (English)"), max_length=120, blank=True)
    hint_es = models.CharField(_("hint (Spanish)"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)
    operators_own = models.BooleanField(_("a form of the administrator’s own"), default=False)
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]
        verbose_name = _("document type")
        verbose_name_plural = _("document types")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_es if in_spanish() else self.name_en

    @property
    def hint(self) -> str:
        return self.hint_es if in_spanish() else self.hint_en


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: User) -> DocumentQuerySet:
        """Papers of the viewer's own cases, without those that were removed, and those that a new account may not see
        yet (`registration.claims`).
        """
        own = self.filter(case__in=Case.objects.visible_to(user)).present()
        before = covered_before(user, now=timezone.now())
        return own.filter(created_at__gte=before) if before else own

    def present(self) -> DocumentQuerySet:
        return self.filter(removed_at=None)

    def newest_first(self) -> DocumentQuerySet:
        return self.order_by("-created_at", "-id")


class Document(models.Model):
    """One paper: all that belongs together, in one file or photographed page by page."""

    class Channel(models.TextChoices):
        PORTAL = "portal", _("Uploaded")
        EMAIL = "email", _("By email")
        FAX = "fax", _("By fax")
        MAIL = "mail", _("By mail")
        STAFF = "staff", _("Added by staff")

    class Review(models.TextChoices):
        NONE = "none", _("Not reviewed")
        ACCEPTED = "accepted", _("Accepted")
        AGAIN = "again", _("Asked for a new copy")

    class Why(models.TextChoices):
        BLURRY = "blurry", _("we could not read it")
        PAGES = "pages", _("some pages are missing")
        UNSIGNED = "unsigned", _("it is not signed")
        WRONG = "wrong", _("it is a different document")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.PORTAL)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    request = models.ForeignKey(  # what it was sent for
        "documents.DocumentRequest", models.SET_NULL, null=True, related_name="answers"
    )
    created_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(null=True)  # its first file was found clean, and its owner was told
    review = models.CharField(max_length=8, choices=Review.choices, default=Review.NONE)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)  # a new copy is asked for
    again_by = models.DateField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(review="again") & ~Q(why="") | ~Q(review="again") & Q(why=""),
                name="new_copy_is_asked_for_with_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "-created_at", "-id"], name="documents_of_case"),
            models.Index(
                fields=["received_at", "id"],
                condition=Q(review="none", removed_at=None, received_at__isnull=False),
                name="documents_to_review",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class DocumentFile(models.Model):
    """One file of a paper. received → scanning → released or refused; scanning → waiting → scanning.

    Bytes lie encrypted under `key`, which only this row holds: without it they are noise. Times are real, by the
    database's clock.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpeg", "JPG"
        PNG = "png", "PNG"
        HEIC = "heic", "HEIC"

    class State(models.TextChoices):
        RECEIVED = "received", _("Waiting to be checked")
        SCANNING = "scanning", _("Being checked")
        WAITING = "waiting", _("Cannot be checked at the moment")
        RELEASED = "released", _("Checked")
        REFUSED = "refused", _("Not accepted")

    class Refusal(models.TextChoices):
        """Why a file was not accepted. `documents.wording.refusal` has the sentence."""

        TYPE = "type"
        SIZE = "size"
        ZERO = "zero"
        PASSWORD = "password"  # noqa: S105  # a reason, no secret
        VIRUS = "virus"
        ACTIVE = "active"  # holds scripts, programs or other files
        DAMAGED = "damaged"
        LONG = "long"  # more pages or pixels than anybody reads
        FAILED = "failed"
        REMOVED = "removed"  # its owner took it back

    CHECKING = (State.RECEIVED, State.SCANNING, State.WAITING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name: Any = EncryptedField()  # as its sender called it; shown, never used
    size = models.PositiveIntegerField()  # bytes, plain
    kind = models.CharField(max_length=4, choices=Kind.choices)  # by content
    sha256 = models.CharField(max_length=64)  # of the plain bytes, hexadecimal
    key: Any = EncryptedField(null=True)  # 32 bytes, base64; None once nobody may ever read the bytes
    original = models.CharField(max_length=60)  # where its bytes are stored; "" once they are deleted
    pdf = models.CharField(max_length=60, blank=True)  # the pages made of a photo
    pages = models.PositiveSmallIntegerField(null=True)

    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    refusal = models.CharField(max_length=8, choices=Refusal.choices, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(db_default=Now())
    nudged_at = models.DateTimeField(null=True)
    nudges = models.PositiveSmallIntegerField(default=0)  # since it last became due
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    scanned_at = models.DateTimeField(null=True)  # the scanner found nothing
    received_at = models.DateTimeField(db_default=Now())
    final_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "position"], name="one_file_a_position"),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(scanned_at__isnull=False), name="nothing_unscanned_is_released"
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="refused_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], condition=Q(state__in=["received", "waiting"]), name="files_due"),
            models.Index(fields=["lease_until"], condition=Q(state="scanning"), name="files_held"),
            models.Index(fields=["original"], name="files_by_storage_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_checking(self) -> bool:
        return self.state in self.CHECKING

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED


class DocumentRequestQuerySet(models.QuerySet["DocumentRequest"]):
    def awaited(self) -> DocumentRequestQuerySet:
        """Not come yet, and still needed: a case that has ended waits for nothing."""
        return self.filter(met_by=None, withdrawn_at=None, case__status__in=Case.OPEN)


class DocumentRequest(models.Model):
    """Staff asked for a paper. It holds no words of theirs: the type says what is meant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="document_requests")
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    due_on = models.DateField()
    met_by = models.OneToOneField(Document, models.SET_NULL, null=True, related_name="meets")
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = DocumentRequestQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(met_by=None, withdrawn_at=None), name="papers_awaited"),
        ]

    def __str__(self) -> str:
        return str(self.id)
