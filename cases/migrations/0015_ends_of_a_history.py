from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_proposal_when_decided"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["employee", "first_day"], name="cases_begin"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["employee", "last_day"], name="cases_end"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("first_day", None)), fields=["employee", "opened_at"], name="cases_without_days"
            ),
        ),
    ]
