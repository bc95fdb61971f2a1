"""The people are loaded once, moved with the clock, and keep what happened to them."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from registration.models import AgencyService, Employee, User
from tests.integration.demo.conftest import load

pytestmark = pytest.mark.usefixtures("demo")


def written(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id::text, ctid::text, xmin::text FROM {table} ORDER BY id")
        return cursor.fetchall()


def test_all_2000_people_are_loaded_whole(monkeypatch):
    monkeypatch.setenv("DEMO_SIZE", "full")
    load()  # it raises when a line is refused
    assert Employee.objects.count() > 1900


def test_a_second_start_writes_nothing():
    tables = ("registration_employee", "registration_user", "registration_agencyservice", "registration_liaison")
    before = {table: written(table) for table in tables}
    load()
    assert {table: written(table) for table in tables} == before
    assert all(before.values())


def test_services_move_with_the_clock(settings):
    def first_ten_weeks(today):
        rows = AgencyService.objects.all()
        return sum(row.starts_on <= today <= row.dual_notice_until for row in rows)

    today = timezone.localdate()
    count = first_ten_weeks(today)
    assert count >= 4
    settings.CIVIL_TIME_OFFSET = dt.timedelta(days=-200)
    load()
    assert first_ten_weeks(today - dt.timedelta(days=200)) == count


def test_moving_the_clock_keeps_accounts_and_people(settings):
    people, accounts = set(Employee.objects.values_list("id")), set(User.objects.values_list("id", "password"))
    settings.CIVIL_TIME_OFFSET = dt.timedelta(days=400)
    load()
    assert set(Employee.objects.values_list("id")) == people
    assert set(User.objects.values_list("id", "password")) == accounts


def test_an_empty_database_is_filled_again_though_a_note_says_it_was():
    User.objects.all().delete()
    Employee.objects.all().delete()
    load()
    assert Employee.objects.count() > 100
    assert User.objects.filter(username="admin.demo").exists()
