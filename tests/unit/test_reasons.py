"""The list of reasons, and the search in the browser, run by Node as it stands."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.public.reasons.catalogue import LANGUAGES, SOURCE, WrongList, for_browsers, read

SEARCH = Path(__file__).parents[2] / "static/js/reasons.search.js"
ASK = """
require(process.argv[1]);
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
const lists = {};
for (const language in asked.lists) lists[language] = reasonSearch.prepare(JSON.parse(asked.lists[language]));
const answers = asked.questions.map(([language, text]) => reasonSearch.find(lists[language], text));
const began = performance.now();
for (let time = 0; time < 100; time += 1) reasonSearch.find(lists.en, "migrrane");
console.log(JSON.stringify({ answers, ms: (performance.now() - began) / 100 }));
"""


@pytest.fixture(scope="module")
def reasons():
    with SOURCE.open(encoding="utf-8") as lines:
        return read(lines)


def search(reasons, *questions):
    """The names found for each (language, text), and the milliseconds that a search without a match takes."""
    asked = {"lists": {language: for_browsers(reasons, language) for language in LANGUAGES}, "questions": questions}
    node = Path(sys.executable).with_name("node")
    answer = subprocess.run(
        [node, "-e", ASK, SEARCH], input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(answer.stdout)


def test_enough_reasons_each_in_both_languages(reasons):
    assert len(reasons) >= 320
    assert all(reason.names["en"] and reason.names["es"] for reason in reasons)
    alike = [reason.names["en"] for reason in reasons if reason.names["en"] == reason.names["es"]]
    assert len(alike) < 25, "names that are the same word in both languages"


def test_names_fit_the_field(reasons):
    assert max(len(name) for reason in reasons for name in reason.names.values()) <= 100


def test_no_word_is_given_twice_to_one_reason(reasons):
    for reason in reasons:
        for language in LANGUAGES:
            words = [word.casefold() for word in (reason.names[language], *reason.also[language])]
            assert len(words) == len(set(words)), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_small_enough_to_send(reasons, language):
    assert len(gzip.compress(for_browsers(reasons, language).encode())) <= 30_000


HEADER = "en,en_also,es,es_also"


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([HEADER, "Flu,,Gripe,", "flu,,Influenza,"], "Twice in en: flu"),
        ([HEADER, "Flu,,Gripe,", "Influenza,,gripe,"], "Twice in es: gripe"),
        ([HEADER, "Flu,,,"], "a name in each language"),
        ([HEADER, "Flu,,Gripe"], "Four columns"),
        ([HEADER, "Flu,,Gripe,,more"], "Four columns"),
    ],
)
def test_a_wrong_list_is_refused(lines, complaint):
    with pytest.raises(WrongList, match=complaint):
        read(lines)


def test_comments_and_other_words_are_read():
    (flu,) = read(["# winter\n", HEADER, "Flu, influenza ;grippe;,Gripe,"])
    assert flu.also == {"en": ("influenza", "grippe"), "es": ()}


FOUND = [
    ("en", "flu", "Flu"),
    ("es", "gripe", "Gripe"),
    ("es", "flu", "Gripe"),
    ("en", "back pain", "Back pain"),
    ("en", "pain back", "Back pain"),
    ("en", "dentist", "Dentist visit"),
    ("en", "doctors visit", "Doctor’s visit"),
    ("en", "Doctor's visit", "Doctor’s visit"),
    ("en", "DOCTOR’S", "Doctor’s visit"),
    ("en", "chemo", "Chemotherapy"),
    ("en", "throwing", "Nausea or vomiting"),
    ("en", "migrane", "Migraine"),
    ("en", "anxeity", "Anxiety"),
    ("en", "deppression", "Depression"),
    ("es", "cancer", "Cáncer"),
    ("es", "CÁNCER", "Cáncer"),
    ("es", "nino enfermo", "Hijo o hija con enfermedad"),
    ("es", "me duele la cabeza", "Dolor de cabeza"),
    ("es", "migrana", "Migraña"),
    ("es", "doctora", "Cita con el médico"),
    ("en", "stomach bug", "Stomach flu"),
    ("es", "bicho en el estomago", "Gastroenteritis"),
    ("en", "expecting", "Pregnancy"),
    ("es", "embarazada", "Embarazo"),
    ("en", "broken leg", "Broken bone"),
    ("es", "pierna rota", "Hueso roto"),
    ("en", "knee replacement", "Knee surgery"),
    ("es", "operacion de rodilla", "Cirugía de rodilla"),
    ("en", "ivf", "Fertility treatment"),
    ("es", "nervios", "Ansiedad"),
    ("es", "azúcar en la sangre", "Diabetes"),
]


def test_everyday_words_find_their_reason_first(reasons):
    answers = search(reasons, *[(language, text) for language, text, _ in FOUND])["answers"]
    assert [found[:1] for found in answers] == [[name] for _, _, name in FOUND]


def test_nothing_and_nonsense_find_nothing(reasons):
    assert search(reasons, ("en", ""), ("en", "  - "), ("en", "qwzzt"))["answers"] == [[], [], []]


def test_a_search_is_quick_and_short(reasons):
    answer = search(reasons, ("en", "c"))
    assert answer["ms"] <= 5
    assert len(answer["answers"][0]) == 8
