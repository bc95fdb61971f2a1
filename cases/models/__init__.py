"""The record. `confidential` is not re-exported: who needs it imports it by name, where the contract allows."""

from cases.models import confidential as _confidential  # noqa: F401  # registers its tables with Django
from cases.models.case import Absence, Case, CaseEvent, ContactChoice, Task, TimeReport
from cases.models.certification import Certification
from cases.models.determination import Calculation, Determination, DeterminationSpan
from cases.models.policy import Policy

__all__ = [
    "Absence",
    "Calculation",
    "Case",
    "CaseEvent",
    "Certification",
    "ContactChoice",
    "Determination",
    "DeterminationSpan",
    "Policy",
    "Task",
    "TimeReport",
]
