"""Whether clients that connect and say nothing keep others waiting."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from typing import TYPE_CHECKING

import bench_roles
import demo_home
from bench_figures import Figure, spread

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENT = 100
TRIES = 20
SETTLED = 0.5
"""Seconds: what is asked is whether silence costs others anything, not how fast 100 connections are accepted."""


def measure() -> list[Figure]:
    home = demo_home.prepare()
    bench_roles.start("core,cell,frontend")
    context = ssl.create_default_context(cafile=str(home.authority))
    figures = []
    for name, port in (("portal", home.portal_port), ("API", home.api_port)):
        with _silent(home.address, port):
            times = [_ask(context, home.address, port) for _ in range(TRIES)]
        figures.append(Figure(f"new client of the {name} beside {SILENT} silent", max(times) * 1000, 50, "ms", spread(times)))
    return figures


@contextlib.contextmanager
def _silent(address: str, port: int) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for _ in range(SILENT):
            stack.enter_context(socket.create_connection((address, port), timeout=5))
        time.sleep(SETTLED)
        yield


def _ask(context: ssl.SSLContext, address: str, port: int) -> float:
    """Seconds from connecting to the first byte of an answer, TLS handshake included; which answer does not matter."""
    begun = time.monotonic()
    with socket.create_connection((address, port), timeout=5) as plain, context.wrap_socket(plain, server_hostname=address) as link:
        link.sendall(b"GET /api/v1/ HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        link.recv(1)
    return time.monotonic() - begun
