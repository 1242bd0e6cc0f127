"""Work in lanes."""

from __future__ import annotations

import threading

import pytest

from appliance.core.workers import Workers
from nano_runtime.errors import Conflict, Unavailable
from tests.waiting import wait_until


def test_a_lane_that_hangs_keeps_no_other_waiting() -> None:
    workers, gate = Workers(width=2), threading.Event()
    stuck = [workers.submit("slow", gate.wait) for _ in range(5)]

    assert workers.submit("quick", lambda: 42).result(5) == 42

    gate.set()
    assert all(each.result(5) for each in stuck)


def test_a_lane_is_no_wider_than_agreed() -> None:
    workers, gate, running = Workers(width=3), threading.Event(), []

    def work() -> None:
        running.append(1)
        gate.wait(5)

    done = [workers.submit("lane", work) for _ in range(8)]
    wait_until(lambda: len(running) == 3)
    gate.set()

    for each in done:
        each.result(5)
    assert len(running) == 8


def test_threads_end_with_their_work() -> None:
    workers = Workers()
    before = threading.active_count()

    workers.submit("lane", lambda: None).result(5)

    wait_until(lambda: threading.active_count() <= before)


def test_a_failure_is_told_and_the_lane_goes_on() -> None:
    workers = Workers(width=1)

    def fail() -> None:
        raise Conflict("no")

    failed = workers.submit("lane", fail)
    after = workers.submit("lane", lambda: "fine")

    with pytest.raises(Conflict):
        failed.result(5)
    assert after.result(5) == "fine"


def test_closing_waits_for_what_runs_and_takes_nothing_new() -> None:
    workers, gate = Workers(), threading.Event()
    workers.submit("lane", gate.wait)

    assert not workers.close(0.05)
    gate.set()
    assert workers.close(5)

    with pytest.raises(Unavailable):
        workers.submit("lane", lambda: None)
