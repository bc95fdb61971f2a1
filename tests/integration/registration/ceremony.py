"""Walks through registering, page by page, as a browser does."""

from __future__ import annotations

from django.urls import reverse

from tests.factories.accounts import PASSWORD, newest_code

PHONE = {"country": "US", "phone": "(617) 555-0132"}


def url(name):
    return reverse(f"registration:{name}")


def facts_of(person, **other):
    """What page 1 posts for a person on the roster."""
    born = person.birthdate
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "zip": person.home_zip,
        "birthdate_month": born.month,
        "birthdate_day": born.day,
        "birthdate_year": born.year,
        **other,
    }


def tell_facts(client, person, *, number=None, **other):
    """Pages 1 and 2; the answer to page 2."""
    response = client.post(url("register"), facts_of(person, **other))
    assert response.status_code == 302, response.context["form"].errors
    return client.post(url("number"), {"employee_number": number or person.employee_number})


def choose_account(client, username="mgarcia", password=PASSWORD):
    return client.post(url("account"), {"username": username, "password": password, "password2": password})


def up_to_phone(client, person, username="mgarcia"):
    assert tell_facts(client, person).url == url("account")
    assert choose_account(client, username).url == url("two_step")
    assert client.post(url("two_step")).url == url("phone")


def up_to_code(client, person, username="mgarcia", send="sms"):
    """Everything before the code; returns the code."""
    up_to_phone(client, person, username)
    assert client.post(url("phone"), {**PHONE, "send": send}).url == url("code")
    return newest_code()


def give_code(client, code):
    return client.post(url("code"), {"code": code})
