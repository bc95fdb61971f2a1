"""Reports absences through the product's own service, as many as each line on standard input says.

For every submission that was acknowledged, that is after its transaction was committed, one JSON line:
{"case": number, "messages": [[channel, address], …]}: what must be received because of it.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from cases.models.case import Case  # noqa: E402  # Django must stand first
from registration.models import Agency, Employee  # noqa: E402  # as above
from tests.factories.people import make_agency, make_employee, make_user  # noqa: E402  # as above
from tests.factories.records import open_case  # noqa: E402  # as above


def person(name: str, n: int, agency: Agency, supervisor: Employee | None = None) -> Employee:
    phone = f"+1{ {'above': 413, 'boss': 617, 'me': 508}[name] }555{n:04}"
    return make_employee(agency=agency, supervisor=supervisor, work_email=f"{name}{n}@example.org", work_phone=phone)


def submit(n: int, agency: Agency) -> tuple[Case, list[list[str]]]:
    above = person("above", n, agency)
    boss = person("boss", n, agency, above)
    me = person("me", n, agency, boss)
    case = open_case(me, by=make_user(me))
    told = [[channel, getattr(who, f"work_{kind}")] for who in (above, boss) for channel, kind in CHANNELS]
    return case, [*told, ["email", me.work_email]]


CHANNELS = (("email", "email"), ("sms", "phone"))


def main() -> None:
    agency, n = make_agency(), 0
    print("ready", flush=True)
    for line in sys.stdin:
        for _ in range(int(line)):
            case, messages = submit(n, agency)
            n += 1
            print(json.dumps({"case": case.number, "messages": messages}), flush=True)


main()
