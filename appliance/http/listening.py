"""Take a TCP port, find its certificates, and answer those who speak the wrong language on it."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

from nano_runtime.errors import BadSetting, Conflict

Certificates = Callable[[], ssl.SSLContext] | tuple[Path, Path]
"""What gives a port its TLS: something that makes a server context from the files as they are now, or the two files."""

_REDIRECTABLE = re.compile(rb"(?:GET|HEAD) (/[!-~]*) HTTP/1\.[01]\r\n(?:[^\r\n]+\r\n)*?[Hh]ost: ?([A-Za-z0-9.:\[\]-]+)\r\n")


def context_maker(certificates: Certificates | None) -> Callable[[], ssl.SSLContext] | None:
    if not isinstance(certificates, tuple):
        return certificates
    certificate, key = certificates

    def make() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(certificate, key)
        return context

    return make


def listen(address: str, port: int, setting: str) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((address, port))
        listener.listen(128)
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            hint = f"stop the program that uses it, or choose another '{setting}'"
            raise Conflict(f"port {port} on {address} is taken", hint=hint, field=setting) from problem
        raise BadSetting(f"cannot listen on {address} port {port}: {problem.strerror}", field=setting) from problem
    return listener


def answer_plain(raw: socket.socket) -> None:
    """Somebody speaks HTTP on the HTTPS port: send a browser to the right address, tell others."""
    asked = _REDIRECTABLE.match(raw.recv(8192))
    if asked:
        head = b"HTTP/1.1 307 Temporary Redirect\r\nLocation: https://" + asked[2] + asked[1] + b"\r\n"
    else:
        head = b"HTTP/1.1 400 Bad Request\r\n"
    raw.sendall(head + b"Content-Type: text/plain\r\nConnection: close\r\nContent-Length: 10\r\n\r\nuse https\n")
