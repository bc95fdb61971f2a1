"""The one contact record, with the values of the employer this portal was first made for. Change it in the admin."""

from django.db import migrations

RECORD = {
    "portal_name": "Commonwealth Absence and Leave Management",
    "employer_en": "the Commonwealth’s Executive Department",
    "employer_es": "el Departamento Ejecutivo del Estado",
    "admin_name": "Workpartners",
    "phone": "1-833-640-2800",
    "tty": "711",
    "hours_en": "24 hours a day, 365 days a year",
    "hours_es": "las 24 horas del día, los 365 días del año",
    "paper_email": "AbsenceMA@workpartners.com",
    "paper_fax": "1-844-531-4854",
    "paper_mail": "PO Box 2840, Pittsburgh, PA 15230",
    "esc_name": "Employee Service Center (ESC)",
    "esc_phone": "855-447-7778",
    "esc_link": "https://www.mass.gov/orgs/masshr-employee-service-center-esc",
    "eap_name": "Mass4You",
}


def add(apps, schema_editor):
    apps.get_model("office", "ContactRecord").objects.create(pk=1, **RECORD)


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
