"""Whom a leave is for: the family member, the child expected or arrived."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from absences.journeys.family import RELATIONSHIPS, Arrival, Child, FamilyMember
from absences.rules import Window, months_away
from tests.unit.absences.circumstances import NOON, as_posted, make_setting

ANN = {"first_name": "Ann", "last_name": "O’Neil", "relationship": "spouse"}
DUE, BIRTH, PLACED = "The due date", "The date of birth", "The date"


def asked(step, now=NOON, **posted):
    return step.form(as_posted(posted), {}, setting=make_setting(now))


def errors(form):
    return [link.text for link in form.error_links()]


def on(day):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), ZoneInfo("America/New_York"))


def rows(step, form):
    assert form.is_valid(), form.errors
    return [(row.name, row.answer) for row in step.rows(form.cleaned_data)]


@pytest.mark.parametrize(
    ("day", "months", "other"),
    [
        ("2026-03-06", 10, "2027-01-06"),
        ("2026-03-06", -12, "2025-03-06"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2028-03-31", -1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", -12, "2027-02-28"),
        ("2028-02-29", -48, "2024-02-29"),
        ("2026-04-30", 10, "2027-02-28"),
        ("2027-04-30", 10, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-01-31", -1, "2025-12-31"),
        ("2026-02-28", 0, "2026-02-28"),
    ],
)
def test_the_same_day_of_another_month(day, months, other):
    assert months_away(dt.date.fromisoformat(day), months).isoformat() == other


def test_a_window_of_months_holds_both_ends():
    window = Window.of_months(dt.date(2026, 3, 6), past=1, future=10)
    days = [dt.date(2026, 2, 5), dt.date(2026, 2, 6), dt.date(2027, 1, 6), dt.date(2027, 1, 7)]
    assert [day in window for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("step", "need"), [(FamilyMember, "family_health"), (Arrival, "pregnancy"), (Child, "bonding")]
)
def test_each_is_asked_for_one_need_alone(step, need):
    needs = ["own_health", "family_health", "pregnancy", "bonding"]
    assert [known for known in needs if step.applies({"need": known}, make_setting())] == [need]


class TestFamilyMember:
    @pytest.mark.parametrize("relationship", sorted({*RELATIONSHIPS} - {"child", "other"}))
    def test_most_relations_ask_nothing_more(self, relationship):
        form = asked(FamilyMember, **{**ANN, "relationship": relationship})
        assert form.is_valid()
        assert (form.cleaned_data["adult_child"], form.cleaned_data["relationship_words"]) == (None, None)

    def test_the_relations_that_may_be_chosen(self):
        assert [str(name) for name in RELATIONSHIPS.values()] == [
            "My child",
            "My spouse",
            "My domestic partner",
            "My parent",
            "My spouse’s or partner’s parent",
            "My brother or sister",
            "My grandparent",
            "My grandchild",
            "Other",
        ]

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({"first_name": " "}, "Enter your family member’s first name"),
            ({"last_name": ""}, "Enter your family member’s last name"),
            ({"first_name": "x" * 129}, "Your family member’s first name must be 128 characters or fewer"),
            ({"last_name": "x" * 129}, "Your family member’s last name must be 128 characters or fewer"),
            ({"relationship": ""}, "Select this person’s relationship to you"),
            ({"relationship": "cat"}, "Select this person’s relationship to you"),
            ({"relationship": "child"}, "Select yes if your child is 18 or older"),
            ({"relationship": "child", "adult_child": "maybe"}, "Select yes if your child is 18 or older"),
            ({"relationship": "other"}, "Enter the relationship"),
            ({"relationship": "other", "relationship_words": " "}, "Enter the relationship"),
            ({"relationship": "other", "relationship_words": "x" * 51}, "Relationship must be 50 characters or fewer"),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(FamilyMember, **{**ANN, **posted})) == [said]

    def test_everything_missing(self):
        assert errors(asked(FamilyMember)) == [
            "Enter your family member’s first name",
            "Enter your family member’s last name",
            "Select this person’s relationship to you",
        ]

    @pytest.mark.parametrize(
        ("posted", "lines"),
        [
            ({}, "Ann O’Neil\nMy spouse"),
            ({"relationship": "child", "adult_child": "yes"}, "Ann O’Neil\nMy child\n18 or older"),
            ({"relationship": "child", "adult_child": "no"}, "Ann O’Neil\nMy child\nUnder 18"),
            ({"relationship": "other", "relationship_words": "My aunt"}, "Ann O’Neil\nOther: My aunt"),
            ({"relationship_words": "x" * 500, "adult_child": "yes"}, "Ann O’Neil\nMy spouse"),  # of branches left
            ({"first_name": "x" * 128}, f"{'x' * 128} O’Neil\nMy spouse"),
        ],
    )
    def test_the_summary(self, posted, lines):
        assert rows(FamilyMember, asked(FamilyMember, **{**ANN, **posted})) == [("Family member", lines)]


class TestArrival:
    @pytest.mark.parametrize(
        ("posted", "date"),
        [
            ({"born": "no", "due_date": "2/6/2026"}, "2026-02-06"),
            ({"born": "no", "due_date": "1/6/2027"}, "2027-01-06"),
            ({"born": "yes", "birth_date": "3/6/2025"}, "2025-03-06"),
            ({"born": "yes", "birth_date": "3/6/2026"}, "2026-03-06"),
            ({"born": "yes", "birth_date": "3/6/2026", "due_date": "nonsense"}, "2026-03-06"),
            ({"born": "no", "due_date": "5/1/2026", "birth_date": "1/1/1999"}, "2026-05-01"),
        ],
    )
    def test_dates(self, posted, date):
        form = asked(Arrival, **posted)
        assert form.is_valid(), form.errors
        assert form.cleaned_data["child_date"].isoformat() == date

    @pytest.mark.parametrize(
        ("now", "field", "typed", "fits"),
        [
            ("2026-03-31", "due_date", "2/28/2026", True),
            ("2026-03-31", "due_date", "2/27/2026", False),
            ("2028-02-29", "due_date", "12/29/2028", True),
            ("2028-02-29", "due_date", "12/30/2028", False),
            ("2028-02-29", "birth_date", "2/28/2027", True),
            ("2028-02-29", "birth_date", "2/27/2027", False),
            ("2028-02-29", "birth_date", "2/29/2028", True),
            ("2028-02-29", "birth_date", "3/1/2028", False),
        ],
    )
    def test_the_windows_at_the_end_of_a_month(self, now, field, typed, fits):
        born = "yes" if field == "birth_date" else "no"
        assert asked(Arrival, on(now), **{"born": born, field: typed}).is_valid() is fits

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({}, "Select yes if your baby has been born"),
            ({"due_date": "5/1/2026"}, "Select yes if your baby has been born"),
            ({"born": "no"}, "Enter the due date"),
            ({"born": "no", "birth_date": "3/6/2026"}, "Enter the due date"),
            ({"born": "no", "due_date": "5/2026"}, "The due date must include a month, day and year"),
            ({"born": "no", "due_date": "2/29/2026"}, "The due date must be a real date"),
            ({"born": "yes"}, "Enter the date of birth"),
            ({"born": "yes", "birth_date": "5/2026"}, "The date of birth must include a month, day and year"),
            ({"born": "yes", "birth_date": "2/29/2026"}, "The date of birth must be a real date"),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(Arrival, **posted)) == [said]

    @pytest.mark.parametrize("typed", ["2/5/2026", "1/7/2027"])
    def test_a_due_date_outside_names_the_window(self, typed):
        said = "The due date must be from Friday, February 6, 2026 to Wednesday, January 6, 2027"
        assert errors(asked(Arrival, born="no", due_date=typed)) == [said]

    @pytest.mark.parametrize("typed", ["3/5/2025", "3/7/2026"])
    def test_a_birth_outside_names_the_window(self, typed):
        said = "The date of birth must be from Thursday, March 6, 2025 to Friday, March 6, 2026"
        assert errors(asked(Arrival, born="yes", birth_date=typed)) == [said]

    @pytest.mark.parametrize(
        ("posted", "row"),
        [
            ({"born": "no", "due_date": "5/1/2026"}, ("Due date", "Friday, May 1, 2026")),
            ({"born": "yes", "birth_date": "3/1/2026"}, ("Date of birth", "Sunday, March 1, 2026")),
        ],
    )
    def test_the_summary(self, posted, row):
        assert rows(Arrival, asked(Arrival, **posted)) == [row]


class TestChild:
    @pytest.mark.parametrize("typed", ["3/6/2025", "3/6/2026", "3/6/2027"])
    @pytest.mark.parametrize("joining", ["birth", "adoption", "foster"])
    def test_dates(self, joining, typed):
        assert asked(Child, joining=joining, child_date=typed).is_valid()

    @pytest.mark.parametrize(
        ("typed", "fits"), [("2/28/2027", True), ("2/27/2027", False), ("2/28/2029", True), ("3/1/2029", False)]
    )
    def test_the_window_on_a_leap_day(self, typed, fits):
        assert asked(Child, on("2028-02-29"), joining="birth", child_date=typed).is_valid() is fits

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({}, ["Select how your child is joining your family", "Enter the date"]),
            ({"child_date": "3/6/2026"}, ["Select how your child is joining your family"]),
            ({"joining": "stork", "child_date": "3/6/2026"}, ["Select how your child is joining your family"]),
            ({"joining": "birth"}, ["Enter the date"]),
            ({"joining": "birth", "child_date": "3/2026"}, ["The date must include a month, day and year"]),
            ({"joining": "birth", "child_date": "2/29/2026"}, ["The date must be a real date"]),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(Child, **posted)) == said

    @pytest.mark.parametrize("typed", ["3/5/2025", "3/7/2027"])
    def test_a_date_outside_names_the_window(self, typed):
        said = "The date must be from Thursday, March 6, 2025 to Saturday, March 6, 2027"
        assert errors(asked(Child, joining="foster", child_date=typed)) == [said]

    def test_the_summary(self):
        form = asked(Child, joining="foster", child_date="5/1/2026")
        assert rows(Child, form) == [("Child", "Foster placement\nFriday, May 1, 2026")]
