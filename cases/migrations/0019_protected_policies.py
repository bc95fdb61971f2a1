"""Which of the policies protect the job (R53): those of law and contract, not those that only pay."""

from django.db import migrations

PROTECTED = ("FMLA", "FMLA_MCG", "PFML_MED", "PFML_FAM", "PFML_MCG", "MPLA", "SNLA", "CBA_FML", "RED_FML")


def mark(apps, schema_editor):
    apps.get_model("cases", "Policy").objects.filter(code__in=PROTECTED).update(protects_job=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_job_protection")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
