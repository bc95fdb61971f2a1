"""The command on real files: what is loaded, what is refused and in which words, and that nothing is written twice."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registration.roster.models import Employee, EmploymentPeriod, WorkSchedule
from tests.factories.people import make_agency, make_employee
from tests.factories.roster_files import NEEDED, write_roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dph")]
WRITTEN_TABLES = ("registration_employee", "registration_workschedule", "registration_employmentperiod")


def load(path):
    """What the command printed, and whether it ended with exit status 0."""
    out, fine = io.StringIO(), True
    try:
        call_command("import_roster", str(path), stdout=out, stderr=out)
    except CommandError as error:
        out.write(f"{error}\n")
        fine = False
    return out.getvalue(), fine


def refused(path, *words):
    """Loads a file that must be refused; every one of `words` stands in what is printed."""
    printed, fine = load(path)
    assert not fine
    for word in words:
        assert word in printed
    return printed


def row_versions():
    """The transaction that wrote each row: unchanged when nothing was written."""
    with connection.cursor() as cursor:
        found = {}
        for table in WRITTEN_TABLES:
            cursor.execute(f"SELECT id::text, xmin::text, ctid::text FROM {table} ORDER BY id")
            found[table] = cursor.fetchall()
        return found


FULL = {
    "employee_number": "0012",
    "first_name": "Zoë-Marie",
    "last_name": "O’Brien",
    "birthdate": "1984-02-29",
    "home_zip": "02108-1512",
    "street": '12 "Rose" Street, rear',
    "street_2": "Apt 3",
    "city": "Boston",
    "state": "ma",
    "secretariat": "EOHHS",
    "supervisor_number": "0013",
    "status": "away",
    "kind": "seasonal",
    "employee_group": "manager",
    "work_email": "zoe@example.org",
    "work_phone": "(617) 555-0123",
    "language": "es",
    "hire_date": "2016-01-04",
    "probation_end": "2016-07-04",
    "full_time": "no",
    "hours_worked_12_months": "1250",
    "worksite_headcount": "80",
    "daily_minutes": "450",
    "works_holidays": "yes",
    "sick_minutes": "2400",
    "vacation_minutes": "",
    "personal_minutes": "0",
    "pfml_eligible": "yes",
    "pfml_benefit_year_start": "2025-10-05",
    "schedule_kind": "shifts",
    "schedule": "Mon 22:00-06:00 30; Tue 22:00-06:00",
    "schedule_from": "2020-01-05",
    "employment_periods": "2016-01-04..; 2010-03-01..2014-06-30 bridged",
}


def test_every_column_is_stored(tmp_path):
    printed, fine = load(write_roster(tmp_path / "r.csv", FULL, {"employee_number": "0013"}))
    assert fine, printed
    assert "2 read, 2 added, 0 changed, 0 unchanged, 0 refused" in printed
    person = Employee.objects.get(employee_number="0012")
    assert (person.first_name, person.last_name, person.birthdate) == ("Zoë-Marie", "O’Brien", dt.date(1984, 2, 29))
    assert (person.home_zip, person.street, person.street_2) == ("02108-1512", '12 "Rose" Street, rear', "Apt 3")
    assert (person.city, person.state, person.agency.code) == ("Boston", "MA", "DPH")
    assert person.supervisor.employee_number == "0013"
    assert (person.status, person.kind, person.employee_group) == ("away", "seasonal", "manager")
    assert (person.work_email, person.work_phone, person.language) == ("zoe@example.org", "+16175550123", "es")
    assert (person.hire_date, person.probation_end) == (dt.date(2016, 1, 4), dt.date(2016, 7, 4))
    assert (person.full_time, person.hours_worked_12_months, person.worksite_headcount) == (False, 1250, 80)
    assert (person.daily_minutes, person.works_holidays) == (450, True)
    assert person.balances == {"sick": 2400, "personal": 0}
    assert (person.pfml_eligible, person.pfml_benefit_year_start) == (True, dt.date(2025, 10, 5))
    schedule = person.schedules.get()
    assert (schedule.kind, schedule.starts_on) == (WorkSchedule.Kind.SHIFTS, dt.date(2020, 1, 5))
    assert schedule.pattern["shifts"] == [
        {"day": 1, "start": "22:00", "end": "06:00", "break": 30},
        {"day": 2, "start": "22:00", "end": "06:00", "break": 0},
    ]
    periods = person.employment_periods.values_list("starts_on", "ends_on", "bridged")
    assert list(periods) == [
        (dt.date(2010, 3, 1), dt.date(2014, 6, 30), True),
        (dt.date(2016, 1, 4), None, False),
    ]


def test_columns_left_out_get_the_model_s_defaults(tmp_path):
    load(write_roster(tmp_path / "r.csv", {}))
    person, plain = Employee.objects.get(), Employee()
    for field in ("status", "kind", "language", "full_time", "daily_minutes", "works_holidays", "balances", "street"):
        assert getattr(person, field) == getattr(plain, field), field
    assert person.pfml_eligible is None
    assert person.hours_worked_12_months is None
    assert person.employment_periods.values_list("starts_on", "ends_on").get() == (dt.date(2015, 1, 5), None)
    assert not person.schedules.exists()


def test_an_unchanged_file_writes_no_row(tmp_path):
    path = write_roster(tmp_path / "r.csv", FULL, {"employee_number": "0013", "supervisor_number": "0012"})
    load(path)
    before = row_versions()
    printed, fine = load(path)
    assert fine
    assert "2 read, 0 added, 0 changed, 2 unchanged" in printed
    assert row_versions() == before
    assert sum(map(len, before.values())) == 6


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("last_name", "Núñez"),
        ("supervisor_number", ""),
        ("sick_minutes", "2399"),
        ("schedule", "Mon 22:00-06:00 45"),
        ("employment_periods", "2016-01-04.."),
        ("pfml_eligible", ""),
    ],
)
def test_one_changed_cell_changes_one_person(tmp_path, column, value):
    boss = {"employee_number": "0013"}
    load(write_roster(tmp_path / "r.csv", FULL, boss))
    printed, _ = load(write_roster(tmp_path / "r.csv", {**FULL, column: value}, boss))
    assert "2 read, 0 added, 1 changed, 1 unchanged" in printed


def test_columns_left_out_keep_what_is_stored(tmp_path):
    load(write_roster(tmp_path / "r.csv", FULL, {"employee_number": "0013"}))
    short = {name: FULL[name] for name in NEEDED if name in FULL}
    printed, _ = load(write_roster(tmp_path / "r.csv", short, columns=list(NEEDED)))
    assert "1 unchanged" in printed
    assert Employee.objects.get(employee_number="0012").work_email == "zoe@example.org"


def test_a_new_schedule_start_keeps_the_earlier_schedule(tmp_path):
    week = {"schedule_kind": "weekly", "schedule": "0/480/480/480/480/480/0", "schedule_from": "2020-01-05"}
    load(write_roster(tmp_path / "r.csv", week))
    load(write_roster(tmp_path / "r.csv", {**week, "schedule_from": "2024-01-07", "schedule": "0/240/240/240/240/0/0"}))
    assert list(WorkSchedule.objects.values_list("starts_on", flat=True)) == [dt.date(2020, 1, 5), dt.date(2024, 1, 7)]


def test_people_who_are_not_in_the_file_stay(tmp_path):
    gone = make_employee()
    load(write_roster(tmp_path / "r.csv", {}))
    assert Employee.objects.filter(pk=gone.pk, status=Employee.Status.ACTIVE).exists()


# --- Supervisors


def test_a_supervisor_may_stand_below_or_on_the_roster_already(tmp_path):
    there = make_employee(employee_number="777")
    load(write_roster(tmp_path / "r.csv", {"employee_number": "1", "supervisor_number": "777"}))
    assert Employee.objects.get(employee_number="1").supervisor == there


def test_an_unknown_supervisor_is_told_and_the_rest_is_loaded(tmp_path):
    path = write_roster(tmp_path / "r.csv", {"supervisor_number": "99"})
    printed = refused(path, "Line 2, supervisor_number: 99 is nobody's number", "1 added", "1 with an unknown")
    assert "0 refused" in printed
    assert Employee.objects.get().supervisor is None


def test_an_unknown_supervisor_leaves_the_link_as_it_was(tmp_path):
    boss = make_employee(employee_number="777")
    load(write_roster(tmp_path / "r.csv", {"supervisor_number": "777"}))
    load(write_roster(tmp_path / "r.csv", {"supervisor_number": "99", "first_name": "Eva"}))
    person = Employee.objects.get(employee_number=NEEDED["employee_number"])
    assert (person.first_name, person.supervisor) == ("Eva", boss)


def test_two_people_who_supervise_each_other_are_loaded_and_told(tmp_path):
    one, two = {"employee_number": "1", "supervisor_number": "2"}, {"employee_number": "2", "supervisor_number": "1"}
    printed, fine = load(write_roster(tmp_path / "r.csv", one, two))
    assert fine
    assert "Line 2: 1 and 2 are each other's supervisor" in printed
    assert Employee.objects.get(employee_number="1").supervisor.supervisor.employee_number == "1"


def test_nobody_supervises_themselves(tmp_path):
    refused(
        write_roster(tmp_path / "r.csv", {"supervisor_number": "004711"}), "Line 2, supervisor_number: is the person"
    )
    assert not Employee.objects.exists()


# --- Lines that are refused


BAD_CELLS = [
    ("first_name", "=HYPERLINK(1)", "begins with ="),
    ("last_name", "+cmd", "begins with +"),
    ("last_name", "", "is empty"),
    ("last_name", "x" * 10_000, "has 10,000 characters. Use 128 or fewer."),
    ("last_name", "123", "has no letter"),
    ("first_name", "Ada\nMary", "holds a line break"),
    ("first_name", "A\0da", "control character"),
    ("first_name", "Jos\ufffd", "was lost in an earlier conversion"),
    ("street", "@here", "begins with @"),
    ("employee_number", "", "is empty"),
    ("employee_number", "12a", "not digits"),
    ("employee_number", "4.7E+05", "rewritten by a spreadsheet program"),
    ("employee_number", "4711.0", "rewritten by a spreadsheet program"),
    ("employee_number", "12345678901", "has 11 digits"),
    ("employee_number", "٤٧", "not digits"),
    ("home_zip", "2108", "has lost the zeros at its start"),
    ("home_zip", "2108-1512", "has lost the zeros at its start"),
    ("home_zip", "21081512", "has lost the zeros at its start"),
    ("home_zip", "Boston", "is not a ZIP Code"),
    ("birthdate", "5/4/1979", "Write 1979-05-04"),
    ("birthdate", "1979-02-30", "not a day of the calendar"),
    ("birthdate", "1879-05-04", "before 1900"),
    ("birthdate", "2999-01-01", "not in the past"),
    ("birthdate", "", "is empty"),
    ("hire_date", "1970-01-01", "not after the birthdate"),
    ("agency", "NOPE", "is not known"),
    ("agency", "", "is not known"),
    ("secretariat", "EOLWD", "DPH belongs to EOHHS"),
    ("state", "Massachusetts", "two letters"),
    ("status", "retired", "not one of: active, away, left"),
    ("kind", "temp", "not one of"),
    ("language", "fr", "not one of: en, es"),
    ("work_email", "nobody", "not an email address"),
    ("work_phone", "617-555-01", "Write ten digits"),
    ("work_phone", "211-555-0123", "Write ten digits"),
    ("full_time", "maybe", "yes or no"),
    ("daily_minutes", "0", "from 1 to 1440"),
    ("daily_minutes", "7.5", "whole number"),
    ("hours_worked_12_months", "1,250", "without commas"),
    ("sick_minutes", "-1", "whole number"),
    ("schedule", "0/480", "seven numbers"),
    ("schedule_kind", "sometimes", "not one of: weekly, shifts, rotating, variable"),
    ("schedule_from", "", "needs schedule_kind and schedule_from"),
    ("employment_periods", "2010-03-01", "no two dots"),
    ("employment_periods", "2014-03-01..2010-01-01", "ends before it begins"),
    ("employment_periods", "2010-03-01..; 2012-01-01..", "overlapping"),
    ("employment_periods", "2010-03-01..2011-01-01 extended", "not understood"),
]


@pytest.mark.parametrize(("column", "value", "words"), BAD_CELLS)
def test_a_bad_cell_refuses_its_line_and_no_other(tmp_path, column, value, words):
    week = {"schedule_kind": "weekly", "schedule": "0/480/480/480/480/480/0", "schedule_from": "2020-01-05"}
    together = {"sick_minutes": {"vacation_minutes": "", "personal_minutes": ""}}.get(column, {})
    extra = (week if column.startswith("schedule") else {}) | together
    good = {**extra, "employee_number": "1", "last_name": "Good"}
    printed = refused(write_roster(tmp_path / "r.csv", good, {**extra, column: value}), words, "1 added", "1 refused")
    assert "Line 3, " in printed
    assert column in printed
    assert Employee.objects.get().last_name == "Good"


def test_every_fault_of_a_line_is_told(tmp_path):
    printed = refused(write_roster(tmp_path / "r.csv", {"home_zip": "2108", "birthdate": "5/4/1979", "agency": "X"}))
    assert printed.count("Line 2, ") == 3
    assert "1 refused" in printed


def test_a_line_with_too_few_cells_is_refused(tmp_path):
    path = write_roster(tmp_path / "r.csv", {})
    path.write_text(path.read_text() + "1,2,3\n")
    refused(path, "Line 3, whole line: has 3 cells, the first line has 9", "1 added")


def test_line_numbers_count_line_breaks_inside_cells(tmp_path):
    broken = {"employee_number": "1", "street": "one\ntwo\nthree"}
    refused(
        write_roster(tmp_path / "r.csv", broken, {"home_zip": "x", "street": ""}), "Line 2, street", "Line 5, home_zip"
    )


def test_leading_zeros_are_kept_and_eaten_ones_found(tmp_path):
    load(write_roster(tmp_path / "r.csv", {"employee_number": "000042"}))
    printed = refused(write_roster(tmp_path / "r.csv", {"employee_number": "42"}), "42 and 000042 differ only in zeros")
    assert "1 read, 0 added" in printed
    assert Employee.objects.get().employee_number == "000042"


def test_people_are_told_apart_though_everything_but_the_number_is_alike(tmp_path):
    load(write_roster(tmp_path / "r.csv", {"employee_number": "1"}, {"employee_number": "2"}))
    assert Employee.objects.count() == 2


def test_names_are_kept_in_one_unicode_form(tmp_path):
    load(write_roster(tmp_path / "r.csv", {"first_name": "  Jose\u0301 "}))
    assert Employee.objects.get().first_name == "Jos\u00e9"


# --- Files that are refused


def bytes_of(tmp_path, content):
    path = tmp_path / "r.csv"
    path.write_bytes(content)
    return path


HEADER = ",".join(NEEDED)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (HEADER.encode() + b"\n", "a first line and no people"),
        (b"PK\x03\x04zip", "an Excel workbook"),
        (("\ufeff" + HEADER).encode("utf-16-le"), "UTF-16 text"),
        (HEADER.encode() + "\n1,José,X".encode("latin-1"), "Line 2 is not UTF-8 text (byte 0xE9)"),
        (HEADER.replace(",", ";").encode() + b"\n1;2", "separated by commas"),
        (b"first_name,last_name\nAda,X", "Missing: employee_number, birthdate"),
        (HEADER.encode() + b",shoe_size\n", "Not known: shoe_size"),
        (HEADER.encode() + b",agency\n", "More than once: agency"),
        (HEADER.encode() + b",sick_minutes\n", "belong together; missing: vacation_minutes, personal_minutes"),
        (HEADER.encode() + b'\n1,"Ada,X,2000-01-01', "Line 2 cannot be read: a quotation mark"),
    ],
)
def test_a_file_that_cannot_be_trusted_loads_nothing(tmp_path, content, words):
    refused(bytes_of(tmp_path, content), words, "Nothing was loaded.")
    assert not Employee.objects.exists()


def test_a_duplicate_number_refuses_the_whole_file(tmp_path):
    good, bad = {"employee_number": "1"}, {"employee_number": "004711", "home_zip": "x"}
    refused(write_roster(tmp_path / "r.csv", {}, good, bad), "004711 on lines 2, 4", "Nothing was loaded.")
    assert not Employee.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    refused(tmp_path / "gone.csv", "cannot be opened: No such file")


def test_byte_order_mark_windows_lines_and_any_order_of_columns(tmp_path):
    path = write_roster(tmp_path / "r.csv", {}, columns=list(reversed(NEEDED)))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path)[1]
    assert Employee.objects.get().home_zip == "02108"


def test_two_agencies_whose_people_supervise_each_other(tmp_path):
    make_agency(code="DMH")
    load(write_roster(tmp_path / "r.csv", {"supervisor_number": "2"}, {"employee_number": "2", "agency": "DMH"}))
    assert Employee.objects.get(employee_number="004711").supervisor.agency.code == "DMH"


def test_a_large_file_takes_a_fixed_number_of_queries(tmp_path, django_assert_max_num_queries):
    people = [{"employee_number": f"{n:06}", "supervisor_number": f"{n // 10:06}" if n else ""} for n in range(2000)]
    with django_assert_max_num_queries(40):
        printed, _ = load(write_roster(tmp_path / "r.csv", *people))
    assert "2000 added" in printed
    assert EmploymentPeriod.objects.count() == 2000
