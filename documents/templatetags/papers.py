"""What the case page and the home page show of papers."""

from __future__ import annotations

from typing import Any

from django import template

from documents.status import awaited_of, papers_of
from portal.lib import clock
from portal.office.models import ContactRecord
from registration.models import User

register = template.Library()


@register.inclusion_tag("documents/of_case.html")
def case_papers(case: Any, owner: User, contact: ContactRecord) -> dict[str, Any]:
    """`{% case_papers case user contact %}`: My Uploaded Documents, and what is asked for. Three queries."""
    return {
        "case": case,
        "papers": papers_of([case], owner=owner),
        "awaited": awaited_of([case], owner=owner, today=clock.today()),
        "contact": contact,
    }
