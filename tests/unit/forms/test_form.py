"""The form itself: errors and their wiring, drafts, the change of language."""

from __future__ import annotations

import datetime as dt

from portal.lib.forms import (
    BirthdateField,
    ChoiceField,
    DateField,
    HiddenField,
    NameField,
    NoteField,
    PasswordField,
    PortalForm,
    TimeField,
)


class Everything(PortalForm):
    name = NameField(label="Name", help_text="As on your pay stub")
    born = BirthdateField(label="Birthdate")
    who = ChoiceField(choices=[("me", "Myself")], label="Who", heading=True)
    day = DateField(label="Day")
    start = TimeField(label="Start")
    note = NoteField(label="Note", required=False)
    password = PasswordField(label="Password", autocomplete="new-password", described_by="rules")
    version = HiddenField()


TYPED = {
    "name": "<b>Ana</b>",
    "born_month": "2",
    "born_day": "30",
    "born_year": "80",
    "who": "me",
    "day": "tomorrow",
    "start": "22:15",
    "start_fmt": "24",
    "note": "",
    "password": "Vq7!mzkw3Ptr",
    "version": "3",
}


def test_every_name_a_draft_must_keep():
    assert Everything().html_names() == list(TYPED)


def test_the_summary_follows_the_page_and_leads_to_each_field():
    form = Everything({}, today=dt.date(2026, 3, 6))
    assert [link.href for link in form.error_links()] == [
        "#id_name", "#id_born_0", "#id_who_0", "#id_day", "#id_start", "#id_password", "",
    ]  # fmt: skip


def test_an_error_of_no_field_stands_first_without_a_link():
    form = Everything(TYPED, today=dt.date(2026, 3, 6))
    form.add_error(None, "The username or password is not right")
    assert form.error_links()[0] == ("", "The username or password is not right")


def test_hint_and_error_describe_the_control():
    html = str(Everything({}, today=dt.date(2026, 3, 6)))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="rules id_password_error"' in html
    assert '<fieldset class="usa-fieldset" aria-describedby="id_who_error">' in html


def test_what_was_typed_stays_when_nothing_is_checked():
    form = Everything(TYPED, today=dt.date(2026, 3, 6)).unchecked()
    html = str(form)
    assert not form.is_bound
    assert not form.errors
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html
    assert 'value="80"' in html
    assert 'value="tomorrow"' in html
    assert 'value="10:15 PM"' in html
    assert "usa-error-message" not in html
    assert "Vq7!" not in html


def test_a_form_never_sent_stays_as_it_is():
    assert 'value="Ana"' in str(Everything(initial={"name": "Ana"}).unchecked())


def test_a_label_can_be_the_heading_of_the_page():
    assert Everything().heading
    assert '<h1 class="portal-h1">' in str(Everything())
