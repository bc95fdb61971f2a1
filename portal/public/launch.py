"""Which agencies the administrator serves, since when: rows of the roster, arranged for people. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from registration.roster.models import Agency, AgencyService


@dataclass(frozen=True)
class Start:
    """One row of the launch timeline."""

    on: dt.date
    service: str  # a value of Service
    agencies: str  # as `named` writes them; empty when it is every agency


@dataclass(frozen=True)
class DualNotice:
    """Agencies whose people must also tell their supervisor, through the day `until` (R28)."""

    until: dt.date
    agencies: str


def named(some: Collection[Agency], everyone: Collection[Agency]) -> str:
    """Agencies as people look for them: a secretariat that is in with every agency by its code alone.

    "EOANF, EOHHS (Department of Public Health, Soldiers’ Home), EOTSS". Each agency carries its secretariat.
    """
    chosen = set(some)
    parts = []
    for code, agencies in groupby(sorted(everyone, key=_place), key=lambda agency: agency.secretariat.code):
        all_of_them = list(agencies)
        inside = [agency.name for agency in all_of_them if agency in chosen]
        if len(inside) == len(all_of_them):
            parts.append(code)
        elif inside:
            parts.append(f"{code} ({', '.join(inside)})")
    return ", ".join(parts)


def timeline(services: Iterable[AgencyService], everyone: Collection[Agency]) -> list[Start]:
    """Earliest first; agencies that start the same service on the same day share a row."""
    by_start: dict[tuple[dt.date, str], list[Agency]] = {}
    for row in services:
        by_start.setdefault((row.starts_on, row.service), []).append(row.agency)
    return [
        Start(on, service, "" if len(agencies) == len(everyone) else named(agencies, everyone))
        for (on, service), agencies in sorted(by_start.items(), key=lambda item: (item[0][0], item[0][1] != "leave"))
    ]


def dual_notices(
    services: Iterable[AgencyService], everyone: Collection[Agency], *, today: dt.date
) -> list[DualNotice]:
    """The first ten weeks of any service, soonest to end first."""
    by_end: dict[dt.date, list[Agency]] = {}
    for row in services:
        if row.starts_on <= today <= row.dual_notice_until:
            by_end.setdefault(row.dual_notice_until, []).append(row.agency)
    return [DualNotice(until, named(agencies, everyone)) for until, agencies in sorted(by_end.items())]


def _place(agency: Agency) -> tuple[str, str]:
    return agency.secretariat.code, agency.name
