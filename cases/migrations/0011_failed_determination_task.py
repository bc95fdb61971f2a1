from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_condition_of_a_leave"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("notice_failed", "A notice did not arrive"),
                    ("no_supervisor", "Nobody to tell"),
                    ("call_employee", "Call the employee"),
                    ("notice_due", "Notice of rights due"),
                    ("review_document", "Review a document"),
                    ("five_days", "Five workdays in a row"),
                    ("determination_failed", "A leave could not be worked out"),
                ],
                max_length=30,
            ),
        ),
    ]
