"""Driving a request for protected leave over HTTP, as a browser would: from the type of request to the confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.test import Client
from django.urls import ResolverMatch, resolve, reverse

from absences.models import Draft
from cases.models.case import Case
from registration.models import Employee
from tests.integration.absences.reporting import words

# What each page is answered unless a test says otherwise; for Friday, March 6, 2026.
ANSWERS: dict[str, dict[str, Any]] = {
    "about": {"reason": "Back surgery"},
    "person": {"first_name": "Rosa", "last_name": "Xqzfamily", "relationship": "parent"},
    "arrival": {"born": "no", "due_date": "6/15/2026"},
    "child": {"joining": "adoption", "child_date": "3/2/2026"},
    "schedule": {"continuous": "yes"},
    "dates": {"first_day": "3/9/2026", "last_day": "3/27/2026"},
    "days-known": {"knows_days": "yes"},
    "date": {"date": "3/10/2026"},
    "full-day": {"full_day": "yes"},
    "hours": {"length": "own_day"},
    "times": {"start": "8:00 AM", "end": "10:00 AM"},
    "visit": {"visit": "yes"},
    "details": {"note": ""},
    "days": {"again": "no"},
    "pay": {"pay": "unpaid"},
    "work-related": {"work_related": "no"},
    "contact-by": {"by_email": "yes", "email": "zoe@example.org"},
    "phone": {"phone": "413-555-0123", "voicemail": "yes", "best_time": "10"},
}
INTERMITTENT = {"schedule": {"continuous": "no"}}
NOT_KNOWN = {**INTERMITTENT, "days-known": {"knows_days": "no"}}


class LeaveRequest:
    """One draft in one browser."""

    def __init__(self, client: Client, employee: Employee, need: str = "own_health") -> None:
        self.client, self.employee = client, employee
        client.post(reverse("absences:type"), {"need": need})
        self.id: UUID = Draft.objects.get(employee=employee, journey="leave", submitted_case=None).pk

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.id)

    @property
    def case(self) -> Case:
        return Case.objects.get(submission_key=self.id)

    def page(self, name: str, **more: str) -> str:
        return reverse(f"absences:{name}", kwargs={"journey": "leave", "draft": self.id, **more})

    def get(self, name: str, **more: str) -> Any:
        return self.client.get(self.page(name, **more))

    def post(self, url: str, posted: dict[str, Any]) -> Any:
        return self.client.post(url, {"_version": self.draft.version, **posted})

    def change(self, step: str, **posted: Any) -> Any:
        """One answer, changed from the summary."""
        return self.post(self.page("change", step=step), posted)

    def answer_all(self, given: dict[str, dict[str, Any]] | None = None, *, days: Iterable[str] = ()) -> None:
        """Every question that is asked, in order, up to the summary: as in ANSWERS, or as `given` {slug: fields}.

        `days` ("3/10/2026"): those of an intermittent leave, one full day each; one day when none is given.
        """
        answers, waiting = {**ANSWERS, **(given or {})}, list(days)
        url = self.get("resume").url
        while (where := _where(url)).url_name != "check":
            slug = where.kwargs.get("item_step", where.kwargs["step"])
            posted = answers[slug]
            if slug == "date" and waiting:
                posted = {"date": waiting.pop(0)}
            elif slug == "days" and waiting:
                posted = {"again": "yes"}
            response = self.post(url, posted)
            assert response.status_code == 303, (slug, words(response))
            url = response.url

    def submit(self, *, version: int | None = None) -> Any:
        known = self.draft.version if version is None else version
        return self.client.post(self.page("check"), {"_version": known})

    def submitted(self, given: dict[str, dict[str, Any]] | None = None, *, days: Iterable[str] = ()) -> Case:
        """All answered and sent."""
        self.answer_all(given, days=days)
        response = self.submit()
        assert (response.status_code, response.url) == (303, self.page("done")), words(response)
        return self.case


def _where(url: str) -> ResolverMatch:
    return resolve(urlsplit(url).path)
