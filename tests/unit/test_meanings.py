"""What some days under a policy mean, from what the rules found."""

import datetime as dt
from fractions import Fraction

import pytest

from cases.meanings import meaning, shown_status
from cases.models.case import Case
from cases.models.determination import DeterminationSpan
from cases.policy.determination import Determination, Finding, LimitFinding, Quantity, Segment, Span

FIRST, LAST = dt.date(2023, 1, 12), dt.date(2023, 6, 30)
DAY = dt.timedelta(days=1)


def result(eligibility="ELIGIBLE", **known):
    return Determination("2", "P", 1, "weeks", eligibility, (), **known)


def span(proposal="APPROVABLE", status="pending", first=FIRST, last=LAST):
    return DeterminationSpan(first_day=first, last_day=last, status=status, proposal=proposal, minutes=0)


def told(span, result, *, status="pending", why=True):
    return meaning(span, result, case=Case(status=status), why=why)


def refused(sentence):
    return f"Probably not covered. {sentence} Your specialist decides."


SHORT = Finding("SERVICE_3M_FAIL", "FAIL", None, 3, "")
EARNINGS = Finding("FACT_PFML_FINANCIALLY_ELIGIBLE_FAIL", "FAIL", False, True, "", decides=False)
TOO_SOON = Finding("SERVICE_3M_LATER", "LATER", None, 3, "", holds_from=FIRST + 5 * DAY)
BORN = Finding("WINDOW_FAIL", "FAIL", "2021-03-14", "2022-03-13", "")
ENROLLED = Finding("FACT_STD_ENROLLED_UNKNOWN", "UNKNOWN", None, True, "")


class TestRefusals:
    def test_the_day_on_which_it_begins_comes_before_a_test_that_another_one_made_up_for(self):
        found = result(findings=(EARNINGS, TOO_SOON), eligible_from=FIRST + 5 * DAY)
        assert told(span("INELIGIBLE"), found) == refused("This policy covers you from Tuesday, January 17, 2023.")

    def test_a_test_that_decides_nothing_is_no_reason(self):
        found = result("NOT_ELIGIBLE", findings=(EARNINGS, BORN))
        assert told(span("INELIGIBLE"), found) == refused(
            "This policy gives leave from Mar 14, 2021 to Mar 13, 2022, and none of yours is within that time."
        )

    def test_the_test_that_failed(self):
        found = result("NOT_ELIGIBLE", findings=(SHORT, EARNINGS))
        assert told(span("INELIGIBLE"), found) == refused(
            "You will not have worked here for 3 months in a row by the end of this leave."
        )


class TestUsedUp:
    LIMIT = LimitFinding("L", FIRST, Fraction(12), Fraction(0), Fraction(12), False, Span(FIRST, LAST), (), "")

    def found(self, *segments, opening=Fraction(12), exhausted=FIRST):
        return result(
            limits=(self.LIMIT,),
            balance_start=Quantity(opening, int(opening * 2400)),
            exhaustion_date=exhausted,
            segments=tuple(Segment(first, last, status, 0) for first, last, status in segments),
        )

    def test_before_the_leave_began(self):
        found = self.found((FIRST, LAST, "EXHAUSTED"), opening=Fraction(0))
        assert told(span("EXHAUSTED"), found) == (
            "Probably not covered: your 12 weeks were already used up when this leave began. Your specialist decides."
        )

    def test_a_second_time_is_told_with_its_own_day(self):
        first, again, second = (FIRST, FIRST), (FIRST + DAY, FIRST + 2 * DAY), (FIRST + 3 * DAY, LAST)
        found = self.found((*first, "EXHAUSTED"), (*again, "APPROVABLE"), (*second, "EXHAUSTED"), opening=Fraction(0))
        assert told(span("EXHAUSTED", first=second[0]), found) == (
            "Probably not covered: your 12 weeks are used up on Jan 14, 2023. Your specialist decides."
        )

    def test_the_first_time_is_the_day_on_which_nothing_is_left(self):
        over = FIRST + 3 * DAY  # the weekend after the last day that took something
        found = self.found((FIRST, over, "APPROVABLE"), (over + DAY, LAST, "EXHAUSTED"), exhausted=FIRST + DAY)
        assert "are used up on Jan 13, 2023" in told(span("EXHAUSTED", first=over + DAY), found)


class TestNotKnown:
    @pytest.mark.parametrize(
        ("code", "asked"),
        [
            ("FACT_STD_ENROLLED_UNKNOWN", "Your specialist asks the plan whether you are enrolled."),
            ("FACT_CATASTROPHIC_APPROVED_UNKNOWN", "Your specialist asks your agency for its decision."),
            ("FACT_NAMED_IN_SICK_BANK_ACT_UNKNOWN", "If an act names you, tell your specialist which one."),
            ("FACT_PET_APPROVED_UNKNOWN", "Your specialist asks for it."),
            ("HOURS_1250_UNKNOWN", "Your specialist asks your agency how many hours you worked."),
            ("WINDOW_UNKNOWN", "Your specialist asks you for the date."),
        ],
    )
    def test_who_is_asked_for_what(self, code, asked):
        found = result("PENDING_INFO", findings=(Finding(code, "UNKNOWN", None, 75_000, ""),))
        assert told(span(status="info_needed"), found).endswith(f" {asked} Your specialist decides.")

    def test_all_that_is_not_known(self):
        other = Finding("FACT_OTHER_PAID_LEAVE_EXHAUSTED_UNKNOWN", "UNKNOWN", None, True, "")
        found = told(span(status="info_needed"), result("PENDING_INFO", findings=(ENROLLED, other)))
        assert "enrolled in this plan" in found
        assert "other paid leave is used up" in found


class TestWithoutWhy:
    def test_no_date_of_a_child(self):
        found = result("NOT_ELIGIBLE", findings=(BORN,))
        assert told(span("INELIGIBLE"), found, why=False) == "Probably not covered. Your specialist decides."

    def test_no_condition(self):
        found = result("PENDING_INFO", findings=(ENROLLED,))
        assert told(span(status="info_needed"), found, why=False) == (
            "We do not know everything yet that this policy asks for. Your specialist decides."
        )

    def test_a_test_that_nobody_here_knows_is_kept_back(self):
        found = result("NOT_ELIGIBLE", findings=(Finding("CHILD_TOO_OLD_FAIL", "FAIL", None, None, ""),))
        assert told(span("INELIGIBLE"), found, why=False) == "Probably not covered. Your specialist decides."

    def test_what_is_only_of_the_job(self):
        found = result("NOT_ELIGIBLE", findings=(SHORT,))
        assert told(span("INELIGIBLE"), found, why=False) == told(span("INELIGIBLE"), found)


class TestOfACaseThatEnded:
    @pytest.mark.parametrize(
        ("status", "words"),
        [("closed", "This case has ended."), ("denied", "See your notice for why and how to ask for a review.")],
    )
    def test_nothing_is_proposed_any_more(self, status, words):
        assert told(span(), result(), status=status) == words
        assert shown_status(span(), Case(status=status)) == status

    def test_what_was_decided_stays(self):
        approved = span(status="approved")
        assert told(approved, result(), status="closed") == "Your leave is approved for these dates."
        assert shown_status(approved, Case(status="closed")) == "approved"
