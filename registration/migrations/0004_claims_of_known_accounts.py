"""Accounts from before there were claims took their rows when they were created."""

from django.db import migrations


def claim(apps, schema_editor):
    User = apps.get_model("registration", "User")
    Claim = apps.get_model("registration", "Claim")
    unclaimed = User.objects.exclude(employee=None).filter(claims=None)
    columns = unclaimed.values_list("pk", "employee_id", "created_at").iterator()
    Claim.objects.bulk_create(
        (Claim(user_id=user, employee_id=employee, claimed_at=created_at) for user, employee, created_at in columns),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0003_accounts_hardened"),
    ]

    operations = [migrations.RunPython(claim, migrations.RunPython.noop)]
