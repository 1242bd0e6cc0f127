"""Keep passwords as Argon2id hashes, and say which are good enough."""

from __future__ import annotations

import base64
import secrets
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from nano_runtime import secrets as made
from nano_runtime.errors import BadValue, TooMany

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 46 * 1024
"""KiB per hash; with two rounds more than OWASP's minimum (46 MiB, one round; Password Storage Cheat Sheet)."""

_GENERATED = 16
_HASHER = PasswordHasher(time_cost=2, memory_cost=MEMORY, parallelism=1, hash_len=32, salt_len=16)
_TURNS = threading.BoundedSemaphore(2)
"""A crowd at the door must not take 46 MiB and a core each."""

_QUEUE = threading.BoundedSemaphore(20)
"""Nor all the threads that answer those who are inside already: whoever finds the queue full is told to come back."""


def hashed(password: str) -> str:
    """The Argon2id hash of a password, with its salt and parameters (PHC string format). Raises TooMany in a crowd."""
    with _turn():
        return _HASHER.hash(_bytes(password))


def verify(password: str, hash: str) -> bool:
    """Whether the password is the hashed one. `hash` may be nobody(): the answer is false, and takes as long.

    Raises TooMany in a crowd.
    """
    with _turn():
        try:
            return _HASHER.verify(hash, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False


def nobody() -> str:
    """A hash that no password has, with today's parameters: a wrong name must cost the time of a wrong password."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={MEMORY},t={_HASHER.time_cost},p={_HASHER.parallelism}${salt}${digest}"


def outdated(hash: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(hash)


def require_good(password: str, field: str = "password") -> None:
    """Refuse what breaks the rule of Nano (frontend-api.yaml, password_rule), naming the broken part."""
    if missing := _missing(password):
        raise BadValue(f"the password needs {', '.join(missing)}", hint="choose another one", field=field)


def generated() -> str:
    """A random password that follows the rule and can be read aloud."""
    while True:
        password = made.password(_GENERATED)
        if not _missing(password):
            return password


def _missing(password: str) -> list[str]:
    """What the rule wants and the password does not have."""
    return [
        name
        for name, found in (
            ("at least 8 characters", len(password) >= 8),
            ("a digit", any("0" <= letter <= "9" for letter in password)),
            ("a lower case letter", any("a" <= letter <= "z" for letter in password)),
            ("an upper case letter", any("A" <= letter <= "Z" for letter in password)),
        )
        if not found
    ]


@contextmanager
def _turn() -> Iterator[None]:
    if not _QUEUE.acquire(blocking=False):
        raise TooMany("too many people sign in at once", hint="try again in some seconds", retry_after=5)
    try:
        with _TURNS:
            yield
    finally:
        _QUEUE.release()


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
