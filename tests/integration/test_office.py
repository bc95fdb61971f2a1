"""The data the migrations bring, and who may change it."""

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from portal.lib import clock
from portal.office.models import ContactRecord, Holiday, LeaveType, Terms, telephone_link
from registration.models import User
from tests.factories.people import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    return log_in(client, User.objects.create_superuser("administrator", "Granite-Lamp-7"))


def test_the_contact_record_is_there_once():
    record = ContactRecord.objects.get()
    assert (record.pk, record.admin_name, record.phone, record.tty) == (1, "Workpartners", "1-833-640-2800", "711")
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactRecord.objects.create(pk=2, admin_name="Another")


def test_its_words_follow_the_language():
    record = ContactRecord.objects.get()
    assert record.hours == "24 hours a day, 365 days a year"
    with translation.override("es"):
        assert record.hours == "las 24 horas del día, los 365 días del año"


@pytest.mark.parametrize(
    ("number", "link"), [("1-833-640-2800", "tel:+18336402800"), ("(855) 447-7778", "tel:+18554477778")]
)
def test_a_number_can_be_dialed(number, link):
    assert telephone_link(number) == link


def nth(year, month, weekday, n):
    """The nth weekday (Monday 0) of a month; n = -1 is the last."""
    days = [dt.date(year, month, 1) + dt.timedelta(days=d) for d in range(31)]
    fitting = [day for day in days if day.month == month and day.weekday() == weekday]
    return fitting[n - 1] if n > 0 else fitting[n]


def kept(day):
    return day + dt.timedelta(days=1) if day.weekday() == 6 else day


@pytest.mark.parametrize("year", range(2022, 2033))
def test_the_holidays_of_a_year(year):
    fixed = {kept(dt.date(year, *day)) for day in [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]}
    mondays = {nth(year, 1, 0, 3), nth(year, 2, 0, 3), nth(year, 4, 0, 3), nth(year, 5, 0, -1)}
    autumn = {nth(year, 9, 0, 1), nth(year, 10, 0, 2), nth(year, 11, 3, 4)}
    assert Holiday.objects.filter(on__year=year).days() == fixed | mondays | autumn


def test_a_missing_year_is_warned_about():
    assert run_checks(tags=["database"], databases=["default"]) == []
    Holiday.objects.filter(on__year=clock.today().year + 1).delete()
    (warning,) = run_checks(tags=["database"], databases=["default"])
    assert warning.id == "office.W001"
    assert str(clock.today().year + 1) in warning.msg


def test_the_leave_types():
    managed, others = LeaveType.objects.filter(managed=True), LeaveType.objects.filter(managed=False)
    assert [row.code for row in managed][:2] == ["day-to-day", "medical"]
    assert (len(managed), len(others)) == (7, 8)
    assert all(row.ask_en and row.ask_es for row in others)
    assert all(row.name_es and row.name_es != row.name_en for row in LeaveType.objects.all())


@pytest.mark.parametrize("kind", Terms.Kind.values)
def test_each_text_is_in_force_in_both_languages(kind):
    text = Terms.objects.filter(kind=kind).in_force(clock.today()).get()
    assert text.version == "1"
    assert text.body_en.count("## ") == text.body_es.count("## ") > 3


def test_the_newest_version_in_force_comes_first():
    today = clock.today()
    for version, days in [("2", -1), ("3", 1)]:
        Terms.objects.create(kind="use", version=version, in_force_from=today + dt.timedelta(days=days), body_en="x")
    assert Terms.objects.filter(kind="use").in_force(today).first().version == "2"


def test_the_contact_record_can_only_be_changed(administrator):
    page = reverse("admin:office_contactrecord_change", args=[1])
    assert administrator.get(page).status_code == 200
    assert administrator.get(reverse("admin:office_contactrecord_add")).status_code == 403
    assert (
        administrator.post(reverse("admin:office_contactrecord_delete", args=[1]), {"post": "yes"}).status_code == 403
    )
    values = {field.name: getattr(ContactRecord.objects.get(), field.name) for field in ContactRecord._meta.fields}
    answer = administrator.post(page, {**values, "phone": "1-800-555-0100"})
    assert answer.status_code == 302
    assert ContactRecord.objects.get().phone == "1-800-555-0100"
    assert administrator.post(page, {**values, "phone": "call us"}).status_code == 200
    assert ContactRecord.objects.get().phone == "1-800-555-0100"


def test_a_text_in_force_cannot_be_changed_but_a_coming_one_can(administrator):
    fields = {"kind": "use", "body_en": "New", "body_es": "Nuevo"}
    coming = Terms.objects.create(version="2", in_force_from=clock.today() + dt.timedelta(days=1), **fields)
    now = Terms.objects.get(kind="use", version="1")
    for text, status in [(now, 403), (coming, 302)]:
        data = {**fields, "version": text.version, "in_force_from": text.in_force_from}
        page = reverse("admin:office_terms_change", args=[text.pk])
        assert administrator.post(page, data).status_code == status
        assert (
            administrator.post(reverse("admin:office_terms_delete", args=[text.pk]), {"post": "yes"}).status_code
            == status
        )
    assert Terms.objects.filter(kind="use").count() == 1
    assert administrator.get(reverse("admin:office_terms_change", args=[now.pk])).status_code == 200  # to read


@pytest.mark.parametrize("name", ["holiday", "leavetype", "terms", "contactrecord"])
def test_the_lists_open(administrator, name):
    assert administrator.get(reverse(f"admin:office_{name}_changelist")).status_code == 200
