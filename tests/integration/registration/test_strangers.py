"""What a stranger can learn by registering: nothing. And how often they may try."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import strip_tags
from structlog.testing import capture_logs

from portal.limits.models import Counter
from registration.models import AccountEvent, PendingRegistration, User
from tests.factories.accounts import newest_code
from tests.factories.people import make_employee, make_user
from tests.integration.registration.ceremony import (
    PHONE,
    choose_account,
    facts_of,
    give_code,
    tell_facts,
    up_to_phone,
    url,
)

pytestmark = pytest.mark.django_db
ROWS = json.loads(Path(__file__).with_name("bad_inputs.json").read_text(encoding="utf-8"))
PERSON = {
    "first_name": "Maria",
    "last_name": "Garcia",
    "home_zip": "02108",
    "birthdate": dt.date(1984, 2, 29),
    "employee_number": "00012345",
}


def rows(*steps):
    return [pytest.param(row, id=row["id"]) for row in ROWS if row["step"] in steps]


def value_of(row):
    build = row.get("build")
    return build["repeat"] * build["times"] if build else row["value"]


def seen_by(client, response):
    """What a stranger sees: status, address and page, without the tokens."""
    page = client.get(response.url) if response.status_code == 302 else response
    token = str(page.context["csrf_token"])
    return response.status_code, getattr(response, "url", ""), page.status_code, page.text.replace(token, "")


def test_hit_miss_and_registered_look_alike_until_all_five_facts_fit():
    person, claimed = make_employee(), make_employee()
    make_user(claimed)
    nobody = make_employee()
    facts = [(person, "777001"), (claimed, "777002"), (nobody, nobody.employee_number)]
    answers = []
    for someone, number in facts:
        client = Client()
        first = facts_of(someone)
        if someone is nobody:
            nobody.delete()
        page1 = client.post(url("register"), first)
        page2 = seen_by(client, page1)
        answers.append((page2, seen_by(client, client.post(url("number"), {"employee_number": number}))))
    assert answers[0] == answers[1] == answers[2]
    assert "We could not match your information" in answers[0][1][3]
    assert not AccountEvent.objects.exists()


@pytest.mark.parametrize("wrong", ["first_name", "last_name", "zip", "birthdate_year", "number"])
def test_one_wrong_fact_of_five_is_the_same_miss(client, wrong):
    person = make_employee()
    other = {"first_name": "Zz", "last_name": "Zz", "zip": "99999", "birthdate_year": 1950}.get(wrong)
    if wrong == "number":
        answer = tell_facts(client, person, number="999999")
    else:
        answer = tell_facts(client, person, **{wrong: other})
    assert answer.url == url("no_match")


def test_misses_and_hits_ask_the_same_of_the_database(client, django_assert_max_num_queries):
    person = make_employee()
    client.post(url("register"), facts_of(person))
    with django_assert_max_num_queries(9):  # the session, four counters in a savepoint, one look-up, the alarm
        client.post(url("number"), {"employee_number": "999999"})


class TestLimits:
    def test_five_misses_for_a_name_and_zip(self, client):
        person = make_employee()
        misses = [tell_facts(client, person, number=str(900 + n)).status_code for n in range(5)]
        assert misses == [302] * 5
        answer = tell_facts(client, person)  # the right number now, and it is not looked at
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 6 * 3600 - 60
        assert "You have tried too many times. Wait 6 hours, or call 1-833-640-2800." in strip_tags(answer.text)
        assert not PendingRegistration.objects.exists()

    def test_five_misses_for_a_number(self):
        person = make_employee()
        for n in range(5):
            assert tell_facts(Client(), person, last_name=f"Guess{'abcde'[n]}").status_code == 302
        assert tell_facts(Client(), person).status_code == 429

    def test_forged_addresses_change_nothing(self):
        person = make_employee()
        statuses = [
            tell_facts(Client(headers={"X-Forwarded-For": f"203.0.113.{n}"}), person, number=str(900 + n)).status_code
            for n in range(20)
        ]
        assert statuses.count(302) == 5

    def test_thirty_misses_an_hour_for_an_address(self):
        people = [make_employee(last_name=f"Person{n}") for n in range(32)]
        statuses = [tell_facts(Client(), person, number=f"8{n}").status_code for n, person in enumerate(people)]
        assert statuses == [302] * 30 + [429] * 2
        answer = tell_facts(Client(), people[30], number="830")
        said = r"You have tried too many times\. Wait (1 hour|5[0-9] minutes|60 minutes), or call 1-833-640-2800\."
        assert re.search(said, strip_tags(answer.text))  # the minutes run while the test does
        elsewhere = Client(REMOTE_ADDR="198.51.100.9")
        assert tell_facts(elsewhere, people[31]).status_code == 302

    def test_matches_do_not_count(self, settings):
        settings.LIMITS = {**settings.LIMITS, "match_address": (3, 3600), "match_network": (3, 3600)}
        for _ in range(8):
            assert tell_facts(Client(), make_employee()).url == url("account")

    def test_a_network_has_a_limit_of_its_own(self, settings):
        settings.LIMITS = {**settings.LIMITS, "match_network": (4, 3600)}
        statuses = [
            tell_facts(Client(REMOTE_ADDR=f"203.0.113.{n}"), make_employee(), number="987654").status_code
            for n in range(1, 7)
        ]
        Counter.objects.all().delete()
        assert statuses == [302] * 4 + [429] * 2

    def test_a_refused_address_costs_nobody_a_try(self, settings):
        """It is the attack: exhaust one's address, then go on to burn the five of a person."""
        settings.LIMITS = {**settings.LIMITS, "match_address": (1, 3600)}
        victim = make_employee()
        attacker = Client(REMOTE_ADDR="198.51.100.9")
        tell_facts(attacker, make_employee(), number="987654")
        for n in range(9):
            assert tell_facts(attacker, victim, number=str(900 + n)).status_code == 429
        assert tell_facts(Client(), victim).url == url("account")

    def test_a_refused_try_at_a_person_costs_the_address_nothing(self, settings):
        settings.LIMITS = {**settings.LIMITS, "match_address": (6, 3600)}
        victim = make_employee()
        for n in range(9):
            tell_facts(Client(), victim, number=str(900 + n))
        assert tell_facts(Client(), make_employee(), number="987654").status_code == 302

    def test_everybodys_misses_are_an_alarm_and_refuse_nobody(self, settings):
        settings.LIMITS = {**settings.LIMITS, "match_alarm": (2, 3600)}
        with capture_logs() as lines:
            statuses = [tell_facts(Client(), make_employee(), number=f"98765{n}").status_code for n in range(5)]
        assert statuses == [302] * 5
        alarms = [line for line in lines if line["event"] == "alarm"]
        assert [(line["log_level"], line["code"]) for line in alarms] == [("error", "match_alarm")]
        assert tell_facts(Client(), make_employee()).url == url("account")

    def test_ones_own_match_does_not_forgive_guesses_at_a_relative(self):
        mine = make_employee(last_name="Garcia", home_zip="02108", first_name="Ana")
        theirs = make_employee(last_name="Garcia", home_zip="02108", first_name="Luis")
        statuses = []
        for n in range(8):
            tell_facts(Client(), mine)
            statuses.append(tell_facts(Client(), theirs, number=f"9{n}").status_code)
        assert statuses.count(302) <= 5

    def test_the_counters_hold_no_names(self, client):
        tell_facts(client, make_employee(last_name="Sentinel"), number="999")
        assert all(len(counter.key) == 64 for counter in Counter.objects.all())


