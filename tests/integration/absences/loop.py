"""Driving the days of a leave over HTTP: a request with everything else answered, and days still to tell."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from absences.models import Draft
from portal.lib import clock
from registration.models import Employee
from tests.factories.records import account_of
from tests.pages.world import answers, make_draft

FULL = {"full-day": {"full_day": "yes"}, "hours": {"length": "own_day"}}
DATES = 90  # that can be told on March 6, 2026
ITEM_PATH = re.compile(r"/days/([0-9a-f]{8})/([a-z-]+)/")


def part(start: str, end: str, **more: str) -> dict[str, dict[str, str]]:
    return {"full-day": {"full_day": "no"}, "times": {"start": start, "end": end, **more}}


class Loop:
    """One leave request in one browser."""

    def __init__(self, client: Client, employee: Employee) -> None:
        self.client = client
        known = make_draft(account_of(employee), "leave")
        others = {key: posted for key, posted in answers("leave", clock.today()).items() if not key.startswith("days/")}
        known.answers = {key: posted for key, posted in others.items() if key != "days"}
        known.save()
        self.id = known.pk

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.id)

    @property
    def days(self) -> list[str]:
        """The names of the days begun, in the order in which they were."""
        return list(dict.fromkeys(key.split("/")[1] for key in self.draft.answers if key.startswith("days/")))

    def url(self, name: str, **arguments: str) -> str:
        return reverse(f"absences:{name}", kwargs={"journey": "leave", "draft": self.id, **arguments})

    @property
    def hub(self) -> str:
        return self.url("step", step="days")

    def item(self, day: str, step: str, name: str = "item") -> str:
        return self.url(name, step="days", item=day, item_step=step)

    def remove_url(self, day: str) -> str:
        return self.url("remove", step="days", item=day)

    def get(self, url: str) -> Any:
        return self.client.get(url)

    def post(self, url: str, *, version: int | None = None, **posted: str) -> Any:
        """The page's form as sent, made from the draft's present version unless told otherwise."""
        known = self.draft.version if version is None else version
        return self.client.post(url, {"_version": known, **posted})

    def new_day(self) -> str:
        """The first address of another day, as the list's question leads to it."""
        if not self.days:
            return str(self.get(self.hub).url)
        return str(self.post(self.hub, again="yes").url)

    def answer_day(self, url: str, date: str, day: dict[str, dict[str, str]] | None = None, note: str = "") -> Any:
        """From the date's page at `url` through the questions that follow; the last answer's response."""
        given = {"date": {"date": date}, **(day or FULL), "visit": {"visit": "no"}, "details": {"note": note}}
        while asked := ITEM_PATH.search(url):
            response = self.post(url, **given[asked[2]])
            if response.status_code != 303 or asked[2] == "details":
                return response
            url = response.url
        return response

    def add(self, date: str, day: dict[str, dict[str, str]] | None = None, note: str = "") -> str:
        """Another day, to its end; its name."""
        url = self.new_day()
        response = self.answer_day(url, date, day, note)
        assert (response.status_code, response.url) == (303, self.hub)
        found = ITEM_PATH.search(url)
        assert found
        return found[1]

    def fill(self, count: int) -> None:
        """So many at once, one a date from February 5, 2026, on: half of them full days, half nights; then mornings."""
        draft = self.draft
        for n in range(count):
            day, nights = (n, n % 2 == 1) if n < DATES else (2 * (n - DATES) + 1, True)
            times = ("10:00 PM", "6:00 AM") if n < DATES else ("9:00 AM", "10:00 AM")
            answers = {
                "date": {"date": [(dt.date(2026, 2, 5) + dt.timedelta(days=day)).isoformat()]},
                "full-day": {"full_day": ["no" if nights else "yes"]},
                "hours": {"length": ["own_day"]},
                "times": {"start": [times[0]], "end": [times[1]]},
                "visit": {"visit": ["no"]},
                "details": {"note": ["Nothing more to say."]},
            }
            draft.answers |= {f"days/{n:08x}/{step}": posted for step, posted in answers.items()}
        draft.save()
