"""The policies of the employer this portal was first made for, from cases/policies.json. Change them in the admin."""

import json
from pathlib import Path

from django.db import migrations

ROWS = Path(__file__).resolve().parent.parent / "policies.json"
COLUMNS = ("code", "name", "effective_from", "effective_to")


def add(apps, schema_editor):
    policy = apps.get_model("cases", "Policy")
    for position, row in enumerate(json.loads(ROWS.read_text()), start=1):
        columns = {key: row.pop(key) for key in COLUMNS}
        policy.objects.create(position=10 * position, row=row, **columns)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_policy")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
