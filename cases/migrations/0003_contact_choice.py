import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.lib.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactChoice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contact_choice", to="cases.case"
                    ),
                ),
                ("wish", portal.lib.crypto.EncryptedField()),
            ],
        ),
    ]
