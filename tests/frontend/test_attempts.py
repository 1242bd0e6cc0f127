"""Guessing is slowed down."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from appliance.frontend.attempts import MOST, Attempts, Key, in_words
from nano_runtime.errors import TooMany, Unauthenticated, Unavailable
from tests.frontend.conftest import Clock

LIMITS: dict[Key, int] = {("user", "alice"): 3, ("address", "10.0.0.9"): 6}


def fail(attempts: Attempts, limits: dict[Key, int], times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(Unauthenticated), attempts.judged(limits):
            raise Unauthenticated("wrong")


def succeed(attempts: Attempts, limits: dict[Key, int]) -> None:
    with attempts.judged(limits):
        pass


def test_after_some_wrong_tries_one_has_to_wait(clock: Clock) -> None:
    attempts = Attempts(clock)

    fail(attempts, LIMITS, 3)

    with pytest.raises(TooMany, match="try again in 30 s"):
        succeed(attempts, LIMITS)


def test_the_wait_ends_and_grows_with_each_further_wrong_try(clock: Clock) -> None:
    attempts = Attempts(clock)
    fail(attempts, LIMITS, 3)

    clock.now += 30
    fail(attempts, LIMITS)

    with pytest.raises(TooMany, match="try again in 1 min"):
        succeed(attempts, LIMITS)
    clock.now += 60
    succeed(attempts, LIMITS)


def test_a_right_try_clears_who_tried_but_not_the_address(clock: Clock) -> None:
    """Otherwise one good account would be a licence to guess the others."""
    attempts = Attempts(clock)
    for user in ("alice", "bob", "carol"):
        limits: dict[Key, int] = {("user", user): 3, ("address", "10.0.0.9"): 6}
        fail(attempts, limits, 2)
        clock.now += 1
        if user != "carol":
            succeed(attempts, limits)

    with pytest.raises(TooMany):
        succeed(attempts, {("user", "dave"): 3, ("address", "10.0.0.9"): 6})
    succeed(attempts, {("user", "alice"): 3, ("address", "10.0.0.10"): 6})


def test_a_failure_of_ours_is_nobodys_wrong_try(clock: Clock) -> None:
    attempts = Attempts(clock)

    for _ in range(10):
        with pytest.raises(Unavailable), attempts.judged(LIMITS):
            raise Unavailable("the disk is full")

    succeed(attempts, LIMITS)


def test_wrong_tries_are_forgotten_after_an_hour(clock: Clock) -> None:
    attempts = Attempts(clock)
    fail(attempts, LIMITS, 2)

    clock.now += 3601
    fail(attempts, LIMITS, 2)

    succeed(attempts, LIMITS)


def test_parallel_guesses_do_not_exceed_the_limit(clock: Clock) -> None:
    attempts = Attempts(clock)
    judged: list[int] = []

    def guess(number: int) -> None:
        with suppress(Unauthenticated, TooMany), attempts.judged(LIMITS):
            judged.append(number)
            raise Unauthenticated("wrong")

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert len(judged) == 3


def test_names_made_up_by_an_attacker_do_not_fill_the_memory(clock: Clock) -> None:
    attempts = Attempts(clock)
    for number in range(MOST + 100):
        fail(attempts, {("user", str(number)): 3})

    assert len(attempts) <= MOST


def test_a_wait_is_told_in_words() -> None:
    assert [in_words(seconds) for seconds in (270, 60, 29.2, 0.1)] == ["4 min 30 s", "1 min", "30 s", "1 s"]
