"""Put results and failures into the envelope, and envelopes into HTTP answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from nano_runtime.errors import NanoError, TooMany

if TYPE_CHECKING:
    from collections.abc import Iterable

Headers = list[tuple[str, str]]

SAFE: Headers = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
]
"""On every answer of the API: never kept, never guessed at, and dead text if a browser opens it as a page."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer ready to send. `handed_over` tells that somebody else now owns the socket.

    `file` stands for a body that is too long for memory: its pieces come one by one, `length` bytes in all.
    """

    status: int
    body: bytes
    media_type: str = "application/json"
    headers: Headers = field(default_factory=list)
    handed_over: bool = False
    file: Iterable[bytes] | None = None
    length: int | None = None

    def status_line(self) -> str:
        return f"{self.status} {HTTPStatus(self.status).phrase}"

    def all_headers(self, request: str) -> Headers:
        """Headers with those every answer has; one given by the reply itself wins."""
        own = {name for name, _ in self.headers}
        general = [
            *SAFE,
            ("Content-Type", self.media_type),
            ("Content-Length", str(len(self.body) if self.length is None else self.length)),
            ("X-Request-Id", request),
        ]
        return self.headers + [(name, value) for name, value in general if name not in own]


HANDED_OVER = Reply(200, b"", handed_over=True)


def envelope(error_code: int, message: str, data: Any, *, pretty: bool, more: dict[str, Any] | None = None) -> bytes:
    """`pretty` is how Nano wrote it: two spaces of indent and a line feed at the end."""
    encoded = msgspec.json.encode({"error_code": error_code, "message": message, "data": data, **(more or {})})
    return msgspec.json.format(encoded, indent=2) + b"\n" if pretty else encoded


def nano_failure(error: NanoError, error_data: Any) -> Reply:
    return Reply(200, envelope(500, str(error), error_data, pretty=True))


def modern_failure(error: NanoError, error_data: Any, request: str, headers: Headers) -> Reply:
    more: dict[str, Any] = {"code": error.code, "hint": error.hint, "field": error.field, "request": request}
    if isinstance(error, TooMany) and error.retry_after is not None:
        more["wait"] = math.ceil(error.retry_after)
        headers = [*headers, ("Retry-After", str(more["wait"]))]  # RFC 9110, 10.2.3
    return Reply(error.status, envelope(error.status, error.message, error_data, pretty=False, more=more), headers=headers)
