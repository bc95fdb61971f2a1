import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cases.history import OpenLeave, open_leaves
from cases.models.case import Case
from cases.promises import Promises, promises
from cases.submitted import Submitted, what_was_submitted
from portal.office.models import Holiday
from registration.models import StaffRole
from tests.factories.people import make_employee, make_user
from tests.factories.records import NOW, TODAY, account_of, now_and_then, open_case, open_leave_case

pytestmark = pytest.mark.django_db


class TestOpenLeaves:
    def test_the_persons_own_newest_first(self, django_assert_num_queries):
        employee = make_employee()
        late = dt.datetime(2023, 1, 13, 4, 59, tzinfo=dt.UTC)  # a minute before midnight in Boston
        block = open_leave_case(employee)
        days = open_leave_case(employee, leave=now_and_then(), now=late)
        open_case(employee)
        open_leave_case()
        with django_assert_num_queries(1):
            assert open_leaves(employee) == [
                OpenLeave(days.number, "intermittent", None, None, TODAY),
                OpenLeave(block.number, "continuous", TODAY, TODAY + dt.timedelta(days=13), TODAY),
            ]

    def test_only_what_is_still_open(self):
        employee = make_employee()
        for status in Case.Status.values:
            case = open_leave_case(employee)
            Case.objects.filter(pk=case.pk).update(status=status)
        numbers = {leave.case_number for leave in open_leaves(employee)}
        open_ones = Case.objects.filter(status__in=["pending", "info_needed", "approved"])
        assert numbers == set(open_ones.values_list("number", flat=True))


class TestWhatWasSubmitted:
    def test_the_owner_reads_it_as_it_was_sent(self, django_assert_num_queries):
        content = {"language": "es", "journey": "leave", "rows": [["¿Qué necesita?", "Un permiso"], ["Nota", ""]]}
        case = open_leave_case(submission=content)
        owner = account_of(case.employee)
        with django_assert_num_queries(1):
            sent = what_was_submitted(case, owner=owner)
        assert sent == Submitted("es", [("¿Qué necesita?", "Un permiso"), ("Nota", "")], NOW)

    def test_nobody_else_does(self):
        supervisor = make_employee()
        case = open_leave_case(make_employee(supervisor=supervisor))
        for viewer in (
            make_user(supervisor),
            make_user(make_employee()),
            make_user(role=StaffRole.Role.SPECIALIST),
            make_user(is_staff=True, is_superuser=True),
        ):
            with pytest.raises(PermissionDenied):
                what_was_submitted(case, owner=viewer)


class TestPromises:
    def test_weekends_and_holidays_do_not_count(self, django_assert_num_queries):
        """The Friday before Martin Luther King, Jr. Day."""
        with django_assert_num_queries(1):
            given = promises(dt.date(2023, 1, 13))
        assert given == Promises(dt.date(2023, 1, 18), 2, dt.date(2023, 1, 23), 5)

    def test_the_employers_own_holidays_count(self):
        Holiday.objects.create(on=dt.date(2023, 1, 17), name="Snow")
        assert promises(dt.date(2023, 1, 13)).call_by == dt.date(2023, 1, 19)

    def test_how_many_days_is_a_setting(self, settings):
        settings.CALL_BUSINESS_DAYS, settings.NOTICE_BUSINESS_DAYS = 1, 2
        assert promises(TODAY) == Promises(dt.date(2023, 1, 13), 1, dt.date(2023, 1, 17), 2)


def test_an_intermittent_leave_takes_time_while_it_is_open():
    found = {
        (pattern, status): Case(kind="leave", pattern=pattern, status=status).takes_time
        for pattern in ("continuous", "intermittent")
        for status in Case.Status.values
    }
    open_ones = {("intermittent", status) for status in ("pending", "info_needed", "approved")}
    assert {key for key, takes in found.items() if takes} == open_ones
