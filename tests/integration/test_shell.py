"""What holds on every page: its frame, its language button, its error pages and its headers."""

from __future__ import annotations

import re

import pytest
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path
from django.utils.html import strip_tags

from portal import language, urls
from portal.lib.forms import NameField, PasswordField, PortalForm
from portal.office import context as office
from portal.office.models import ContactRecord
from portal.urls import handler400, handler403, handler404, handler500
from tests.factories.people import make_user

__all__ = ["handler400", "handler403", "handler404", "handler500"]


class Sample(PortalForm):
    name = NameField(label="Name", error_messages={"required": "Enter your name"})
    password = PasswordField(label="Password", autocomplete="new-password")


def plain_form(request: HttpRequest) -> HttpResponse:
    form = Sample(request.POST or None)
    context = {"form": form, "title": "Sample"}
    if request.method == "POST" and language.asked(request):
        return language.same_page(request, "question.html", {**context, "form": form.unchecked()})
    return render(request, "question.html", context, status=422 if form.is_bound and form.errors else 200)


def drafted_form(request: HttpRequest) -> HttpResponse:
    if response := language.switched(request):
        return response
    context = {"form": Sample(), "title": "Sample", "step_number": 1, "step_total": 3, "step_name": "Your absence"}
    return render(request, "question.html", context)


def signed_in_page(request: HttpRequest) -> HttpResponse:
    messages.success(request, "We saved your changes.")
    return render(request, "page.html", {"title": "Sample"})


def broken(request: HttpRequest, how: str) -> HttpResponse:
    raise {"403": PermissionDenied, "400": SuspiciousOperation, "500": ZeroDivisionError, "503": OperationalError}[how]


urlpatterns = [
    path("plain/", plain_form),
    path("drafted/", drafted_form),
    path("page/", signed_in_page),
    path("broken/<str:how>/", broken),
    *urls.urlpatterns,
]
pytestmark = pytest.mark.urls(__name__)
NOT_RAISING = {"raise_request_exception": False}


def text(response) -> str:
    return response.content.decode()


def title(response) -> str:
    return re.search(r"<title>(.*?)</title>", text(response), re.S)[1]


# --- The frame --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestFrame:
    def test_one_heading_and_the_help_line_last(self, client):
        html = text(client.get("/plain/"))
        contact = ContactRecord.objects.get(pk=1)
        main = html[html.index("<main") : html.index("</main>")]
        assert html.count("<h1") == 1
        assert 'href="#main"' in html
        assert main.rstrip().endswith("</aside>")
        assert contact.phone in main[main.rindex("<aside") :]

    def test_the_title_names_page_and_portal(self, client):
        name = ContactRecord.objects.get(pk=1).portal_name
        assert title(client.get("/plain/")) == f"Sample – {name}"
        assert title(client.get("/drafted/")) == f"Step 1 of 3, Your absence – {name}"
        assert title(client.post("/plain/", {"name": ""})).startswith("Error: Sample – ")

    def test_a_failed_form_says_so_first(self, client):
        response = client.post("/plain/", {"name": "", "password": "x"})
        html = text(response)
        assert response.status_code == 422
        assert html.index('id="error-summary"') < html.index("<h1")
        assert re.search(r'<a[^>]*href="#id_name">Enter your name</a>', html)

    def test_links_lead_only_to_pages_that_exist(self, client):
        html = text(client.get("/plain/"))
        assert 'href="/contact/"' in html
        assert 'href=""' not in html

    def test_a_stranger_costs_one_query(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):  # the contact record
            client.get("/plain/")

    def test_a_signed_in_person_has_navigation_news_and_a_way_out(self, client):
        user = make_user()
        client.force_login(user)
        html = text(client.get("/page/"))
        assert 'action="/logout/"' in html
        assert re.search(r'id="news" tabindex="-1" autofocus>.*We saved your changes\.', html, re.S)
        assert html.index("<summary>Menu</summary>") < html.index("<h1")

    @pytest.mark.parametrize(
        ("switched_on", "host", "shown"),
        [(True, "leave.mass.gov", True), (True, "testserver", False), (False, "leave.mass.gov", False)],
    )
    def test_the_official_banner_needs_its_switch_and_a_gov_host(self, client, settings, switched_on, host, shown):
        settings.SHOW_GOV_BANNER, settings.ALLOWED_HOSTS = switched_on, ["*"]
        assert ("Official websites use .mass.gov" in text(client.get("/plain/", headers={"host": host}))) is shown


