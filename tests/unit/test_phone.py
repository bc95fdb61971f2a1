import pytest

from portal.lib import phone

COUNTRIES = ["US", "PR", "VI", "GU", "AS", "MP"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("413-555-0123", "+14135550123"),
        ("(617) 555-0132", "+16175550132"),
        (" 1 413.555.0123 ", "+14135550123"),
        ("+1 787 555 0123", "+17875550123"),
        ("413–555–0123", "+14135550123"),
        ("４１３５５５０１２３", "+14135550123"),
    ],
)
def test_what_people_type_becomes_e164(typed, stored):
    assert phone.parse(typed, countries=COUNTRIES) == stored


@pytest.mark.parametrize("typed", ["555-0132", "413555012", "911", "4", "+1"])
def test_missing_digits(typed):
    with pytest.raises(phone.TooShort):
        phone.parse(typed, countries=COUNTRIES)


@pytest.mark.parametrize(
    "typed", ["", "abc", "413-555-01234", "413555O123", "1-413-FLOWERS", "413-555-0123 x5", "123-456-7890", "()"]
)
def test_no_number(typed):
    with pytest.raises(phone.NotANumber):
        phone.parse(typed, countries=COUNTRIES)


@pytest.mark.parametrize(
    "typed",
    ["800-555-0199", "+1 900 555 0123", "+252 61 5550123", "416-555-0123", "+52 55 1234 5678", "500-555-0006"],
)
def test_numbers_we_do_not_send_to(typed):
    with pytest.raises(phone.NotAllowed):
        phone.parse(typed, countries=COUNTRIES)


def test_the_countries_are_the_callers():
    assert phone.parse("+52 55 1234 5678", countries=["MX"]) == "+525512345678"


def test_numbers_as_people_read_them():
    assert phone.readable("+14135550123") == "413-555-0123"
    assert phone.readable("+525512345678") == "+52 55 1234 5678"
    assert phone.masked("+14135550123") == "•••-•••-0123"


def test_only_a_known_landline_is_said_to_take_no_texts():
    assert phone.may_take_texts("+14135550123")
    assert not phone.may_take_texts("+4930123456")