@pytest.mark.parametrize("row", rows("register.demographics", "register.employee_number"))
def test_bad_facts(client, row):
    columns = {"zip": "home_zip"}
    on_file = {columns.get(row["field"], row["field"]): row["on_file"]} if "on_file" in row else {}
    person = make_employee(**{**PERSON, **on_file})
    person.refresh_from_db()
    posted = facts_of(person) | {"employee_number": person.employee_number}
    value = value_of(row)
    if row["field"] == "birthdate":
        month, day, year = value.split("/")
        posted |= {"birthdate_month": month, "birthdate_day": day, "birthdate_year": year}
    else:
        posted[row["field"]] = value
    page1 = client.post(url("register"), posted)
    answer = client.post(url("number"), posted) if page1.status_code == 302 else page1
    outcome = {url("account"): "accept", url("no_match"): "reject_generic"}.get(
        getattr(answer, "url", ""), "reject_field"
    )
    allowed = {row["expect"].partition("_normalised")[0].partition("_verbatim")[0], *row.get("also_ok", [])}
    if row["expect"] == "either_documented":
        allowed = {"accept"}  # full-width digits are digits
    assert outcome in allowed
    if outcome == "reject_field":
        assert answer.status_code == 422
        assert answer.context["form"].errors.keys() == {row["field"]}
        assert "<img src=x" not in answer.text
    assert PendingRegistration.objects.exists() is (outcome == "accept")


@pytest.mark.parametrize("row", rows("register.credentials"))
def test_bad_passwords_and_usernames(client, row):
    person = make_employee(**PERSON)
    if existing := row.get("context", {}).get("existing"):
        make_user(username=existing)
    tell_facts(client, person)
    username = row.get("context", {}).get("username", "tester77")
    chosen = {"username": username, "password": "Vq7!mzkw3P"} | {row["field"]: row["value"]}
    answer = choose_account(client, **chosen)
    if row["expect"] == "reject_field":
        assert answer.status_code == 422
        assert row["field"] in answer.context["form"].errors
        assert chosen["password"] not in answer.text
        assert PendingRegistration.objects.get().password == ""
    else:  # a space counts as a special character, and nothing is trimmed
        assert answer.url == url("two_step")


@pytest.mark.parametrize("row", rows("register.phone"))
def test_bad_phones(client, row):
    up_to_phone(client, make_employee(**PERSON))
    for send in ("sms", "voice"):
        answer = client.post(url("phone"), {**PHONE, "phone": row["value"], "send": send})
        if row["expect"] == "reject_field":
            assert answer.status_code == 422
            assert answer.context["form"].errors.keys() == {"phone"}
    assert AccountEvent.objects.exists() is (row["expect"] == "accept_normalised")


@pytest.mark.parametrize("row", rows("register.code"))
def test_bad_codes(client, row):
    up_to_phone(client, make_employee(**PERSON))
    client.post(url("phone"), {**PHONE, "send": "sms"})
    sent = newest_code()
    value = row["value"] if row["expect"] == "reject_field" else f"{sent[:3]} {sent[3:]}"
    answer = give_code(client, value)
    if row["expect"] == "reject_field":
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"code": ["The code must be 6 digits"]}
    else:
        assert answer.url == url("done")
    assert User.objects.exists() is (row["expect"] == "accept_normalised")
