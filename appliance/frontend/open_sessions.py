"""Sessions that are open: found by the hash of their id, ended by time, by their user or by an administrator."""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
import uuid
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from nano_runtime import secrets
from nano_runtime.errors import Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Callable

    from nano_runtime.store import Store

log = logging.getLogger(__name__)

SAVED_EVERY = 30.0
"""Seconds: the last input is written no more often, since each write waits for the disk."""


class Kind(Enum):
    """How long a session lives: without input, and at most (seconds)."""

    PORTAL = (30 * 60.0, 12 * 3600.0)
    NANO = (180.0, float("inf"))
    HALF = (300.0, 300.0)
    """The password was right, the code of the two-step sign-in is not given yet: good for giving it, and nothing else."""

    @property
    def idle(self) -> float:
        return self.value[0]

    @property
    def longest(self) -> float:
        return self.value[1]


@dataclass
class Session:
    """`key` is what may be logged and stored; the id itself is known to the client only."""

    key: str
    kind: Kind
    user: str
    address: str
    created: float
    seen: float
    saved: float = 0.0
    csrf: str = ""
    closers: list[Callable[[], None]] = field(default_factory=list)

    def over(self, now: float) -> bool:
        return now >= min(self.seen + self.kind.idle, self.created + self.kind.longest)


class OpenSessions:
    """Portal sessions survive a restart; those of old programs (180 s) do not, as in Nano 1.4."""

    def __init__(self, store: Store, clock: Callable[[], float], on_end: Callable[[str, str], None] | None = None) -> None:
        """`on_end` hears the key of every session that ended, and why, before what hangs on it is closed."""
        self._store = store
        self._clock = clock
        self._on_end = on_end
        self._lock = threading.RLock()
        self._sessions: dict[str, Session] = {}
        for row in store.read("select * from session"):
            self._sessions[row["key"]] = Session(kind=Kind.PORTAL, saved=row["seen"], **row)
        self.sweep()

    def open(self, kind: Kind, user: str, address: str) -> tuple[str, Session]:
        """A new session and its id, which is told once and never chosen by the client."""
        id = str(uuid.uuid4()) if kind is Kind.NANO else secrets.token(32)
        now = self._clock()
        session = Session(key_of(id), kind, user, address, now, now, saved=now, csrf=_csrf_of(id))
        if kind is Kind.PORTAL:
            self._store.write(
                lambda execute: execute(
                    "insert into session values (:key, :user, :address, :now, :now)", key=session.key, user=user, address=address, now=now
                )
            )
        with self._lock:
            self._sessions[session.key] = session
        return id, session

    def find(self, kind: Kind, id: str) -> Session | None:
        """The living session of that id."""
        session = self.get(key_of(id))
        if session is None or session.kind is not kind:
            return None
        session.csrf = session.csrf or _csrf_of(id)  # not known after a restart, because the id is not stored
        return session

    def get(self, key: str) -> Session | None:
        with self._lock:
            session = self._sessions.get(key)
        if session is not None and session.over(self._clock()):
            self.end(key, "it was idle or open for too long")
            return None
        return session

    def touch(self, key: str) -> None:
        """Somebody is there: the idle time starts again."""
        session = self.get(key)
        if session is None:
            raise ended()
        now = session.seen = self._clock()
        if session.kind is Kind.PORTAL and now >= session.saved + SAVED_EVERY:
            session.saved = now
            self._store.write(lambda execute: execute("update session set seen = :now where key = :key", now=now, key=key))

    def end(self, key: str, why: str) -> None:
        """Revoke a session and close what it holds open; a session that is gone already stays gone."""
        with self._lock:
            session = self._sessions.pop(key, None)
        if session is None:
            return
        log.info("the session of %s from %s ended: %s", session.user, session.address, why)
        if self._on_end:
            self._on_end(key, why)
        _close(session)
        if session.kind is Kind.PORTAL:
            # last, because it may fail: then the caller is told that a restart would bring the session back
            self._store.write(lambda execute: execute("delete from session where key = :key", key=key))

    def attach(self, key: str, close: Callable[[], None]) -> Callable[[], None]:
        """Have `close` called when the session ends; answers the function that forgets it. Raises Unauthenticated."""
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                raise ended()
            session.closers.append(close)
        return lambda: self._detach(session, close)

    def sweep(self) -> None:
        """End what is over, so that its consoles and streams close too."""
        now = self._clock()
        with self._lock:
            over = [key for key, session in self._sessions.items() if session.over(now)]
        for key in over:
            self.end(key, "it was idle or open for too long")

    def of(self, user: str = "") -> list[Session]:
        """The living sessions of a user, or of everybody, oldest first; those in the middle of signing in are none yet."""
        now = self._clock()
        with self._lock:
            found = [session for session in self._sessions.values() if user in ("", session.user) and session.kind is not Kind.HALF]
        return sorted((session for session in found if not session.over(now)), key=lambda session: session.created)

    def end_of(self, user: str, why: str, but: str = "") -> None:
        """End every session of a user, but perhaps one."""
        with self._lock:
            keys = [session.key for session in self._sessions.values() if session.user == user and session.key != but]
        for key in keys:
            self.end(key, why)

    def suspend(self) -> None:
        """Close what the sessions hold open, and keep the sessions: the service stops."""
        with self._lock:
            sessions = list(self._sessions.values())
        for session in sessions:
            _close(session)

    def has(self, key: str) -> bool:
        """Whether the session is there, without ending one that is over: safe to ask while holding other locks."""
        with self._lock:
            return key in self._sessions

    def count(self) -> int:
        with self._lock:
            return len(self._sessions)

    def _detach(self, session: Session, close: Callable[[], None]) -> None:
        with self._lock:
            if close in session.closers:
                session.closers.remove(close)


def key_of(id: str) -> str:
    """What stands for a session id wherever the id itself must not be seen. The id is random: no salt is needed."""
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()


def ended() -> Unauthenticated:
    return Unauthenticated("your session is over", hint="sign in to go on where you were")


def _csrf_of(id: str) -> str:
    return hmac.new(id.encode("utf-8", "surrogatepass"), b"nano csrf token", hashlib.sha256).hexdigest()


def _close(session: Session) -> None:
    """Close whatever hangs on a session; one that fails must not keep the others open."""
    closers, session.closers = session.closers, []
    for close in closers:
        try:
            close()
        except OSError as problem:
            log.warning("closing a connection of %s failed: %s", session.user, problem)
