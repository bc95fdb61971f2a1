import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import portal.lib.crypto
import registration.roster.models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_policy_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calculation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("computed_at", models.DateTimeField()),
                ("engine_version", models.CharField(max_length=20)),
                ("week_minutes", models.CharField(max_length=40)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calculations", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CalculationInputs",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("content", portal.lib.crypto.EncryptedField()),
                (
                    "calculation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.calculation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Determination",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("policy_version", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("info_needed", "More information needed"),
                            ("approved", "Approved"),
                            ("denied", "Denied"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                    ),
                ),
                ("superseded_at", models.DateTimeField(null=True)),
                ("result", portal.lib.crypto.EncryptedField()),
                (
                    "calculation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="cases.calculation",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="determinations", to="cases.case"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.policy"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeterminationSpan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("info_needed", "More information needed"),
                            ("approved", "Approved"),
                            ("denied", "Denied"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                    ),
                ),
                ("proposal", models.CharField(max_length=15)),
                ("minutes", models.PositiveIntegerField()),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="cases.determination"
                    ),
                ),
            ],
            options={
                "ordering": ["first_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="span_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["pending", "info_needed", "approved", "denied", "cancelled"])
                        ),
                        name="span_status_is_known",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("determination", "="),
                            (registration.roster.models.DateSpan("first_day", "last_day"), "&&"),
                        ],
                        name="spans_of_a_determination_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("case", "policy"),
                name="one_current_determination_a_policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["pending", "info_needed", "approved", "denied", "cancelled"])),
                name="determination_status_is_known",
            ),
        ),
    ]
