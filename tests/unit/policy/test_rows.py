"""Rows as administrators edit them: what is wrong is named; the product's own rows are those of the vectors."""

import json
import re
from pathlib import Path

import pytest

import cases.policy
from cases.policy.codec import Malformed, dump
from cases.policy.rows import named, parse
from tests.unit.policy.making import TIDE, row
from tests.vectors.adapter import OPEN

FIXTURE = Path(__file__).parents[3] / "cases" / "policies.json"


def limit(**changes):
    return [{**TIDE["limits"][0], **changes}]


def period(**changes):
    return limit(period={**TIDE["limits"][0]["period"], **changes})


def event_window(**changes):
    return [{"type": "event_months", "months": 12, "reasons": ["tide"], **changes}]


def exigency_window(*span):
    return [{"type": "exigency", "reasons": ["tide"], "spans": {"x": span}}]


MINUTES = {"unit": "minutes", "limits": limit(amount={"balance": "bank"}, period={"method": "balance"}, counts=[])}


@pytest.mark.parametrize(
    ("changes", "key", "problem"),
    [
        ({"codee": "X"}, "codee", "is not a known key"),
        ({"name": 3}, "name", "must be a text"),
        ({"name": " "}, "name", "must not be empty"),
        ({"authority": ""}, "authority", "must not be empty"),
        ({"effective_from": "2000-13-01"}, "effective_from", "must be a date such as 2025-12-31"),
        ({"effective_to": "1999-12-31"}, "effective_to", "must not be before effective_from"),
        ({"groups": []}, "groups", "must not be empty"),
        ({"groups": "union"}, "groups", "must be a list"),
        ({"reasons": {}}, "reasons", "must not be empty"),
        ({"reasons": []}, "reasons", "must be an object"),
        ({"reasons": {"tide": ["self", "cousin"]}}, "reasons.tide", "cousin is not a relationship"),
        (
            {"reason_effective_from": {"ebb": "2020-01-01"}},
            "reason_effective_from",
            "ebb is not a reason of this policy",
        ),
        ({"agreement_required_for": ["ebb"]}, "agreement_required_for", "ebb is not a reason of this policy"),
        ({"event_types": ["birth", "flood"]}, "event_types", "flood is not an event"),
        ({"modes": ["often"]}, "modes[0]", "must be one of continuous, reduced, intermittent"),
        ({"unit": "days"}, "unit", "must be one of weeks, minutes"),
        ({"increment_minutes": 0}, "increment_minutes", "must be at least 1"),
        ({"increment_minutes": True}, "increment_minutes", "must be a whole number"),
        ({"minimum_charge_minutes": -1}, "minimum_charge_minutes", "must not be negative"),
        ({"waiting": {"days": 0, "effect": "deny"}}, "waiting.days", "must be at least 1"),
        ({"waiting": {"days": 7, "effect": "sigh"}}, "waiting.effect", "must be one of unpaid, deny"),
        ({"waiting": {"days": 7}}, "waiting.effect", "is missing"),
        ({"limits": []}, "limits", "must not be empty"),
        ({"limits": limit() * 2}, "limits[1].id", "is used twice"),
        ({"limits": limit(amount="six")}, "limits[0].amount", 'must be a number in quotes such as "12" or "1/3"'),
        ({"limits": limit(amount="1/0")}, "limits[0].amount", "must be a number in quotes"),
        ({"limits": limit(amount="-1")}, "limits[0].amount", "must not be negative"),
        ({"limits": limit(amount={"purse": "x"})}, "limits[0].amount.purse", "is not a known key"),
        ({"limits": limit(amount={"balance": "bank"})}, "limits[0].period.method", "balance goes with"),
        ({"limits": period(method="balance")}, "limits[0].period.method", "balance goes with"),
        ({"limits": period(method="lunar")}, "limits[0].period.method", "must be one of rolling_backward, "),
        ({"limits": period(months=0)}, "limits[0].period.months", "must be at least 1"),
        ({"limits": period(start_month=0)}, "limits[0].period", "start_month and start_day must be a date"),
        ({"limits": period(start_month=13)}, "limits[0].period", "start_month and start_day must be a date"),
        (
            {"limits": period(start_month=4, start_day=31)},
            "limits[0].period",
            "start_month and start_day must be a date",
        ),
        ({"limits": limit(counts=["EBB"])}, "limits[0].counts", "must hold TIDE"),
        ({"limits": limit(reasons=[["ebb", None]])}, "limits[0].reasons[0]", "is not a reason and relationship"),
        ({"limits": limit(reasons=[["tide", "child"]])}, "limits[0].reasons[0]", "is not a reason and relationship"),
        ({"limits": limit(reasons=[["tide"]])}, "limits[0].reasons[0]", "must have 2 items"),
        ({"limits": limit(only_if="works_holidays")}, "limits", "must hold one without only_if or reasons"),
        ({"limits": limit(reasons=[["tide", "self"]])}, "limits", "must hold one without only_if or reasons"),
        ({**MINUTES, "unit": "weeks"}, "limits[0].amount", "a balance is in minutes and needs unit minutes"),
        ({"eligibility": [{"type": "luck"}]}, "eligibility[0].type", "must be one of months_employed, hours_12mo"),
        ({"eligibility": [{"months": 3}]}, "eligibility[0].type", "must be one of "),
        ({"eligibility": ["months"]}, "eligibility[0]", "must be an object"),
        ({"eligibility": [{"type": "months_employed"}]}, "eligibility[0].months", "is missing"),
        ({"eligibility": [{"type": "months_employed", "months": -1}]}, "eligibility[0].months", "must not be negative"),
        ({"eligibility": [{"type": "any_of", "of": []}]}, "eligibility[0].of", "must not be empty"),
        (
            {"eligibility": [{"type": "any_of", "of": [{"type": "fact", "name": ""}]}]},
            "eligibility[0].of[0].name",
            "must not",
        ),
        ({"windows": event_window(months=0)}, "windows[0].months", "must be at least 1"),
        ({"windows": event_window(reasons=["ebb"])}, "windows[0].reasons", "ebb is not a reason of this policy"),
        ({"windows": exigency_window(0)}, "windows[0].spans.x", "must have 2 items"),
        ({"windows": exigency_window(0, 0)}, "windows[0].spans.x", "must last a day or more"),
        ({"only_when_exhausted": ["TIDE"]}, "only_when_exhausted", "must name other policies"),
    ],
)
def test_what_is_wrong_is_named(changes, key, problem):
    with pytest.raises(Malformed) as raised:
        parse(row(**changes))
    assert (raised.value.key, raised.value.problem[: len(problem)]) == (key, problem)
    assert str(raised.value).startswith(f"{key}: ")


