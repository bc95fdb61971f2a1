"""Whatever is killed, and whenever: nothing that was acknowledged is lost, and nobody is told twice.

The verdict compares the providers' own logs with the acknowledged submissions; our rows have no say in it.
More of it: make kill KILLS=200 (or KILL_KILLS, KILL_SUBMISSIONS, KILL_SEED, KILL_FAULTS=1 in the environment).
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter
from typing import Any

import pytest

from tests.stack.kill_stack import Moment, Stack, running_stack

KILLS = int(os.environ.get("KILL_KILLS", "20"))
SUBMISSIONS = int(os.environ.get("KILL_SUBMISSIONS", str(10 * KILLS)))
SEED = int(os.environ.get("KILL_SEED", "20261122"))
FAULTS = {"sms": {"429": 0.05, "500_before": 0.03, "500_after": 0.04, "drop_after": 0.03}, "email": {"451": 0.05}}
LATENCY = 0.3  # seconds a provider takes; it has accepted after half of them
WITH_FAULTS = os.environ.get("KILL_FAULTS") == "1"
DRAIN_SECONDS = 600 if WITH_FAULTS else 180  # a lease, the grace after it, and the queue; for each fault once more
PATIENCE_SECONDS, MANY = 6, 3  # notices whose provider is being asked
CASE = re.compile(r"\d{10}")

pytestmark = [pytest.mark.stack, pytest.mark.timeout(0), pytest.mark.xdist_group("kill")]


def moment_that_counts(stack: Stack, victim: str, *, in_a_letter: bool) -> Moment:
    """Waits for a moment in which a kill hurts; after some seconds any with a notice under way will do.

    `in_a_letter`: while a mail server may have the words and we do not have its reply.
    """
    impatient_at = time.monotonic() + PATIENCE_SECONDS

    def hurts(moment: Moment) -> bool:
        if time.monotonic() > impatient_at:
            return moment.counts
        if victim == "relay":
            return moment.transactions > 0
        return moment.begun >= MANY and (moment.letters_begun > 0 or not in_a_letter)

    while not hurts(moment := stack.look(victim)):
        time.sleep(0.001)
        assert time.monotonic() < impatient_at + 60, f"nothing is under way, {stack.waiting()} wait\n{stack.logs()}"
    return moment


def rounds(stack: Stack) -> list[tuple[str, Moment]]:
    dice, killed = random.Random(SEED), []
    for n in range(KILLS):
        stack.submit(SUBMISSIONS * (n + 1) // KILLS - SUBMISSIONS * n // KILLS)
        time.sleep(dice.random())
        victim = ("worker", "relay", "valkey")[n % 3]
        in_a_letter = dice.random() < 0.5
        moment_that_counts(stack, victim, in_a_letter=in_a_letter)
        time.sleep(dice.random() * LATENCY)  # or every kill would meet the first half of an attempt
        moment = moment_that_counts(stack, victim, in_a_letter=in_a_letter)
        stack.kill(victim)
        assert moment.counts
        killed.append((victim, moment))
    return killed


def drain(stack: Stack) -> float:
    """Seconds until everything is settled."""
    began = time.monotonic()
    while stack.waiting():
        assert time.monotonic() - began < DRAIN_SECONDS, stack.what_waits()
        time.sleep(0.2)
    return time.monotonic() - began


def told(messages: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """(channel, address, case number) -> how often it was received."""
    found = ((message, CASE.search(message["subject"] + message["body"])) for message in messages)
    return Counter((message["channel"], message["to"], case[0] if case else "") for message, case in found)


def test_nothing_is_lost_and_nobody_is_told_twice():
    began = time.monotonic()
    with running_stack() as stack:
        stack.standins.control(latency=LATENCY, callbacks="none", rates=FAULTS if WITH_FAULTS else {})
        killed = rounds(stack)
        drained = drain(stack)
        received = stack.standins.messages()
    expected = {(channel, to, sent["case"]) for sent in stack.acknowledged for channel, to in sent["messages"]}
    often = told(received)
    texts_twice = [text for text, times in often.items() if text[0] == "sms" and times > 1]
    letters = [message for message in received if message["channel"] == "email"]
    names = {message["message_id"] for message in letters}
    repeats = len(letters) - len(names)
    begun = sum(moment.letters_begun for victim, moment in killed if victim != "valkey")
    seen = Counter(victim for victim, _ in killed)
    print(
        f"\nseed {SEED}: {len(stack.acknowledged)} submissions, {len(received)} messages, kills {dict(seen)},"
        f" with {sum(moment.sending for _, moment in killed)} notices under way,"
        f" {sum(moment.begun for _, moment in killed)} of them at the provider, and"
        f" {sum(bool(moment.transactions) for _, moment in killed)} times inside a transaction;"
        f" lost {len(expected - set(often))}, ghosts {len(set(often) - expected)}, texts twice {len(texts_twice)},"
        f" letters twice {repeats} of at most {begun}; drained in {drained:.0f} s, {time.monotonic() - began:.0f} s"
    )
    assert len(stack.acknowledged) == SUBMISSIONS
    assert expected - set(often) == set(), "lost"
    assert set(often) - expected == set(), "told without a submission"
    assert texts_twice == []
    assert len(names) == len([letter for letter in often if letter[0] == "email"]), "one letter under two names"
    assert repeats <= begun
