"""Registering: five facts, an account, a phone, a code."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from portal.limits.models import Counter
from registration import enrolment, verification
from registration.models import AccountEvent, PendingRegistration, PhoneDevice, User
from tests.factories.accounts import PASSWORD, another, make_account, newest_event, sign_in
from tests.factories.people import make_employee, make_user
from tests.integration.registration.ceremony import choose_account, facts_of, give_code, tell_facts, up_to_code, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_employee(
        first_name="Maria Elena", last_name="O'Brien", home_zip="02108-1512", employee_number="00012345"
    )


def test_a_person_on_the_roster_gets_an_account(client, person):
    code = up_to_code(client, person)
    done = client.get(give_code(client, code).url)
    assert "Registration complete" in done.text
    user = User.objects.get(employee=person)
    assert user.check_password(PASSWORD)
    assert user.terms_version.count("/") == 1
    assert user.language == "en"
    phone = PhoneDevice.objects.get(user=user)
    assert (phone.number, phone.confirmed, phone.prefers) == ("+16175550132", True, "sms")
    assert not PendingRegistration.objects.exists()
    assert not done.wsgi_request.user.is_authenticated


def test_the_account_is_announced_at_the_address_the_employer_holds(client, person):
    give_code(client, up_to_code(client, person))
    event = newest_event(kind=AccountEvent.Kind.ACCOUNT_CREATED)
    assert (event.channel, event.recipient) == ("email", person.work_email)


def test_every_page_of_the_way_says_what_the_guide_says(client, person):
    words = {
        "register": ["Register", "First Name", "Last Name", "Zip Code", "Birthdate", "Agree", "Terms and Conditions"],
        "number": ["Enter your employee number", "Employee Number", "Next"],
        "account": [
            "Create your username and password",
            "Username",
            "Password",
            "Confirm Password",
            "8 to 16 characters",
        ],
        "two_step": [
            "Two-step authentication",
            "FAQ document",
            "Step 1:",
            "Step 2:",
            "does not charge for text messages",
        ],
        "phone": ["Country Code", "United States (+1)", "Phone Number", "Send Code", "Call Me"],
        "code": [
            "617-555-0132",
            "Edit",
            "Verification Code",
            "Didn’t receive the code?",
            "Send a new code",
            "Verify Code",
        ],
    }
    client.get(url("register"))
    client.post(url("register"), facts_of(person))
    pages = {name: client.get(url(name)).text for name in ("register", "number")}
    up_to_code(client, person)
    pages |= {name: client.get(url(name)).text for name in ("account", "two_step", "phone", "code")}
    missing = {name: [word for word in words[name] if word not in text] for name, text in pages.items()}
    assert not any(missing.values()), missing
    assert all("1-833-640-2800" in text and "equipped to troubleshoot log in issues" in text for text in pages.values())


def test_call_me_sends_a_call_and_is_remembered_as_the_way(client, person):
    code = up_to_code(client, person, send="voice")
    assert newest_event(kind="code").channel == "voice"
    assert "We are calling 617-555-0132" in strip_tags(client.get(url("code")).text)
    give_code(client, code)
    assert PhoneDevice.objects.get().prefers == "voice"


def test_a_new_code_replaces_the_one_before(client, person):
    first = up_to_code(client, person)
    again = client.post(url("code"), {"send": "sms"}, follow=True)
    assert "We sent a new code." in again.text
    second = newest_event(kind="code").payload["code"]
    if first != second:
        refused = give_code(client, first)
        assert refused.status_code == 422
        assert "That code is not right. Check it, or send a new code" in refused.text
        assert first not in refused.text
    assert give_code(client, second).url == url("done")


def test_a_text_that_cannot_be_delivered_offers_a_call(client, person):
    up_to_code(client, person)
    verification.delivery_reported(newest_event(kind="code").challenge_id, delivered=False, code="30006")
    assert "We cannot text this number. Choose “Call Me” or use a different number" in client.get(url("code")).text
    client.post(url("code"), {"send": "voice"})
    assert "We cannot text" not in client.get(url("code")).text
    verification.delivery_reported(newest_event(kind="code").challenge_id, delivered=False, code="13224")
    assert "We cannot call this number. Use a different number" in client.get(url("code")).text


@pytest.mark.parametrize("end", ["busy", "no-answer"])
def test_a_call_that_nobody_took_is_not_held_against_the_number(client, person, end):
    up_to_code(client, person, send="voice")
    verification.delivery_reported(newest_event(kind="code").challenge_id, delivered=False, code=end)
    page = client.get(url("code"))
    assert "We called and nobody answered. Send a new code, or choose text" in page.text
    assert "We cannot call" not in page.text
    assert client.post(url("code"), {"send": "sms"}).url == url("code")  # “Text me instead”
    assert "We sent a 6-digit code" in client.get(url("code")).text


def test_a_code_that_did_not_go_out_says_nothing_against_the_number(client, person):
    up_to_code(client, person)
    verification.delivery_reported(newest_event(kind="code").challenge_id, delivered=False, code="expired")
    assert "We could not send the code. Send a new code" in client.get(url("code")).text


def test_five_wrong_codes_then_the_right_one_is_not_looked_at(client, person):
    code = up_to_code(client, person)
    for _ in range(5):
        assert give_code(client, another(code)).status_code == 422
    answer = give_code(client, code)
    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (429, True)
    assert not User.objects.exists()


def test_a_resend_does_not_reset_the_misses(client, person):
    code = up_to_code(client, person)
    for _ in range(5):
        give_code(client, another(code))
    client.post(url("code"), {"send": "sms"})
    code = newest_event(kind="code").payload["code"]
    for _ in range(5):
        assert give_code(client, another(code)).status_code == 422
    resend = client.post(url("code"), {"send": "sms"})
    assert resend.status_code == 429
    assert "Too many wrong codes. Wait 15 minutes, then send a new code" in resend.text
    right = give_code(client, code)
    assert right.status_code == 429
    assert 890 <= int(right["Retry-After"]) <= 900
    assert AccountEvent.objects.filter(kind="code").count() == 2


def test_too_many_sends_are_refused(client, person, settings):
    settings.LIMITS = {**settings.LIMITS, "code_send_burst": (100, 1)}
    up_to_code(client, person)
    answers = [client.post(url("code"), {"send": "sms"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302] * 4 + [429]
    assert "Too many codes sent. Wait 10 minutes, or call 1-833-640-2800" in answers[-1].text
    assert AccountEvent.objects.filter(kind="code").count() == 5


def test_a_code_too_soon_waits_seconds(client, person):
    up_to_code(client, person)
    answers = [client.post(url("code"), {"send": "sms"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]
    seconds = answers[-1]["Retry-After"]
    assert int(seconds) <= 10
    assert f"Too many codes sent. Wait {seconds} second" in answers[-1].text


@pytest.mark.parametrize("name", ["number", "account", "two_step", "phone", "code", "done"])
def test_no_page_can_be_reached_before_its_turn(client, name):
    for answer in (client.get(url(name)), client.post(url(name), {}) if name != "done" else client.get(url(name))):
        assert (answer.status_code, answer.url) == (302, url("register"))


def test_no_page_can_be_skipped_after_the_match(client, person):
    tell_facts(client, person)
    for name in ("two_step", "phone", "code"):
        assert client.post(url(name), {"country": "US", "phone": "617-555-0132", "send": "sms"}).url == url("account")
    choose_account(client)
    assert client.post(url("code"), {"code": "123456"}).url == url("phone")
    assert not AccountEvent.objects.exists()


def test_the_account_in_the_making_is_gone_after_an_hour(client, person):
    code = up_to_code(client, person)
    PendingRegistration.objects.update(expires_at=timezone.now())
    assert give_code(client, code).url == url("register")
    assert enrolment.purge() == 1


def test_nothing_is_kept_before_all_five_facts_match(client, person):
    assert tell_facts(client, person, number="999").url == url("no_match")
    assert not PendingRegistration.objects.exists()
    assert not AccountEvent.objects.exists()
    page = client.get(url("register"))
    assert 'value="Maria Elena"' in page.text  # “Check what I entered”
    tell_facts(client, person)
    assert "facts" not in client.session


def test_the_session_key_changes_at_the_match_and_at_the_end(client, person):
    client.post(url("register"), facts_of(person))
    keys = [client.session.session_key]
    client.post(url("number"), {"employee_number": person.employee_number})
    keys.append(client.session.session_key)
    choose_account(client)
    client.post(url("phone"), {"country": "US", "phone": "617-555-0132", "send": "sms"})
    give_code(client, newest_event(kind="code").payload["code"])
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_who_left_does_not_match(client, person):
    person.status = person.Status.LEFT
    person.save()
    assert tell_facts(client, person).url == url("no_match")


def test_a_taken_username_is_refused_in_every_spelling(client, person):
    make_user(username="mgarcia")
    tell_facts(client, person)
    for name in ("mgarcia", "MGarcia", "mgarc\u200bia", "ｍgarcia"):
        answer = choose_account(client, name)
        assert answer.status_code == 422
        assert "That username is taken. Choose a different one" in answer.text
        assert PASSWORD not in answer.text


def test_two_browsers_register_one_person_and_one_wins(client, person):
    other = Client()
    code = up_to_code(client, person)
    other_code = up_to_code(other, person, username="mgarcia2")
    assert give_code(other, other_code).url == url("done")
    assert "That code is too old. Send a new code" in give_code(client, code).text
    Counter.objects.all().delete()
    client.post(url("code"), {"send": "sms"})
    assert give_code(client, newest_event(kind="code").payload["code"]).url == url("exists")
    assert User.objects.get(employee=person).username == "mgarcia2"
    assert "already have an account" in client.get(url("exists")).text


def test_two_people_want_one_username_and_the_slower_one_chooses_again(client, person):
    code = up_to_code(client, person)
    make_user(username="MGARCIA")
    answer = client.get(give_code(client, code).url)
    assert "That username is taken. Choose a different one" in answer.text
    assert choose_account(client, "mgarcia2").url == url("done")  # the phone stays confirmed
    assert PhoneDevice.objects.get(user__username="mgarcia2").number == "+16175550132"


def test_another_phone_must_be_confirmed_again(client, person):
    code = up_to_code(client, person)
    client.post(url("phone"), {"country": "US", "phone": "413-555-0199", "send": "sms"})
    assert give_code(client, code).status_code == 422
    give_code(client, newest_event(kind="code").payload["code"])
    assert PhoneDevice.objects.get().number == "+14135550199"


def test_a_full_match_of_a_claimed_record_says_so_and_tells_the_holder_once(client, person):
    make_user(person, language="es")
    for _ in range(3):
        assert tell_facts(client, person).url == url("exists")
    (event,) = AccountEvent.objects.all()
    assert (event.kind, event.recipient, event.language) == ("already_registered", person.work_email, "es")


def test_who_is_logged_in_is_led_home(client, person):
    sign_in(client, make_account(person))
    assert client.get(url("register")).url == reverse("home:home")


def test_spanish_is_kept_from_the_first_page_to_the_account(client, person):
    answer = client.post(url("register"), {"_lang": "es", "first_name": "Zoé"})
    assert 'value="Zoé"' in answer.text
    assert '<html lang="es">' in answer.text
    assert "error-summary" not in answer.text
    give_code(client, up_to_code(client, person))
    assert User.objects.get().language == "es"
    assert newest_event(kind="code").language == "es"


@pytest.mark.parametrize("name", ["register", "number", "account", "two_step", "phone", "code"])
def test_a_post_without_the_token_is_refused(person, name):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(url(name), {}).status_code == 403


@pytest.mark.parametrize("name", ["no_match", "exists", "done"])
def test_pages_without_a_form_take_no_post(client, name):
    assert client.post(url(name)).status_code == 405


def test_each_page_asks_the_database_little(client, person, django_assert_max_num_queries):
    up_to_code(client, person)
    for name in ("account", "two_step", "phone", "code"):
        with django_assert_max_num_queries(6):
            client.get(url(name))


class TestAnotherPhone:
    def ask(self, client, phone, send="sms"):
        return client.post(url("phone"), {"country": "US", "phone": phone, "send": send})

    def refused_second_phone(self, client, person, settings):
        """A code went to the first phone; the second phone's was refused."""
        code = up_to_code(client, person)
        settings.LIMITS = {**settings.LIMITS, "code_send_address": (1, 300)}
        assert self.ask(client, "617 555 0199").status_code == 429
        return code

    def test_a_phone_that_was_sent_no_code_is_not_kept(self, client, person, settings):
        self.refused_second_phone(client, person, settings)
        assert PendingRegistration.objects.get().phone == "+16175550132"

    def test_the_first_phones_code_proves_the_first_phone(self, client, person, settings):
        code = self.refused_second_phone(client, person, settings)
        assert give_code(client, code).url == url("done")
        assert PhoneDevice.objects.get().number == "+16175550132"

    def test_a_code_for_one_phone_does_not_prove_another(self, client, person):
        code = up_to_code(client, person)
        pending = PendingRegistration.objects.get()
        pending.phone = "+16175550199"
        pending.save()
        assert give_code(client, code).status_code == 422
        assert not User.objects.exists()

    def test_a_new_phone_replaces_the_first(self, client, person):
        first = up_to_code(client, person)
        assert self.ask(client, "617 555 0199").url == url("code")
        assert newest_event(kind="code").recipient == "+16175550199"
        if first != newest_event(kind="code").payload["code"]:
            assert give_code(client, first).status_code == 422
        assert give_code(client, newest_event(kind="code").payload["code"]).url == url("done")
        assert PhoneDevice.objects.get().number == "+16175550199"


def test_head_is_answered_as_get_is(client, person):
    names = ["register", "number", "account", "two_step", "phone", "code"]
    reached = []
    client.get(url("register"))
    reached.append(client.head(url("register")).status_code)
    client.post(url("register"), facts_of(person))
    reached.append(client.head(url("number")).status_code)
    client.post(url("number"), {"employee_number": person.employee_number})
    reached.append(client.head(url("account")).status_code)
    choose_account(client)
    reached += [client.head(url("two_step")).status_code, client.head(url("phone")).status_code]
    client.post(url("phone"), {"country": "US", "phone": "617 555 0132", "send": "sms"})
    reached.append(client.head(url("code")).status_code)
    assert dict(zip(names, reached, strict=True)) == dict.fromkeys(names, 200)
