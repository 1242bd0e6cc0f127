"""One-time codes that follow the clock (RFC 6238 with HMAC-SHA1, six digits, 30 s: what every app of this kind does)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

from nano_runtime.secrets import same

STEP = 30
DIGITS = 6
AROUND = 1
"""Time steps that a clock may be off, both ways (RFC 6238, 5.2)."""

_SECRET_BYTES = 20  # as long as the hash, RFC 4226, 4


def new_secret() -> str:
    """A secret in Base32, which a person may type."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def code_at(secret: str, step: int, *, digits: int = DIGITS) -> str:
    """The code of one time step (RFC 4226, 5.3)."""
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


def step_of(secret: str, code: str, now: float, *, after: int = 0) -> int | None:
    """The time step whose code this is, later than `after`, which was used already; None for a wrong code."""
    typed = "".join(code.split()).replace("-", "")
    current = int(now // STEP)
    steps = [step for step in range(current - AROUND, current + AROUND + 1) if same(code_at(secret, step), typed)]
    return next((step for step in steps if step > after), None)


def address(secret: str, user: str, issuer: str) -> str:
    """What an app reads from a QR code (github.com/google/google-authenticator/wiki/Key-Uri-Format)."""
    label = quote(f"{issuer}:{user}", safe="")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer, 'digits': DIGITS, 'period': STEP})}"
