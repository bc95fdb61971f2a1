"""axe on every page and on every form that was refused, at 320 px: no violation, no CSP report, and no
sideways scrolling, with text twice as large either.

The browser is shown what the test client was answered, with the product's own headers.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, Route

from tests.pages.test_every_page import FORMS, PAGES, visit
from tests.pages.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.xdist_group("accessible")]
SMALLEST = {"width": 320, "height": 640}
ORIGIN = "http://127.0.0.1"
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"  # by how many pixels


def serve(page: Page, document: HttpResponse) -> None:
    """Answer the browser's requests: static files from disk, anything else with `document`.

    Made beforehand: a route's handler runs in a context of its own, which has another database connection.
    """

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            route.fulfill(path=settings.STATIC_ROOT / path.removeprefix(settings.STATIC_URL))
        else:
            route.fulfill(status=document.status_code, headers=dict(document.headers), body=document.content)

    page.route("**/*", answer)


@pytest.mark.parametrize(("key", "refuse"), [(key, False) for key in PAGES] + [(key, True) for key in FORMS])
def test_accessible(key: str, refuse: bool, browser: Browser) -> None:
    document = visit(key, make_world(), refuse=refuse)
    page = browser.new_page(viewport=SMALLEST)
    broken: list[str] = []
    page.on("console", lambda message: broken.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: broken.append(str(error)))
    serve(page, document)
    page.goto(ORIGIN)
    violations = Axe().run(page).response["violations"]
    wider = page.evaluate(SCROLLS_SIDEWAYS)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    with_larger_text = page.evaluate(SCROLLS_SIDEWAYS)
    page.close()
    assert [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in violations] == []
    assert (wider, with_larger_text, broken) == (0, 0, [])
