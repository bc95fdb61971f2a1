"""What somebody types before anybody matched stands nowhere in plain text: not in a row, not in a log."""

import base64
import logging

import pytest
from django.core import signing
from django.db import connection
from django.test import Client

from registration.models import Session
from registration.session_store import SessionStore
from tests.factories.people import make_employee
from tests.integration.registration.ceremony import facts_of, tell_facts, url

pytestmark = pytest.mark.django_db
TYPED = {
    "first_name": "Xqzmaria",
    "last_name": "Xqzgarcia",
    "zip": "98765-4321",
    "birthdate_month": "7",
    "birthdate_day": "19",
    "birthdate_year": "1987",
}
TRACES = ("xqzmaria", "xqzgarcia", "98765", "1987-07-19", "8812345")


def every_row():
    """Every table as a dump would hold it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{name}" AS t')
            yield name, "\n".join(row for (row,) in cursor.fetchall())


def places(text_of):
    return {(place, trace) for place, text in text_of for trace in TRACES if trace in text.lower()}


def test_typed_facts_stand_in_no_row_and_no_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    assert client.post(url("register"), TYPED).status_code == 302
    between = places(every_row())
    assert client.post(url("number"), {"employee_number": "8812345"}).url == url("no_match")
    assert between | places(every_row()) | places([("log", caplog.text)]) == set()


def test_the_search_finds_what_does_stand_there(client):
    make_employee(last_name="Xqzgarcia")
    assert places(every_row()) == {("registration_employee", "xqzgarcia")}


def test_a_session_cannot_be_opened_with_djangos_key_alone(client):
    client.post(url("register"), TYPED)
    data = Session.objects.get().session_data
    with pytest.raises(signing.BadSignature):
        signing.loads(data, salt=SessionStore().key_salt)
    assert b"Xqz" not in base64.b64decode(data)


def test_it_opens_under_its_own_key_alone(client):
    """Who may write to the table cannot lend one person's session to another."""
    person, other = make_employee(), Client()
    client.post(url("register"), facts_of(person))
    other.post(url("register"), TYPED)
    mine = Session.objects.get(session_key=client.session.session_key)
    Session.objects.filter(session_key=other.session.session_key).update(session_data=mine.session_data)
    assert dict(other.session) == {}
    assert tell_facts(client, person).url == url("account")


@pytest.mark.parametrize("data", ["", "no base64", ".eJxWKkktLlGyUlAqS8wpTVWqBQAp3AVS:1vMabc:c2lnbmF0dXJl", "AAAA"])
def test_what_cannot_be_read_is_an_empty_session(client, data, caplog):
    client.post(url("register"), TYPED)
    Session.objects.update(session_data=data)
    assert client.get(url("number")).url == url("register")
    assert "session unreadable" in caplog.text
