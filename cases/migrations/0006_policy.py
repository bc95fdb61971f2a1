import django.contrib.postgres.constraints
from django.db import migrations, models

import registration.roster.models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_shape_of_a_leave"),
    ]

    operations = [
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=100, help_text="Lower numbers come first.", verbose_name="order"
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("row", models.JSONField(verbose_name="row")),
            ],
            options={
                "verbose_name_plural": "policies",
                "ordering": ["position", "code", "effective_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to", None), ("effective_to__gte", models.F("effective_from")), _connector="OR"
                        ),
                        name="policy_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("code", "="),
                            (registration.roster.models.DateSpan("effective_from", "effective_to"), "&&"),
                        ],
                        name="one_text_of_a_policy_a_day",
                        violation_error_message="Another text of this policy is in force on some of these days.",
                    ),
                ],
            },
        ),
    ]
