"""Agencies, their words and their services' dates, from their own file."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from registration.models import Agency, AgencyService, Secretariat

pytestmark = pytest.mark.django_db
LINE = {
    "secretariat": "EOHHS",
    "secretariat_name": "Health and Human Services",
    "agency": "DPH",
    "agency_name": "Public Health",
    "call_out_en": "Call your supervisor.\nLeave a message.",
    "call_out_es": "Llame a su supervisor.",
    "tells_next_level": "no",
    "leave": "2022-12-12..2024-06-30; 2025-01-06..",
    "day_to_day": "",
}


def load(tmp_path, *lines, columns=tuple(LINE)):
    path, out, fine = tmp_path / "a.csv", io.StringIO(), True
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([{**LINE, **line}[column] for column in columns] for line in lines)
    try:
        call_command("import_agencies", str(path), stdout=out, stderr=out)
    except CommandError as error:
        out.write(str(error))
        fine = False
    return out.getvalue(), fine


def dates():
    return [
        (row.service, row.starts_on.isoformat(), row.ends_on.isoformat() if row.ends_on else None)
        for row in AgencyService.objects.order_by("service", "starts_on")
    ]


def test_everything_is_stored(tmp_path):
    printed, fine = load(tmp_path, {}, {"agency": "DMH", "agency_name": "Mental Health"})
    assert fine, printed
    assert "2 read, 2 added, 0 changed, 0 unchanged, 0 refused." in printed
    agency = Agency.objects.get(code="DPH")
    assert (agency.name, agency.secretariat.code, agency.tells_next_level) == ("Public Health", "EOHHS", False)
    assert agency.call_out_en == "Call your supervisor.\nLeave a message."
    assert Secretariat.objects.count() == 1
    assert dates()[:2] == [("leave", "2022-12-12", "2024-06-30"), ("leave", "2022-12-12", "2024-06-30")]


def test_an_unchanged_file_changes_nothing(tmp_path):
    load(tmp_path, {})
    before = set(AgencyService.objects.values_list("id"))
    printed, _ = load(tmp_path, {})
    assert "0 added, 0 changed, 1 unchanged" in printed
    assert set(AgencyService.objects.values_list("id")) == before


@pytest.mark.parametrize(
    "change",
    [{"agency_name": "Health"}, {"day_to_day": "2025-01-06.."}, {"leave": ""}, {"secretariat_name": "Other"}],
)
def test_one_changed_cell_is_one_change(tmp_path, change):
    load(tmp_path, {})
    assert "0 added, 1 changed, 0 unchanged" in load(tmp_path, change)[0]


def test_the_file_s_dates_replace_the_stored_ones(tmp_path):
    load(tmp_path, {})
    load(tmp_path, {"leave": "2025-02-03..", "day_to_day": "2025-03-03.."})
    assert dates() == [("day_to_day", "2025-03-03", None), ("leave", "2025-02-03", None)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agency": ""}, "Line 2, agency: is empty"),
        ({"agency_name": "=1+1"}, "Line 2, agency_name: begins with ="),
        ({"leave": "soon"}, "Line 2, leave: “soon” has no two dots"),
        ({"leave": "2025-01-06..; 2026-01-05.."}, "Line 2, leave: has overlapping dates"),
        ({"leave": "2025-01-06.. bridged"}, "is not understood"),
        ({"tells_next_level": "perhaps"}, "must be yes or no"),
        ({"call_out_en": "x" * 5001}, "has 5,001 characters"),
    ],
)
def test_a_bad_line_is_refused_and_told(tmp_path, change, words):
    printed, fine = load(tmp_path, change, {"agency": "DMH"})
    assert not fine
    assert words in printed
    assert Agency.objects.get().code == "DMH"


@pytest.mark.parametrize(
    ("lines", "columns", "words"),
    [
        ([{}, {}], tuple(LINE), "Agency DPH stands on lines 2 and 4"),
        ([{}], tuple(LINE)[:-1], "Missing: day_to_day."),
        ([], tuple(LINE), "a first line and no agencies"),
    ],
)
def test_a_bad_file_is_refused_whole(tmp_path, lines, columns, words):
    printed, fine = load(tmp_path, *lines, columns=columns)
    assert not fine
    assert words in printed
    assert "Nothing was loaded." in printed
    assert not Agency.objects.exists()
