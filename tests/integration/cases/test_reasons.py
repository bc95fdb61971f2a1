import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from cases.models import case as record
from cases.models.confidential import AbsenceNote, LeaveFacts, ReportedReason, Submission
from cases.reasons import own_categories, reasons_for
from cases.services.open_case import ContactWish
from portal.audit.models import AccessEvent
from portal.audit.recording import record_access
from registration.models import StaffRole
from tests.factories.people import make_agency, make_employee, make_user
from tests.factories.records import TODAY, account_of, full_day, now_and_then, open_case, open_leave_case

SENTINEL = "Quokkafieber"
Role = StaffRole.Role
pytestmark = pytest.mark.django_db


def tables_that_say(word):
    """Every table with the word in any column, as text or as the bytes of a binary one."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            everything = "".join(row for (row,) in cursor.fetchall())
            if word in everything or word.encode().hex() in everything:
                found.append(table)
    return found


class TestTheOwner:
    def test_reads_without_a_trace_in_one_query(self):
        case = open_case(reason=SENTINEL)
        ReportedReason.objects.create(case=case, position=2, text="Dentist visit")
        other = open_case(case.employee, absence=full_day(TODAY + dt.timedelta(days=1)), reason="Sick")
        owner = account_of(case.employee)
        with CaptureQueriesContext(connection) as queries:
            found = reasons_for([case, other], viewer=owner)
        assert found == {case.pk: [SENTINEL, "Dentist visit"], other.pk: ["Sick"]}
        assert len(queries) == 1
        assert not AccessEvent.objects.exists()

    def test_no_cases_ask_nothing(self, django_assert_num_queries):
        owner = make_user(make_employee())
        with django_assert_num_queries(0):
            assert reasons_for([], viewer=owner) == {}

    def test_sees_the_category_and_nobody_else_does(self):
        case = open_case(facts={"category": "family_sick", "who": "child"})
        assert own_categories([case], owner=account_of(case.employee)) == {case.pk: "family_sick"}
        with pytest.raises(PermissionDenied):
            own_categories([case], owner=make_user(role=Role.SPECIALIST))


class TestStaff:
    @pytest.mark.parametrize("role", [Role.INTAKE, Role.SPECIALIST, Role.ADMINISTRATOR])
    def test_each_viewing_leaves_one_event_per_case(self, role):
        cases = [open_case(reason=SENTINEL), open_case()]
        viewer = make_user(role=role)
        assert reasons_for(cases, viewer=viewer)[cases[0].pk] == [SENTINEL]
        events = AccessEvent.objects.values_list("actor", "role", "action", "object_type", "object_id")
        assert set(events) == {(viewer.pk, role, "view_reasons", "case", str(case.pk)) for case in cases}
        reasons_for(cases, viewer=viewer)
        assert AccessEvent.objects.count() == 4

    def test_the_event_is_written_before_the_reason_is_read(self):
        case = open_case()
        viewer = make_user(role=Role.INTAKE)
        with CaptureQueriesContext(connection) as queries:
            reasons_for([case], viewer=viewer)
        said = [q["sql"] for q in queries]
        written = next(i for i, sql in enumerate(said) if 'INSERT INTO "audit_accessevent"' in sql)
        read = next(i for i, sql in enumerate(said) if '"cases_reportedreason"' in sql)
        assert written < read

    def test_no_event_no_reason(self):
        case = open_case()
        viewer = make_user(role=Role.INTAKE)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_accessevent ADD CONSTRAINT log_is_away CHECK (false) NOT VALID")
        with pytest.raises(IntegrityError, match="log_is_away"):
            reasons_for([case], viewer=viewer)

    def test_a_role_for_one_agency_reaches_that_agency_alone(self):
        here, elsewhere = open_case(), open_case()
        viewer = make_user(role=Role.SPECIALIST, role_agency=here.employee.agency)
        assert reasons_for([here], viewer=viewer)[here.pk]
        with pytest.raises(PermissionDenied):
            reasons_for([here, elsewhere], viewer=viewer)
        assert AccessEvent.objects.count() == 1

    def test_an_own_case_is_read_without_a_trace(self):
        employee = make_employee()
        viewer = make_user(employee, role=Role.SPECIALIST)
        own, other = open_case(employee, by=viewer), open_case()
        reasons_for([own, other], viewer=viewer)
        assert AccessEvent.objects.get().object_id == str(other.pk)


class TestNobodyElse:
    def test_colleague_supervisor_liaison_or_account_without_a_role(self):
        supervisor = make_employee()
        case = open_case(make_employee(supervisor=supervisor))
        agency = case.employee.agency
        for viewer in [
            make_user(make_employee(agency=agency)),
            make_user(supervisor),
            make_user(role=Role.LIAISON, role_agency=agency),
            make_user(role=Role.SPECIALIST, role_agency=make_agency()),
            make_user(is_staff=True, is_superuser=True),
        ]:
            with pytest.raises(PermissionDenied):
                reasons_for([case], viewer=viewer)
        assert not AccessEvent.objects.exists()


class TestByShape:
    def test_the_record_has_no_way_to_why(self):
        """Neither forward nor back: a template that holds a case cannot walk to its reasons."""
        ways = {
            relation.related_model
            for model in (record.Case, record.Absence, record.CaseEvent, record.ContactChoice, record.Task)
            for relation in model._meta.get_fields()
            if relation.is_relation
        }
        assert record.Absence in ways
        assert not ways & {ReportedReason, LeaveFacts, Submission, AbsenceNote}
        assert not hasattr(open_case(), "reasons")

    def test_no_row_says_its_words(self):
        facts, content = {"category": SENTINEL}, {"rows": [[SENTINEL, SENTINEL]]}
        case = open_case(reason=SENTINEL, facts=facts, submission=content)
        rows = [model.objects.get(case=case) for model in (ReportedReason, LeaveFacts, Submission)]
        assert [rows[0].text, rows[1].facts, rows[2].content] == [SENTINEL, facts, content]
        assert SENTINEL not in "".join(
            f"{row} {row!r}" for row in [case, case.absences.get(), *case.events.all(), *rows]
        )

    def test_no_column_outside_the_sealed_ones_says_it(self):
        case = open_case(reason=SENTINEL, facts={"category": SENTINEL}, submission={"rows": [[SENTINEL, ""]]})
        viewer = make_user(role=Role.INTAKE)
        reasons_for([case], viewer=viewer)
        assert tables_that_say(SENTINEL) == []

    def test_no_column_says_anything_of_a_leave(self):
        address = {"street": f"1 {SENTINEL} Street", "street_2": "", "city": SENTINEL, "state": "MA", "zip": "01803"}
        open_leave_case(
            leave=now_and_then(full_day(visit=True, note=SENTINEL)),
            reasons=[SENTINEL, f"{SENTINEL} again"],
            facts={"category": "family_health", "first_name": SENTINEL, "relationship_words": SENTINEL},
            contact=ContactWish(
                by_email=False, email=SENTINEL, address=address, phone=SENTINEL, voicemail=True, best_time="10"
            ),
            submission={"language": "en", "rows": [[SENTINEL, SENTINEL]], "journey": "leave"},
        )
        assert tables_that_say(SENTINEL) == []
        assert "cases_case" in tables_that_say("intermittent")


class TestTheLog:
    def _event(self) -> AccessEvent:
        with transaction.atomic():
            record_access(actor=make_user(), role="intake", action="view", object_type="case", object_ids=["1"])
        return AccessEvent.objects.get()

    def test_a_row_is_neither_changed_nor_removed(self):
        event = self._event()
        event.role = "administrator"
        for deed in (event.save, event.delete, AccessEvent.objects.all().delete):
            with pytest.raises((InternalError, IntegrityError), match="append-only"), transaction.atomic():
                deed()
        assert AccessEvent.objects.get().role == "intake"

    @pytest.mark.django_db(transaction=True)
    def test_an_event_outside_the_readings_transaction_is_refused(self):
        with pytest.raises(RuntimeError, match="transaction"):
            record_access(actor=make_user(), role="intake", action="view", object_type="case", object_ids=["1"])
