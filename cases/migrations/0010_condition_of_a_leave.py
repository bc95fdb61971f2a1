from django.db import migrations

import portal.lib.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_prior_use"),
    ]

    operations = [
        migrations.AddField(
            model_name="leavefacts",
            name="condition",
            field=portal.lib.crypto.EncryptedField(null=True),
        ),
    ]
