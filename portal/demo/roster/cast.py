"""People with a part to play: one for each situation that the portal must handle. Their numbers never change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.demo.roster import schedules
from portal.demo.roster.person import Person, email, person
from portal.demo.roster.schedules import Hours

SUPERVISOR, NEXT_LEVEL = "0000101", "0000102"
LEFT, ONE_OF_TWO, OTHER_OF_TWO, AWAY, NO_EMAIL, NO_PHONE = (f"00001{n:02}" for n in range(3, 9))
ELSEWHERE = "0000110"  # supervises the cast of agencies that are not DPH


@dataclass(frozen=True)
class Part:
    """`situation` is what the viewer of /demo/ reads."""

    number: str
    situation: str
    first_name: str
    last_name: str
    born: str
    zip_code: str
    supervisor: str = SUPERVISOR
    agency: str = "DPH"
    hours: Hours = schedules.WEEKDAYS
    hired_days_ago: int | None = None  # None: years ago
    facts: tuple[tuple[str, Any], ...] = ()


def _part(n: int, situation: str, name: str, born: str, zip_code: str, **more: Any) -> Part:
    facts = tuple(more.pop("facts", {}).items())
    first_name, last_name = name.split("|")
    return Part(f"{n:07}", situation, first_name, last_name, born, zip_code, facts=facts, **more)


BOSSES = (
    _part(101, "Supervisor", "Grace|Lindqvist", "1971-03-14", "02118", supervisor=NEXT_LEVEL),
    _part(102, "Next-level supervisor", "Tomás|Ibarra", "1966-11-02", "02139", supervisor=""),
    _part(103, "A supervisor who left", "Walter|Pike", "1959-07-21", "02169", facts={"status": "left"}),
    _part(
        104, "Supervisor and next level of each other", "Imani|Brooks", "1974-09-09", "02143", supervisor=OTHER_OF_TWO
    ),
    _part(105, "Supervisor and next level of each other", "Petr|Novák", "1969-01-30", "01852", supervisor=ONE_OF_TWO),
    _part(106, "A supervisor on leave", "Colleen|Mahoney", "1977-05-17", "02122", facts={"status": "away"}),
    _part(107, "A supervisor without email", "Luís|Andrade", "1972-08-08", "02720", facts={"work_email": ""}),
    _part(108, "A supervisor without a phone", "Mei|Zhang", "1980-10-10", "02169", facts={"work_phone": ""}),
    _part(110, "Supervisor at other agencies", "Denise|Fontaine", "1970-12-24", "01608", supervisor=NEXT_LEVEL),
)

UNREGISTERED = (
    _part(1001, "Everyday: both services live, supervisor and next level", "Hannah|Taylor", "1988-04-12", "02118"),
    _part(1002, "Accents", "José|Núñez-Ibáñez", "1979-05-04", "02108"),
    _part(1003, "A straight apostrophe, ZIP+4", "Siobhán|O'Connor", "1990-02-28", "02122-1512"),
    _part(1004, "A curly apostrophe, born on February 29", "Niamh|O’Brien", "1984-02-29", "01944"),
    _part(1005, "A hyphen and a space in the names", "Marie-Claire|Jean Baptiste", "1992-12-31", "02301"),
    _part(1006, "A twin", "Thanh|Phạm", "1995-06-15", "01902"),
    _part(1007, "The other twin", "Thảo|Phạm", "1995-06-15", "01902"),
    _part(1008, "Shares name and ZIP Code with the next person", "John|Kelley", "1961-03-03", "02169"),
    _part(1009, "Shares name and ZIP Code with the last person", "John|Kelley", "1993-08-19", "02169"),
    _part(1010, "A particle and a suffix", "Luis|de la Cruz Jr.", "1986-01-01", "01040", facts={"language": "es"}),
    _part(1011, "One letter as a last name", "Aye|O", "1991-11-11", "02139"),
    _part(
        1012, "A long name", "Maximiliana-Theodora|Featherstonehaugh-Wolfeschlegelsteinhausen", "1975-10-26", "01201"
    ),
    _part(1013, "Nobody as supervisor", "Ruth|Goldberg", "1964-02-14", "02139", supervisor=""),
    _part(1014, "The supervisor left", "Tyrone|Washington", "1983-07-07", "02118", supervisor=LEFT),
    _part(
        1015,
        "The next level is the supervisor’s own report",
        "Keisha|Greene",
        "1989-09-30",
        "02122",
        supervisor=ONE_OF_TWO,
    ),
    _part(1016, "The supervisor is on leave", "Omar|Haddad", "1987-03-22", "02301", supervisor=AWAY),
    _part(1017, "The supervisor has no email", "Rosa|Medeiros", "1973-05-13", "02740", supervisor=NO_EMAIL),
    _part(1018, "The supervisor has no phone", "Wei|Chen", "1994-04-04", "02169", supervisor=NO_PHONE),
    _part(1019, "A contractor", "Priya|Sharma", "1990-10-02", "02143", facts={"kind": "contractor"}),
    _part(
        1020,
        "Seasonal",
        "Noah|Sullivan",
        "2003-06-01",
        "02601",
        agency="DCR",
        supervisor=ELSEWHERE,
        hired_days_ago=90,
        facts={"kind": "seasonal", "hours_worked_12_months": "480"},
    ),
    _part(
        1021,
        "Part-time",
        "Beatriz|Oliveira",
        "1985-08-25",
        "02720",
        hours=schedules.HALF_TIME,
        facts={"hours_worked_12_months": "1040"},
    ),
    _part(
        1022,
        "Rotating night shifts",
        "Oluwaseun|Adeyemi",
        "1982-12-05",
        "01608",
        hours=schedules.ROTATING_NIGHTS,
        facts={"works_holidays": True},
    ),
    _part(
        1023,
        "Night shifts past midnight",
        "Sergei|Ivanova",
        "1978-01-18",
        "01852",
        hours=schedules.NIGHT_SHIFTS,
        facts={"works_holidays": True},
    ),
    _part(1024, "No fixed schedule", "Jada|Parker", "1992-09-09", "01103", hours=schedules.VARIABLE),
    _part(1025, "Hired three weeks ago, on probation", "Liam|Quinn", "2001-05-20", "02139", hired_days_ago=21),
    _part(
        1026,
        "Hired again after military service",
        "Robert|Turner",
        "1980-02-02",
        "01702",
        facts={"employment_periods": "2008-03-03..2014-05-30; 2016-01-04.. bridged"},
    ),
    _part(
        1027,
        "A manager without a record of hours",
        "Margaret|Walsh",
        "1968-06-06",
        "02360",
        facts={"employee_group": "manager", "hours_worked_12_months": ""},
    ),
    _part(1028, "Reads Spanish", "Ximena|Villanueva", "1993-01-25", "01841", facts={"language": "es"}),
    _part(
        1029,
        "In the first ten weeks of day-to-day reporting",
        "Carmen|Rivera",
        "1986-11-03",
        "01103",
        agency="DCF",
        supervisor=ELSEWHERE,
    ),
    _part(
        1030,
        "In the first ten weeks of both services",
        "Elijah|Freeman",
        "1981-04-17",
        "02118",
        agency="DTA",
        supervisor=ELSEWHERE,
    ),
    _part(
        1031,
        "Agency not live for day-to-day",
        "Yara|Haddad",
        "1996-07-29",
        "02143",
        agency="DESE",
        supervisor=ELSEWHERE,
    ),
    _part(
        1032, "Agency not live for anything", "Paul|Lavoie", "1970-03-08", "01040", agency="EEC", supervisor=ELSEWHERE
    ),
    _part(
        1033,
        "Day-to-day begins in three weeks",
        "Nadia|Krasniqi",
        "1988-12-12",
        "01902",
        agency="DHCD",
        supervisor=ELSEWHERE,
    ),
    _part(
        1034, "Day-to-day ended last month", "Arjun|Desai", "1984-05-05", "02139", agency="TSS", supervisor=ELSEWHERE
    ),
    _part(
        1035,
        "Agency that does not tell the next level",
        "Joanna|Wójcik",
        "1979-08-14",
        "01852",
        agency="HRD",
        supervisor=ELSEWHERE,
    ),
    _part(
        1036,
        "Works holidays",
        "Stephen|Burke",
        "1976-10-31",
        "01201",
        agency="DOC",
        supervisor=ELSEWHERE,
        hours=schedules.DAY_SHIFTS,
        facts={"works_holidays": True},
    ),
)

REGISTERED = (
    _part(2001, "Everyday", "Ada|Okafor", "1985-01-15", "02118"),
    _part(2002, "Everyday", "David|Clarke", "1978-02-16", "02139"),
    _part(2003, "Everyday", "Sofía|Martínez", "1991-03-17", "01841", facts={"language": "es"}),
    _part(2004, "Everyday", "Malik|Johnson", "1983-04-18", "02122"),
    _part(2005, "Everyday", "Emily|Tran", "1994-05-19", "02169"),
    _part(2006, "Everyday", "Connor|Doyle", "1987-06-20", "02360"),
    _part(2007, "Rotating night shifts", "Fatou|Diallo", "1980-07-21", "01608", hours=schedules.ROTATING_NIGHTS),
    _part(2008, "Part-time", "Karen|Schmidt", "1972-08-22", "02601", hours=schedules.THREE_DAYS),
    _part(2009, "Nobody as supervisor", "Victor|Popescu", "1967-09-23", "02139", supervisor=""),
    _part(
        2010,
        "In the first ten weeks of day-to-day reporting",
        "Laila|Rahman",
        "1990-10-24",
        "02301",
        agency="DCF",
        supervisor=ELSEWHERE,
    ),
    _part(
        2011,
        "Agency not live for day-to-day",
        "Mark|Jensen",
        "1975-11-25",
        "01702",
        agency="DESE",
        supervisor=ELSEWHERE,
    ),
    _part(2012, "The supervisor left", "Shanice|Robinson", "1989-12-26", "02143", supervisor=LEFT),
)
STRANGERS = (  # on the roster, and yet nobody who may register
    _part(3001, "Left", "Eileen|Cunningham", "1962-04-01", "02108", facts={"status": "left"}),
)
ALL = (*BOSSES, *UNREGISTERED, *REGISTERED, *STRANGERS)


def people(today: dt.date, phones: dict[str, str]) -> list[Person]:
    """Lines of the roster file; `phones` by employee number."""
    return [_line(part, today, phones[part.number]) for part in ALL]


def _line(part: Part, today: dt.date, phone: str) -> Person:
    hired = dt.date(today.year - 8, 1, 4) if part.hired_days_ago is None else _ago(today, part.hired_days_ago)
    ordinary = {
        "birthdate": part.born,
        "home_zip": part.zip_code,
        "street": f"{int(part.number) % 90 + 1} Maple Street",
        "city": "Boston",
        "work_email": email(part.first_name, part.last_name, part.number),
        "work_phone": phone,
        "hire_date": hired,
        "probation_end": hired + dt.timedelta(days=182),
        "sick_minutes": 60 * 96,
        "vacation_minutes": 60 * 80,
        "personal_minutes": 60 * 24,
        **part.hours.columns(),
    }
    facts = ordinary | dict(part.facts)
    return person(part.number, part.first_name, part.last_name, part.agency, part.supervisor, **facts)


def _ago(today: dt.date, days: int) -> dt.date:
    return today - dt.timedelta(days=days)
