"""What the case page and the home page show of papers."""

from __future__ import annotations

from typing import Any

from django import template

from cases.opened import openings_of
from documents.opened import opened_papers
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


@register.inclusion_tag("components/case_openings.html")
def who_opened(case: Any, owner: User, everything: bool = False) -> dict[str, Any]:
    """`{% who_opened case user everything %}`: everybody but the owner who opened reasons and papers. Two queries."""
    papers = opened_papers(case, owner=owner)
    return {"openings": openings_of(case, owner=owner, everything=everything, papers=papers)}
