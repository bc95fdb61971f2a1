import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.lib.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_contact_choice"),
    ]

    operations = [
        migrations.CreateModel(
            name="AbsenceNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "absence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.absence"
                    ),
                ),
                ("content", portal.lib.crypto.EncryptedField()),
            ],
        ),
    ]
