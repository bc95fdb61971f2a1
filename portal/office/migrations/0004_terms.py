"""The first version of each text. The texts stand beside this file, one a language, as plain text."""

import datetime as dt
from pathlib import Path

from django.db import migrations

TEXTS = Path(__file__).with_name("terms_1")
FROM = dt.date(2022, 9, 22)  # the day leave administration began


def add(apps, schema_editor):
    apps.get_model("office", "Terms").objects.bulk_create(
        apps.get_model("office", "Terms")(
            kind=kind,
            version="1",
            in_force_from=FROM,
            body_en=(TEXTS / f"{kind}.en.txt").read_text(encoding="utf-8").strip(),
            body_es=(TEXTS / f"{kind}.es.txt").read_text(encoding="utf-8").strip(),
        )
        for kind in ("conditions", "use", "privacy")
    )


class Migration(migrations.Migration):
    dependencies = [("office", "0003_holidays")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
