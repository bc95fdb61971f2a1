"""The state's legal holidays, 2022 to 2032, on the day each is kept: one that falls on a Sunday is kept on the Monday.

M.G.L. c. 4, § 7, cl. 18. Worked out once and compared with the `holidays` package (US, MA); later years are added in
the admin, and a system check warns in the year before they are needed.
"""

import datetime as dt

from django.db import migrations

NAMES = (
    "New Year’s Day",
    "Martin Luther King, Jr. Day",
    "Presidents’ Day",
    "Patriots’ Day",
    "Memorial Day",
    "Juneteenth Independence Day",
    "Independence Day",
    "Labor Day",
    "Columbus Day",
    "Veterans Day",
    "Thanksgiving Day",
    "Christmas Day",
)
# One line a year, in the order of NAMES: month-day.
DAYS = {
    2022: "01-01 01-17 02-21 04-18 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 04-17 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25",
    2024: "01-01 01-15 02-19 04-15 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2025: "01-01 01-20 02-17 04-21 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2026: "01-01 01-19 02-16 04-20 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 04-19 05-31 06-19 07-05 09-06 10-11 11-11 11-25 12-25",
    2028: "01-01 01-17 02-21 04-17 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25",
    2029: "01-01 01-15 02-19 04-16 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25",
    2030: "01-01 01-21 02-18 04-15 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
    2031: "01-01 01-20 02-17 04-21 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
    2032: "01-01 01-19 02-16 04-19 05-31 06-19 07-05 09-06 10-11 11-11 11-25 12-25",
}


def add(apps, schema_editor):
    holiday = apps.get_model("office", "Holiday")
    holiday.objects.bulk_create(
        holiday(on=dt.date.fromisoformat(f"{year}-{day}"), name=name)
        for year, days in DAYS.items()
        for name, day in zip(NAMES, days.split(), strict=True)
    )


class Migration(migrations.Migration):
    dependencies = [("office", "0002_contact_record")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
