"""Everyone is asked about overtime in a day-to-day report until an administrator says otherwise."""

import datetime as dt

from django.db import migrations


def ask(apps, schema_editor):
    question = apps.get_model("absences", "ProceduralQuestion")
    question.objects.create(agency=None, journey="day_to_day", kind="overtime", starts_on=dt.date(2022, 9, 22))


class Migration(migrations.Migration):
    dependencies = [("absences", "0003_initial")]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