# --- The language button ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestLanguage:
    @pytest.mark.parametrize(
        ("address", "back"),
        [
            ("/plain/?a=1", "/plain/?a=1"),
            ("", "/"),
            ("plain/", "/"),
            ("//evil.example/", "/"),
            ("///evil.example/", "/"),
            ("/\\evil.example/", "/"),
            ("https://evil.example/plain/", "/"),
            ("https://testserver/plain/", "/"),
            ("javascript:alert(1)", "/"),
            ("/plain/\r\nSet-Cookie: a=b", "/plain/%0D%0ASet-Cookie:%20a=b"),
        ],
    )
    def test_the_way_back_stays_on_this_site(self, client, address, back):
        response = client.post("/language/", {"language": "es", "next": address})
        assert (response.status_code, response["Location"]) == (303, back)

    def test_the_choice_is_kept_in_a_cookie(self, client, settings):
        cookie = client.post("/language/", {"language": "es", "next": "/plain/"}).cookies[settings.LANGUAGE_COOKIE_NAME]
        assert (cookie.value, cookie["secure"], cookie["samesite"], cookie["path"]) == ("es", True, "Lax", "/")
        assert '<html lang="es">' in text(client.get("/plain/"))

    def test_the_choice_of_a_signed_in_person_is_kept_in_the_profile(self, client):
        user = make_user()
        client.force_login(user)
        client.post("/language/", {"language": "es", "next": "/plain/"})
        user.refresh_from_db()
        assert user.language == "es"

    @pytest.mark.parametrize("other", ["fr", "", "es\x00", "x" * 5000])
    def test_another_language_changes_nothing(self, client, settings, other):
        response = client.post("/language/", {"language": other, "next": "/plain/"})
        assert response["Location"] == "/plain/"
        assert settings.LANGUAGE_COOKIE_NAME not in response.cookies

    def test_only_by_post(self, client):
        assert client.get("/language/").status_code == 405

    def test_only_with_a_token(self, db):
        assert Client(enforce_csrf_checks=True).post("/language/", {"language": "es"}).status_code == 403

    def test_a_plain_form_comes_back_as_typed_and_unchecked(self, client):
        response = client.post("/plain/", {"name": "Ana <3", "password": "Vq7!mzkw3Ptr", "_lang": "es"})
        html = text(response)
        assert response.status_code == 200
        assert '<html lang="es">' in html
        assert 'value="Ana &lt;3"' in html
        assert "error-summary" not in html
        assert "Vq7!" not in html
        assert '<html lang="es">' in text(client.get("/plain/"))

    def test_a_drafted_form_goes_to_the_same_address(self, client):
        response = client.post("/drafted/?from=check", {"_lang": "es"})
        assert (response.status_code, response["Location"]) == (303, "/drafted/?from=check")
        assert '<html lang="es">' in text(client.get("/drafted/"))

    def test_another_button_switches_nothing(self, client, settings):
        response = client.post("/drafted/", {"name": "Ana"})
        assert response.status_code == 200
        assert settings.LANGUAGE_COOKIE_NAME not in response.cookies

    def test_the_enter_key_does_not_press_it(self, client):
        """A browser presses the first button that belongs to the form."""
        first, *rest = re.findall(r'<button[^>]*form="page-form"[^>]*>', text(client.get("/plain/")))
        assert "name=" not in first
        assert 'name="_lang"' in rest[0]


# --- Errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/broken/400/", 400, "We could not read that request"),
        ("/broken/403/", 403, "You can’t see this page"),
        ("/nowhere/", 404, "We can’t find that page"),
        ("/broken/500/", 500, "We’re having a problem"),
        ("/broken/503/", 503, "We’re having a problem"),
    ],
)
def test_error_pages_say_what_happened_and_whom_to_call(address, status, heading):
    browser = Client(**NOT_RAISING)
    browser.get("/plain/")
    response = browser.get(address)
    assert response.status_code == status
    assert f">{heading}</h1>" in text(response)
    assert ContactRecord.objects.get(pk=1).phone in text(response)
    assert "Traceback" not in text(response)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_page_open_too_long():
    response = Client(enforce_csrf_checks=True).post("/plain/", {"name": "Ana"})
    assert response.status_code == 403
    assert "This page was open too long" in text(response)


@pytest.mark.django_db
def test_too_many_fields_are_refused():
    response = Client(**NOT_RAISING).post("/plain/", {f"f{n}": "1" for n in range(1001)})
    assert response.status_code == 400


@pytest.mark.django_db
def test_an_unknown_host_is_refused():
    assert Client(**NOT_RAISING).get("/plain/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("status", [500, 503])  # no database is allowed here: touching it would fail the test
def test_they_stand_without_a_database(monkeypatch, status):
    monkeypatch.setattr(office, "_last_read", None)
    response = Client(**NOT_RAISING).get(f"/broken/{status}/")
    assert response.status_code == status
    assert "Your saved answers are safe." in text(response)
    assert "call ." not in text(response)


def test_they_name_the_number_last_read(monkeypatch):
    monkeypatch.setattr(office, "_last_read", ContactRecord(phone="1-800-555-0100", portal_name="Leave"))
    response = Client(**NOT_RAISING).get("/broken/503/")
    assert "To report an absence now, call 1-800-555-0100." in strip_tags(text(response))
    assert response["Retry-After"] == "30"


def test_a_database_lost_while_another_error_is_shown_is_a_503(monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError

    monkeypatch.setattr(ContactRecord.objects, "get", away)
    assert Client(**NOT_RAISING).get("/nowhere/").status_code == 503


# --- Headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_page_is_private_and_closed_to_foreign_code(client):
    headers = client.get("/plain/", secure=True).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "max-age=31536000" in headers["Strict-Transport-Security"]
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_pages_hold_no_inline_code(client):
    html = text(client.post("/plain/", {"name": ""}))
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|javascript:", html)
