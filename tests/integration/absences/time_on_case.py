"""Driving time on an open case over HTTP: from the button of the case to the confirmation."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from absences.models import Draft
from cases.models.case import Case, TimeReport
from registration.models import Employee
from tests.factories.records import now_and_then, open_leave_case
from tests.integration.absences.loop import FULL, ITEM_PATH


def open_now_and_then(employee: Employee, **given: Any) -> Case:
    """A leave without known days yet."""
    return open_leave_case(employee, **{"leave": now_and_then(), **given})


class TimeOnCase:
    """One draft in one browser. Dates are typed as “3/10/2026”."""

    def __init__(self, client: Client, case: Case) -> None:
        self.client, self.case = client, case
        self.id: UUID = self._begun()

    def _begun(self) -> UUID:
        response = self.begin()
        assert response.status_code == 303
        found = re.fullmatch(r"/time/([0-9a-f-]{36})/", response.url)
        assert found
        return UUID(found[1])

    def begin(self) -> Any:
        return self.client.post(reverse("absences:time_new", kwargs={"number": self.case.number}))

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.id)

    @property
    def report(self) -> TimeReport:
        return TimeReport.objects.get(submission_key=self.id)

    def url(self, name: str, **more: str) -> str:
        return reverse(f"absences:{name}", kwargs={"journey": "absence_time", "draft": self.id, **more})

    def get(self, name: str, **more: str) -> Any:
        return self.client.get(self.url(name, **more))

    def post(self, url: str, **posted: Any) -> Any:
        return self.client.post(url, {"_version": self.draft.version, **posted})

    def add(self, date: str, day: dict[str, dict[str, str]] | None = None, note: str = "") -> Any:
        """Another day to its end: the first one as the draft begins, more by the list's link. The last response."""
        url = self.url("item", step="days", item=f"{len(self.draft.answers):08x}", item_step="date")
        given = {"date": {"date": date}, **(day or FULL), "visit": {"visit": "yes"}, "details": {"note": note}}
        while asked := ITEM_PATH.search(url):
            response = self.post(url, **given[asked[2]])
            if response.status_code != 303:
                return response
            url = response.url
        return response

    def submit(self, *, version: int | None = None) -> Any:
        known = self.draft.version if version is None else version
        return self.client.post(self.url("check"), {"_version": known})

    def submitted(self, *dates: str) -> TimeReport:
        for date in dates:
            self.add(date)
        response = self.submit()
        assert (response.status_code, response.url) == (303, self.url("done"))
        return self.report
