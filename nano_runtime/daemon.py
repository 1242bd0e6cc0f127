"""Which roles run in a home, and how to start them in the background, ask them and stop them.

A process holds the flock of home.run/<role>.pid for each role it runs, for as long as it runs it: the lock says whether
a role is alive, the content only who holds it. It answers on home.run/<pid>.sock, one JSON object per line:
`{"command": "stop", "roles": ["cell"]}`.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from nano_runtime import control
from nano_runtime.errors import Conflict, Forbidden, NanoError, TimedOut, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from nano_runtime.home import Home

RUNNING, DEAD, NOT_RUNNING, UNKNOWN = 0, 1, 3, 4
"""Exit codes of `status` (LSB 5.0, 22.2): DEAD means it ended without clearing its pid file."""


class Pid(NamedTuple):
    """Who runs a role: process id, and since when (seconds since the epoch)."""

    pid: int
    started: float


class Hold:
    """The roles this process runs; nobody else may run them in the same home meanwhile."""

    def __init__(self, home: Home, roles: Iterable[str], *, now: float) -> None:
        """Raises Conflict, and holds nothing, if another process runs one of them."""
        self._files: dict[str, int] = {}
        try:
            for role in roles:
                self._files[role] = _lock(home, role)
                os.truncate(self._files[role], 0)
                os.pwrite(self._files[role], f"{os.getpid()} {now:.3f}\n".encode(), 0)
        except BaseException:
            self.release()
            raise

    def release(self, *roles: str) -> None:
        """Give back these roles, or all of them; to be called when they have ended in order."""
        for role in roles or tuple(self._files):
            number = self._files.pop(role, None)
            if number is not None:
                os.truncate(number, 0)  # an empty pid file is a role that ended in order
                os.close(number)


def running(home: Home) -> dict[str, Pid]:
    """The roles that run in this home now, whoever runs them. Raises Forbidden for a user who may not know."""
    try:
        paths = [home.run / name for name in sorted(os.listdir(home.run)) if name.endswith(".pid")]
    except FileNotFoundError:
        return {}
    except PermissionError as problem:
        raise Forbidden(f"you may not look into {home.run}", hint="run it as root") from problem
    return {path.stem: holder for path in paths if (holder := _holder(path))}


def status_code(home: Home, role: str) -> int:
    """What LSB calls the state of this role."""
    path = home.run / f"{role}.pid"
    try:
        if _holder(path):
            return RUNNING
        return DEAD if path.exists() and path.stat().st_size else NOT_RUNNING
    except OSError:
        return UNKNOWN


def ask(home: Home, role: str, command: control.Command, *, roles: Sequence[str] = (), seconds: float = 10) -> dict[str, Any]:
    """Put a command to the process that runs `role`.

    Raises Unavailable if nobody runs it or its process does not listen, TimedOut, or the error the process answered.
    """
    holder = running(home).get(role)
    if holder is None:
        raise Unavailable(f"{role} is not running", hint=f"start it with: nano start --roles {role}")
    return control.ask(home.run, holder.pid, control.Order(command, list(roles)), seconds)


def stop(home: Home, roles: Sequence[str], *, seconds: float = 60) -> list[str]:
    """Ask for an orderly end and wait until it is reached; answers which of the roles were running.

    Raises TimedOut if one still runs after `seconds`.
    """
    deadline = time.monotonic() + seconds
    before = {role: holder for role, holder in running(home).items() if role in roles}
    for pid, theirs in _by_process(before).items():
        control.ask(home.run, pid, control.Order("stop", theirs), seconds)
    _wait_until_gone(home, before, deadline)
    return list(before)


def halt(home: Home, roles: Sequence[str], *, seconds: float = 3) -> list[str]:
    """End the roles without waiting for their work; a process that does not obey is killed.

    Raises TimedOut where killing it would take down roles that were not named.
    """
    before = {role: holder for role, holder in running(home).items() if role in roles}
    for pid, theirs in _by_process(before).items():
        deadline = time.monotonic() + seconds
        with suppress(NanoError):
            control.ask(home.run, pid, control.Order("halt", theirs), seconds)
        try:
            _wait_until_gone(home, theirs, deadline)
        except TimedOut:
            others = [role for role, holder in running(home).items() if holder.pid == pid and role not in roles]
            if others:
                raise
            _kill(home, pid)
            _wait_until_gone(home, theirs, time.monotonic() + seconds)
    return list(before)


def _by_process(holders: dict[str, Pid]) -> dict[int, list[str]]:
    return {pid: [role for role, holder in holders.items() if holder.pid == pid] for pid in {holder.pid for holder in holders.values()}}


def _wait_until_gone(home: Home, roles: Iterable[str], deadline: float) -> None:
    while left := sorted(set(roles) & set(running(home))):
        if time.monotonic() > deadline:
            raise TimedOut(f"{', '.join(left)} did not end in time", hint=f"nano halt --roles {','.join(left)} does not wait for its work")
        time.sleep(0.02)


def _kill(home: Home, pid: int) -> None:
    """Kill a process that holds a role; the number is checked again once it cannot be given to another process."""
    with suppress(ProcessLookupError):
        process = os.pidfd_open(pid)
        try:
            if any(holder.pid == pid for holder in running(home).values()):
                signal.pidfd_send_signal(process, signal.SIGKILL)
        finally:
            os.close(process)


def _lock(home: Home, role: str) -> int:
    number = os.open(home.run / f"{role}.pid", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    for _ in range(20):  # someone who looks at the lock holds it for a moment
        with suppress(BlockingIOError):
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return number
        time.sleep(0.01)
    holder = _read(number)
    os.close(number)
    name = f"process {holder.pid}" if holder else "another process"
    hint = f"stop it with: nano stop --roles {role}; a second appliance needs a home of its own (NANO_HOME)"
    raise Conflict(f"{role} is running already in {home.path}, as {name}", hint=hint)


def _holder(path: Path) -> Pid | None:
    try:
        number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        for _ in range(20):  # it writes its number just after it has the lock
            with suppress(BlockingIOError):
                fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return None
            if holder := _read(number):
                return holder
            time.sleep(0.01)
        return None
    finally:
        os.close(number)


def _read(number: int) -> Pid | None:
    words = os.pread(number, 100, 0).split()
    try:
        return Pid(int(words[0]), float(words[1]))
    except (IndexError, ValueError):
        return None
