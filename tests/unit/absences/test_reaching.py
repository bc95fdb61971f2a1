"""By e-mail or by post, and by telephone: only what is chosen is checked, all that is typed stays."""

import pytest

from absences.journeys.reaching import Contact, Correspondence, time_to_call
from absences.journeys.setting import OnFile
from portal.lib.states import STATES
from tests.unit.absences.circumstances import as_posted, make_setting

KNOWN = OnFile("me@example.org", "1 Main St", "Apt 2", "Boston", "MA", "02108-1512", "+16175550123")
NOTHING = OnFile()
HOME = {"by_email": "no", "street": "600 Grant Street", "city": "Burlington", "state": "MA", "zip": "01803"}
CALL = {"phone": "413-555-0123", "voicemail": "yes", "best_time": "10"}


def asked(step, posted, on_file=NOTHING):
    data = None if posted is None else as_posted(posted)
    return step.form(data, {}, setting=make_setting(admin_name="Workpartners", on_file=on_file))


def errors(form):
    return [link.text for link in form.error_links()]


def cleaned(step, posted):
    form = asked(step, posted)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def answers(step, posted):
    return [row.answer for row in step.rows(cleaned(step, posted))]


class TestCorrespondence:
    def test_yes_is_chosen_already_and_what_is_on_file_stands_there(self):
        form = asked(Correspondence, None, KNOWN)
        assert {name: form[name].value() for name in form.fields} == {
            "by_email": "yes",
            "email": "me@example.org",
            "street": "1 Main St",
            "street_2": "Apt 2",
            "city": "Boston",
            "state": "MA",
            "zip": "02108-1512",
        }

    def test_what_is_saved_comes_before_what_is_on_file(self):
        form = asked(Correspondence, {"by_email": "no", "street": "typed"}, KNOWN).unchecked()
        assert (form["by_email"].value(), form["street"].value()) == ("no", "typed")

    def test_the_guides_words(self):
        form = asked(Correspondence, None)
        assert str(form.fields["by_email"].help_text) == (
            "This is the fastest, most convenient way to manage your leave request."
        )
        assert form.fields["email"].help_text == (
            "Please provide your email address. The email address provided here will only be used by Workpartners to"
            " send documents and updates about the case. This will not update your HR record."
        )

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            ({}, ["Select how you want to get documents"]),
            ({"by_email": "maybe"}, ["Select how you want to get documents"]),
            ({"by_email": "yes"}, ["Enter your email address"]),
            (
                {"by_email": "yes", "email": "me@example"},
                ["Enter your email address in the correct format, like name@example.com"],
            ),
            (
                {"by_email": "no"},
                ["Enter your street address", "Enter your city", "Select your state", "Enter your ZIP code"],
            ),
            ({**HOME, "street": "x" * 101}, ["Address line must be 100 characters or fewer"]),
            ({**HOME, "street_2": "x" * 101}, ["Address line must be 100 characters or fewer"]),
            ({**HOME, "city": "x" * 101}, ["City must be 100 characters or fewer"]),
            ({**HOME, "state": "Massachusetts"}, ["Select your state"]),
            ({**HOME, "zip": "0180"}, ["ZIP code must be 5 or 9 digits"]),
            ({**HOME, "zip": "01803-12"}, ["ZIP code must be 5 or 9 digits"]),
            ({**HOME, "zip": "O1803"}, ["ZIP code must be 5 or 9 digits"]),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(Correspondence, posted)) == said

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("01803", "01803"), ("018031512", "01803-1512"), ("02108-1512", "02108-1512"), (" 02108 1512 ", "02108-1512")],
    )
    def test_zip_codes(self, typed, kept):
        assert cleaned(Correspondence, {**HOME, "zip": typed})["zip"] == kept

    def test_an_address_beside_email_is_not_checked(self):
        facts = cleaned(Correspondence, {**HOME, "by_email": "yes", "email": " me@example.org ", "zip": "nonsense"})
        assert (facts["by_email"], facts["email"], facts["zip"], facts["street"]) == (
            True,
            "me@example.org",
            None,
            None,
        )

    def test_an_email_address_beside_post_is_not_checked(self):
        facts = cleaned(Correspondence, {**HOME, "email": "nonsense"})
        assert (facts["by_email"], facts["email"], facts["street_2"]) == (False, None, "")

    @pytest.mark.parametrize(
        ("posted", "answer"),
        [
            ({"by_email": "yes", "email": "me@example.org"}, "By email: me@example.org"),
            (HOME, "By mail:\n600 Grant Street\nBurlington, MA 01803"),
            ({**HOME, "street_2": "Apt 2"}, "By mail:\n600 Grant Street\nApt 2\nBurlington, MA 01803"),
        ],
    )
    def test_the_summary(self, posted, answer):
        assert answers(Correspondence, posted) == [answer]

    def test_what_may_not_apply_says_so_once_without_a_script(self):
        form = asked(Correspondence, None)
        assert form["email"].applies_after == "Yes! Send leave documents and updates via email"
        assert not any(form[name].applies_after for name in ("street", "street_2", "city", "state", "zip"))


def test_states_are_those_of_the_post_office():
    assert len(STATES) == 50 + 1 + 8 + 3  # the District; territories and associated states; military mail
    assert {"MA", "DC", "PR", "GU", "VI", "AE"} < set(STATES)
    assert list(STATES.values()) == sorted(STATES.values())


class TestContact:
    def test_the_phone_on_file_stands_there_as_people_write_it(self):
        assert asked(Contact, None, KNOWN)["phone"].value() == "617-555-0123"

    @pytest.mark.parametrize(
        ("posted", "said"),
        [
            (
                {},
                [
                    "Enter your phone number",
                    "Select yes if we can leave a voicemail",
                    "Select the best time to reach you",
                ],
            ),
            ({**CALL, "phone": "413-555-012"}, ["Your phone number must have 10 digits"]),
            ({**CALL, "phone": "call me"}, ["Your phone number must have 10 digits"]),
            ({**CALL, "best_time": "18"}, ["Select the best time to reach you"]),
            ({**CALL, "best_time": "8"}, ["Select the best time to reach you"]),
            ({**CALL, "voicemail": "perhaps"}, ["Select yes if we can leave a voicemail"]),
        ],
    )
    def test_refusals(self, posted, said):
        assert errors(asked(Contact, posted)) == said

    @pytest.mark.parametrize("typed", ["413-555-0123", "(413) 555 0123", "+1 413.555.0123", "4135550123"])
    def test_any_punctuation(self, typed):
        assert cleaned(Contact, {**CALL, "phone": typed})["phone"] == "+14135550123"

    def test_the_hours_of_the_guide_and_any(self):
        tiles = [str(label) for _code, label in asked(Contact, None).fields["best_time"].choices]
        assert tiles == [
            *("8 AM", "9 AM", "10 AM", "11 AM", "12 PM", "1 PM", "2 PM", "3 PM", "4 PM", "5 PM"),
            "Any of these times",
        ]

    @pytest.mark.parametrize(
        ("code", "words"), [("08", "8 AM"), ("12", "12 PM"), ("17", "5 PM"), ("any", "Any of these times")]
    )
    def test_hours_in_words(self, code, words):
        assert time_to_call(code) == words

    def test_the_summary(self):
        assert answers(Contact, CALL) == ["413-555-0123", "Yes", "10 AM"]
        assert answers(Contact, {**CALL, "voicemail": "no", "best_time": "any"})[1:] == ["No", "Any of these times"]
