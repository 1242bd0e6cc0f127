"""Nano-HMAC-SHA256: how requests of programs written for Nano are signed (core-api.yaml, `shared.signature`).

Pure functions: what is signed comes in, text goes out. The rules about time, transport and repetition are in identify.py.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote_plus

from nano_runtime.errors import Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

METHOD = "Nano-HMAC-SHA256"
_BODILESS = ("GET", "HEAD", "OPTIONS")
_STREAMED = "/file/"


class Authorization(NamedTuple):
    """The parts of a Nano-Authorization header."""

    id: str
    scope: str
    signed_headers: str
    signature: str


class SignedRequest(NamedTuple):
    """What the signature covers. `path` and `query` are decoded; header names are lower case. The method is not covered."""

    method: str
    path: str
    query: Iterable[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes = b""


def sign(request: SignedRequest, id: str, key: str, scope: str, signed_headers: str) -> str:
    """The Nano-Authorization header of a request whose headers already hold nano-date and nano-scope."""
    signature = signature_of(request, key, scope, signed_headers)
    return f"{METHOD} Credential={id}/{scope}, SignedHeaders={signed_headers}, Signature={signature}"


def parse(header: str) -> Authorization:
    """Read a Nano-Authorization header: three tokens in fixed order. Raises Unauthenticated for anything else."""
    if not header.startswith(METHOD) or len(header) > 4096:
        raise Unauthenticated(f"the Nano-Authorization header must start with {METHOD}")
    tokens = [token.strip().partition("=") for token in header[len(METHOD) + 1 :].split(",")]
    if [name for name, _, _ in tokens] != ["Credential", "SignedHeaders", "Signature"]:
        raise Unauthenticated("the Nano-Authorization header must name Credential, SignedHeaders and Signature, in this order")
    credential, signed_headers, signature = (value for _, _, value in tokens)
    id, _, scope = credential.partition("/")
    return Authorization(id, scope, signed_headers, signature)


def signature_of(request: SignedRequest, key: str, scope: str, signed_headers: str) -> str:
    """Lower-case hex of the signature."""
    text = string_to_sign(request, scope, signed_headers)
    return hmac.new(signing_key(key, scope), text.encode(), hashlib.sha256).hexdigest()


def signing_key(key: str, scope: str) -> bytes:
    return hmac.new(b"nano" + key.encode(), scope.encode(), hashlib.sha256).digest()


def string_to_sign(request: SignedRequest, scope: str, signed_headers: str) -> str:
    digest = hashlib.sha256(canonical(request, signed_headers).encode("utf-8", "surrogateescape")).hexdigest()
    return "\n".join([METHOD, request.headers.get("nano-date", ""), scope, digest])


def canonical(request: SignedRequest, signed_headers: str) -> str:
    """The signed text. Only the first value of a repeated query parameter is in it, so callers refuse repetitions."""
    first: dict[str, str] = {}
    for name, value in request.query:
        first.setdefault(name, value)
    parts = [
        quote_plus(quote_plus(request.path)),
        "&".join(f"{quote_plus(name)}={quote_plus(first[name])}" for name in sorted(first)),
        _header_block(request.headers, signed_headers),
        signed_headers,
    ]
    if not request.path.endswith(_STREAMED):
        body = b"" if request.method in _BODILESS else request.body
        parts.append(hashlib.sha256(body).hexdigest())
    return "\n".join(parts)


def _header_block(headers: Mapping[str, str], signed_headers: str) -> str:
    """Ends with a line feed, so that joining yields an empty line; headers that are missing contribute nothing."""
    names = [name.lower() for name in signed_headers.split(";")]
    return "".join(f"{name}:{headers[name].strip()}\n" for name in names if name in headers)
