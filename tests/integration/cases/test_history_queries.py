import datetime as dt
import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from cases.history import PAGE, page_of
from cases.models.case import Case
from tests.factories.people import make_employee, make_user
from tests.factories.records import NOW, TODAY, account_of, full_day, open_case

pytestmark = pytest.mark.django_db


def many_cases(employee, count, *, kind="day_to_day", **fields):
    """`count` bare cases, one a day, the last the newest."""
    pattern = "single" if kind == "day_to_day" else "continuous"
    first = Case.objects.count()
    days = [TODAY - dt.timedelta(days=count - n) for n in range(count)]
    return Case.objects.bulk_create(
        Case(
            **{
                "number": str(1_000_000_000 + first + n),
                "submission_key": uuid.uuid4(),
                "employee": employee,
                "kind": kind,
                "pattern": pattern,
                "first_day": day,
                "last_day": day,
                "opened_at": NOW - dt.timedelta(days=count - n),
                **fields,
            }
        )
        for n, day in enumerate(days)
    )


def numbers_of_all_pages(owner, cases):
    found, before = [], None
    while True:
        page = page_of(cases, owner=owner, before=before)
        found += [card.case.number for card in page.cards]
        if not page.before:
            return found
        assert len(page.cards) == PAGE
        before = Case.objects.get(number=page.before)


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE])
def test_pages_hold_every_case_once_newest_first(count):
    employee = make_employee()
    owner = make_user(employee)
    newest_first = [case.number for case in reversed(many_cases(employee, count))]
    assert numbers_of_all_pages(owner, Case.objects.visible_to(owner)) == newest_first


def test_cases_of_the_same_instant_are_neither_lost_nor_repeated():
    employee = make_employee()
    owner = make_user(employee)
    many_cases(employee, 25, opened_at=NOW)
    found = numbers_of_all_pages(owner, Case.objects.visible_to(owner))
    assert (len(found), len(set(found))) == (25, 25)


def test_a_page_asks_the_same_for_one_case_and_for_three_hundred(django_assert_num_queries):
    for count in (1, 300):
        employee = make_employee()
        owner = make_user(employee)
        many_cases(employee, count)
        with django_assert_num_queries(5):  # cases, absences, categories, reasons, policies
            page_of(Case.objects.visible_to(owner), owner=owner)


def test_a_card_carries_the_owners_own_words():
    case = open_case(reason="Migräne", facts={"category": "family_sick"})
    (card,) = page_of(Case.objects.all(), owner=account_of(case.employee)).cards
    assert (card.case, card.reasons, card.category) == (case, ["Migräne"], "Family Sick")
    assert [absence.date for absence in card.absences] == [TODAY]


def test_a_page_of_somebody_else_is_refused():
    open_case()
    with pytest.raises(PermissionDenied):
        page_of(Case.objects.all(), owner=make_user(make_employee()))


def test_nobody_sees_anothers_cases_and_staff_own_none():
    case = open_case()
    assert list(Case.objects.visible_to(account_of(case.employee))) == [case]
    for user in (make_user(make_employee()), make_user(role="administrator"), make_user(is_superuser=True)):
        assert not Case.objects.visible_to(user).exists()


class TestMatching:
    def test_type_and_status(self):
        employee = make_employee()
        (leave,) = many_cases(employee, 1, kind="leave", status="approved")
        (day,) = many_cases(employee, 1)
        (gone,) = many_cases(employee, 1, status="cancelled")
        assert list(Case.objects.matching(kind="leave")) == [leave]
        assert list(Case.objects.matching(kind="day_to_day", status="pending")) == [day]
        assert list(Case.objects.matching(status="cancelled")) == [gone]
        assert Case.objects.matching().count() == 3

    def test_a_leave_over_new_year_matches_both_years_and_no_third(self):
        days = {"first_day": dt.date(2022, 12, 20), "last_day": dt.date(2023, 1, 10)}
        many_cases(make_employee(), 1, kind="leave", **days)
        assert [Case.objects.matching(year=year).count() for year in (2021, 2022, 2023, 2024)] == [0, 1, 1, 0]
        assert Case.objects.all().years() == [2023, 2022]

    def test_without_days_the_year_it_was_opened_in_boston(self):
        new_years_eve = dt.datetime(2023, 1, 1, 2, tzinfo=dt.UTC)
        days = {"pattern": "intermittent", "first_day": None, "last_day": None, "opened_at": new_years_eve}
        many_cases(make_employee(), 1, kind="leave", **days)
        assert [Case.objects.matching(year=year).count() for year in (2022, 2023)] == [1, 0]
        assert Case.objects.all().years() == [2022]

    def test_years_without_cases_are_none(self):
        assert Case.objects.all().years() == []


def nodes(plan):
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


@pytest.mark.parametrize("later_page", [False, True])
def test_history_reads_its_index_in_order(later_page):
    """Thirty people with a hundred cases each: the planner's own choice, nothing switched off."""
    people = [make_employee() for _ in range(30)]
    for person in people:
        many_cases(person, 100)
    owner = make_user(people[7])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    cases = Case.objects.visible_to(owner)
    if later_page:
        cases = cases.older_than(cases.newest_first()[50])
    plan = json.loads(cases.newest_first()[: PAGE + 1].explain(format="json"))[0]["Plan"]
    used = list(nodes(plan))
    assert {node.get("Index Name") for node in used} & {"case_history"}
    assert not {node["Node Type"] for node in used} & {"Seq Scan", "Sort", "Incremental Sort"}


def test_a_cancelled_report_stays_in_the_history():
    case = open_case(absence=full_day())
    Case.objects.filter(pk=case.pk).update(status="cancelled")
    case.absences.update(status="cancelled")
    (card,) = page_of(Case.objects.all(), owner=account_of(case.employee)).cards
    assert (card.case.status, card.absences[0].status) == ("cancelled", "cancelled")
