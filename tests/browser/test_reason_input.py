"""The reason field in a real browser: suggestions help, free text always counts, nothing typed leaves early."""

from __future__ import annotations

import threading
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from playwright.sync_api import expect

from portal.lib.forms import PortalForm, TextField
from portal.office.models import ContactRecord

pytestmark = pytest.mark.browser
PAGE = """
{% extends "question.html" %}
{% block fields %}
{% include "components/reason_input.html" with field=form.reason usual=usual usual_name="usual" only %}
{% endblock fields %}
"""


class ReasonForm(PortalForm):
    reason = TextField(label="Search for condition", help_text="A general reason is fine", max_length=100)


@csrf_exempt
def reason_page(request):
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm()
    if request.method == "POST" and (form.is_valid() or "usual" in request.POST):
        return HttpResponse("Thank you")
    context = {
        "contact": ContactRecord(portal_name="Leave portal", phone="1-800-555-0100"),
        "form": form,
        "title": "Reason for absence",
        "usual": [("sick", "Sick"), ("doctor", "Doctor’s visit")],
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [path("reason/", reason_page), path("", include("portal.urls"))]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing to standard error."""


@pytest.fixture(scope="module")
def site():
    """The address of a server in this process; its one page needs no database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ROOT_URLCONF", __name__)
        patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["*"])
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(WSGIHandler())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/reason/"
        server.shutdown()
        server.server_close()


class Seen:
    """What the browser said and sent while a page was open."""

    def __init__(self, page):
        self.complaints, self.requests = [], []
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request))

    def note(self, message):
        """Breaches of the content security policy arrive as errors."""
        if message.type in {"error", "warning"} and "Autofocus processing was blocked" not in message.text:
            self.complaints.append(message.text)

    @property
    def posted(self):
        (post,) = [request for request in self.requests if request.method == "POST"]
        return parse_qs(post.post_data, keep_blank_values=True)


@pytest.fixture
def page(browser):
    with browser.new_context(viewport={"width": 320, "height": 640}, locale="en-US") as context:
        page = context.new_page()
        page.seen = Seen(page)
        yield page
        assert page.seen.complaints == []


def opened(page, site):
    page.goto(site)
    field = page.get_by_role("combobox", name="Search for condition")
    expect(field).to_be_visible()
    return field


def test_free_text_is_sent_by_keyboard_alone(page, site):
    field = opened(page, site)
    field.focus()
    page.keyboard.type("my goldfish is sick")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_text("Thank you")
    assert page.seen.posted["reason"] == ["my goldfish is sick"]
    assert "usual" not in page.seen.posted


def test_free_text_stays_when_the_field_is_left(page, site):
    field = opened(page, site)
    field.fill("flu")
    page.keyboard.press("Tab")
    expect(field).to_have_value("flu")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("body")).to_have_text("Thank you")
    assert page.seen.posted["reason"] == ["flu"]


def test_a_suggestion_is_chosen_by_keyboard(page, site):
    field = opened(page, site)
    field.focus()
    page.keyboard.type("migrane")
    expect(page.get_by_role("option").first).to_have_text("Migraine")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Migraine")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_text("Thank you")
    assert page.seen.posted["reason"] == ["Migraine"]


def test_the_last_suggestion_is_what_was_typed(page, site):
    field = opened(page, site)
    field.press_sequentially('sick <b onclick="x">cat</b>')
    last = page.get_by_role("option").last
    expect(last).to_have_text('Use “sick <b onclick="x">cat</b>”')
    last.click()
    expect(field).to_have_value('sick <b onclick="x">cat</b>')


def test_the_number_of_reasons_is_said(page, site):
    opened(page, site).press_sequentially("migraine")
    expect(page.get_by_role("status").filter(has_text="1 reason found")).to_be_attached()


def test_no_match_is_said(page, site):
    opened(page, site).press_sequentially("qwzzt")
    expect(page.get_by_role("status").filter(has_text="No match. You can use your own words.")).to_be_attached()


def test_nothing_typed_leaves_before_next(page, site):
    field = opened(page, site)
    before = len(page.seen.requests)
    field.press_sequentially("back pain", delay=5)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.seen.requests[before:] == []
    page.get_by_role("button", name="Next").click()
    expect(page.locator("body")).to_have_text("Thank you")
    assert all("pain" not in request.url for request in page.seen.requests)
    assert page.seen.posted["reason"] == ["Back pain"]


def test_a_usual_reason_is_one_tap(page, site):
    opened(page, site)
    page.get_by_role("button", name="Doctor’s visit").click()
    expect(page.locator("body")).to_have_text("Thank you")
    assert page.seen.posted["usual"] == ["doctor"]


def test_hint_and_error_stay_with_the_field(page, site):
    opened(page, site)
    page.get_by_role("button", name="Next").click()
    field = page.get_by_role("combobox", name="Search for condition")
    expect(field).to_have_attribute("aria-invalid", "true")
    for text in ["", "f", ""]:
        field.fill(text)
        described = field.get_attribute("aria-describedby").split()
        assert {"id_reason_helptext", "id_reason_error"} <= set(described)
        assert len(described) == len(set(described))


@pytest.mark.parametrize("width", [320, 1280])
def test_no_barrier_closed_or_open(page, site, width):
    page.set_viewport_size({"width": width, "height": 800})
    field = opened(page, site)
    for text in ["", "pain"]:
        field.press_sequentially(text)
        page.wait_for_timeout(100)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_speaks_spanish(browser, site):
    with browser.new_context(locale="es-US") as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("combobox").press_sequentially("nino enfermo")
        expect(page.get_by_role("option").first).to_have_text("Hijo o hija con enfermedad")


def test_without_javascript_it_is_a_plain_field(browser, site):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        seen = Seen(page)
        page.goto(site)
        page.get_by_role("textbox", name="Search for condition").fill("my own words")
        page.keyboard.press("Enter")
        expect(page.locator("body")).to_have_text("Thank you")
        assert seen.posted["reason"] == ["my own words"]
