"""Read a WSGI environment into a RequestView, refusing what has no clear meaning."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from appliance.http.identify import RequestView
from nano_runtime.errors import BadRequest, TooLarge

MOST_BODY = 1024 * 1024
"""Bytes of a JSON body. Uploads are streamed by routes of their own."""

MOST_KEY = 255
"""Characters of an Idempotency-Key."""

Environ = dict[str, Any]


def view(environ: Environ) -> RequestView:
    """What deciders see of a request. Raises BadRequest for a path or query that is not UTF-8 or holds NUL."""
    return RequestView(
        method=environ["REQUEST_METHOD"],
        path=signed_path(environ),
        query=_query(environ.get("QUERY_STRING", "")),
        headers=_headers(environ),
        body=_Body(environ).read,
        address=environ.get("REMOTE_ADDR", ""),
        secure=environ.get("wsgi.url_scheme") == "https",
        peer=environ.get("nano.peer", ""),
    )


def idempotency_key(given: str) -> str:
    """As it was sent, "" if it was not. Raises BadRequest for one that no client makes."""
    if len(given) > MOST_KEY or not given.isprintable():
        raise BadRequest(f"Idempotency-Key must have at most {MOST_KEY} printable characters", field="Idempotency-Key")
    return given


def routed_path(environ: Environ) -> str:
    """The decoded path, in which an encoded slash is a NUL, so that it cannot make two steps out of one name."""
    raw = _raw_path(environ)
    return "/".join(_text(unquote_to_bytes(step), "path").replace("/", "\0") for step in raw.split("/"))


def place(step: str) -> str:
    """A name out of a routed path, with its slashes back."""
    return step.replace("\0", "/")


def signed_path(environ: Environ) -> str:
    """The fully decoded path, as signatures cover it."""
    return _text(unquote_to_bytes(_raw_path(environ)), "path")


def _raw_path(environ: Environ) -> str:
    """The path as it was sent; without it, one that decodes to what the server decoded."""
    raw: str = environ.get("REQUEST_URI", "").partition("?")[0]
    return raw if raw.startswith("/") else quote(environ.get("PATH_INFO", ""), safe="/", encoding="latin-1")


def _query(raw: str) -> tuple[tuple[str, str], ...]:
    if len(raw) > 16384:
        raise BadRequest("the query is longer than 16 KiB")
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError as problem:
        raise BadRequest("the query is not UTF-8") from problem
    except ValueError as problem:
        raise BadRequest("the query has more than 100 parameters") from problem
    return tuple(pairs)


def _text(data: bytes, what: str) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as problem:
        raise BadRequest(f"the {what} is not UTF-8") from problem
    if "\0" in text:
        raise BadRequest(f"the {what} contains NUL")
    return text


def _headers(environ: Environ) -> dict[str, str]:
    found = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            found[name.replace("_", "-").lower()] = environ[name]
    return {name: value.encode("latin-1").decode("utf-8", "surrogateescape") for name, value in found.items()}


class _Body:
    """The body of one request, read at most once, and never more than is allowed."""

    def __init__(self, environ: Environ) -> None:
        self._environ = environ
        self._data: bytes | None = None

    def read(self) -> bytes:
        if self._data is None:
            self._data = self._read()
        return self._data

    def _read(self) -> bytes:
        announced = self._environ.get("CONTENT_LENGTH", "")
        chunked = bool(self._environ.get("wsgi.input_terminated")) and "chunked" in self._environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        length = int(announced) if announced.isdigit() else 0
        if length > MOST_BODY:
            raise _too_large()
        data = self._receive(MOST_BODY + 1 if chunked else length)
        if len(data) > MOST_BODY:
            raise _too_large()
        if not chunked and len(data) < length:
            raise BadRequest("the body ended early")
        return data

    def _receive(self, size: int) -> bytes:
        if not size:
            return b""
        try:
            return bytes(self._environ["wsgi.input"].read(size))
        except OSError as problem:
            raise BadRequest("the body did not arrive in time") from problem
        except ValueError as problem:
            raise BadRequest("the body is not properly chunked") from problem


def _too_large() -> TooLarge:
    return TooLarge("the body is larger than 1 MiB")
