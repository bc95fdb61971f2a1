"""Pages as tabs hold them: opened at one time, sent at another, with what the page carried."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="(_version|_made)" value="([^"]*)"')


class Tab:
    """One page, as it was when it was opened."""

    def __init__(self, client: Client, url: str, page: HttpResponse | None = None) -> None:
        self.client, self.url = client, url
        self.page = page or client.get(url)
        assert self.page.status_code in {200, 409, 422}, (url, self.page.status_code)
        self.hidden = carried(self.page)

    def send(self, **typed: Any) -> HttpResponse:
        """The page's form; it may be sent more than once."""
        return self.client.post(self.url, {**self.hidden, **typed})

    def showing(self, page: HttpResponse) -> Tab:
        """This tab with the page it was answered."""
        return Tab(self.client, self.url, page)


def carried(page: HttpResponse) -> dict[str, str]:
    """What the form of this page was made from."""
    found = dict(HIDDEN.findall(page.content.decode()))
    assert set(found) == {"_version", "_made"}
    return found
