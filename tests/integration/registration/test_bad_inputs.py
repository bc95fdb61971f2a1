"""The corpus of bad inputs, at every page that asks what registering asks: recoveries, log-in and profile."""

import pytest
from django.test import Client

from portal.limits.models import Counter
from registration.models import AccountEvent, PhoneDevice
from tests.factories.accounts import PASSWORD, make_account, make_phone, newest_code, sign_in
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import PHONE, facts_of, url
from tests.integration.registration.profile.changing import prove
from tests.integration.registration.test_strangers import PERSON, rows, value_of

pytestmark = pytest.mark.django_db
COLUMNS = {"zip": "home_zip"}


def account(row):
    """Whom a row is about: its person on the roster, its username."""
    on_file = {COLUMNS.get(row["field"], row["field"]): row["on_file"]} if "on_file" in row else {}
    person = make_employee(**{**PERSON, **on_file})
    person.refresh_from_db()
    return make_account(person, username=row.get("context", {}).get("username", "tester77"))


def may_end(row):
    """How a row may be answered: taken as it was meant, missed like any other miss, or refused at its field."""
    expected = row["expect"].partition("_normalised")[0].partition("_verbatim")[0]
    return {"accept"} if expected == "either_documented" else {expected, *row.get("also_ok", [])}


@pytest.mark.parametrize("row", rows("register.demographics", "register.employee_number"))
def test_forgot_user_id(client, row):
    user = account(row)
    posted = facts_of(user.employee) | {"employee_number": user.employee.employee_number}
    if row["field"] == "birthdate":
        names = ("birthdate_month", "birthdate_day", "birthdate_year")
        posted |= dict(zip(names, value_of(row).split("/"), strict=True))
    else:
        posted[row["field"]] = value_of(row)
    answer = client.post(url("forgot_id"), posted)
    told = AccountEvent.objects.filter(kind="username", dispatched_at=None).exists()
    outcome = "reject_field" if answer.status_code == 422 else "accept" if told else "reject_generic"
    assert outcome in may_end(row)
    if outcome == "reject_field":
        assert answer.context["form"].errors.keys() == {row["field"]}
        assert "<img src=x" not in answer.text
        assert not told
    else:
        assert answer.url == url("forgot_id_sent")


def passwords():
    return [row for row in rows("register.credentials") if row.values[0]["field"] == "password"]


@pytest.mark.parametrize("row", passwords())
def test_the_new_password_of_a_reset(client, row):
    user = account(row)
    user.set_password("Another7!one")
    user.save()
    client.post(url("reset"), {"username": user.username})
    client.post(url("reset_code"), {"code": newest_code()})
    chosen = value_of(row)
    answer = client.post(url("reset_password"), {"password": chosen, "password2": chosen})
    user.refresh_from_db()
    if row["expect"] == "reject_field":
        assert answer.status_code == 422
        assert "password" in answer.context["form"].errors
        assert chosen not in answer.text
        assert user.check_password("Another7!one")
    else:
        assert (answer.status_code, answer.url) == (303, url("login"))
        assert user.check_password(chosen)


@pytest.mark.parametrize("row", passwords())
def test_a_new_password_in_the_profile(client, row):
    user = account(row)
    user.set_password("Another7!one")
    user.save()
    prove(sign_in(client, user))
    chosen = value_of(row)
    answer = client.post(url("change_password"), {"password": chosen, "password2": chosen})
    user.refresh_from_db()
    accepted = row["expect"] != "reject_field"
    assert (answer.status_code < 400) is accepted
    assert user.check_password(chosen) is accepted
    assert chosen not in answer.text


@pytest.mark.parametrize("row", rows("register.phone"))
def test_a_new_phone_in_the_profile(client, row):
    user = account(row)
    prove(sign_in(client, user))
    for send in ("sms", "voice"):
        answer = client.post(url("change_phone"), {**PHONE, "phone": row["value"], "send": send})
        if row["expect"] == "reject_field":
            assert answer.status_code == 422
            assert answer.context["form"].errors.keys() == {"phone"}
    assert AccountEvent.objects.filter(kind="code").exists() is (row["expect"] == "accept_normalised")
    assert PhoneDevice.objects.filter(user=user).count() == 1


def ask_for_log_in(client, user):
    client.post(url("login"), {"username": user.username, "password": PASSWORD})


def ask_for_reset(client, user):
    client.post(url("reset"), {"username": user.username})


def ask_for_new_phone(client, user):
    prove(sign_in(client, user))
    client.post(url("change_phone"), {**PHONE, "send": "sms"})


ASKED = [("login_code", ask_for_log_in), ("reset_code", ask_for_reset), ("new_phone_code", ask_for_new_phone)]


@pytest.mark.parametrize("row", rows("register.code"))
@pytest.mark.parametrize(("page", "ask"), ASKED, ids=[name for name, _ask in ASKED])
def test_codes_everywhere(client, row, page, ask):
    ask(client, account(row))
    sent = newest_code()
    refused = row["expect"] == "reject_field"
    answer = client.post(url(page), {"code": row["value"] if refused else f"{sent[:3]} {sent[3:]}"})
    assert answer.status_code == (422 if refused else answer.status_code)
    assert (answer.status_code in (302, 303)) is not refused
    if refused:
        assert answer.context["form"].errors == {"code": ["The code must be 6 digits"]}
        assert not Counter.objects.filter(scope="code_misses").exists()  # nothing was guessed


WRONG = "The username or password is not right"


@pytest.mark.parametrize(
    "username", ["", "\x00", "a\x00b", "x" * 100_000, "' OR '1'='1", "<img src=x onerror=alert(1)>", "\u202emgarcia"]
)
def test_no_username_breaks_the_log_in_or_a_reset(username):
    make_phone(make_account(make_employee(), username="mgarcia"))
    for name, posted in (("login", {"password": PASSWORD}), ("reset", {})):
        answer = Client().post(url(name), {"username": username, **posted}, follow=True)
        assert answer.status_code in (200, 422)
        assert "<img src=x" not in answer.text
