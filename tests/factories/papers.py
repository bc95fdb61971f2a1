"""Papers of a case, as they stand once they were sent and checked."""

from __future__ import annotations

import base64

from django.utils import timezone

from cases.models.determination import Calculation, Determination, DeterminationSpan
from cases.models.policy import Policy
from documents import storage
from documents.models import Document, DocumentFile, DocumentType

PDF = b"%PDF-1.4 a page"


def make_paper(case, *, by, name="Xqzfile.pdf", kind="certification", checked=True, content=PDF, **more):
    """The one file of a new paper; its bytes are in storage. `more` is the document's. Not `checked`: it waits."""
    now = timezone.now()
    document = Document.objects.create(case=case, type=DocumentType.objects.get(code=kind), added_by=by, **more)
    return add_file(document, name=name, content=content, checked_at=now if checked else None)


def protect(case, *, code="FMLA"):
    """As a specialist decides: some of the leave is approved under this policy, on its own."""
    policy = Policy.objects.filter(code=code).first()
    run = Calculation.objects.create(case=case, computed_at=timezone.now(), engine_version="1", week_minutes="2250")
    Determination.objects.filter(case=case, policy=policy).update(superseded_at=timezone.now())
    made = Determination.objects.create(
        calculation=run, case=case, policy=policy, policy_version=policy.version, status="approved", result={}
    )
    day = timezone.now().date()
    DeterminationSpan.objects.create(
        determination=made, first_day=day, last_day=day, status="approved", proposal="APPROVABLE", minutes=480
    )
    return made


def add_file(document, *, name="Xqzfile.pdf", content=PDF, checked_at=None):
    place, key = storage.new_name(), storage.new_key()
    writer = storage.Writer(place, key)
    writer.write(content)
    writer.close()
    state = DocumentFile.State.RELEASED if checked_at else DocumentFile.State.RECEIVED
    return DocumentFile.objects.create(
        document=document,
        position=document.files.count() + 1,
        name=name,
        size=len(content),
        kind=DocumentFile.Kind.PDF,
        sha256="0" * 64,
        key=base64.b64encode(key).decode(),
        original=place,
        state=state,
        scanned_at=checked_at,
        final_at=checked_at,
    )
