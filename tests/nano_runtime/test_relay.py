"""A TLS stream shown as a plain socket."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from contextlib import suppress

import pytest

from nano_runtime.certificates import Authority, Identity
from nano_runtime.relay import exchange, plain_end
from nano_runtime.tls import client_context, server_context


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Authority.create("nano").issue(domain="nano", role="cell", name="cell")


def tls_pair(identity: Identity) -> tuple[ssl.SSLSocket, ssl.SSLSocket]:
    near, far = socket.socketpair()
    served: list[ssl.SSLSocket] = []
    accept = threading.Thread(target=lambda: served.append(server_context(identity).wrap_socket(far, server_side=True)))
    accept.start()
    client = client_context(identity, pinned=identity.fingerprint).wrap_socket(near)
    accept.join()
    return client, served[0]


def read_all(source: socket.socket) -> bytes:
    parts = []
    while part := source.recv(65536):
        parts.append(part)
    return b"".join(parts)


def echo_back(server: ssl.SSLSocket, size: int) -> None:
    """Send everything back as it comes, then hang up."""
    with server:
        while size:
            part = server.recv(65536)
            server.sendall(part)
            size -= len(part)


def test_bytes_go_both_ways_at_the_same_time(identity: Identity) -> None:
    client, server = tls_pair(identity)
    plain = plain_end(client)
    content = os.urandom(8 * 1024**2)
    threading.Thread(target=plain.sendall, args=(content,), daemon=True).start()
    echo = threading.Thread(target=echo_back, args=(server, len(content)), daemon=True)
    echo.start()

    assert read_all(plain) == content


def test_the_end_of_either_side_ends_the_other(identity: Identity) -> None:
    client, server = tls_pair(identity)
    plain = plain_end(client)
    plain.sendall(b"bye")
    plain.close()
    assert read_all(server) == b"bye"

    client, server = tls_pair(identity)
    plain = plain_end(client)
    server.sendall(b"bye")
    server.close()
    assert read_all(plain) == b"bye"


def fill(target: socket.socket) -> int:
    """Send until the other side takes no more, or 64 MiB; answers how much it took."""
    sent = 0
    with suppress(TimeoutError):
        while sent < 64 * 1024**2:
            sent += target.send(b"x" * 65536)
    return sent


def test_a_slow_reader_holds_the_sender_back_and_loses_nothing() -> None:
    source, ours = socket.socketpair()
    others, sink = socket.socketpair()
    for end in (ours, others):
        end.settimeout(0)
    relay = threading.Thread(target=exchange, args=(ours, others), daemon=True)
    relay.start()
    source.settimeout(0.2)
    sent = fill(source)
    assert sent < 64 * 1024**2, "nobody held it back"

    source.close()
    received = 0
    sink.settimeout(5)
    while part := sink.recv(1024**2):
        received += len(part)
        if received == sent:
            break

    assert received == sent
