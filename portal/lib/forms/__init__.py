"""Forms as the portal's pages use them: the fields, their rules and their sentences."""

from portal.lib.forms.base import ErrorLink, PortalField, PortalForm
from portal.lib.forms.birthdate import BirthdateField
from portal.lib.forms.choices import CheckField, ChoiceField, SelectField, YesNoField
from portal.lib.forms.dates import DateField, read_date
from portal.lib.forms.numbers import DigitsField, PhoneField
from portal.lib.forms.text import EmailField, HiddenField, NameField, NoteField, PasswordField, TextField
from portal.lib.forms.times import TimeField, read_time

__all__ = [
    "BirthdateField",
    "CheckField",
    "ChoiceField",
    "DateField",
    "DigitsField",
    "EmailField",
    "ErrorLink",
    "HiddenField",
    "NameField",
    "NoteField",
    "PasswordField",
    "PhoneField",
    "PortalField",
    "PortalForm",
    "SelectField",
    "TextField",
    "TimeField",
    "YesNoField",
    "read_date",
    "read_time",
]
