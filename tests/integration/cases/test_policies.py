"""Policies as administrators keep them."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.urls import reverse

import cases
from cases.models.determination import Determination
from cases.models.policy import Policy
from cases.policy.codec import dump
from cases.policy.rows import parse
from registration.models import User
from tests.factories.people import log_in
from tests.factories.records import TODAY, make_eligible, open_leave_case

pytestmark = pytest.mark.django_db
FILE = Path(cases.__file__).with_name("policies.json")
ADD = reverse("admin:cases_policy_add")


@pytest.fixture
def administrator(client):
    return log_in(client, User.objects.create_superuser("administrator", "Granite-Lamp-7"))


def invented(**changes):
    """A row that no law knows: two days a year for a pet, seen as one’s own health here."""
    return {
        "authority": "Department order 7",
        "groups": ["*"],
        "reasons": {"own_health": ["self"]},
        "eligibility": [{"type": "days_employed", "days": 30}],
        "unit": "minutes",
        "limits": [{"id": "PET", "amount": "960", "period": {"method": "calendar"}, "counts": ["PET"]}],
        **changes,
    }


def posted(row, **changes):
    return {
        "code": "PET",
        "name": "Pet Leave",
        "position": "5",
        "effective_from": "2020-01-01",
        "effective_to": "",
        "row": row if isinstance(row, str) else json.dumps(row),
        **changes,
    }


def edited(policy, **changes):
    return posted(policy.row, code=policy.code, name=policy.name, effective_from=str(policy.effective_from), **changes)


def refusals(response):
    return response.context["adminform"].form.errors


def test_the_rows_of_the_file_are_there_in_its_order():
    rows = json.loads(FILE.read_text())
    stored = [dump(policy.terms()) for policy in Policy.objects.all()]
    assert stored == [{**dump(parse(row)), "version": 1} for row in rows]


class TestInForce:
    def test_from_the_first_to_the_last_day(self):
        Policy.objects.filter(code="SNLA").update(effective_from=TODAY, effective_to=TODAY)
        days = [TODAY + dt.timedelta(days=n) for n in (-1, 0, 1)]
        assert [Policy.objects.in_force(day).filter(code="SNLA").exists() for day in days] == [False, True, False]

    def test_no_two_texts_on_one_day(self):
        with pytest.raises(IntegrityError, match="one_text_of_a_policy_a_day"):
            Policy.objects.create(code="FMLA", name="Again", effective_from=TODAY, row={})


class TestAdmin:
    def test_an_invented_policy_works_at_once(self, administrator):
        assert administrator.post(ADD, posted(invented())).status_code == 302
        row = Determination.objects.get(case=open_leave_case(make_eligible()), policy__code="PET")
        assert (row.policy_version, row.result["eligibility"], row.result["reasons"]) == (1, "ELIGIBLE", ["DAYS_30_OK"])
        assert [(span.first_day, span.proposal, span.minutes) for span in row.spans.all()] == [
            (TODAY, "APPROVABLE", 960),
            (TODAY + dt.timedelta(days=5), "EXHAUSTED", 0),
        ]

    @pytest.mark.parametrize(
        ("row", "told"),
        [
            (invented(unit="days"), "Check “unit”: must be one of weeks, minutes."),
            (invented(limits=[]), "Check “limits”: must not be empty."),
            (invented(reasons={"own_health": ["cat"]}), "Check “reasons.own_health”: cat is not a relationship."),
            (invented(surprise=1), "Check “surprise”: is not a known key."),
            (invented(increment_minutes=100_000), "Check “increment_minutes”: must be at most 1440."),
            (
                invented(only_when_exhausted=["FLMA"]),
                "Check “only_when_exhausted”: there is no policy with the code FLMA.",
            ),
            (invented(code="PET"), "Check “code”: has a field of its own."),
            ({"groups": ["*"]}, "is missing."),
            ({}, "This field is required."),
            ([1], "The row must be an object in curly brackets."),
            ("{", "Enter a valid JSON."),
        ],
    )
    def test_a_bad_row_is_refused_with_a_sentence(self, administrator, row, told):
        response = administrator.post(ADD, posted(row))
        assert told in " ".join(refusals(response)["row"])
        assert not Policy.objects.filter(code="PET").exists()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"effective_to": "2019-12-31"}, "effective_to"),
            ({"effective_from": ""}, "effective_from"),
            ({"name": " "}, "name"),
        ],
    )
    def test_a_bad_field_is_refused_where_it_stands(self, administrator, changes, field):
        assert field in refusals(administrator.post(ADD, posted(invented(), **changes)))

    def test_two_texts_on_one_day_are_refused_with_a_sentence(self, administrator):
        response = administrator.post(ADD, posted(invented(), code="FMLA"))
        assert "Another text of this policy is in force on some of these days." in response.content.decode()

    def test_every_edit_is_a_version(self, administrator):
        fmla = Policy.objects.get(code="FMLA")
        address = reverse("admin:cases_policy_change", args=[fmla.pk])
        row = {**fmla.row, "increment_minutes": 6}
        assert administrator.post(address, edited(fmla) | {"position": "11", "row": json.dumps(row)}).status_code == 302
        fmla.refresh_from_db()
        assert (fmla.version, fmla.position, fmla.row) == (2, 11, row)
        assert administrator.post(address, edited(fmla) | {"position": "11"}).status_code == 302
        fmla.refresh_from_db()
        assert fmla.version == 2
        row = Determination.objects.get(case=open_leave_case(make_eligible()), policy=fmla)
        assert (row.policy_version, row.result["policy_version"]) == (2, 2)

    @pytest.mark.parametrize(("field", "value"), [("effective_from", "1993-08-06"), ("code", "FMLA2")])
    def test_a_text_that_was_used_is_not_moved(self, administrator, field, value):
        fmla = Policy.objects.get(code="FMLA")
        address = reverse("admin:cases_policy_change", args=[fmla.pk])
        row = {**fmla.row, "limits": [{**limit, "counts": [*limit["counts"], value]} for limit in fmla.row["limits"]]}
        moved = edited(fmla) | {field: value, "row": json.dumps(row if field == "code" else fmla.row)}
        open_leave_case(make_eligible())
        told = ["Leaves were worked out by this row. End it and add another instead."]
        assert refusals(administrator.post(address, moved))[field] == told
        Determination.objects.all().delete()
        assert administrator.post(address, moved).status_code == 302

    def test_a_text_that_was_used_is_never_deleted(self, administrator):
        fmla = Policy.objects.get(code="FMLA")
        address = reverse("admin:cases_policy_delete", args=[fmla.pk])
        assert administrator.get(address).status_code == 200
        open_leave_case(make_eligible())
        assert administrator.get(address).status_code == 403
