"""Both password policies: what guessers build is refused, what nobody can guess is taken, every character counts."""

import itertools
import random
import string
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registration.models import User
from registration.passwords import PolicyRule, problem, rules

COMMON = "That password is too easy to guess. Choose a different one"
TOO_SHORT = "Password must be 15 to 128 characters"
WORDS = [
    "welcome", "password", "summer", "winter", "spring", "autumn", "monday", "friday", "january", "august", "boston",
    "worcester", "springfield", "lowell", "cambridge", "redsox", "patriots", "celtics", "bruins", "dragon", "monkey",
    "shadow", "master", "hunter", "jordan", "michael", "jennifer", "jessica", "ashley", "charlie", "sunshine",
    "princess", "football", "baseball", "iloveyou", "letmein", "trustno", "superman", "starwars", "computer",
    "secret", "hospital", "nurse", "doctor", "teacher", "police", "massachusetts", "commonwealth", "workpartners",
    "absence", "leave", "portal", "benefits", "payroll", "qwerty", "asdfgh", "zxcvbn", "freedom", "whatever",
    "pepper", "cookie", "banana", "orange", "chocolate", "ginger", "tigger",
]  # fmt: skip
YEARS = [str(year) for year in (1984, 1999, *range(2018, 2028))]
ENDS = [*YEARS, "1", "12", "123", "7", "69", "99"]
SIGNS = "!#$?*."
LOOK_ALIKE = str.maketrans("aeos", "@305")


@pytest.fixture
def nist(settings):
    settings.PASSWORD_POLICY = "nist"


def shapes(word):
    """As people bend a word to the rule: a capital, a year or digits, a sign, look-alikes."""
    for end, sign in itertools.product(ENDS, SIGNS):
        yield f"{word.capitalize()}{end}{sign}"
        yield f"{word.capitalize()}{sign}{end}"
        yield f"{sign}{word.upper()}{end}"
        yield f"{word.capitalize().translate(LOOK_ALIKE)}{end}{sign}"


def fits(password):
    return problem(password) in {"", COMMON}


def strong(count, length, letters=string.ascii_letters + string.digits + "!#$%&*+-? "):
    """Random ones that fit the rule."""
    dice = random.Random(20261122)
    tried = ("".join(dice.choice(letters) for _ in range(length)) for _ in itertools.count())
    return list(itertools.islice((one for one in tried if fits(one)), count))


def test_three_thousand_that_guessers_build_are_refused():
    built = [one for word in WORDS for one in shapes(word) if fits(one)]
    tried = random.Random(1).sample(built, 3000)
    assert [one for one in tried if problem(one) != COMMON] == []


@pytest.mark.parametrize("length", [10, 16])
def test_a_thousand_strong_ones_are_taken(length):
    assert [one for one in strong(1000, length) if problem(one)] == []


@pytest.mark.parametrize(
    "password",
    ["Abc1!Abc1!", "Xy9!Xy9!", "Qwerty12345!", "Asdfgh67890!", "1234567890Q!", "Welcome-Welcome1"],
)
def test_runs_and_repetitions_are_refused(password):
    assert problem(password) == COMMON


class TestNist:
    @pytest.mark.parametrize(
        "password",
        [
            "correct horse battery",
            "manatees hum quietly",
            "ÑANDÚ corre más rápido",
            "vqzm kwtr plxn bdgh",
            "384 029 571 664 208 957",
        ],
    )
    def test_any_characters_will_do(self, nist, password):
        assert problem(password) == ""

    @pytest.mark.parametrize(
        "password",
        [
            "passwordpassword",
            "PasswordPassword1!",
            "welcomewelcomewelcome",
            "aaaaaaaaaaaaaaaaaaa",
            "123456789012345",
            "qwertyuiopasdfghjkl",
            "abcabcabcabcabcabc",
            "Massachusetts2026!",
        ],
    )
    def test_what_is_easy_is_refused_however_long(self, nist, password):
        assert problem(password) == COMMON

    @pytest.mark.parametrize(("length", "said"), [(14, TOO_SHORT), (15, ""), (128, ""), (129, TOO_SHORT)])
    def test_fifteen_to_128(self, nist, length, said):
        letters = random.Random(3)
        assert problem("".join(letters.choice(string.ascii_lowercase) for _ in range(length))) == said

    def test_a_thousand_strong_ones_are_taken(self, nist):
        assert [one for one in strong(1000, 20, string.ascii_lowercase + " ") if problem(one)] == []

    def test_ones_own_data_is_refused(self, nist):
        assert problem("my name is kowalczyk", about=["Kowalczyk"]) == COMMON


def test_the_page_lists_what_is_asked(settings):
    assert [rule.text for rule in rules()] == [
        "8 to 16 characters",
        "An uppercase letter",
        "A number",
        "A special character, like ! or #",
    ]
    settings.PASSWORD_POLICY = "nist"
    assert [rule.text for rule in rules()] == ["15 to 128 characters"]
    assert "15 to 128" in PolicyRule().get_help_text()


@pytest.mark.parametrize("length", [8, 16, 72, 73, 128])
def test_the_last_character_counts(length):
    """Nothing is cut: hashes of old stopped at 72 bytes."""
    user, password = User(username="mgarcia"), ("Vq7!" * 32)[: length - 1]
    user.set_password(password + "x")
    assert user.check_password(password + "x")
    assert not user.check_password(password + "y")
    assert not user.check_password(password)


def test_two_keyboards_write_one_password():
    user = User(username="mgarcia")
    user.set_password("Ｖq７!mzkw\u00e9Ptr")
    assert user.check_password("Vq7!mzkwe\u0301Ptr")
    assert not user.check_password("Vq7!mzkwePtr")
    assert not user.check_password(None)


@pytest.mark.django_db
class TestDjangosCommands:
    @pytest.fixture
    def typed(self, monkeypatch):
        def answer(password):
            monkeypatch.setattr("getpass.getpass", lambda prompt="": password)

        return answer

    def test_changepassword(self, typed):
        user = User.objects.create_user("chief.admin")
        typed("Welcome1!")
        with pytest.raises(CommandError):
            call_command("changepassword", "chief.admin", stderr=StringIO())
        typed("Tw９#lark-Moss4")
        call_command("changepassword", "chief.admin", stdout=StringIO())
        user.refresh_from_db()
        assert user.check_password("Tw9#lark-Moss4")

    def test_createsuperuser(self, monkeypatch):
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Welcome1!")
        with pytest.raises(CommandError, match="too easy to guess"):
            call_command("createsuperuser", username="chief.admin", interactive=False)
        assert not User.objects.exists()
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "Tw9#lark-Moss4")
        call_command("createsuperuser", username="chief.admin", interactive=False, verbosity=0)
        assert User.objects.get().is_superuser
