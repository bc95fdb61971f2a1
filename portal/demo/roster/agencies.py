"""The nine secretariats and agencies in every situation of a launch, relative to the demo's today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

SECRETARIATS = {
    "EOANF": "Executive Office for Administration and Finance",
    "EOEDU": "Executive Office of Education",
    "EOHED": "Executive Office of Housing and Economic Development",
    "EOLWD": "Executive Office of Labor and Workforce Development",
    "EOTSS": "Executive Office of Technology Services and Security",
    "MassDOT": "Massachusetts Department of Transportation",
    "EOEEA": "Executive Office of Energy and Environmental Affairs",
    "EOHHS": "Executive Office of Health and Human Services",
    "EOPSS": "Executive Office of Public Safety and Security",
}
LONG_AGO, NEW, NEWEST = -700, -60, -7  # days from today; the first ten weeks are 70 days


@dataclass(frozen=True)
class DemoAgency:
    """Days from today on which each service began, and ended for day-to-day; None: never."""

    code: str
    secretariat: str
    name: str
    leave: int | None = LONG_AGO
    day_to_day: int | None = LONG_AGO
    day_to_day_ended: int | None = None
    weight: int = 2  # its share of the crowd
    tells_next_level: bool = True


AGENCIES = (
    DemoAgency("DPH", "EOHHS", "Department of Public Health", weight=5),
    DemoAgency("DMH", "EOHHS", "Department of Mental Health", weight=4),
    DemoAgency("DDS", "EOHHS", "Department of Developmental Services", weight=5),
    DemoAgency("DCF", "EOHHS", "Department of Children and Families", day_to_day=NEW, weight=4),
    DemoAgency("DTA", "EOHHS", "Department of Transitional Assistance", leave=NEW, day_to_day=NEWEST),
    DemoAgency("DOR", "EOANF", "Department of Revenue", weight=3),
    DemoAgency("HRD", "EOANF", "Human Resources Division", tells_next_level=False),
    DemoAgency("DESE", "EOEDU", "Department of Elementary and Secondary Education", day_to_day=None),
    DemoAgency("EEC", "EOEDU", "Department of Early Education and Care", leave=None, day_to_day=None),
    DemoAgency("DHCD", "EOHED", "Department of Housing and Community Development", day_to_day=20),
    DemoAgency("DOB", "EOHED", "Division of Banks", leave=NEWEST, day_to_day=None, weight=1),
    DemoAgency("DUA", "EOLWD", "Department of Unemployment Assistance"),
    DemoAgency("DIA", "EOLWD", "Department of Industrial Accidents", leave=30, day_to_day=30, weight=1),
    DemoAgency("TSS", "EOTSS", "Technology Services", day_to_day_ended=-30),
    DemoAgency("HWY", "MassDOT", "Highway Division", weight=4),
    DemoAgency("RMV", "MassDOT", "Registry of Motor Vehicles", day_to_day=NEWEST, weight=3),
    DemoAgency("DCR", "EOEEA", "Department of Conservation and Recreation", weight=3),
    DemoAgency("DEP", "EOEEA", "Department of Environmental Protection", leave=None, day_to_day=NEW),
    DemoAgency("DOC", "EOPSS", "Department of Correction", weight=4),
    DemoAgency("POL", "EOPSS", "Department of State Police", leave=LONG_AGO, day_to_day=None),
)

CALL_OUT_EN = (
    "Call your supervisor at least one hour before your shift begins.\n"
    "If nobody answers, leave a message with your name and a number where we can reach you."
)
CALL_OUT_ES = (
    "Llame a su supervisor al menos una hora antes de que empiece su turno.\n"
    "Si nadie contesta, deje un mensaje con su nombre y un número donde podamos localizarle."
)


def rows(today: dt.date) -> list[dict[str, str]]:
    """Lines of the agencies file."""
    return [
        {
            "secretariat": agency.secretariat,
            "secretariat_name": SECRETARIATS[agency.secretariat],
            "agency": agency.code,
            "agency_name": agency.name,
            "call_out_en": CALL_OUT_EN,
            "call_out_es": CALL_OUT_ES,
            "tells_next_level": "yes" if agency.tells_next_level else "no",
            "leave": _dates(today, agency.leave, None),
            "day_to_day": _dates(today, agency.day_to_day, agency.day_to_day_ended),
        }
        for agency in AGENCIES
    ]


def _dates(today: dt.date, start: int | None, end: int | None) -> str:
    if start is None:
        return ""
    first = today + dt.timedelta(days=start)
    return f"{first}.." if end is None else f"{first}..{today + dt.timedelta(days=end)}"
