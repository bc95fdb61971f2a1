"""What people type in words: kept as meant, refused with a sentence, never a surprise."""

from __future__ import annotations

import pytest

from portal.lib.forms import EmailField, NameField, NoteField, PasswordField, TextField
from portal.lib.forms.text import NAME_LENGTH, NOTE_LENGTH
from tests.unit.forms.asking import ask, outcome


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Maria   Elena ", "Maria Elena"),
        ("O’Brien", "O’Brien"),
        ("Nun\u0303ez", "Nuñez"),
        ("Ma\u200bria", "Maria"),
        ("Maria\u00a0", "Maria"),
        ("\ufeffMaria\u00ad", "Maria"),
        ("Maria\tElena", "Maria Elena"),
        ("O", "O"),
        ("李小龙", "李小龙"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Mаria", "Mаria"),
        ("' OR '1'='1' --", "' OR '1'='1' --"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("A" * NAME_LENGTH, "A" * NAME_LENGTH),
        ("e\u0301" * NAME_LENGTH, "é" * NAME_LENGTH),
        ("", "refused: required"),
        (" \u200b\u2060 ", "refused: required"),
        ("\u200d", "refused: required"),
        ("Mar\x00ia", "refused: hidden"),
        ("Maria\nBcc", "refused: hidden"),
        ("\u202eairaM", "refused: hidden"),
        ("Maria\u2066", "refused: hidden"),
        ("\ud800", "refused: hidden"),
        ("A" * (NAME_LENGTH + 1), "refused: too_long"),
        ("A" * 10_000, "refused: too_long"),
        ("\x00" * 10_000, "refused: too_long"),
    ],
)
def test_names(typed, kept):
    assert outcome(ask(NameField(), typed)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ok\r\n2026-03-06 ERROR admin logged in", "ok\n2026-03-06 ERROR admin logged in"),
        ("one\rtwo\u2028three", "one\ntwo\nthree"),
        ("  indented\n\n  twice  ", "indented\n\n  twice"),
        ('=HYPERLINK("http://127.0.0.1/x","y")', '=HYPERLINK("http://127.0.0.1/x","y")'),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("x" * NOTE_LENGTH, "x" * NOTE_LENGTH),
        ("a\r\n" * 400, ("a\n" * 400).strip()),
        ("", ""),
        ("see\x00note", "refused: hidden"),
        ("x" * (NOTE_LENGTH + 1), "refused: too_long"),
        ("x" * 10_000, "refused: too_long"),
    ],
)
def test_notes(typed, kept):
    assert outcome(ask(NoteField(required=False), typed)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" ana@example.org ", "ana@example.org"),
        ("ana.o'neil+work@mass.example.org", "ana.o'neil+work@mass.example.org"),
        ("a@b", "refused: format"),
        ("ana", "refused: format"),
        ("ana@[127.0.0.1]", "refused: format"),
        ("ana@[IPv6:2001:db8::1]", "refused: format"),
        ('"ana@["@example.org', '"ana@["@example.org'),
        ("a@example.org\r\nBcc: x@example.net", "refused: hidden"),
        ("a@example.org, b@example.org", "refused: format"),
        ("a" * 10_000 + "@example.org", "refused: too_long"),
        ("", "refused: required"),
    ],
)
def test_email_addresses(typed, kept):
    assert outcome(ask(EmailField(), typed)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Vq7 mzkw 3Ptr! ", "  Vq7 mzkw 3Ptr! "),
        ("contrase\u0301", "contrase\u0301"),
        ("Vq7!mz\x00kw3P", "refused: hidden"),
        ("", "refused: required"),
        ("x" * 10_000, "refused: too_long"),
    ],
)
def test_passwords_are_kept_to_the_letter(typed, kept):
    assert outcome(ask(PasswordField(autocomplete="new-password"), typed)) == kept


def test_a_password_is_never_shown_again():
    form = ask(PasswordField(autocomplete="new-password"), "Vq7!mzkw3Ptr")
    assert "Vq7!" not in str(form)
    assert "Vq7!" not in str(form.unchecked())


def test_a_sentence_of_ones_own_is_used():
    form = ask(TextField(error_messages={"required": "Enter a reason"}), "")
    assert form.errors["answer"] == ["Enter a reason"]


def test_a_sentence_no_rule_would_use_is_a_mistake():
    with pytest.raises(TypeError, match="wrong_key"):
        TextField(error_messages={"wrong_key": "Never shown"})


def test_nothing_in_the_page_cuts_or_blocks_what_is_typed():
    html = str(ask(NameField(), ""))
    assert not {"required=", "maxlength", "placeholder", "pattern="} & {
        part for part in html.replace("=", "= ").split()
    }
    assert "maxlength" not in html
    assert " required" not in html
