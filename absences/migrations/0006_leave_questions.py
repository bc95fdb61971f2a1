"""Everyone who asks for leave is asked about pay and work until an administrator says otherwise."""

import datetime as dt

from django.db import migrations


def ask(apps, schema_editor):
    question = apps.get_model("absences", "ProceduralQuestion")
    for kind in ("pay", "work_related"):
        question.objects.get_or_create(
            agency=None, journey="leave", kind=kind, defaults={"starts_on": dt.date(2022, 9, 22)}
        )


class Migration(migrations.Migration):
    dependencies = [("absences", "0005_own_questions")]

    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
