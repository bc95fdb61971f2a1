"""Accounts that are days old are as new as they were."""

from django.db import migrations
from django.db.models import F


def cover(apps, schema_editor):
    User = apps.get_model("registration", "User")
    User.objects.exclude(employee=None).update(covered_before=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0005_covers"),
    ]

    operations = [migrations.RunPython(cover, migrations.RunPython.noop)]
