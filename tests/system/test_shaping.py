"""Limits of a guest's network, measured with packets through a tap as QEMU would hold it."""

from __future__ import annotations

import fcntl
import os
import select
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from appliance.cell import shaping
from nano_runtime.errors import Conflict

pytestmark = [pytest.mark.system]

HOST, GUEST, GUEST_MAC = "10.213.7.1", "10.213.7.2", "02:00:00:00:00:07"
SECONDS = 1.5
LIMIT = 256 * 1024
PAYLOAD = bytes(1000)
TUNSETIFF, TAP_WITHOUT_HEADER = 0x400454CA, 0x1002


class Tap:
    """An interface of the host, and the guest's end of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.number = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self.number, TUNSETIFF, struct.pack("16sH", name.encode(), TAP_WITHOUT_HEADER))
        ip("addr", "add", f"{HOST}/24", "dev", name)
        ip("link", "set", name, "up")
        ip("neigh", "replace", GUEST, "lladdr", GUEST_MAC, "dev", name)
        with open(f"/sys/class/net/{name}/address") as file:
            self.mac = bytes.fromhex(file.read().strip().replace(":", ""))

    def received(self) -> int:
        """Bytes per second that arrive in the guest while the host sends as fast as it can."""
        stop = threading.Event()
        sender = threading.Thread(target=_send_until, args=(stop, lambda host: host.sendto(PAYLOAD, (GUEST, 9))))
        sender.start()
        count, end = 0, time.monotonic() + SECONDS
        while (left := end - time.monotonic()) > 0:
            if select.select([self.number], [], [], left)[0]:
                count += len(os.read(self.number, 2048))
        stop.set()
        sender.join()
        return int(count / SECONDS)

    def sent(self) -> int:
        """Bytes per second that arrive on the host while the guest sends as fast as it can."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as host:
            host.bind((HOST, 7777))
            host.settimeout(0.2)
            stop, frame = threading.Event(), self._frame()
            sender = threading.Thread(target=_send_until, args=(stop, lambda _: os.write(self.number, frame)))
            sender.start()
            count, end = 0, time.monotonic() + SECONDS
            while time.monotonic() < end:
                try:
                    count += len(host.recv(2048))
                except TimeoutError:
                    continue
            stop.set()
            sender.join()
            return int(count / SECONDS)

    def close(self) -> None:
        os.close(self.number)

    def _frame(self) -> bytes:
        udp = struct.pack(">HHHH", 9, 7777, 8 + len(PAYLOAD), 0) + PAYLOAD
        addresses = socket.inet_aton(GUEST) + socket.inet_aton(HOST)
        head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + addresses
        total = sum(struct.unpack(">10H", head))
        checksum = ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF
        head = head[:10] + struct.pack(">H", checksum) + head[12:]
        return self.mac + bytes.fromhex(GUEST_MAC.replace(":", "")) + b"\x08\x00" + head + udp


def _send_until(stop: threading.Event, send: Callable[[socket.socket], object]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as host:
        while not stop.is_set():
            try:
                for _ in range(20):
                    send(host)
            except OSError:
                pass  # its queue is full, which is the point
            time.sleep(0.001)


def ip(*arguments: str) -> str:
    return subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def tap() -> Iterator[Tap]:
    tap = Tap(f"ntest{os.getpid() % 10000}")
    yield tap
    shaping.shape(tap.name, receive=0, send=0)
    tap.close()


def test_both_ways_are_limited_each_for_itself_and_freed_again(tap: Tap) -> None:
    free_in, free_out = tap.received(), tap.sent()

    shaping.shape(tap.name, receive=LIMIT, send=2 * LIMIT)
    shaping.shape(tap.name, receive=LIMIT, send=2 * LIMIT)
    limited_in, limited_out = tap.received(), tap.sent()
    shaping.shape(tap.name, receive=0, send=0)

    assert min(free_in, free_out) > 4 * LIMIT, "the test itself is too slow to tell"
    assert LIMIT * 0.8 < limited_in < LIMIT * 1.25
    assert LIMIT * 1.6 < limited_out < LIMIT * 2.5
    assert min(tap.received(), tap.sent()) > 4 * LIMIT
    assert shaping.detour_of(tap.name) not in ip("-o", "link")


@pytest.mark.parametrize("name", ["nosuchtap0", "-x", "a b", ""])
def test_an_interface_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Conflict):
        shaping.shape(name, receive=LIMIT, send=LIMIT)
