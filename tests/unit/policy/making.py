"""People, rows and requests to ask the engine with: plain data, so that a test shows only what it is about."""

import datetime as dt

from cases.policy.codec import load
from cases.policy.engine import determine
from cases.policy.rows import parse
from cases.policy.types import Calendar, Employee, LedgerEntry, Request

NINE_TO_FIVE = [0, 480, 480, 480, 480, 480, 0]
WEEK = 2400

# Nobody's law: whatever the engine knows of it stands in this row.
TIDE = {
    "code": "TIDE",
    "name": "Tidewatch Leave",
    "authority": "Tidewatch Act s.4",
    "effective_from": "2000-01-01",
    "groups": ["*"],
    "reasons": {"tide": ["self"]},
    "eligibility": [],
    "unit": "weeks",
    "limits": [
        {
            "id": "TIDE6",
            "amount": "6",
            "period": {"method": "rolling_backward", "months": 12},
            "counts": ["TIDE"],
        }
    ],
    "increment_minutes": 15,
}
MONDAY = dt.date(2025, 3, 3)


def date(text):
    return dt.date.fromisoformat(text)


def row(**changes):
    return {**TIDE, **changes}


def limited(method, amount="6", **changes):
    """The row with one limit, measured so."""
    period = {"method": method, **{k: changes.pop(k) for k in ("months", "start_month", "start_day") if k in changes}}
    if "opened_by" in changes:
        period["opened_by"] = changes.pop("opened_by")
    return row(limits=[{"id": "ONE", "amount": amount, "period": period, "counts": ["TIDE"], **changes}])


def employee(**changes):
    schedules = [{"kind": "weekly", "from": "2000-01-01", "week": NINE_TO_FIVE}]
    hired = [{"start": "2010-01-04"}]
    return load(Employee, {"group": "union", "employment": hired, "schedules": schedules, **changes})


def request(start="2025-03-03", end="2025-03-07", **changes):
    asked = {"reason": "tide", "relationship": "self", "mode": "continuous", "start": start, "end": end}
    return load(Request, {**asked, **changes})


def absences(*times, start="2025-03-03", end="2025-03-28", **changes):
    """An intermittent request: dates for whole days, pairs for minutes, or whole absences as data."""
    listed = [_time(time) for time in times]
    return request(start, end, mode="intermittent", absences=listed, **changes)


def _time(time):
    if isinstance(time, str):
        return {"date": time, "full_day": True}
    return time if isinstance(time, dict) else {"date": time[0], "minutes": time[1]}


def used(*days, minutes=480, policy="TIDE", week_minutes=WEEK, status="approved", **changes):
    """Ledger entries, one for each date."""
    common = {"policy": policy, "minutes": minutes, "week_minutes": week_minutes, "status": status, **changes}
    return tuple(load(LedgerEntry, {**common, "date": str(day)}) for day in days)


def workdays(first, count):
    """So many weekdays from a date on."""
    day, found = date(first), []
    while len(found) < count:
        if day.isoweekday() < 6:
            found.append(day)
        day += dt.timedelta(days=1)
    return found


def calendar(**changes):
    return load(Calendar, changes)


def ask(asked=None, *rows, who=None, ledger=(), on=None):
    """The determinations, or the only one."""
    policies = [parse(r) for r in rows or (TIDE,)]
    answers = determine(asked or request(), who or employee(), ledger, policies, on or Calendar())
    return answers if len(policies) > 1 else answers[0]


def statuses(determination):
    return [(str(s.from_), str(s.to), s.status, s.approved_minutes) for s in determination.segments]
