"""The questions an employer adds: what its administrators may write, and who is asked what, from when to when."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from absences.models import ProceduralQuestion
from tests.factories.accounts import make_account, sign_in
from tests.factories.people import log_in, make_agency, make_employee, make_user
from tests.integration.absences.leave_request import LeaveRequest
from tests.integration.absences.reporting import Report, words

pytestmark = pytest.mark.django_db
PATH = "/admin/absences/proceduralquestion/"
MASK = {
    "journey": "leave",
    "kind": "yes_no",
    "agency": "",
    "starts_on": "2026-03-01",
    "ends_on": "",
    "position": "1",
    "required": "on",
    "question_en": "Can you wear a mask?",
    "question_es": "¿Puede usar mascarilla?",
    "hint_en": "At work.",
    "hint_es": "En el trabajo.",
    "options_en": "",
    "options_es": "",
}
SITE = {**MASK, "kind": "choice", "options_en": "Office\r\n\r\n  The  road \r\n", "options_es": "Oficina\r\nCarretera"}
PAY = {**MASK, "kind": "pay", "question_en": "", "question_es": "", "hint_en": "", "hint_es": ""}


@pytest.fixture
def admin(db):
    return sign_in(Client(), make_account(password=None, is_staff=True, is_superuser=True))


def refused(admin, **fields):
    """Columns and what the administration says there."""
    response = admin.post(f"{PATH}add/", {**MASK, **fields})
    assert response.status_code == 200, "it was taken"
    return {name: list(said) for name, said in response.context["adminform"].form.errors.items()}


def added(admin, **fields):
    response = admin.post(f"{PATH}add/", {**MASK, **fields})
    assert response.status_code == 302, response.context["adminform"].form.errors
    return ProceduralQuestion.objects.latest("id")


def asked_of(employee, journey="leave", language="en"):
    """What the page of own questions says; "" when there is none."""
    client = log_in(Client(), make_user(employee))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if journey == "day_to_day":
        report = Report(client, employee)
        report.answer_all("2026-03-06")
        response = report.get("more")
    else:
        leave = LeaveRequest(client, employee)
        _up_to_more(leave)
        response = leave.get("step", step="more")
    return words(response) if response.status_code == 200 else ""


def _up_to_more(leave):
    for step in ("about", "schedule", "dates", "pay", "work-related"):
        answers = {
            "about": {"reason": "Flu"},
            "schedule": {"continuous": "yes"},
            "dates": {"first_day": "3/9/2026", "last_day": "3/9/2026"},
            "pay": {"pay": "unsure"},
            "work-related": {"work_related": "no"},
        }[step]
        assert leave.post(leave.page("step", step=step), answers).status_code == 303


def test_the_guides_questions_stand_for_everyone():
    rows = ProceduralQuestion.objects.values_list("journey", "kind", "agency", "starts_on", "ends_on")
    since = dt.date(2022, 9, 22)
    assert set(rows) == {
        ("day_to_day", "overtime", None, since, None),
        ("leave", "pay", None, since, None),
        ("leave", "work_related", None, since, None),
    }


class TestAsked:
    @pytest.mark.parametrize("journey", ["leave", "day_to_day"])
    def test_in_both_languages(self, admin, employee, today, journey):
        added(admin, journey=journey)
        english = asked_of(employee, journey)
        assert "Can you wear a mask?" in english
        assert "At work." in english
        assert "The Commonwealth’s Executive Department requires some additional questions" in english
        employee.user.delete()
        employee.drafts.all().delete()
        spanish = asked_of(employee, journey, "es")
        assert "¿Puede usar mascarilla? En el trabajo." in spanish
        assert "mask?" not in spanish

    def test_of_the_agencys_people_alone(self, admin, employee, today):
        added(admin, agency=employee.agency_id)
        assert "Can you wear a mask?" in asked_of(employee)
        assert asked_of(make_employee()) == ""

    def test_in_its_journey_alone(self, admin, employee, today):
        added(admin, journey="day_to_day")
        assert asked_of(employee) == ""

    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "asked"),
        [
            ("2026-03-06", "2026-03-06", True),
            ("2026-03-07", "", False),
            ("2026-03-01", "2026-03-05", False),
        ],
    )
    def test_from_its_first_day_to_its_last(self, admin, employee, today, starts_on, ends_on, asked):
        added(admin, starts_on=starts_on, ends_on=ends_on)
        assert bool(asked_of(employee)) is asked

    def test_in_the_order_of_their_positions(self, admin, employee, today):
        added(admin, position="2", question_en="Second?")
        added(admin, position="1", question_en="First?")
        page = asked_of(employee)
        assert page.index("First?") < page.index("Second?")

    def test_a_choice_offers_its_options(self, admin, employee, today):
        row = added(admin, **SITE)
        assert (row.options_en, row.options_es) == (["Office", "The road"], ["Oficina", "Carretera"])
        assert "Office The road" in asked_of(employee)

    def test_a_question_of_the_guides_own_may_end(self, browser, employee, today):
        ProceduralQuestion.objects.filter(kind="pay").update(ends_on=dt.date(2026, 3, 5))
        leave = LeaveRequest(browser, employee)
        leave.answer_all()
        assert "How you will be paid" not in words(leave.get("check"))
        assert "Caused by work" in words(leave.get("check"))


class TestTheAdministration:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"question_en": ""}, {"question_en": ["Enter the question in English"]}),
            ({"question_es": ""}, {"question_es": ["Enter the question in Spanish"]}),
            ({"hint_es": ""}, {"hint_es": ["Enter the hint in Spanish too"]}),
            ({"hint_en": ""}, {"hint_en": ["Enter the hint in English too"]}),
            ({"options_en": "Yes\nNo"}, {"options_en": ["Only a question answered by choosing has options"]}),
            (
                {**SITE, "options_en": "Office"},
                {
                    "options_en": ["Enter at least two options, each different from the others"],
                    "options_es": ["Enter as many options in Spanish as in English, in the same order"],
                },
            ),
            (
                {**SITE, "options_es": "Oficina\nOficina"},
                {"options_es": ["Enter at least two options, each different from the others"]},
            ),
            (
                {**SITE, "options_es": "Oficina\nCarretera\nCasa"},
                {"options_es": ["Enter as many options in Spanish as in English, in the same order"]},
            ),
            (
                {"ends_on": "2026-02-28"},
                {"ends_on": ["The last day must be the same as or after the first day"]},
            ),
            ({"journey": "absence_time"}, {"journey": ["This kind of question is not asked in this journey"]}),
            ({**PAY, "journey": "day_to_day"}, {"journey": ["This kind of question is not asked in this journey"]}),
            (
                {**PAY, "question_en": "How?"},
                {
                    "question_en": ["This question is worded already. Leave this empty"],
                    "__all__": ["This is asked on some of these days already"],
                },
            ),
            (PAY, {"__all__": ["This is asked on some of these days already"]}),
        ],
    )
    def test_says_what_is_wrong(self, admin, fields, said):
        assert refused(admin, **fields) == said

    def test_no_dates_at_all_are_no_crash(self, admin):
        assert list(refused(admin, starts_on="", ends_on="x")) == ["starts_on", "ends_on"]

    def test_a_step_may_be_turned_on_again_after_it_ended_or_for_one_agency(self, admin):
        ProceduralQuestion.objects.filter(kind="pay").update(ends_on=dt.date(2026, 2, 28))
        added(admin, **PAY)
        assert refused(admin, **{**PAY, "starts_on": "2026-04-01"})
        added(admin, **{**PAY, "agency": str(make_agency().pk)})

    def test_a_row_is_found_and_changed(self, admin):
        row = added(admin, **SITE)
        page = admin.get(f"{PATH}{row.pk}/change/").content.decode()
        assert "Office\nThe road</textarea>" in page
        assert admin.post(f"{PATH}{row.pk}/change/", {**SITE, "ends_on": "2026-03-31"}).status_code == 302
        row.refresh_from_db()
        assert row.ends_on == dt.date(2026, 3, 31)
        assert "Can you wear a mask?" in admin.get(PATH, {"q": "mask"}).content.decode()
        assert "How you will be paid" in admin.get(PATH, {"kind": "pay"}).content.decode()

    def test_the_list_costs_the_same_for_many_rows(self, admin):
        def queries():
            admin.get(PATH)  # the session notes the visit
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert admin.get(PATH).status_code == 200
            return len(captured)

        row = added(admin, agency=make_agency().pk)
        few = queries()
        for _ in range(20):
            row.pk, row.agency = None, make_agency()
            row.save(force_insert=True)
        assert queries() == few


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "yes_no"},
        {"kind": "pay", "question_en": "How?", "question_es": "¿Cómo?"},
        {"kind": "choice", "question_en": "Q?", "question_es": "¿Q?", "options_en": ["a"], "options_es": ["a"]},
        {
            "kind": "choice",
            "question_en": "Q?",
            "question_es": "¿Q?",
            "options_en": ["a", "b"],
            "options_es": ["a", "b", "c"],
        },
        {"kind": "words", "question_en": "Q?", "question_es": "¿Q?", "options_en": ["a", "b"]},
        {"kind": "pay"},  # on already
        {"kind": "yes_no", "question_en": "Q?", "question_es": "¿Q?", "ends_on": dt.date(2026, 2, 1)},
    ],
)
def test_the_database_holds_to_the_same_rules(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProceduralQuestion.objects.create(journey="leave", starts_on=dt.date(2026, 3, 1), **fields)
