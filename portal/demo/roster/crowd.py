"""Everybody else: agencies with two levels of supervisors, drawn with a fixed seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from portal.demo.roster import names, schedules
from portal.demo.roster.agencies import AGENCIES, DemoAgency
from portal.demo.roster.person import Person, email, person

SEED = 20_221_212
HOSPITALS = {"DMH", "DDS", "DOC", "DPH"}
SPAN = 9  # people a supervisor has; a next-level supervisor has six supervisors
FIRST_NUMBER = 200_000


class _Draw:
    def __init__(self, today: dt.date, phones: Iterator[str]) -> None:
        self.random = random.Random(SEED)
        self.today, self.phones, self.next_number = today, phones, FIRST_NUMBER

    def one(self, agency: DemoAgency, supervisor: str, *, leads: bool) -> Person:
        """`leads`: a supervisor, always to be reached; the others often have no phone at work."""
        pick = self.random
        self.next_number += 1
        number = f"{self.next_number:07}"
        first_name, last_name = pick.choice(names.FIRST), pick.choice(names.LAST)
        city, zip_code = pick.choice(names.TOWNS)
        hours = schedules.WEEKDAYS if leads else self._hours(agency)
        born = dt.date(pick.randint(1958, 2000), pick.randint(1, 12), pick.randint(1, 28))
        hired = dt.date(self._year_of_hire(born), pick.randint(1, 12), pick.randint(1, 28))
        return person(
            number,
            first_name,
            last_name,
            agency.code,
            supervisor,
            birthdate=born,
            home_zip=f"{zip_code}-{pick.randint(1000, 9999)}" if pick.random() < 0.2 else zip_code,
            street=f"{pick.randint(1, 400)} {pick.choice(names.STREETS)} {pick.choice(names.KINDS_OF_STREET)}",
            street_2=f"Apt {pick.randint(1, 40)}" if pick.random() < 0.3 else "",
            city=city,
            status=self._status(leads),
            kind=pick.choices(("regular", "contractor", "seasonal"), (94, 4, 2))[0],
            employee_group="manager" if leads else pick.choice(("unit 1", "unit 2", "unit 6", "unit 8", "")),
            work_email=email(first_name, last_name, number) if leads or pick.random() < 0.9 else "",
            work_phone=next(self.phones) if leads or pick.random() < 0.4 else "",
            language="es" if pick.random() < 0.08 else "en",
            hire_date=hired,
            probation_end=hired + dt.timedelta(days=182),
            hours_worked_12_months=hours.daily_minutes * (235 if hours.full_time else 130) // 60,
            works_holidays=hours in {schedules.ROTATING_NIGHTS, schedules.NIGHT_SHIFTS},
            sick_minutes=60 * pick.randint(0, 240),
            vacation_minutes=60 * pick.randint(0, 160),
            personal_minutes=60 * pick.randint(0, 40),
            pfml_eligible=pick.random() < 0.95,
            **hours.columns(),
        )

    def _year_of_hire(self, born: dt.date) -> int:
        """In the last 25 years, before this one, and not as a child."""
        latest = self.today.year - 1
        return self.random.randint(min(max(latest - 24, born.year + 19), latest), latest)

    def _hours(self, agency: DemoAgency) -> schedules.Hours:
        return self.random.choice(schedules.CROWD_HOSPITALS if agency.code in HOSPITALS else schedules.CROWD)

    def _status(self, leads: bool) -> str:
        return self.random.choices(("active", "away", "left"), (97, 2, 1) if leads else (95, 2, 3))[0]


def people(size: int, today: dt.date, phones: Iterator[str]) -> list[Person]:
    """About `size` lines of the roster file, the same for the same arguments."""
    draw = _Draw(today, phones)
    shares = sum(agency.weight for agency in AGENCIES)
    return [one for agency in AGENCIES for one in _staff(draw, agency, size * agency.weight // shares)]


def _staff(draw: _Draw, agency: DemoAgency, size: int) -> Iterator[Person]:
    """A head, next-level supervisors, supervisors, and their people, until there are `size`."""
    yield (head := draw.one(agency, "", leads=True))
    made, next_level, supervisor = 1, head, head
    while made < size:
        if made % (6 * (SPAN + 1)) == 1:
            yield (next_level := draw.one(agency, head["employee_number"], leads=True))
        elif made % (SPAN + 1) == 2:
            yield (supervisor := draw.one(agency, next_level["employee_number"], leads=True))
        else:
            yield draw.one(agency, supervisor["employee_number"], leads=False)
        made += 1
