"""How the person is reached about a leave: by e-mail or by post, and by telephone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from absences.journeys.engine import Facts, Row, Step, StepForm
from portal.lib.forms import ChoiceField, DigitsField, EmailField, PhoneField, SelectField, TextField, YesNoField
from portal.lib.states import STATES
from portal.lib.wording import phone as readable

ANY_TIME = "any"
HOURS = range(8, 18)  # at which somebody may be called, Eastern Time
BY_MAIL = ("by_email", "no")
TOO_LONG = _("Address line must be 100 characters or fewer")


class CorrespondenceForm(StepForm):
    """Only what belongs to the chosen way is checked; the rest stays as typed and counts as None."""

    by_email = YesNoField(
        label=_("Would you like to receive leave documents and updates via email?"),
        heading=True,
        help_text=_("This is the fastest, most convenient way to manage your leave request."),
        choices=[
            ("yes", _("Yes! Send leave documents and updates via email.")),
            ("no", _("No, do not send leave documents and updates via email.")),
        ],
        initial="yes",
        error_messages={"required": _("Select how you want to get documents")},
    )
    email = EmailField(label=_("Email address"), shown_when=("by_email", "yes"))
    street = TextField(
        label=_("Street address"),
        shown_when=BY_MAIL,
        grouped=True,
        autocomplete="address-line1",
        width="2xl",
        error_messages={"required": _("Enter your street address"), "too_long": TOO_LONG},
    )
    street_2 = TextField(
        label=_("Add address line for apartment, floor, etc (Optional)"),
        required=False,
        shown_when=BY_MAIL,
        grouped=True,
        autocomplete="address-line2",
        width="2xl",
        error_messages={"too_long": TOO_LONG},
    )
    city = TextField(
        label=_("City"),
        shown_when=BY_MAIL,
        grouped=True,
        autocomplete="address-level2",
        width="xl",
        error_messages={"required": _("Enter your city"), "too_long": _("City must be 100 characters or fewer")},
    )
    state = SelectField(
        label=_("State"),
        choices=[("", _("Select")), *STATES.items()],
        shown_when=BY_MAIL,
        grouped=True,
        autocomplete="address-level1",
        error_messages={"required": _("Select your state")},
    )
    zip = DigitsField(
        label=_("ZIP code"),
        lengths={5, 9},
        shown_when=BY_MAIL,
        grouped=True,
        autocomplete="postal-code",
        error_messages={"required": _("Enter your ZIP code"), "format": _("ZIP code must be 5 or 9 digits")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.setting.on_file
        self.initial = {name: getattr(known, name) for name in ("email", "street", "street_2", "city", "state", "zip")}
        use = gettext(
            "Please provide your email address. The email address provided here will only be used by %(admin)s to send"
            " documents and updates about the case. This will not update your HR record."
        )
        self.fields["email"].help_text = use % {"admin": self.setting.admin_name}

    def clean_zip(self) -> str:
        digits: str = self.cleaned_data["zip"]
        return f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 else digits


class Correspondence(Step):
    slug, part = "contact-by", 4
    form_class = CorrespondenceForm
    template_name = "absences/contact_by.html"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        yield Row(gettext("How you get documents"), _by_email(cleaned) if cleaned["by_email"] else _by_mail(cleaned))


def _by_email(cleaned: Facts) -> str:
    return gettext("By email: %(email)s") % {"email": cleaned["email"]}


def _by_mail(cleaned: Facts) -> str:
    place = f"{cleaned['city']}, {cleaned['state']} {cleaned['zip']}"  # as an envelope has it, in every language
    return "\n".join(filter(None, [gettext("By mail:"), cleaned["street"], cleaned["street_2"], place]))


def time_to_call(code: str) -> str:
    """“8 AM”, or “Any of these times”."""
    if code == ANY_TIME:
        return gettext("Any of these times")
    hour = {"hour": int(code) % 12 or 12}
    # Translators: 8 AM and 5 PM, as the hour in which to call somebody
    return gettext("%(hour)s AM") % hour if int(code) < 12 else gettext("%(hour)s PM") % hour


class ContactForm(StepForm):
    phone = PhoneField(label=_("Preferred phone number"), described_by="phone-use")
    voicemail = YesNoField(
        label=_("Can we leave a voicemail?"),
        help_text=_("We will say only our name and number."),
        error_messages={"required": _("Select yes if we can leave a voicemail")},
    )
    best_time = ChoiceField(
        label=_("When is the best time to reach you?"),
        help_text=_("Times are Eastern Time."),
        columns=2,
        error_messages={"required": _("Select the best time to reach you")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"phone": self.setting.on_file.phone}
        best_time = self.fields["best_time"]
        assert isinstance(best_time, ChoiceField)
        codes = [*(f"{hour:02}" for hour in HOURS), ANY_TIME]
        best_time.choices = [(code, time_to_call(code)) for code in codes]


class Contact(Step):
    slug, part = "phone", 4
    form_class = ContactForm
    question = _("Your phone number")
    template_name = "absences/phone.html"

    @classmethod
    def rows(cls, cleaned: Facts) -> Iterable[Row]:
        voicemail = gettext("Yes") if cleaned["voicemail"] else gettext("No")
        yield Row(gettext("Phone"), readable(cleaned["phone"]), gettext("Preferred phone number"))
        yield Row(gettext("Voicemail allowed"), voicemail, gettext("Can we leave a voicemail?"))
        best_time = time_to_call(cleaned["best_time"])
        yield Row(gettext("Best time to call"), best_time, gettext("When is the best time to reach you?"))
