"""The password rule of the guide, and what everybody tries first."""

import itertools
import random
import string

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from registration.forms import AccountForm
from registration.models import User
from registration.passwords import PolicyRule, known_words, normalised, problem

COMMON = "That password is too easy to guess. Choose a different one"
LENGTH = "Password must be 8 to 16 characters"


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Ab1!xyz", LENGTH),
        ("Abcdefghij1234!xy", LENGTH),
        ("vq7!mzkw", "Password must include an uppercase letter"),
        ("Vqx!mzkw", "Password must include a number"),
        ("Vq7xmzkw", "Password must include a special character"),
        ("vqx!mzkw", "Password must include an uppercase letter and a number"),
        ("vq7xmzkw", "Password must include an uppercase letter and a special character"),
        ("Vqxxmzkw", "Password must include a number and a special character"),
        ("vqxxmzkw", "Password must include an uppercase letter, a number and a special character"),
        ("Vq7!mzkw3Ptr#xLd", ""),
        ("Vq7 mzkw 3Ptr", ""),  # a space is a special character
        (" Vq7mzkw3Ptr", ""),  # and is not trimmed
        ("Ñq7!mzkw", ""),
    ],
)
def test_the_rule_of_the_guide(password, sentence):
    assert problem(password) == sentence


@pytest.mark.parametrize(
    "password",
    [
        "Welcome1!", "Summer2026!", "P@ssw0rd1", "Workpartners1!", "Zaq12wsx!", "Qwer1234!", "Iloveyou1!",
        "Redsox2004!",
        "L3tm31n!", "A1234567!", "1Password!", "!!Boston2026", "Abcdefgh1!", "Aaaaaaa1!", "W3lc0m3!!", "Monday#1",
    ],
)  # fmt: skip
def test_what_everybody_tries_is_refused(password):
    assert problem(password) == COMMON


@pytest.mark.parametrize("password", ["Mgarcia#2026", "Mg@rc1a#99", "Núñez#20260", "X!00451982x"])
def test_ones_own_data_is_refused(password):
    assert problem(password, about=["mgarcia", "Núñez", "0451982"]) == COMMON


def test_short_names_do_not_forbid_half_the_alphabet():
    assert problem("Vq7!mzliw3P", about=["Li", "O", "Lee"]) == ""


def test_the_longest_length_is_a_setting(settings):
    settings.PASSWORD_MAX_LENGTH = 64
    assert problem("Vq7!mzkw3Ptr#xLd-and-more") == ""


def test_two_ways_to_type_a_character_are_one_password():
    assert normalised("Ｖq７!") == "Vq7!"


def test_three_thousand_common_ones_in_the_shape_of_the_rule_are_refused():
    words = sorted(word for word in CommonPasswordValidator().passwords if word.isascii() and word.isalpha())
    shaped = (f"{word.capitalize()}{tail}" for word, tail in itertools.product(words, ("1!", "123!", "!2026")))
    shaped = list(itertools.islice((one for one in shaped if 8 <= len(one) <= 16), 3000))
    assert len(shaped) == 3000
    assert [one for one in shaped if problem(one) != COMMON] == []


def test_a_thousand_random_ones_are_accepted():
    dice = random.Random(20261122)
    letters = string.ascii_letters + string.digits + "!#$%&*+-?"
    tried = ("".join(dice.choice(letters) for _ in range(dice.randint(10, 16))) for _ in itertools.count())
    fitting = itertools.islice((one for one in tried if problem(one) in {"", COMMON}), 1000)
    assert [one for one in fitting if problem(one)] == []


def test_our_own_list_is_read():
    assert len(known_words()) > 19_000
    assert {"workpartners", "beaconhill"} <= known_words()


@pytest.mark.django_db
def test_django_asks_the_same_rule():
    with pytest.raises(ValidationError, match="too easy"):
        PolicyRule().validate("Mgarcia#2026", User(username="mgarcia"))
    assert "8 to 16" in PolicyRule().get_help_text()


def refusals(**data):
    form = AccountForm({"username": "mgarcia", "password": "Vq7!mzkw3P", "password2": "Vq7!mzkw3P", **data})
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    ("username", "sentence"),
    [
        ("", "Enter a username"),
        ("abcde", "Username must be 6 to 50 characters"),
        ("a" * 51, "Username must be 6 to 50 characters"),
        ("m garcia", "Username can only have letters, numbers and . _ - @"),
        ("mgаrcia", "Username can only have letters, numbers and . _ - @"),  # a Cyrillic а
        ("mgarcía", "Username can only have letters, numbers and . _ - @"),
    ],
)
def test_usernames(username, sentence):
    assert refusals(username=username) == {"username": [sentence]}


def test_a_username_may_be_an_address():
    assert refusals(username="m.garcia-2@example.org") == {}


def test_the_two_passwords_must_be_one():
    assert refusals(password2="Vq7!mzkw3p") == {"password2": ["The passwords do not match"]}
    assert refusals(password2="") == {"password2": ["Enter your password again"]}


def test_a_control_character_is_refused():
    assert list(refusals(password="Vq7!mz\x00kw3P")) == ["password"]
