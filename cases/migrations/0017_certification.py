import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import registration.roster.models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="absence",
            name="over_approved",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Certification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("episodes", models.PositiveSmallIntegerField()),
                ("period_days", models.PositiveSmallIntegerField()),
                ("episode_minutes", models.PositiveIntegerField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="certifications", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                        name="certification_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("episode_minutes__gte", 1), ("episodes__gte", 1), ("period_days__gte", 1)),
                        name="certification_gives_something",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("case", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                            (
                                registration.roster.models.DateSpan("valid_from", "valid_to"),
                                django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS,
                            ),
                        ],
                        name="one_certification_of_a_case_a_day",
                    ),
                ],
            },
        ),
    ]
