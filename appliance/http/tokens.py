"""Bearer tokens: stateless proof of who calls, keyed by a credential of api.cfg.

A token reads `nano-token.<payload>.<proof>`, both parts base64url: the payload is JSON, the proof its HMAC-SHA256 under a
key derived from the credential. A token dies with its time or with its credential.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

import msgspec

from appliance.rights import Caller, Right, Shared
from appliance.settings import PLACEHOLDER_KEY, Credential
from nano_runtime import secrets
from nano_runtime.errors import Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "nano-token"
_CONTEXT = b"nano appliance bearer token 1"
_LONGEST = 16384
_RIGHTS = {right.value: right for right in Right}


class Payload(msgspec.Struct, kw_only=True, frozen=True):
    """`credential` names the key; times are seconds since the epoch; `address` is the client behind a portal."""

    credential: str
    user: str
    group: str
    rights: list[str]
    issued: float
    expires: float
    nonce: str
    address: str = ""
    groups: tuple[str, ...] = ()
    shared: Shared | None = None


def mint(credential: Credential, caller: Caller, seconds: float, now: float) -> str:
    """A token that acts for `caller`, with exactly their rights, for so many seconds."""
    payload = Payload(
        credential=credential.id,
        user=caller.user,
        group=caller.group,
        rights=sorted(caller.rights),
        issued=now,
        expires=now + seconds,
        nonce=secrets.token(9),
        address=caller.address,
        groups=caller.groups,
        shared=caller.shared,
    )
    text = _encode(msgspec.json.encode(payload))
    return f"{PREFIX}.{text}.{_proof(credential.key, text)}"


def read(token: str, credentials: Iterable[Credential], now: float) -> Caller:
    """Who a token acts for. Raises Unauthenticated, and tells apart only what the holder of a true token may know."""
    prefix, _, rest = token.partition(".")
    text, _, proof = rest.partition(".")
    if prefix != PREFIX or len(token) > _LONGEST:
        raise _not_valid()
    payload = _payload(text)
    keys = {known.id: known.key for known in credentials if known.key != PLACEHOLDER_KEY}
    key = keys.get(payload.credential, "")
    if not secrets.same(_proof(key, text), proof) or not key:
        raise _not_valid()
    if now >= payload.expires:
        raise Unauthenticated("the token has expired", hint="ask for a new one")
    rights = frozenset(_RIGHTS[name] for name in payload.rights if name in _RIGHTS)
    return Caller(
        user=payload.user,
        group=payload.group,
        rights=rights,
        address=payload.address,
        expires=payload.expires,
        groups=payload.groups,
        shared=payload.shared,
    )


def _payload(text: str) -> Payload:
    try:
        return msgspec.json.decode(_decode(text), type=Payload)
    except (ValueError, RecursionError) as problem:
        raise _not_valid() from problem


def _not_valid() -> Unauthenticated:
    return Unauthenticated("the token is not valid", hint="ask for a new one")


def _proof(key: str, text: str) -> str:
    derived = hmac.new(key.encode(), _CONTEXT, hashlib.sha256).digest()
    return _encode(hmac.new(derived, text.encode("utf-8", "surrogateescape"), hashlib.sha256).digest())


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
