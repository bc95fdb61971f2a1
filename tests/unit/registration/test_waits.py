"""The wait that is said is the wait there is."""

import pytest
from django.utils import translation

from registration.views import waits


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "Wait 1 second,"),
        (10, "Wait 10 seconds,"),
        (60, "Wait 1 minute,"),
        (61, "Wait 2 minutes,"),
        (598, "Wait 10 minutes,"),
        (3600, "Wait 1 hour,"),
        (86399, "Wait 24 hours,"),
    ],
)
def test_codes_sent(seconds, said):
    assert said in waits.codes_sent(seconds, phone="1-833-640-2800")


def test_codes_sent_in_spanish():
    with translation.override("es"):
        said = [waits.codes_sent(seconds, phone="1-833-640-2800") for seconds in (1, 10, 61, 7200)]
    assert [sentence.partition("Espere ")[2].partition(" o llame")[0] for sentence in said] == [
        "1 segundo",
        "10 segundos",
        "2 minutos",
        "2 horas",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"), [(899, "Wait 15 minutes,"), (61, "Wait 2 minutes,"), (5, "Wait 1 minute,")]
)
@pytest.mark.parametrize("sentence", [waits.wrong_codes, waits.wrong_passwords, waits.misses_from_here])
def test_sentences_in_minutes(sentence, seconds, said):
    assert said in sentence(seconds)


@pytest.mark.django_db
def test_after_a_hundred_wrong_codes_only_a_call_helps():
    assert waits.wrong_codes(10 * 365 * 86400) == "Too many wrong codes. Call 1-833-640-2800"
