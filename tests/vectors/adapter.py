"""Vectors (see schema.md) to the engine's types and its answers back, key by key.

`python -m tests.vectors FILE` prints each vector's first difference and how many agree.
"""

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from cases.policy.balance import half_up
from cases.policy.balances import balances
from cases.policy.codec import dump, load
from cases.policy.deadlines import Occasion, deadlines
from cases.policy.engine import determine
from cases.policy.financial import Wages, estimate
from cases.policy.rows import parse
from cases.policy.schedules import NoTimePasses, end_day, span
from cases.policy.types import Calendar, Employee, LedgerEntry, Request

OPEN = Path(__file__).with_name("open.json")
APPLICABLE = ("policy", "eligibility", "reasons")
SHOWN = (
    *APPLICABLE,
    *("eligible_from", "notes", "measuring_period", "balance_start", "balance_end", "approved", "exhausted"),
    *("exhaustion_date", "first_uncovered_date", "waiting_period", "segments"),
)


def read(path):
    """All vectors of a file, each with its policy rows filled in."""
    data = json.loads(Path(path).read_text())
    return [{**vector, "rows": rows(vector, data["policy_defaults"])} for vector in data["vectors"]]


def rows(vector, defaults):
    return [{"code": p["code"], **defaults.get(p["code"], {}), **p.get("set", {})} for p in vector.get("policies", ())]


def inputs(vector):
    ledger = [
        {**{k: v for k, v in row.items() if k != "dates"}, "date": day}
        for row in vector.get("ledger", ())
        for day in row["dates"]
    ]
    return {
        "request": load(Request, vector["request"]),
        "employee": load(Employee, vector["employee"]),
        "ledger": load(tuple[LedgerEntry, ...], ledger),
        "calendar": load(Calendar, vector["calendar"]),
    }


def run_determine(vector):
    given = inputs(vector)
    policies = [parse(row) for row in vector["rows"]]
    return {"determinations": [shown(d, given["request"].mode) for d in determine(**given, policies=policies)]}


def shown(determination, mode):
    data = dump(determination)
    if determination.eligibility == "NOT_APPLICABLE":
        return {key: data[key] for key in APPLICABLE}
    answer = {key: data[key] for key in SHOWN}
    if mode == "intermittent":
        answer["days"] = [
            {
                "date": day.date.isoformat(),
                "charge_minutes": half_up(day.minutes),
                "approved_minutes": half_up(day.approved_minutes),
                "status": day.status,
            }
            for day in determination.days
        ]
    return answer


def run_balances(vector):
    (row,) = vector["rows"]
    return {"balances": dump(balances(**inputs(vector), policy=parse(row)))}


def run_duration(vector):
    given = vector["input"]
    day, start, end = dt.date.fromisoformat(given["date"]), *map(dt.time.fromisoformat, (given["start"], given["end"]))
    try:
        minutes = span(day, start, end, zone=ZoneInfo(given["tz"])).minutes
    except NoTimePasses:
        return {"valid": False}
    return {"valid": True, "minutes": minutes, "end_date": end_day(day, start, end).isoformat()}


def run_deadlines(vector):
    due = dump(deadlines(load(Occasion, vector["input"])))
    return {"deadlines": {name: value for name, value in due.items() if value is not None}}


def run_financial(vector):
    return dump(estimate(load(Wages, vector["input"])))


KINDS = {
    "determine": run_determine,
    "balance_range": run_balances,
    "duration": run_duration,
    "deadlines": run_deadlines,
    "pfml_financial": run_financial,
}


def difference(vector):
    """The first differing key with what was expected and what came; None if all agree."""
    return compare(vector["expect"], KINDS[vector["kind"]](vector), "")


def compare(expected, actual, key):
    if isinstance(expected, dict) and isinstance(actual, dict):
        keys = [k for k in {**expected, **actual} if not (empty(expected.get(k)) and empty(actual.get(k)))]
        return first(compare(expected.get(k), actual.get(k), f"{key}.{k}" if key else k) for k in keys)
    if key.endswith((".reasons", ".notes")):
        expected, actual = sorted(expected), sorted(actual)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return first(compare(e, a, f"{key}[{n}]") for n, (e, a) in enumerate(zip(expected, actual, strict=True)))
    elif key.endswith(".weeks") and expected is not None and actual is not None:
        expected, actual = Fraction(expected), Fraction(actual)
    return None if expected == actual else (key, expected, actual)


def empty(value):
    """Absent, null and empty are the same."""
    return value is None or value in ([], {})


def first(found):
    return next((difference for difference in found if difference), None)
