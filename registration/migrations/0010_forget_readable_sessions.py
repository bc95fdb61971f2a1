"""What a session holds is sealed now (`registration.session_store`); what was not could be read, and opens no more."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("registration", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("registration", "0009_forget_old_sessions")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
