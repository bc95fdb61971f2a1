from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0010_forget_readable_sessions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="challenge",
            name="delivery",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("delivered", "Delivered"),
                    ("failed", "Failed"),
                    ("no_answer", "No Answer"),
                    ("not_sent", "Not Sent"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
    ]
