"""Carry out a plan, or take everything away: the installer without its screens.

One installer at a time (a lock); before anything else, what an interrupted one left is taken back or finished.
"""

from __future__ import annotations

import fcntl
import logging
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from installer.findings import ANSWERS, RECEIPT, read_receipt
from installer.operations import OPERATIONS, Doing, Installing, Removing, TakeBack
from installer.plan import remaining
from installer.questions import Answers
from installer.steps.appliance import CheckHealth, JoinDomain
from installer.steps.files import WriteFile, keep
from installer.steps.guests import KEPT_ON_UNINSTALL, RemoveGuest, RemoveHome, find_guest
from installer.steps.packages import InstallPackages
from nano_runtime import config
from nano_runtime.errors import Conflict, Unavailable
from nano_runtime.operation import Journal, recover, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from installer.machine import Machine
    from nano_runtime.operation import Watch

log = logging.getLogger(__name__)

LOCK = "/run/nano-installer.lock"


@contextmanager
def alone(host: Machine) -> Iterator[None]:
    """Raises Conflict while another installer works on this host. The lock goes with the process, however that ends."""
    path = host.path(LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise Conflict("another installer works on this host", hint="wait until it has ended, then start again") from problem
        yield


def journal_of(host: Machine) -> Journal[Machine]:
    return Journal(host.home.data / KEPT_ON_UNINSTALL, OPERATIONS)


def is_interrupted(host: Machine) -> bool:
    """Whether an earlier installer was killed at its work. Changes nothing."""
    return any((host.home.data / KEPT_ON_UNINSTALL).glob("*.page"))


def mend(host: Machine) -> bool:
    """Take back or finish what an interrupted installer left; False where there was nothing. Raises Unavailable if it fails again."""
    if not is_interrupted(host):
        clear_away(host)
        return False
    if recover(host, journal_of(host)):
        hint = f"see {host.home.log}/installer.log, mend what it names, and start again"
        raise Unavailable("an interrupted installation could not be taken back", hint=hint)
    clear_away(host)
    return True


def install(host: Machine, steps: Sequence[Doing | TakeBack], answers: Answers, watch: Watch) -> None:
    """Do every step, or none. Raises what the failing step raised; the host is then as before."""
    host.home.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    notes = [_note(host, RECEIPT, _receipt(host, steps)), _note(host, ANSWERS, _without_secrets(answers))]
    try:
        run(Installing(id=str(uuid.uuid4()), steps=[*steps, *notes]), host, journal_of(host), watch)
    finally:
        clear_away(host)


def uninstall(host: Machine, with_guests: Sequence[str], watch: Watch) -> None:
    """Take back everything that earlier runs did, newest first. Guests and their disks stay, but for those named."""
    steps = plan_uninstall(host, with_guests)
    run(Removing(id=str(uuid.uuid4()), steps=steps), host, journal_of(host), watch)
    clear_away(host)


def plan_uninstall(host: Machine, with_guests: Sequence[str]) -> list[TakeBack | RemoveGuest | RemoveHome]:
    """Raises NotFound for a guest that is not there, before anything is changed."""
    storage = saved_answers(host).storage
    named = [find_guest(host, name, storage) for name in with_guests]  # before anything else: it may not be there
    backs = [TakeBack(step) for step in reversed(read_receipt(host))]
    late = [step for step in backs if isinstance(step.change, InstallPackages)]  # their programs are needed until the end
    return [*[step for step in backs if step not in late], *named, *late, RemoveHome(storage)]


def saved_answers(host: Machine) -> Answers:
    """Those of the last run, or the defaults. Raises BadSetting for a file that was spoiled."""
    return config.load(host.home.data / ANSWERS, Answers)


def clear_away(host: Machine) -> None:
    """Remove the journal's folder and the home, as far as they are empty."""
    for folder in (host.home.data / KEPT_ON_UNINSTALL, host.home.data, host.home.path):
        with suppress(OSError):
            folder.rmdir()


def _receipt(host: Machine, steps: Sequence[Doing | TakeBack]) -> bytes:
    left = [step for step in remaining(read_receipt(host), steps) if not isinstance(step, CheckHealth)]
    return msgspec.json.encode([msgspec.structs.replace(step, token="") if isinstance(step, JoinDomain) else step for step in left])


def _without_secrets(answers: Answers) -> bytes:
    return msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(answers, join_token="")), indent=2) + b"\n"


def _note(host: Machine, name: str, content: bytes) -> WriteFile:
    path = host.home.data / name
    return WriteFile(str(path), content, 0o600, keep(Path(path)))
