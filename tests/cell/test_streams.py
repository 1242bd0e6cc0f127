"""Bytes between a client and a guest, whatever either side does."""

from __future__ import annotations

import os
import socket
import tty
from collections.abc import Iterator
from contextlib import suppress

import pytest

from appliance.cell.streams import SerialLine, Streams
from tests.waiting import wait_until


@pytest.fixture
def streams() -> Iterator[Streams]:
    streams = Streams()
    yield streams
    streams.close()
    wait_until(lambda: len(streams) == 0, 5, "the consoles to end")


def opened(streams: Streams, line: str = "") -> tuple[socket.socket, socket.socket]:
    """The outer ends: where Core reads, and where the guest speaks."""
    core, client = socket.socketpair()
    guest, display = socket.socketpair()
    streams.carry(client, display, line=line)
    core.settimeout(5)
    guest.settimeout(5)
    return core, guest


def test_bytes_go_both_ways(streams: Streams) -> None:
    core, guest = opened(streams)
    with core, guest:
        guest.sendall(b"RFB 003.008\n")
        core.sendall(b"hello")

        assert core.recv(100) == b"RFB 003.008\n"
        assert guest.recv(100) == b"hello"


def test_what_the_guest_said_last_still_arrives(streams: Streams) -> None:
    core, guest = opened(streams)
    with core:
        guest.sendall(b"bye")
        guest.close()

        assert core.recv(100) == b"bye"
        assert core.recv(100) == b""


def test_a_client_that_leaves_ends_the_display(streams: Streams) -> None:
    core, guest = opened(streams)
    with guest:
        core.close()

        assert guest.recv(100) == b""
    wait_until(lambda: len(streams) == 0, 5, "the console to end")


def test_a_slow_client_does_not_fill_the_memory(streams: Streams) -> None:
    core, guest = opened(streams)
    with core, guest:
        guest.settimeout(0.3)

        assert sent_until_stuck(guest) < 8 << 20


def sent_until_stuck(guest: socket.socket) -> int:
    sent = 0
    with suppress(TimeoutError):
        while sent < 64 << 20:
            sent += guest.send(b"x" * 65536)
    return sent


def test_who_opens_a_serial_line_takes_it_over(streams: Streams) -> None:
    first, _ = opened(streams, line="guest-1")
    other, other_guest = opened(streams, line="guest-2")
    second, guest = opened(streams, line="guest-1")
    with first, other, second:
        assert first.recv(100) == b""
        guest.sendall(b"for the second")
        assert second.recv(100) == b"for the second"
        other_guest.sendall(b"undisturbed")
        assert other.recv(100) == b"undisturbed"


def test_a_pty_is_a_console_like_any_other(streams: Streams) -> None:
    qemu, line = os.openpty()
    tty.setraw(line)
    core, client = socket.socketpair()
    core.settimeout(5)
    with core:
        streams.carry(client, SerialLine(os.ttyname(line)), line="guest")
        os.write(qemu, b"login: ")
        core.sendall(b"root\n")

        assert core.recv(100) == b"login: "
        assert os.read(qemu, 100) == b"root\n"
        os.close(line)
        os.close(qemu)
        assert core.recv(100) == b""
