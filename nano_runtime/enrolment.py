"""Become a member of a domain: join tokens, and the first visit of a module that has no certificate yet.

A join token is `nano1.<id>.<base64url>`, where the last part is a secret of 16 bytes and the first 16 bytes of the SHA-256
of the authority's certificate. So it proves both ways: the newcomer shows that it holds the secret without sending it, and
knows the one authority it may believe. Without a token the authority is trusted on first use and remembered; a person
compares fingerprints before approving.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Generic

from nano_runtime.certificates import (
    Certificate,
    Identity,
    certificate_der,
    certificate_pem,
    check_issued,
    fingerprint,
    read_certificate,
)
from nano_runtime.endpoint import Pace, peer_of, visit
from nano_runtime.errors import BadValue, Forbidden
from nano_runtime.messages import Answer, Peer, Request
from nano_runtime.pem_files import read_text, write_text

if TYPE_CHECKING:
    from pathlib import Path

_TOKEN = re.compile(r"nano1\.([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")
_HALF = 16


@dataclass(frozen=True)
class JoinToken:
    """`id` names the token at Core; `authority` is the beginning of the SHA-256 of the authority's certificate."""

    id: str
    secret: bytes = field(repr=False)
    authority: bytes


@dataclass(frozen=True)
class Introduction(Generic[Answer]):
    """What Core answered, and the authority it belongs to. Compare its fingerprint by eye, unless a token vouched for it."""

    answer: Answer
    authority_pem: str

    @property
    def authority_fingerprint(self) -> str:
        return fingerprint(self.authority_pem)


def make_token(id: str, secret: bytes, authority_pem: str) -> str:
    """The text of a token; `secret` is 16 random bytes that Core keeps."""
    if len(secret) != _HALF:
        raise ValueError(f"the secret of a token has {_HALF} bytes")
    content = secret + _digest(read_certificate(authority_pem))
    return f"nano1.{id}.{base64.urlsafe_b64encode(content).decode().rstrip('=')}"


def parse_token(text: str) -> JoinToken:
    """Raises BadValue, which does not repeat the text, because that may be a secret with a typing error."""
    parts = _TOKEN.fullmatch(text.strip())
    if not parts:
        raise BadValue("this is not a join token", hint="copy it whole: nano1.<id>.<43 characters>", field="token")
    content = base64.urlsafe_b64decode(parts[2] + "=")
    return JoinToken(parts[1], content[:_HALF], content[_HALF:])


def proof(secret: bytes, fingerprint: str) -> str:
    """What the newcomer sends instead of the secret: hex HMAC-SHA256 of its key's fingerprint."""
    return hmac.new(secret, fingerprint.encode(), "sha256").hexdigest()


def proves(shown: str, secret: bytes, fingerprint: str) -> bool:
    """Core's side of `proof`, in constant time."""
    return hmac.compare_digest(shown.encode(), proof(secret, fingerprint).encode())


def enrol(
    address: str,
    port: int,
    request: Request[Answer],
    *,
    domain: str,
    remembered: Path,
    token: JoinToken | None = None,
    seconds: float = 10,
    pace: Pace = Pace(),  # noqa: B008  # it is immutable
) -> Introduction[Answer]:
    """Ask Core for a certificate, as a stranger.

    `remembered` is the file that keeps the authority of the first contact (PEM); a token replaces it. Raises Forbidden when
    Core belongs to another authority than the token or the file says, Unavailable, or what Core answers.
    """
    shown: list[Certificate] = []
    with visit(address, port, partial(_trust, shown, address, domain, remembered, token), pace) as core:
        authority_pem = certificate_pem(shown[0])
        write_text(remembered, authority_pem, mode=0o644)
        return Introduction(core.ask(request, seconds=seconds), authority_pem)


def accept(key_pem: str, certificate_pem: str, authority_pem: str, *, now: float | None = None) -> Identity:
    """The identity that Core's answer makes of our key. Raises Forbidden for a certificate of another key or authority."""
    identity = Identity(key_pem, certificate_pem, authority_pem)
    check_issued(identity.certificate, identity.authority, now=now)
    if fingerprint(key_pem) != identity.fingerprint:
        raise Forbidden("the certificate that Core sent is for another key")
    return identity


def _trust(
    shown: list[Certificate],
    address: str,
    domain: str,
    remembered: Path,
    token: JoinToken | None,
    certificates: list[Certificate],
) -> Peer:
    """Puts the authority into `shown` once it is trusted."""
    authority = certificates[-1]
    found = check_issued(certificates[0], authority)
    if (found.domain, found.role) != (domain, "core"):
        raise Forbidden(f"{found.role} of domain {found.domain!r} answers instead of core of {domain!r}")
    if token and not hmac.compare_digest(token.authority, _digest(authority)):
        raise Forbidden(f"the Core at {address} is not the one this token is from", hint="make a new token on Core's host")
    if not token and remembered.exists() and read_certificate(read_text(remembered)) != authority:
        hint = f"if the domain was made anew, remove {remembered} and try again"
        raise Forbidden(f"the Core at {address} shows another authority than at first", hint=hint)
    shown.append(authority)
    return peer_of(certificates[0], address)


def _digest(authority: Certificate) -> bytes:
    return hashlib.sha256(certificate_der(authority)).digest()[:_HALF]
