"""Slow down whoever guesses: after some wrong tries one must wait, and longer after each further one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nano_runtime.errors import Forbidden, TooMany, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Key = tuple[str, ...]

FIRST_WAIT = 30.0
LONGEST_WAIT = 900.0
FORGOTTEN_AFTER = 3600.0
OF_USERS = ("user", "code")
"""What the keys begin with whose second part is the name of a user."""

MOST = 10_000
"""Keys remembered; an attacker chooses names and addresses, not our memory."""


@dataclass
class _Tries:
    wrong: int = 0
    under_way: int = 0
    last: float = 0.0
    blocked_until: float = 0.0


class Attempts:
    """Wrong tries by key, e.g. ("user", "alice") or ("address", "10.0.0.9")."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tries: OrderedDict[Key, _Tries] = OrderedDict()
        self._changed = threading.Condition()

    @contextmanager
    def judged(self, limits: Mapping[Key, int]) -> Iterator[None]:
        """Around the check of a secret: Unauthenticated and Forbidden count as a wrong try for every key of `limits`.

        A key may fail `limits[key]` times before it has to wait. Raises TooMany, with the wait in words, instead of
        entering. Parallel tries cannot exceed the limit: they queue when those under way could use it up.
        """
        self._enter(limits)
        try:
            yield
        except (Unauthenticated, Forbidden):
            self._leave(limits, wrong=True)
            raise
        except BaseException:
            self._leave(limits, wrong=False)
            raise
        self._leave(limits, wrong=False)
        self._forgive(next(iter(limits)))

    def locked(self, user: str) -> float:
        """Seconds that some try of this user still has to wait, from wherever; 0 = none."""
        with self._changed:
            ends = [entry.blocked_until for key, entry in self._tries.items() if key[1:2] == (user,) and key[0] in OF_USERS]
        return max(0.0, *ends, self._clock()) - self._clock() if ends else 0.0

    def unlock(self, user: str) -> bool:
        """Forget the wrong tries of this user; answers whether there were any. Addresses that guessed stay locked."""
        with self._changed:
            keys = [key for key, entry in self._tries.items() if key[1:2] == (user,) and key[0] in OF_USERS and entry.wrong]
            for key in keys:
                self._tries[key].wrong, self._tries[key].blocked_until = 0, 0.0
            self._changed.notify_all()
        return bool(keys)

    def __len__(self) -> int:
        with self._changed:
            return len(self._tries)

    def _enter(self, limits: Mapping[Key, int]) -> None:
        with self._changed:
            while True:
                tries = {key: self._of(key) for key in limits}
                wait = max(entry.blocked_until for entry in tries.values()) - self._clock()
                if wait > 0:
                    raise TooMany(
                        f"too many attempts; try again in {in_words(wait)}",
                        hint="or ask an administrator to unlock you",
                        retry_after=wait,
                    )
                if all(not entry.under_way or entry.wrong + entry.under_way < limits[key] for key, entry in tries.items()):
                    break
                self._changed.wait()
            for entry in tries.values():
                entry.under_way += 1

    def _leave(self, limits: Mapping[Key, int], *, wrong: bool) -> None:
        now = self._clock()
        with self._changed:
            for key, limit in limits.items():
                entry = self._of(key)
                entry.under_way = max(entry.under_way - 1, 0)
                if wrong:
                    entry.wrong, entry.last = entry.wrong + 1, now
                    entry.blocked_until = now + _wait_after(entry.wrong - limit)
                    self._tries.move_to_end(key)
            self._changed.notify_all()

    def _forgive(self, key: Key) -> None:
        """A right try clears only the first key (who, from where): others share the rest of them."""
        with self._changed:
            entry = self._tries.get(key)
            if entry and not entry.under_way:
                del self._tries[key]

    def _of(self, key: Key) -> _Tries:
        entry = self._tries.get(key)
        if entry is None:
            self._make_room()
            entry = self._tries[key] = _Tries(last=self._clock())
        elif not entry.under_way and entry.last < self._clock() - FORGOTTEN_AFTER:
            entry.wrong, entry.blocked_until = 0, 0.0
        return entry

    def _make_room(self) -> None:
        while len(self._tries) >= MOST:
            idle = next((key for key, entry in self._tries.items() if not entry.under_way), None)
            if idle is None:
                return
            del self._tries[idle]


def _wait_after(beyond: int) -> float:
    """Seconds to wait when the limit is exceeded by that many tries; a negative number = not yet reached."""
    return 0.0 if beyond < 0 else min(FIRST_WAIT * 2.0 ** min(beyond, 10), LONGEST_WAIT)


def in_words(seconds: float) -> str:
    """A wait such as "4 min 30 s"; rounded up, so that whoever waits that long may really try."""
    minutes, rest = divmod(int(-(-seconds // 1)), 60)
    return " ".join(part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "") if part)
