"""What a stopwatch tells a stranger: `python -m benchmarks.accounts`, on a machine that does nothing else.

Each page is asked about people and usernames of every kind in turn, so that whatever else the machine does falls on
all alike; the medians are compared. The limits are raised out of the way: a stranger meets them long before this many
tries.
"""

import os
import statistics
import sys
import time

from benchmarks.stage import portal_database

ROUNDS = 200
WARM_UP = 20
MOST_MS = 5.0  # of difference between two medians


def timed(client, address, posted):
    """Milliseconds of one POST, in the session there is."""
    begun = time.perf_counter()
    answer = client.post(address, posted)
    took = (time.perf_counter() - begun) * 1000
    assert answer.status_code in (302, 303), answer.status_code
    return took


def fresh(client, number):
    """Another session from another address."""
    client.cookies.clear()
    client.defaults["REMOTE_ADDR"] = f"10.{number // 65025 % 255}.{number // 255 % 255}.{number % 255}"


class People:
    """Somebody on the roster, somebody registered and nobody, for every round."""

    def __init__(self, count):
        from tests.factories.accounts import make_phone  # noqa: PLC0415  # models need Django set up
        from tests.factories.people import make_agency, make_employee, make_user  # noqa: PLC0415  # the same

        agency = make_agency()
        made = [make_employee(agency=agency, last_name=f"Person{n}") for n in range(3 * count)]
        self.on_roster, self.registered, self.nobody = made[:count], made[count : 2 * count], made[2 * count :]
        for person in self.registered:
            make_phone(make_user(person, username=f"known{person.pk}"))
        for person in self.nobody:
            person.number = person.pk
            person.delete()


def employee_number(client, people):
    """The wrong number after four right facts, or wrong ones."""
    from django.urls import reverse  # noqa: PLC0415  # Django set up

    from tests.integration.registration.ceremony import facts_of  # noqa: PLC0415  # the same

    first, second = reverse("registration:register"), reverse("registration:number")
    kinds = {"on the roster": people.on_roster, "nobody": people.nobody, "registered": people.registered}
    times = {kind: [] for kind in kinds}
    for number in range(ROUNDS):
        for kind, persons in kinds.items():
            fresh(client, number)
            client.post(first, facts_of(persons[number]))
            times[kind].append(timed(client, second, {"employee_number": f"9{number:07}"}))
    return times


def forgotten_username(client, people):
    from django.urls import reverse  # noqa: PLC0415  # Django set up

    from tests.integration.registration.ceremony import facts_of  # noqa: PLC0415  # the same

    address = reverse("registration:forgot_id")
    kinds = {"known": people.registered, "unknown": people.nobody, "on the roster": people.on_roster}
    times = {kind: [] for kind in kinds}
    for number in range(ROUNDS):
        for kind, persons in kinds.items():
            fresh(client, number)
            person = persons[number]
            times[kind].append(timed(client, address, {**facts_of(person), "employee_number": person.employee_number}))
    return times


def forgotten_password(client, people):
    """The page that sends the code, or seems to."""
    from django.urls import reverse  # noqa: PLC0415  # Django set up

    address = reverse("registration:reset")
    times = {"known": [], "unknown": []}
    for number in range(ROUNDS):
        for kind, username in (("known", f"known{people.registered[number].pk}"), ("unknown", f"nobody{number}")):
            fresh(client, number)
            times[kind].append(timed(client, address, {"username": username}))
    return times


def compare(page, times):
    """Print the medians; returns the largest difference in milliseconds."""
    medians = {kind: statistics.median(took[WARM_UP:]) for kind, took in times.items()}
    first = next(iter(medians.values()))
    print(page)
    for kind, median in medians.items():
        print(f"  {kind}: median {median:.2f} ms, {median / first:.3f} times the first, {median - first:+.2f} ms")
    return max(medians.values()) - min(medians.values())


def main():
    with portal_database():
        from django.conf import settings  # noqa: PLC0415  # Django set up
        from django.test import Client  # noqa: PLC0415  # the same

        settings.LIMITS = {scope: (10**6, seconds) for scope, (_most, seconds) in settings.LIMITS.items()}
        client, people = Client(), People(ROUNDS)
        print(f"load {os.getloadavg()[0]:.1f}; {ROUNDS} rounds")
        gaps = [
            compare("Enter your employee number, and miss", employee_number(client, people)),
            compare("Forgot User ID?", forgotten_username(client, people)),
            compare("Reset Password", forgotten_password(client, people)),
        ]
    return 0 if max(gaps) < MOST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
