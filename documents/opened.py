"""What the papers of a case are called in the list of who opened them."""

from __future__ import annotations

from django.utils import timezone

from cases.models.case import Case
from documents.models import Document
from registration.claims import covered_before
from registration.models import User


def opened_papers(case: Case, *, owner: User) -> dict[str, str]:
    """Each paper's type by its id, of those that were removed as well. One query.

    The caller has made sure that it is the owner; an account that may not see older papers yet learns of none.
    """
    papers = Document.objects.filter(case=case).select_related("type")
    if before := covered_before(owner, now=timezone.now()):
        papers = papers.filter(created_at__gte=before)
    return {str(paper.pk): paper.type.name for paper in papers}