def served(**changes):
    return [{"type": "months_employed", "months": 1, **changes}]


@pytest.mark.parametrize(
    ("changes", "most", "key"),
    [
        (lambda n: {"increment_minutes": n}, 1440, "increment_minutes"),
        (lambda n: {"minimum_charge_minutes": n}, 1440, "minimum_charge_minutes"),
        (lambda n: {"waiting": {"days": n, "effect": "deny"}}, 366, "waiting.days"),
        (lambda n: {"limits": limit(amount=str(n))}, 1040, "limits[0].amount"),
        (lambda n: {"limits": limit(amount=f"1/{n}")}, 10_000, "limits[0].amount"),
        (lambda n: {"unit": "minutes", "limits": limit(amount=str(n))}, 10_483_200, "limits[0].amount"),
        (lambda n: {"limits": period(months=n)}, 1200, "limits[0].period.months"),
        (lambda n: {"eligibility": served(months=n)}, 1200, "eligibility[0].months"),
        (
            lambda n: {"eligibility": [{"type": "probation_or_months", "months": 3, "cap_months": n}]},
            1200,
            "eligibility[0].cap_months",
        ),
        (lambda n: {"eligibility": [{"type": "hours_12mo", "minutes": n}]}, 527_040, "eligibility[0].minutes"),
        (lambda n: {"eligibility": [{"type": "days_employed", "days": n}]}, 36_600, "eligibility[0].days"),
        (lambda n: {"eligibility": [{"type": "worksite", "min": n}]}, 1_000_000, "eligibility[0].min"),
        (lambda n: {"windows": event_window(months=n)}, 1200, "windows[0].months"),
        (lambda n: {"windows": exigency_window(0, n)}, 36_600, "windows[0].spans.x"),
        (lambda n: {"windows": exigency_window(-n, 1)}, 36_600, "windows[0].spans.x"),
    ],
)
def test_more_than_anybody_could_mean_is_refused(changes, most, key):
    parse(row(**changes(most)))
    with pytest.raises(Malformed) as raised:
        parse(row(**changes(most + 1)))
    assert raised.value.key == key
    assert f"{most}" in raised.value.problem


