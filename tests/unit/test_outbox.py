"""The parts of the outbox that need no database: waiting times, the alphabet of texts, whom to tell."""

import itertools
import uuid
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import gsm7, notices
from notifications.models import Notice
from notifications.recipients import supervisors_of
from notifications.results import LONGEST_WAIT, backoff
from registration.models import Agency, Employee

SUPERVISOR, NEXT = Notice.Kind.SUPERVISOR_ABSENCE, Notice.Kind.NEXT_LEVEL_ABSENCE


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_waiting_times_grow_and_end_at_a_quarter_of_an_hour(attempt, roll):
    assert 0 <= backoff(attempt, roll=roll) <= LONGEST_WAIT


def test_about_six_tries_fall_into_the_first_two_minutes():
    waits = [backoff(attempt, roll=0.5) for attempt in range(1, 8)]
    tries = 1 + sum(sum(waits[: n + 1]) <= 120 for n in range(len(waits)))
    assert 5 <= tries <= 7


@given(st.text())
def test_a_text_keeps_to_its_alphabet(words):
    assert set(gsm7.plain(words)) <= gsm7.LETTERS


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("José Núñez", "José Nuñez"),
        ("O’Brien – “Ann”", 'O\'Brien - "Ann"'),
        ("Żółć", "Zolc"),
        ("王", "?"),
        ("€5", "?5"),
    ],
)
def test_names_in_the_alphabet_of_texts(typed, sent):
    assert gsm7.plain(typed) == sent


@given(st.uuids(), st.uuids())
def test_a_reference_is_six_plain_characters(one, other):
    assert len(notices.reference(one)) == 6
    assert set(notices.reference(one)) <= gsm7.LETTERS
    if one.bytes[-6:] == other.bytes[-6:]:
        assert notices.reference(one) == notices.reference(other)


def people(*, levels=3, tells_next_level=True):
    """The employee first, then the supervisor, the next level and one above."""
    agency = Agency(tells_next_level=tells_next_level)
    chain = [Employee(id=uuid.uuid4(), agency=agency, status="active") for _ in range(levels)]
    for person, above in itertools.pairwise(chain):
        person.supervisor = above
    return chain


def told(employee):
    chain = supervisors_of(employee)
    return SimpleNamespace(who=[(kind, person.pk) for kind, person in chain.told], gap=chain.gap)


def test_the_supervisor_and_the_next_level_are_told():
    me, boss, above = people()
    assert told(me).who == [(SUPERVISOR, boss.pk), (NEXT, above.pk)]
    assert not told(me).gap


def test_an_agency_may_leave_the_next_level_out():
    me, boss, _above = people(tells_next_level=False)
    assert told(me).who == [(SUPERVISOR, boss.pk)]


def test_nobody_above_is_a_gap():
    (me,) = people(levels=1)
    assert (told(me).who, told(me).gap) == ([], True)


def test_the_head_of_an_agency_has_no_next_level_and_that_is_no_gap():
    me, boss = people(levels=2)
    assert (told(me).who, told(me).gap) == ([(SUPERVISOR, boss.pk)], False)


@pytest.mark.parametrize("tells_next_level", [True, False])
def test_the_next_level_stands_in_for_one_who_left(tells_next_level):
    me, boss, above = people(tells_next_level=tells_next_level)
    boss.status = Employee.Status.LEFT
    assert (told(me).who, told(me).gap) == ([(NEXT, above.pk)], True)


@pytest.mark.parametrize("tells_next_level", [True, False])
def test_the_next_level_is_told_besides_one_who_is_away(tells_next_level):
    me, boss, above = people(tells_next_level=tells_next_level)
    boss.status = Employee.Status.AWAY
    assert (told(me).who, told(me).gap) == ([(SUPERVISOR, boss.pk), (NEXT, above.pk)], True)


def test_a_next_level_who_left_is_not_told():
    me, boss, above = people()
    above.status = Employee.Status.LEFT
    assert told(me).who == [(SUPERVISOR, boss.pk)]


def test_nobody_is_told_of_their_own_absence():
    me, boss = people(levels=2)
    boss.supervisor = me
    assert told(me).who == [(SUPERVISOR, boss.pk)]


def test_ones_own_report_is_not_told_as_next_level():
    me, boss, above = people()
    above.supervisor = me
    assert told(me).who == [(SUPERVISOR, boss.pk)]


def test_two_who_supervise_each_other_are_both_told():
    me, boss, above = people()
    above.supervisor = boss
    assert told(me).who == [(SUPERVISOR, boss.pk), (NEXT, above.pk)]
