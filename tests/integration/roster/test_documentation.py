"""docs/roster-file.md names every column, and its example loads."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from registration.roster.feed import agencies
from registration.roster.feed.fields import GROUPS, NEEDED
from registration.roster.models import Employee

TEXT = (Path(__file__).parents[3] / "docs/roster-file.md").read_text()
ROSTER, AGENCIES = TEXT.split("## The agencies file")


def first_cells(text):
    """The names in the first cell of each table row."""
    return {name for row in re.findall(r"^\| (.*?) \|", text, re.M) for name in re.findall(r"`(\w+)`", row)}


def test_every_column_is_documented_and_no_other():
    kinds_of_schedule = {"weekly", "shifts", "rotating", "variable"}
    assert first_cells(ROSTER) - kinds_of_schedule == {column for group in GROUPS for column in group}
    assert first_cells(AGENCIES) == set(agencies.COLUMNS)


@pytest.mark.parametrize("column", NEEDED)
def test_needed_columns_are_marked(column):
    assert re.search(rf"^\| [^|]*`{column}`[^|]*\*\*needed\*\* \|", ROSTER, re.M)


@pytest.mark.usefixtures("dph")
def test_the_example_loads(tmp_path):
    path = tmp_path / "example.csv"
    path.write_text(re.search(r"```csv\n(.*?)```", TEXT, re.S)[1])
    call_command("import_roster", path)
    assert Employee.objects.get(employee_number="0047110").supervisor.last_name == "Lindqvist"
