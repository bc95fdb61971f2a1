"""How to reach the person: what is known stands there, what was typed stays, and only what is chosen counts."""

import re

import pytest
from django.test import Client

from registration.models import Liaison
from tests.factories.accounts import make_phone, sign_in
from tests.factories.people import log_in, make_employee, make_user
from tests.integration.absences.leave_request import ANSWERS, LeaveRequest
from tests.integration.absences.reporting import words

pytestmark = pytest.mark.django_db
BY_MAIL = {"by_email": "no", "street": "600 Grant Street", "city": "Burlington", "state": "MA", "zip": "018031512"}


@pytest.fixture
def leave(browser, employee, today):
    return LeaveRequest(browser, employee)


def up_to(leave, step):
    """Everything before `step` answered; its page."""
    for slug in ("about", "schedule", "dates", "pay", "work-related", "contact-by"):
        if slug == step:
            break
        assert leave.post(leave.page("step", step=slug), ANSWERS[slug]).status_code == 303
    return leave.get("step", step=step)


def value(response, name):
    """What stands in the text box `name`."""
    box = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    found = re.search(r'value="([^"]*)"', box[0])
    return found[1] if found else ""


class TestWhatIsKnown:
    def test_the_roster_knows_an_address(self, leave, employee):
        page = up_to(leave, "contact-by")
        assert value(page, "email") == employee.work_email
        assert value(page, "street") == employee.street
        assert value(page, "zip") == employee.home_zip
        assert '<option value="MA" selected>Massachusetts</option>' in page.content.decode()
        assert re.search(r'value="yes"[^>]*checked', page.content.decode())

    def test_the_accounts_own_email_comes_first(self, today):
        employee = make_employee()
        leave = LeaveRequest(log_in(Client(), make_user(employee, email="mine@example.org")), employee)
        assert value(up_to(leave, "contact-by"), "email") == "mine@example.org"

    def test_the_second_steps_phone_comes_first(self, today):
        employee = make_employee()
        user = make_user(employee)
        make_phone(user, "+14135550199")
        leave = LeaveRequest(sign_in(Client(), user), employee)
        make_phone(user, "+14135550111", confirmed=False)
        up_to(leave, "contact-by")
        leave.post(leave.page("step", step="contact-by"), ANSWERS["contact-by"])
        assert value(leave.get("step", step="phone"), "phone") == "413-555-0199"

    def test_nothing_known_leaves_the_boxes_empty(self, today):
        blank = dict.fromkeys(("work_email", "work_phone", "street", "city", "state"), "")
        employee = make_employee(**blank)
        leave = LeaveRequest(log_in(Client(), make_user(employee)), employee)
        page = up_to(leave, "contact-by")
        assert (value(page, "email"), value(page, "street")) == ("", "")


class TestCorrespondence:
    def test_by_mail(self, leave):
        leave.answer_all({"contact-by": BY_MAIL})
        assert "By mail: 600 Grant Street Burlington, MA 01803-1512" in words(leave.get("check"))

    def test_a_change_of_mind_finds_what_was_typed_the_other_way(self, leave):
        leave.answer_all({"contact-by": {**BY_MAIL, "email": "half@typed"}})
        page = leave.get("change", step="contact-by")
        assert value(page, "email") == "half@typed"
        leave.change("contact-by", **{**BY_MAIL, "by_email": "yes", "email": "zoe@example.org", "zip": "12"})
        assert "By email: zoe@example.org" in words(leave.get("check"))
        assert value(leave.get("change", step="contact-by"), "zip") == "12"

    def test_the_guides_words_stand_on_the_page(self, leave):
        page = words(up_to(leave, "contact-by"))
        for text in (
            "Would you like to receive leave documents and updates via email? This is the fastest, most convenient way"
            " to manage your leave request.",
            "Yes! Send leave documents and updates via email.",
            "No, do not send leave documents and updates via email.",
            "Please provide your email address. The email address provided here will only be used by Workpartners to"
            " send documents and updates about the case. This will not update your HR record.",
            "Please provide your mailing address. The mailing address you provide here will be used only by"
            " Workpartners to send documents and updates about this leave request. This will not update your HR"
            " record.",
            "Add address line for apartment, floor, etc (Optional)",
        ):
            assert text in page

    def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(self, leave):
        up_to(leave, "contact-by")
        response = leave.post(leave.page("step", step="contact-by"), {**BY_MAIL, "zip": "123", "city": ""})
        assert response.status_code == 422
        page = response.content.decode()
        assert 'href="#id_city"' in page
        assert 'href="#id_zip"' in page
        assert value(response, "street") == "600 Grant Street"
        assert value(response, "zip") == "123"

    def test_the_language_button_keeps_what_was_typed_unchecked(self, leave):
        up_to(leave, "contact-by")
        leave.post(leave.page("step", step="contact-by"), {"by_email": "no", "street": "1 Half", "_lang": "es"})
        page = leave.get("step", step="contact-by")
        assert value(page, "street") == "1 Half"
        assert re.search(r'value="no"[^>]*checked', page.content.decode())


class TestContact:
    def test_the_guides_words_stand_on_the_page(self, leave, settings):
        up_to(leave, "contact-by")
        leave.post(leave.page("step", step="contact-by"), ANSWERS["contact-by"])
        page = words(leave.get("step", step="phone"))
        for text in (
            "Please provide your preferred phone number. You will be contacted by Workpartners within two (2) business"
            " days to verify the details of this case.",
            "The phone number you provide will only be used by Workpartners and will not update your HR record.",
            "When is the best time to reach you? Times are Eastern Time. 8 AM 9 AM 10 AM 11 AM 12 PM 1 PM 2 PM 3 PM"
            " 4 PM 5 PM Any of these times",
        ):
            assert text in page
        settings.CALL_BUSINESS_DAYS = 1
        assert "within 1 business day to verify" in words(leave.get("step", step="phone"))

    def test_the_summary(self, leave):
        leave.answer_all({"phone": {"phone": "(413) 555 0123", "voicemail": "no", "best_time": "any"}})
        page = words(leave.get("check"))
        assert "413-555-0123" in page
        assert "Voicemail allowed No" in page
        assert "Best time to call Any of these times" in page


def test_pay_names_the_liaisons_of_the_agency(leave, employee):
    Liaison.objects.create(agency=employee.agency, name="Ana Liaison", phone="+16175550123", email="ana@example.org")
    Liaison.objects.create(agency=make_employee().agency, name="Bo Elsewhere")
    page = words(up_to(leave, "pay"))
    assert "Your leave liaison Talk to your liaison first" in page
    assert "Ana Liaison 617-555-0123 ana@example.org" in page
    assert "Bo Elsewhere" not in page
    assert (
        "Employer Paid to DFML – during PFML leave only, employee uses their accrued sick pay up to the allowed time"
        " under the reason or other accrued time, and also apply & receive pay through the DFML benefit upon"
        " completion of accrued time"
    ) in page
