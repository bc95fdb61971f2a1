"""The invented roster: the same each time, and with somebody in every situation the portal must handle."""

import datetime as dt
import os
import re
import subprocess
import sys

import phonenumbers
import pytest

TODAY = dt.date(2026, 3, 6)
REQUIRED_SECRETARIATS = {"EOANF", "EOEDU", "EOHED", "EOLWD", "EOTSS", "MassDOT", "EOEEA", "EOHHS", "EOPSS"}


@pytest.fixture(scope="module")
def roster(demo_module):
    return demo_module("roster")


@pytest.fixture(scope="module")
def people(roster):
    return {person["employee_number"]: person for person in roster.people(TODAY)}


def test_the_demo_is_not_imported_by_accident():
    environment = {name: value for name, value in os.environ.items() if name != "DEMO"}
    done = subprocess.run([sys.executable, "-c", "import portal.demo"], env=environment, capture_output=True, text=True)
    assert done.returncode
    assert "it loads only with DEMO=1" in done.stderr


def test_the_same_day_gives_the_same_files(roster, tmp_path):
    one, two = roster.write(tmp_path / "1", TODAY), roster.write(tmp_path / "2", TODAY)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_another_day_moves_the_new_hires_and_keeps_who_people_are(roster, people):
    later = {person["employee_number"]: person for person in roster.people(TODAY + dt.timedelta(days=30))}
    changed = {number for number in people if people[number] != later[number]}
    assert 0 < len(changed) < 10
    for number in changed:
        assert {**people[number], "hire_date": "", "probation_end": ""} == {
            **later[number],
            "hire_date": "",
            "probation_end": "",
        }


@pytest.mark.parametrize("year", [2024, 2026, 2030])
def test_everybody_was_hired_as_an_adult_and_in_the_past(roster, year):
    today = dt.date(year, 1, 1)
    for person in roster.people(today):
        hired, born = (dt.date.fromisoformat(person[column]) for column in ("hire_date", "birthdate"))
        assert hired <= today
        assert (hired - born).days > 17 * 365


def test_how_many(roster, people):
    assert 1900 <= len(people) <= 2100
    assert 100 <= len(roster.people(TODAY, "small")) <= 200


def test_secretariats_and_agencies(demo_module, people):
    rows = demo_module("roster.agencies").rows(TODAY)
    assert {row["secretariat"] for row in rows} == REQUIRED_SECRETARIATS
    assert len(rows) >= 14
    assert {row["agency"] for row in rows} == {person["agency"] for person in people.values()}


@pytest.mark.parametrize("service", ["leave", "day_to_day"])
def test_each_service_is_live_not_live_and_in_its_first_ten_weeks(demo_module, service):
    ages = []
    for row in demo_module("roster.agencies").rows(TODAY):
        start, _, end = row[service].partition("..")
        ages.append((TODAY - dt.date.fromisoformat(start)).days if start and not end else None)
    assert None in ages
    assert any(age is not None and age < 0 for age in ages)
    assert any(age is not None and 0 <= age < 70 for age in ages)
    assert any(age is not None and age > 365 for age in ages)


def test_every_supervisor_is_on_the_roster_and_nobody_s_own(people):
    for person in people.values():
        number = person["supervisor_number"]
        assert not number or (number in people and number != person["employee_number"])


def test_two_levels_of_supervisors(people):
    def level(person):
        above, seen = 0, set()
        while (number := person["supervisor_number"]) and number not in seen:
            seen.add(number)
            person, above = people[number], above + 1
        return above

    assert sum(level(person) >= 2 for person in people.values()) > 1000


@pytest.mark.parametrize(
    "situation",
    {
        "no supervisor": lambda one, boss, top: boss is None,
        "supervisor left": lambda one, boss, top: boss and boss["status"] == "left",
        "supervisor away": lambda one, boss, top: boss and boss["status"] == "away",
        "supervisor without email": lambda one, boss, top: boss and not boss["work_email"],
        "supervisor without phone": lambda one, boss, top: boss and not boss["work_phone"],
        "next level's own report": lambda one, boss, top: top and top["supervisor_number"] == boss["employee_number"],
        "accent": lambda one, boss, top: re.search("[áéíóúñöçễ]", one["last_name"]),
        "hyphen": lambda one, boss, top: "-" in one["last_name"],
        "straight apostrophe": lambda one, boss, top: "'" in one["last_name"],
        "curly apostrophe": lambda one, boss, top: "’" in one["last_name"],
        "ZIP+4": lambda one, boss, top: re.fullmatch(r"\d{5}-\d{4}", one["home_zip"]),
        "zero in the ZIP": lambda one, boss, top: one["home_zip"].startswith("0"),
        "contractor": lambda one, boss, top: one["kind"] == "contractor",
        "seasonal": lambda one, boss, top: one["kind"] == "seasonal",
        "part-time": lambda one, boss, top: one["full_time"] == "no",
        "rotating nights": lambda one, boss, top: one["schedule_kind"] == "rotating",
        "shift past midnight": lambda one, boss, top: "22:00-06:00" in one["schedule"],
        "variable": lambda one, boss, top: one["schedule_kind"] == "variable",
        "works holidays": lambda one, boss, top: one["works_holidays"] == "yes",
        "on probation": lambda one, boss, top: one["probation_end"] > TODAY.isoformat(),
        "no record of hours": lambda one, boss, top: one["hours_worked_12_months"] == "",
        "Spanish": lambda one, boss, top: one["language"] == "es",
        "left": lambda one, boss, top: one["status"] == "left",
        "bridged employment": lambda one, boss, top: "bridged" in one.get("employment_periods", ""),
        "born on February 29": lambda one, boss, top: one["birthdate"].endswith("-02-29"),
    }.items(),
    ids=lambda situation: situation[0],
)
def test_somebody_is_in_every_situation(demo_module, people, situation):
    def fits(part):
        one = people[part.number]
        boss = people.get(one["supervisor_number"])
        return situation[1](one, boss, people.get(boss["supervisor_number"]) if boss else None)

    assert any(map(fits, demo_module("roster.cast").ALL))


def test_twins_differ_in_first_name_alone(people):
    alike = {}
    for person in people.values():
        key = tuple(person[fact] for fact in ("last_name", "birthdate", "home_zip"))
        alike.setdefault(key, set()).add(person["first_name"])
    assert any(len(first_names) == 2 for first_names in alike.values())


def test_nobody_can_be_reached_by_mistake(people):
    phones = [person["work_phone"] for person in people.values() if person["work_phone"]]
    assert len(phones) == len(set(phones)) > 500
    for phone in phones:
        assert re.fullmatch(r"\+1\d{3}55501\d\d", phone)
        assert phonenumbers.is_valid_number(phonenumbers.parse(phone))
    emails = [person["work_email"] for person in people.values() if person["work_email"]]
    assert len(emails) == len(set(emails)) > 1500
    assert all(email.endswith("@example.org") for email in emails)
