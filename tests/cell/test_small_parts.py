"""Turns, tickets, patience, pictures, states, records: the parts that need nothing of a host."""

from __future__ import annotations

import struct
import threading
import zlib
from pathlib import Path

import pytest

from appliance.cell.hypervisor.patience import Patience
from appliance.cell.hypervisor.states import sight
from appliance.cell.picture import as_png
from appliance.cell.records import Record, Records
from appliance.cell.tickets import LIFE, MOST, Tickets
from appliance.cell.turns import Turns
from appliance.protocol.guests import GuestState
from nano_runtime.errors import Conflict, Damaged, NotFound, TimedOut, TooMany
from tests.cell.test_plan import planned
from tests.cell.under_test import wanted


def test_two_requests_for_one_guest_never_run_beside_each_other() -> None:
    turns, order = Turns(), list[str]()
    inside, go = threading.Event(), threading.Event()

    def first() -> None:
        with turns.guest("a"):
            inside.set()
            assert go.wait(5)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(5)
    with turns.guest("b"):
        order.append("another guest")
    go.set()
    with turns.guest("a"):
        order.append("second")
    thread.join()

    assert order == ["another guest", "first", "second"]


def test_who_waits_too_long_for_a_guest_is_told_that_it_is_busy() -> None:
    turns = Turns(seconds=0.01)
    with turns.guest("a"), pytest.raises(Conflict, match="busy"), turns.guest("a"):
        raise AssertionError("not reached")


def test_recovery_waits_for_those_who_are_at_it_and_lets_nobody_begin() -> None:
    turns = Turns(seconds=0.01)
    with turns.guest("a"), pytest.raises(TimedOut), turns.alone():
        raise AssertionError("not reached")
    with turns.alone(), pytest.raises(Conflict), turns.guest("b"):
        raise AssertionError("not reached")
    with turns.guest("a"):
        pass


def test_a_ticket_admits_its_holder_once() -> None:
    tickets: Tickets[str] = Tickets(lambda: 0.0)
    ticket = tickets.issue("the display", "key-of-core")

    assert tickets.redeem(ticket, "key-of-core") == "the display"
    with pytest.raises(NotFound):
        tickets.redeem(ticket, "key-of-core")


@pytest.mark.parametrize("holder", ["", "key-of-another-cell"])
def test_a_ticket_shown_by_somebody_else_admits_nobody_and_is_used_up(holder: str) -> None:
    tickets: Tickets[str] = Tickets(lambda: 0.0)
    ticket = tickets.issue("the display", "key-of-core")

    for shown_by in (holder, "key-of-core"):
        with pytest.raises(NotFound):
            tickets.redeem(ticket, shown_by)


def test_a_ticket_ends_by_itself_and_makes_room_for_others() -> None:
    now = [0.0]
    tickets: Tickets[str] = Tickets(lambda: now[0])
    first = tickets.issue("x", "core")
    for _ in range(MOST - 1):
        tickets.issue("x", "core")
    with pytest.raises(TooMany):
        tickets.issue("x", "core")

    now[0] = LIFE

    tickets.issue("y", "core")
    with pytest.raises(NotFound):
        tickets.redeem(first, "core")


def test_a_call_that_hangs_ends_in_time_and_holds_up_nobody_else() -> None:
    patience, hang = Patience("test", threads=2), threading.Event()

    with pytest.raises(TimedOut, match=r"the call did not finish within 0\.01 s"):
        patience.call(hang.wait, seconds=0.01, what="the call")

    assert [patience.call(lambda: 42, seconds=5, what="x") for _ in range(10)] == [42] * 10
    hang.set()


@pytest.mark.parametrize("error", [KeyError("x"), TimeoutError("its own")])
def test_what_a_call_raises_reaches_its_caller(error: Exception) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)):
        Patience("test", threads=1).call(fail, seconds=5, what="x")


def test_a_screen_becomes_a_png_with_the_same_pixels() -> None:
    pixels = bytes(range(18))

    png = as_png(b"P6\n3 2\n255\n" + pixels)

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    kind, width, height, depth, colour = struct.unpack(">4sIIBB", png[12:26])
    assert (kind, width, height, depth, colour) == (b"IHDR", 3, 2, 8, 2)
    size = struct.unpack(">I", png[33:37])[0]
    assert zlib.decompress(png[41 : 41 + size]) == b"\0" + pixels[:9] + b"\0" + pixels[9:]
    assert struct.unpack(">I", png[41 + size : 45 + size])[0] == zlib.crc32(png[37 : 41 + size])
    assert as_png(png) == png


@pytest.mark.parametrize("content", [b"", b"P6\n3 2\n255\n short", b"P6\n0 0\n255\n", b"P5\n1 1\n255\n.", b"GIF89a"])
def test_a_picture_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Damaged):
        as_png(content)


@pytest.mark.parametrize(
    ("numbers", "state", "reason"),
    [
        ((1, 1), GuestState.RUNNING, "booted"),
        ((3, 5), GuestState.PAUSED, "I/O error"),
        ((4, 1), GuestState.STOPPING, "user"),
        ((5, 1), GuestState.STOPPED, "shutdown"),
        ((5, 2), GuestState.STOPPED, "destroyed"),
        ((6, 1), GuestState.CRASHED, "panicked"),
        ((5, 99), GuestState.STOPPED, "unknown"),
        ((99, 0), GuestState.CRASHED, "libvirt's state 99"),
    ],
)
def test_numbers_of_libvirt_become_words(numbers: tuple[int, int], state: GuestState, reason: str) -> None:
    assert sight(*numbers)[:2] == (state, reason)


def test_records_are_there_again_after_a_restart(tmp_path: Path) -> None:
    record = Record(wanted(), planned())
    records = Records(tmp_path / "cell.db")
    records.put(record)
    records.put(record)
    records.close()

    again = Records(tmp_path / "cell.db")

    assert again.get(record.spec.id) == record
    again.forget(record.spec.id)
    again.forget(record.spec.id)
    with pytest.raises(NotFound):
        again.get(record.spec.id)
    again.close()
