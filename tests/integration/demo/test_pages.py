"""What a person and a script find under /demo/."""

import datetime as dt
import json
import re

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from registration.models import Employee, PhoneDevice, StaffRole, User
from tests.factories.people import make_user

pytestmark = pytest.mark.usefixtures("demo")

EXTRAS = {
    "agency",
    "day_to_day_live",
    "supervisor_email",
    "supervisor_phone",
    "next_level_email",
    "next_level_phone",
}
FIVE = {"first_name", "last_name", "zip", "birthdate", "employee_number"}


def people(client):
    return client.get("/demo/people.json").json()


def message(n, **fields):
    return {
        "id": f"m{n}",
        "channel": "sms",
        "to": "+16175550100",
        "subject": "",
        "body": f"{n:06} is your code",
        "at": f"2026-03-06T14:00:{n:02}+00:00",
        "attachments": [],
        "sid": "SM1",
        **fields,
    }


def test_people_who_may_register(client):
    rows = people(client)["unregistered"]
    assert len(rows) >= 10
    for row in rows:
        assert row.keys() >= FIVE | EXTRAS
        dt.date.fromisoformat(row["birthdate"])
        employee = Employee.objects.get(employee_number=row["employee_number"])
        assert (row["first_name"], row["last_name"]) == (employee.first_name, employee.last_name)
    assert {row["day_to_day_live"] for row in rows} == {True, False}
    everyday = rows[0]
    assert everyday["supervisor_email"].endswith("@example.org")
    assert re.fullmatch(r"\+1\d{10}", everyday["next_level_phone"])


def test_who_claims_a_record_leaves_the_list(client):
    first = people(client)["unregistered"][0]
    make_user(Employee.objects.get(employee_number=first["employee_number"]))
    assert first not in people(client)["unregistered"]


def test_people_with_an_account_can_log_in(client):
    rows = people(client)["registered"]
    assert len(rows) >= 5
    for row in rows:
        assert row.keys() >= {"username", "password", "phone", "first_name"} | EXTRAS
    row = rows[0]
    user = authenticate(None, username=row["username"], password=row["password"])
    assert user.employee.first_name == row["first_name"]
    assert PhoneDevice.objects.get(user=user, confirmed=True).number == row["phone"]


def test_every_demo_password_keeps_the_guide_s_rule(client):
    listed = people(client)
    for row in (*listed["registered"], *listed["staff"]):
        try:
            validate_password(row["password"], User.objects.get(username=row["username"]))
        except ValidationError as error:
            pytest.fail(f"{row['username']}: {error}")


def test_staff_of_every_role(client):
    rows = people(client)["staff"]
    assert {row["role"] for row in rows} == {"supervisor", *StaffRole.Role.values}
    for row in rows:
        assert row.keys() == {"username", "password", "role", "phone"}
    administrator = User.objects.get(username="admin.demo")
    assert administrator.is_superuser
    liaison = StaffRole.objects.get(role="liaison")
    assert liaison.agency


def test_every_phone_is_somebody_s_own(client):
    listed = people(client)
    phones = [row["phone"] for row in (*listed["registered"], *listed["staff"])]
    assert len(phones) == len(set(phones))
    assert not Employee.objects.filter(work_phone__in=phones).exists()


def test_no_messages_yet(client):
    assert client.get("/demo/messages.json").json() == []
    assert "Nothing yet." in client.get("/demo/").content.decode()


def test_messages_newest_first(client, demo):
    attached = {"name": "absence.ics", "content_type": "text/calendar", "size": 500}
    lines = [message(1), message(2, channel="email", subject="Notice", attachments=[attached])]
    log = "".join(json.dumps(line) + "\n" for line in lines)
    (demo / "messages.jsonl").write_text(log + '{"id": "half wri')
    found = client.get("/demo/messages.json").json()
    assert [one["id"] for one in found] == ["m2", "m1"]
    for one in found:
        assert one.keys() == {"id", "channel", "to", "subject", "body", "at", "attachments"}
        assert dt.datetime.fromisoformat(one["at"]).tzinfo
    page = client.get("/demo/messages/").content.decode()
    assert page.index("Notice") < page.index("000001 is your code")
    assert "absence.ics" in page


def test_a_message_cannot_write_into_the_page(client, demo):
    (demo / "messages.jsonl").write_text(json.dumps(message(1, body="<script>alert(1)</script>")) + "\n")
    assert "<script>alert" not in client.get("/demo/").content.decode()


def test_the_page_shows_what_the_data_says(client):
    page = client.get("/demo/").content.decode()
    listed = people(client)
    for row in listed["unregistered"]:
        assert row["employee_number"] in page
    for row in (*listed["registered"], *listed["staff"]):
        assert row["password"] in page


def test_nothing_inline(client):
    page = client.get("/demo/").content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)
    assert "fetch(" in client.get("/demo/live.js").content.decode()
    assert client.get("/demo/demo.css").headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("path", ["", "people.json", "messages.json", "messages/", "live.js", "demo.css"])
def test_only_reading(client, path):
    assert client.post(f"/demo/{path}").status_code == 405


def test_queries_do_not_grow_with_the_people(client, django_assert_max_num_queries):
    client.get("/demo/people.json")
    with django_assert_max_num_queries(3):
        people(client)
