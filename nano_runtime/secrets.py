"""Make and compare secrets."""

from __future__ import annotations

import hmac
import secrets

_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that a person mistakes for another when copying from a screen: no 0 O, 1 I L, U V."""


def token(bytes: int = 32) -> str:
    """A random token of that many bytes, in letters that need no quoting in a URL or header."""
    return secrets.token_urlsafe(bytes)


def password(length: int = 16) -> str:
    """A random password that can be read aloud; at least 12 characters (70 bits)."""
    if length < 12:
        raise ValueError(f"a password of {length} characters can be guessed; use 12 or more")
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def code() -> str:
    """A set-up code such as 7KQF-2M9P-XT4C, 58 bits, meant to be typed once."""
    return "-".join("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(3))


def same(a: str, b: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(a.encode("utf-8", "surrogatepass"), b.encode("utf-8", "surrogatepass"))