def test_every_policy_that_a_row_names_is_known_by_its_key():
    named_by = parse(row(limits=period(opened_by=["EBB"]), only_when_exhausted=["FLOW"]))
    assert list(named(named_by)) == [("only_when_exhausted", "FLOW"), ("limits[0]", "TIDE"), ("limits[0]", "EBB")]


@pytest.mark.parametrize("key", ["code", "limits", "unit", "eligibility"])
def test_a_missing_key_is_named(key):
    with pytest.raises(Malformed, match=f"^{key}: is missing$"):
        parse({name: value for name, value in TIDE.items() if name != key})


def test_a_row_is_an_object():
    with pytest.raises(Malformed, match=r"^must be an object$"):
        parse([])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        MINUTES,
        {"effective_to": "2000-01-01"},
        {"limits": limit(amount="0")},
        {"limits": period(months=1)},
        {"limits": period(start_month=12, start_day=31)},
        {"limits": period(start_month=2, start_day=29)},
        {"limits": [*limit(), *limit(id="B", reasons=[["tide", "self"]]), *limit(id="C", reasons=[["tide", None]])]},
        {"waiting": {"days": 1, "effect": "deny"}},
        {"increment_minutes": 1, "minimum_charge_minutes": 0},
        {"windows": event_window(months=1)},
        {"windows": exigency_window(0, 1)},
        {"eligibility": [{"type": "days_employed", "days": 0}]},
        {"event_types": None, "modes": None, "windows": None, "waiting": None, "only_when_exhausted": None},
    ],
)
def test_what_is_right_is_kept_whole(changes):
    policy = parse(row(**changes))
    assert parse(dump(policy)) == policy


def test_the_products_rows_are_the_vectors_names_apart():
    ours = {each["code"]: each for each in json.loads(FIXTURE.read_text())}
    theirs = json.loads(OPEN.read_text())["policy_defaults"]
    assert list(ours) == list(theirs)
    for code, expected in theirs.items():
        assert {**ours[code], "name": None} == {**expected, "name": None}
    names = {each["name"] for each in ours.values()}
    assert {"Family Medical Leave Act", "Short Term Disability 1", "Legislative Sick Leave Bank"} <= names
    assert len(names) == len(ours)


def test_the_products_rows_are_right():
    for each in json.loads(FIXTURE.read_text()):
        parse(each)


def test_the_engine_names_no_policy():
    codes = "|".join(each["code"] for each in json.loads(FIXTURE.read_text()))
    named = re.compile(rf"\b({codes})\b")
    sources = list(Path(cases.policy.__file__).parent.glob("*.py"))
    assert len(sources) > 10
    assert named.search("# FMLA")
    assert not named.search("FMLA2026-1")
    assert [source.name for source in sources if named.search(source.read_text())] == []
