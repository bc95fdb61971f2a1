"""Pages for everyone: landing, contact, terms, privacy, accessibility, two-step."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import formats, translation
from django.utils.html import strip_tags

from portal.lib import clock
from portal.office.models import ContactRecord, LeaveType, Terms
from registration.models import Agency, AgencyService, Secretariat, Service

pytestmark = pytest.mark.django_db

HEADINGS = {
    "landing": ("Commonwealth Absence and Leave Management", "Commonwealth Absence and Leave Management"),
    "contact": ("Contact us", "Contáctenos"),
    "conditions": ("Terms and Conditions", "Términos y condiciones"),
    "use": ("Terms of Use", "Términos de uso"),
    "privacy": ("Privacy", "Privacidad"),
    "accessibility": ("Accessibility", "Accesibilidad"),
    "two_step": ("How two-step authentication works", "Cómo funciona la verificación en dos pasos"),
}
QUERIES = {"landing": 4, "conditions": 2, "use": 2, "privacy": 2}  # every other page: 1, the contact record


def page(client, name, language="en", **query):
    answer = client.get(reverse(f"public:{name}"), query, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def live(secretariat, name, service=Service.DAY_TO_DAY, starts_on=dt.date(2022, 9, 22), ends_on=None):
    agency = Agency.objects.create(secretariat=secretariat, code=name[:20], name=name)
    AgencyService.objects.create(agency=agency, service=service, starts_on=starts_on, ends_on=ends_on)
    return agency


@pytest.fixture
def health():
    return Secretariat.objects.create(code="EOHHS", name="Executive Office of Health and Human Services")


@pytest.mark.parametrize("name", HEADINGS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_it_has_its_heading(client, name, language):
    html = page(client, name, language)
    heading = HEADINGS[name][language == "es"]
    assert f'<html lang="{language}">' in html
    assert heading in html.partition("<h1")[2].partition("</h1>")[0]


@pytest.mark.parametrize("name", HEADINGS)
def test_it_is_only_for_reading(client, name):
    assert client.post(reverse(f"public:{name}")).status_code == 405


@pytest.mark.parametrize("name", HEADINGS)
def test_it_asks_the_database_little(client, name, django_assert_num_queries):
    with django_assert_num_queries(QUERIES.get(name, 1)):
        page(client, name)


def test_the_landing_page_asks_the_same_of_many_agencies(client, django_assert_num_queries):
    for number in range(30):
        secretariat = Secretariat.objects.create(code=f"EO{number}", name="An office")
        live(secretariat, f"Agency {number}")
        live(secretariat, f"Bureau {number}", service=Service.LEAVE)
    with django_assert_num_queries(QUERIES["landing"]):
        assert "Agency 29" in page(client, "landing")


@pytest.mark.parametrize("name", ["landing", "contact", "accessibility", "two_step"])
def test_the_administrator_comes_from_the_record(client, name):
    ContactRecord.objects.update(admin_name="Leave Desk", phone="617-555-0142", hours_en="on weekdays")
    html = page(client, name)
    assert "Leave Desk" in html
    assert "617-555-0142" in html
    assert "Workpartners" not in html
    assert "833" not in html


def test_the_landing_page_opens_the_ways_in(client):
    html = page(client, "landing")
    assert f'href="{reverse("registration:login")}"' in html
    assert f'href="{reverse("registration:register")}"' in html
    assert 'href="tel:+18336402800"' in html
    text = strip_tags(html)
    assert "Call Workpartners at 1-833-640-2800 (TTY: 711), available 24 hours a day, 365 days a year!" in text
    assert "Workpartners is the absence and leave administrator for the Commonwealth’s Executive Department." in html


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_leave_type_is_listed_and_whom_to_ask(client, language):
    html = page(client, "landing", language)
    with translation.override(language):
        for row in LeaveType.objects.all():
            assert row.name in html
            assert row.ask in html


def test_an_agency_that_is_not_live_keeps_its_call_out(client, health):
    live(health, "Department of Public Health")
    live(health, "Soldiers’ Home", service=Service.LEAVE)
    html = page(client, "landing")
    assert "(EOHHS (Department of Public Health))" in html  # beside day-to-day sick absences
    assert "EOHHS (Soldiers’ Home): report day-to-day absences" in html
    assert "Current call-out procedures will remain in place" in html


def test_an_ended_service_is_over(client, health):
    live(health, "Department of Public Health", ends_on=clock.today() - dt.timedelta(days=1))
    html = page(client, "landing")
    assert "Launch Timeline" not in html
    assert "EOHHS: report day-to-day absences" in html


def test_the_launch_timeline(client, health):
    live(health, "Department of Public Health")
    live(health, "Soldiers’ Home", service=Service.LEAVE, starts_on=dt.date(2022, 12, 15))
    html = " ".join(page(client, "landing").split())
    first, second = "Thursday, September 22, 2022", "Thursday, December 15, 2022"
    assert html.index(first) < html.index("absence administration for employees at EOHHS (Department of Public Health)")
    assert html.index(second) < html.index("leave administration for employees at EOHHS (Soldiers’ Home)")


@pytest.mark.parametrize(("days_ago", "shown"), [(0, True), (69, True), (70, False), (-1, False)])
def test_the_dual_notice_runs_for_ten_weeks(client, health, days_ago, shown):
    start = clock.today() - dt.timedelta(days=days_ago)
    live(health, "Department of Public Health", starts_on=start)
    html = page(client, "landing")
    assert ("If you work for EOHHS: until" in html) is shown
    if shown:
        assert formats.date_format(start + dt.timedelta(days=69), "l, F j, Y") in html


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("late", "Your first day missed is more than 30 days ago, so we need to talk with you. Call 1-833-640-2800."),
        ("late_absence", "You can report a day-to-day absence online up to 1 day after it."),
        ("other", "Call Workpartners intake at 1-833-640-2800 to file this request."),
    ],
)
def test_a_link_to_contact_says_why(client, why, sentence):
    assert sentence in page(client, "contact", why=why)
    assert sentence not in page(client, "contact")


def test_what_stands_in_the_address_is_not_shown(client):
    html = page(client, "contact", why="<b>migraine</b>")
    assert "usa-alert" not in html
    assert "<b>migraine" not in html


def test_contact_says_what_paper_is_for(client):
    html = page(client, "contact")
    for text in ["AbsenceMA@workpartners.com", "1-844-531-4854", "PO Box 2840, Pittsburgh, PA 15230", "855-447-7778"]:
        assert text in html
    assert "Do not use email, fax or mail to ask for leave or report an absence." in html


def test_the_version_in_force_is_shown_and_its_text_is_never_markup(client):
    today = clock.today()
    Terms.objects.create(kind="use", version="2", in_force_from=today, body_en="## New\n\n<script>", body_es="Nuevo")
    Terms.objects.create(kind="use", version="3", in_force_from=today + dt.timedelta(days=1), body_en="Future")
    html = page(client, "use")
    assert "Version 2, in force since" in html
    assert "<h2>New</h2>" in html
    assert "&lt;script&gt;" in html
    assert "Nuevo" in page(client, "use", "es")


def test_without_a_text_in_force_there_is_no_page(client):
    Terms.objects.filter(kind="privacy").delete()
    assert client.get(reverse("public:privacy")).status_code == 404
