"""Count what gets lost: ICMP echo requests at a steady pace, answered by the kernel of the other side."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from typing import Self

PACE = 0.01
"""Seconds between two requests."""


class Pinging:
    """Pings an address while the block runs; `lost` and `sent` are known at its end. Needs root."""

    def __init__(self, address: str) -> None:
        self.sent = 0
        self.answered: set[int] = set()
        self._address = address
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        self._number = id(self) & 0xFFFF
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def lost(self) -> int:
        return self.sent - len(self.answered)

    @property
    def longest_gap(self) -> int:
        """Most requests in a row that got no answer."""
        longest = run = 0
        for number in range(self.sent):
            run = 0 if number in self.answered else run + 1
            longest = max(longest, run)
        return longest

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._listen(time.monotonic() + 0.5)
        self._socket.close()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._socket.sendto(_request(self._number, self.sent), (self._address, 0))
            except OSError:  # no neighbour: that one is lost
                pass
            self.sent += 1
            self._listen(time.monotonic() + PACE)

    def _listen(self, until: float) -> None:
        while (left := until - time.monotonic()) > 0:
            if not select.select([self._socket], [], [], left)[0]:
                return
            packet = self._socket.recv(2048)
            kind, _, _, number, sequence = struct.unpack("!BBHHH", packet[20:28])
            if (kind, number) == (0, self._number):
                self.answered.add(sequence)


def _request(number: int, sequence: int) -> bytes:
    head = struct.pack("!BBHHH", 8, 0, 0, number, sequence & 0xFFFF)
    total = sum(struct.unpack("!4H", head))
    total = (total >> 16) + (total & 0xFFFF)
    return struct.pack("!BBHHH", 8, 0, ~total & 0xFFFF, number, sequence & 0xFFFF)
