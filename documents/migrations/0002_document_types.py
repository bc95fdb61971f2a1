"""The nine types of the guide (R147)."""

from django.db import migrations

TYPES = (
    ("accommodation", "Accommodation Request Form", "Formulario de solicitud de adaptación", "", ""),
    (
        "authorization",
        "Authorization Form",
        "Formulario de autorización",
        "Lets your provider share records with us",
        "Permite que su proveedor nos envíe expedientes",
    ),
    ("ada-packet", "Medical Authorization Packet ADA", "Paquete de autorización médica ADA", "", ""),
    (
        "certification",
        "Medical Certification",
        "Certificación médica",
        "The form your provider fills out",
        "El formulario que llena su proveedor",
    ),
    ("record", "Medical Record", "Expediente médico", "", ""),
    ("court", "Miscellaneous Court Paper", "Otro documento judicial", "", ""),
    (
        "return-to-work",
        "RTW Note",
        "Nota de regreso al trabajo (RTW)",
        "Return-to-work note",
        "Nota para volver al trabajo",
    ),
    ("other", "Miscellaneous Document", "Otro documento", "", ""),
    (
        "birth",
        "Proof of Birth",
        "Prueba de nacimiento",
        "Or proof of adoption or foster placement",
        "O prueba de adopción o de acogida temporal",
    ),
)


def add(apps, schema_editor):
    types = apps.get_model("documents", "DocumentType")
    for place, (code, name_en, name_es, hint_en, hint_es) in enumerate(TYPES, start=1):
        types.objects.create(
            code=code,
            name_en=name_en,
            name_es=name_es,
            hint_en=hint_en,
            hint_es=hint_es,
            position=place * 10,
            operators_own=code == "accommodation",  # “(UPMC)” in the guide: a form of that administrator's own
        )


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
