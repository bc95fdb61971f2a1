from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_certification")]
    operations = [
        migrations.AddField(
            model_name="policy",
            name="protects_job",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Leave approved under it is job-protected: liaisons may file medical clearance.",
                verbose_name="protects the job",
            ),
        ),
    ]
