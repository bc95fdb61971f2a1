import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.lib.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_determination"),
        ("registration", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PriorUse",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("policy_code", models.CharField(max_length=20, verbose_name="policy")),
                ("date", models.DateField(verbose_name="date")),
                ("minutes", models.IntegerField(verbose_name="minutes used")),
                (
                    "week_minutes",
                    models.PositiveIntegerField(
                        help_text="Scheduled minutes of the workweek that holds the date.",
                        verbose_name="minutes of the person’s week",
                    ),
                ),
                ("about", portal.lib.crypto.EncryptedField(default=dict)),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registration.employee"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier use of leave",
                "verbose_name_plural": "earlier uses of leave",
                "ordering": ["employee", "date"],
            },
        ),
        migrations.AddIndex(
            model_name="prioruse",
            index=models.Index(fields=["employee", "date"], name="prior_use_of_a_person"),
        ),
        migrations.AddConstraint(
            model_name="prioruse",
            constraint=models.CheckConstraint(
                condition=models.Q(("week_minutes__gte", 1)), name="prior_use_has_a_week"
            ),
        ),
    ]
