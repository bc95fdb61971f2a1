"""Driving a day-to-day report over HTTP, as a browser would."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from absences.models import Draft
from registration.models import Employee

ANSWERS: dict[str, dict[str, str]] = {  # the shortest report; "date" is the test's to give
    "who": {"who": "myself"},
    "full-day": {"full_day": "yes"},
    "hours": {"length": "own_day"},
    "times": {"start": "8:00 AM", "end": "10:00 AM"},
    "about": {"reason": "Sick"},
    "overtime": {"overtime": "none"},
}


def words(response: HttpResponse) -> str:
    """What the main part of a page says."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


class Report:
    """One draft in one browser."""

    def __init__(self, client: Client, employee: Employee) -> None:
        self.client, self.employee = client, employee
        client.post(reverse("absences:new"))
        self.id: UUID = Draft.objects.get(employee=employee, submitted_case=None).pk

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.id)

    def url(self, step: str, name: str = "step") -> str:
        return reverse(f"absences:{name}", kwargs={"journey": "day_to_day", "draft": self.id, "step": step})

    def page(self, name: str) -> str:
        return reverse(f"absences:{name}", kwargs={"journey": "day_to_day", "draft": self.id})

    def call(self, why: str) -> str:
        return reverse("absences:call", kwargs={"journey": "day_to_day", "draft": self.id, "why": why})

    def get(self, step: str, name: str = "step") -> Any:
        return self.client.get(self.url(step, name))

    def post(self, step: str, name: str = "step", *, version: int | None = None, **posted: Any) -> Any:
        """The step's form as sent, made from the draft's present version unless told otherwise."""
        known = self.draft.version if version is None else version
        return self.client.post(self.url(step, name), {"_version": known, **posted})

    def answer(self, *steps: str, **given: dict[str, Any]) -> Any:
        """Answer `steps` in order, as in ANSWERS unless `given` (full_day for full-day)."""
        for step in steps:
            response = self.post(step, **given.get(step.replace("-", "_"), ANSWERS.get(step, {})))
            assert response.status_code == 303, words(response)
        return response

    def answer_all(self, day: str, **given: dict[str, Any]) -> None:
        """A full day on `day` ("2026-03-06"), up to the summary."""
        self.answer("who", "date", "full-day", "hours", "about", "overtime", date={"day": day}, **given)

    def submit(self, *, version: int | None = None) -> Any:
        known = self.draft.version if version is None else version
        return self.client.post(self.page("check"), {"_version": known})
