from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_absence_note"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "day_to_day"), ("pattern", "single")),
                    models.Q(("kind", "leave"), ("pattern__in", ["continuous", "intermittent"])),
                    _connector="OR",
                ),
                name="case_pattern_suits_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pattern", "continuous"), _negated=True),
                    models.Q(("first_day__isnull", False), ("last_day__isnull", False)),
                    _connector="OR",
                ),
                name="continuous_leave_has_both_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1), ("position__lte", 5)), name="one_to_five_reasons"
            ),
        ),
    ]
