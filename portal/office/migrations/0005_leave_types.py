"""Seven leave types the administrator manages and eight it does not, with whom to ask instead."""

from django.db import migrations

HR_EN = "Ask your agency’s HR office."
HR_ES = "Pregunte en la oficina de recursos humanos de su agencia."
SUPERVISOR_EN = "Ask your supervisor."
SUPERVISOR_ES = "Pregunte a su supervisor(a)."

MANAGED = [
    ("day-to-day", "Day-to-day sick absences", "Ausencias de un día por enfermedad"),
    (
        "medical",
        "Medical Leave: Employee to manage their own serious health condition",
        "Licencia médica: para atender un problema grave de su propia salud",
    ),
    (
        "caring",
        "Caring Leave: Employee to care for a family member with a serious health condition",
        "Licencia para cuidar: para cuidar a un familiar con un problema grave de salud",
    ),
    (
        "bonding",
        "Bonding Leave: Employee to bond with a new child welcomed by birth, adoption, or foster placement",
        "Licencia de vínculo: para estar con un nuevo hijo o una nueva hija que llegó por nacimiento, adopción o "
        "acogida temporal",
    ),
    (
        "military-caregiver",
        "Military Caregiver Leave: Employee to care for a family member who is both a current/former member of the "
        "Armed Forces AND was injured while serving",
        "Licencia para cuidar a un familiar militar: para cuidar a un familiar que es o fue miembro de las Fuerzas "
        "Armadas Y que se lesionó durante el servicio",
    ),
    (
        "exigency",
        "(Military) Exigency Leave: Employee to manage affairs while a family member, who is a member of the Armed "
        "Forces, is on active duty",
        "Licencia por exigencia militar: para atender asuntos mientras un familiar, miembro de las Fuerzas Armadas, "
        "está en servicio activo",
    ),
    (
        "small-necessities",
        "Small Necessities Leave: Employee to attend their child’s: school activity or meeting related to their "
        "child’s education or routine medical and dental appointments; OR employee to attend their elderly "
        "relative’s: routine medical and dental appointments or appointments for professional services related to "
        "elder care",
        "Licencia para necesidades familiares: para ir a una actividad escolar o a una reunión sobre la educación de "
        "su hijo o hija, o a sus citas médicas y dentales de rutina; O para ir con un familiar mayor a sus citas "
        "médicas y dentales de rutina, o a citas de servicios profesionales para su cuidado",
    ),
]
NOT_MANAGED = [
    ("vacation", "Vacation and Personal Leave", "Vacaciones y días personales", SUPERVISOR_EN, SUPERVISOR_ES),
    (
        "domestic-violence",
        "Domestic Violence Leave",
        "Licencia por violencia doméstica",
        "Ask your agency’s HR office. You can ask to talk in private.",
        "Pregunte en la oficina de recursos humanos de su agencia. Puede pedir hablar en privado.",
    ),
    (
        "military-duty",
        "Military (i.e., employee is called to active duty)",
        "Servicio militar (cuando le llaman a usted al servicio activo)",
        HR_EN,
        HR_ES,
    ),
    (
        "donation",
        "Blood and Bone Marrow Donation Leave",
        "Licencia para donar sangre o médula ósea",
        SUPERVISOR_EN,
        SUPERVISOR_ES,
    ),
    ("civic-duty", "Civic Duty Leave", "Licencia por deberes cívicos", SUPERVISOR_EN, SUPERVISOR_ES),
    ("voting", "Voting Leave", "Licencia para votar", SUPERVISOR_EN, SUPERVISOR_ES),
    ("bereavement", "Bereavement Leave", "Licencia por duelo", SUPERVISOR_EN, SUPERVISOR_ES),
    (
        "serv",
        "SERV (State Employees Responding as Volunteers Program)",
        "SERV (programa de empleados estatales que ayudan como voluntarios)",
        SUPERVISOR_EN,
        SUPERVISOR_ES,
    ),
]


def add(apps, schema_editor):
    leave_type = apps.get_model("office", "LeaveType")
    leave_type.objects.bulk_create(
        leave_type(code=code, position=position, managed=True, name_en=english, name_es=spanish)
        for position, (code, english, spanish) in enumerate(MANAGED, start=1)
    )
    leave_type.objects.bulk_create(
        leave_type(
            code=code, position=position, managed=False, name_en=english, name_es=spanish, ask_en=ask, ask_es=ask_es
        )
        for position, (code, english, spanish, ask, ask_es) in enumerate(NOT_MANAGED, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("office", "0004_terms")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
