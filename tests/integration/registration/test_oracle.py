"""Who works here, is registered, was born when? Registering does not tell: not by words, work or number of tries."""

import datetime as dt
import re
from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.limits.address import client_address
from registration import enrolment
from registration.enrolment import TooManyTries
from registration.matching import Facts
from registration.models import AccountEvent, PendingRegistration, User
from tests.factories.people import make_agency, make_employee
from tests.integration.registration.ceremony import facts_of, url

MANY = 200
VALUES = re.compile(r"(WHERE|VALUES|SET) .*|(?<=SAVEPOINT ).*", re.DOTALL)


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed since."""
    calls, hasher = [], type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *given: calls.append(1) or encode(self, *given))
    return calls


def seen(client, number, facts, hashed):
    """Everything a stranger and a stopwatch can tell of both pages, in a new session from an address of its own."""
    client.cookies.clear()
    client.defaults["REMOTE_ADDR"] = f"10.{number // 250}.{number % 250}.9"
    before = len(hashed)
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as captured:
        first = client.post(url("register"), facts)
        answer = client.post(url("number"), {"employee_number": f"77{number:05}"})
        page = client.get(answer.url)
    words = page.text.replace(str(page.context["csrf_token"]), "")
    shapes = tuple(VALUES.sub("", query["sql"]) for query in captured)
    return (first.status_code, first.url, answer.status_code, answer.url, words, shapes, len(hashed) - before)


@pytest.fixture
def crowd(db):
    """Somebody on the roster, somebody registered and nobody, each `MANY` times, as page 1 asks."""
    agency = make_agency()
    people = [make_employee(agency=agency, last_name=f"Person{n}") for n in range(3 * MANY)]
    registered, nobody = people[:MANY], people[MANY : 2 * MANY]
    User.objects.bulk_create(
        User(username=f"user{n}", username_key=f"user{n}", employee=person) for n, person in enumerate(registered)
    )
    facts = [facts_of(person) for person in people]
    for person in nobody:
        person.delete()
    return facts


def test_two_hundred_of_each_are_one_and_the_same(crowd, client, hashed):
    kinds = [crowd[:MANY], crowd[MANY : 2 * MANY], crowd[2 * MANY :]]
    answers = [
        Tally(seen(client, kind * MANY + n, facts, hashed) for n, facts in enumerate(of_a_kind))
        for kind, of_a_kind in enumerate(kinds)
    ]
    assert answers[0] == answers[1] == answers[2]
    assert len(answers[0]) == 1
    assert not AccountEvent.objects.exists()
    assert not PendingRegistration.objects.exists()


@pytest.mark.django_db
def test_page_one_asks_the_same_of_everybody(hashed):
    person, work = make_employee(), []
    for facts in (facts_of(person), facts_of(person, last_name="Nobody"), facts_of(person, zip="99999")):
        client = Client()
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(url("register"), facts)
        work.append((answer.status_code, answer.url, len(captured), client.get(answer.url).status_code))
    assert work == [work[0]] * 3
    assert hashed == []


def guesses(person, numbers):
    """Facts of a person, each with another employee number."""
    known = {"first_name": person.first_name, "last_name": person.last_name}
    known |= {"zip": person.home_zip, "birthdate": person.birthdate}
    return [Facts(**known, employee_number=str(number)) for number in numbers]


def evaluated(facts, address):
    """Whether the facts were compared at all."""
    try:
        enrolment.identify(facts, address=address)
    except TooManyTries:
        return False
    return True


@pytest.mark.django_db
def test_of_ten_thousand_guesses_at_a_person_five_are_looked_at():
    person = make_employee(employee_number="5000")
    tried = [evaluated(facts, f"10.{n // 250}.{n % 250}.9") for n, facts in enumerate(guesses(person, range(10_000)))]
    assert tried.count(True) == 5


@pytest.mark.django_db
def test_of_a_thousand_guesses_at_a_number_five_are_looked_at():
    """The employee number is known; name, ZIP code and birthdate are tried."""
    person = make_employee()
    days = [person.birthdate + dt.timedelta(days=n) for n in range(1, 1001)]
    tried = [
        Facts(
            first_name=person.first_name,
            last_name=f"Name{n}",
            zip=f"{n:05}",
            birthdate=day,
            employee_number=person.employee_number,
        )
        for n, day in enumerate(days)
    ]
    assert [evaluated(facts, f"10.{n // 250}.{n % 250}.9") for n, facts in enumerate(tried)].count(True) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("hops", [0, 1])
def test_a_thousand_forged_headers_are_one_address(settings, hops):
    settings.PROXY_HOPS = hops
    agency = make_agency()
    people = [make_employee(agency=agency, last_name=f"Person{n}") for n in range(40)]
    asked = RequestFactory()
    tried = []
    for n in range(1000):
        forged = f"203.0.{n % 250}.{n // 250}" + (", 198.51.100.7" if hops else "")
        request = asked.get("/", headers={"X-Forwarded-For": forged}, REMOTE_ADDR="198.51.100.7")
        (facts,) = guesses(people[n % 40], [8_000_000 + n])
        tried.append(evaluated(facts, client_address(request)))
    assert tried.count(True) == settings.LIMITS["match_address"][0]


@pytest.mark.django_db(transaction=True)
def test_of_forty_guesses_at_once_five_are_looked_at():
    person = make_employee()

    def one(facts):
        try:
            return evaluated(facts, f"10.0.0.{facts.employee_number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        tried = list(pool.map(one, guesses(person, range(100, 140))))
    assert tried.count(True) == 5
