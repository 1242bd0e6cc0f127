"""Files on their way in and out: bodies too long for memory, whole or as a part of a form, and answers in ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from appliance.http.replies import Reply
from nano_runtime.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from appliance.http.requests import Environ
    from appliance.http.routes import Download, Upload

PIECE = 1 << 20
PART = "image"
"""The part of a form that holds the file (core-api.yaml, upload routes); other parts are skipped."""

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def incoming(environ: Environ) -> Upload:
    """The file that a request brings. Raises BadRequest for a form that is not properly made."""
    body = _Body(environ)
    media_type, options = parse_options_header(environ.get("CONTENT_TYPE", ""))
    if media_type != b"multipart/form-data":
        return body
    if not options.get(b"boundary"):
        raise BadRequest("the form has no boundary", hint="send the file as the body itself, or a proper form")
    return _Part(body, options[b"boundary"])


class Piece(NamedTuple):
    """`length` bytes from `start`; `partial` where a range was asked for."""

    start: int
    length: int
    partial: bool


def piece_of(range: str, size: int) -> Piece | None:
    """What a Range header asks of a file (RFC 9110, 14.2); None for a range that lies outside.

    A header that is not one range of bytes is ignored, as the RFC wants.
    """
    found = _RANGE.fullmatch(range.replace(" ", ""))
    if found is None or not (found[1] or found[2]) or len(range) > 60:
        return Piece(0, size, partial=False)
    if not found[1]:
        length = min(int(found[2]), size)
        return Piece(size - length, length, partial=True) if length else None
    start, end = int(found[1]), min(int(found[2] or size - 1), size - 1)
    if found[2] and int(found[2]) < start:
        return Piece(0, size, partial=False)
    return Piece(start, end - start + 1, partial=True) if start < size else None


def send(file: Download, method: str, range: str) -> Reply:
    """The answer that carries a file, or the piece of it that was asked for."""
    piece = piece_of(range, file.size)
    headers = [*file.headers.items(), ("Accept-Ranges", "bytes")]
    if piece is None:
        file.close()
        return Reply(416, b"", headers=[*headers, ("Content-Range", f"bytes */{file.size}")])
    if piece.partial:
        headers.append(("Content-Range", f"bytes {piece.start}-{piece.start + piece.length - 1}/{file.size}"))
    status = 206 if piece.partial else 200
    if method == "HEAD":
        file.close()
        return Reply(status, b"", file.media_type, headers, length=piece.length)
    return Reply(status, b"", file.media_type, headers, file=_Sending(file, piece), length=piece.length)


class _Sending:
    """Closed by the server, also when the client goes away in between (PEP 3333)."""

    def __init__(self, file: Download, piece: Piece) -> None:
        self._file = file
        self._pieces = file.read(piece.start, piece.length)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        self._file.close()


class _Body:
    """The body of a request, in pieces."""

    def __init__(self, environ: Environ) -> None:
        announced = environ.get("CONTENT_LENGTH", "")
        self._source = environ["wsgi.input"]
        self._more_time: Callable[[int], None] = environ.get("nano.more_time", lambda size: None)
        chunked = bool(environ.get("wsgi.input_terminated")) and "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        self.length: int | None = None if chunked else int(announced) if announced.isdigit() else 0
        self._left = self.length

    def read(self, size: int) -> bytes:
        wanted = size if self._left is None else min(size, self._left)
        if not wanted:
            return b""
        if self._left is None:
            self._more_time(wanted)
        try:
            data = bytes(self._source.read(wanted))
        except OSError as problem:
            raise BadRequest("the file did not arrive in time") from problem
        except ValueError as problem:
            raise BadRequest("the body is not properly chunked") from problem
        if self._left is not None:
            self._left -= len(data)
            if len(data) < wanted:
                raise BadRequest(f"the file ended early: {self._left} bytes are missing", hint="send it again")
        return data


class _Part:
    """One part of a form, while it arrives. What comes before it and after it is read and dropped."""

    length: int | None = None

    def __init__(self, body: _Body, boundary: bytes) -> None:
        self._body = body
        self._ready = bytearray()
        self._name = self._value = b""
        self._inside = self._found = self._ended = False
        names = ("part_begin", "header_field", "header_value", "header_end", "headers_finished", "part_data", "part_end", "end")
        callbacks: Any = {f"on_{name}": getattr(self, f"_{name}") for name in names}
        self._parser = MultipartParser(boundary, callbacks)

    def read(self, size: int) -> bytes:
        while len(self._ready) < size and not self._ended:
            self._feed(self._body.read(min(max(size, 1), PIECE)))
        data = bytes(self._ready[:size])
        del self._ready[:size]
        return data

    def _feed(self, data: bytes) -> None:
        if not data:
            raise BadRequest("the form ended early" if self._found else f"the form has no part named '{PART}'", hint="send it again")
        try:
            self._parser.write(data)
        except MultipartParseError as problem:
            raise BadRequest(f"the form cannot be read: {problem}") from problem
        if self._ended and not self._found:
            raise BadRequest(f"the form has no part named '{PART}'", hint=f"name the file's part '{PART}'")

    def _part_begin(self) -> None:
        self._name = self._value = b""

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._name.lower() == b"content-disposition" and not self._found:
            _, options = parse_options_header(self._value)
            self._inside = options.get(b"name") == PART.encode()
        self._name = self._value = b""

    def _headers_finished(self) -> None:
        self._found |= self._inside

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self._ready += data[start:end]

    def _part_end(self) -> None:
        self._ended |= self._inside
        self._inside = False

    def _end(self) -> None:
        self._ended = True
