"""A Cell that is killed in the middle of a step: `victim.py FOLDER URI WHEN STEP REQUEST`.

WHEN is "begun" (the journal says so, nothing is done), "halfway" (only part of the step's effect is there) or "done" (all of it,
and the journal does not know). Not a test: tests/system/test_cell_faults.py runs it and looks at what is left.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import msgspec

from appliance.cell import change_steps, disk_steps, steps
from appliance.cell.host import CellHost
from appliance.cell.storage import Storage
from appliance.protocol.guests import ChangeGuest, CreateGuest, DeleteGuest, DiscardGuest, ResetSystem, ResizeDisk, ShrinkDisk
from nano_runtime.operation import PointOfNoReturn, Step
from tests.cell.under_test import CellUnderTest


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_in(kind: type[Step[CellHost]], when: str) -> None:
    """Have every step of this kind end the process."""
    do = kind.do

    def deadly(self: Step[CellHost], host: CellHost) -> None:
        if when == "halfway":
            do_half(self, host)
        elif when == "done":
            do(self, host)
        die()

    kind.do = deadly  # type: ignore[method-assign]  # this is the sabotage


def do_half(step: Step[CellHost], host: CellHost) -> None:
    """What a step leaves that is cut off in the middle."""
    match step:
        case steps.CreateVolume() | steps.CloneImage():
            host.storage.volume(step.guest, step.number).write_bytes(b"QFI\xfb half a header")
        case disk_steps.CompactToSpare() | disk_steps.CloneToSpare():
            host.storage.spare(step.guest, step.number).write_bytes(b"QFI\xfb half a header")
        case steps.FetchImage():
            host.images.path(step.image).with_suffix(".raw.draft").write_bytes(b"half")
        case steps.RemoveHome():
            remove_half(host.storage, step.guest)


def remove_half(storage: Storage, guest: str) -> None:
    next(storage.home_of(guest).iterdir()).unlink()


def step_of(tag: str) -> type[Step[CellHost]]:
    known = {
        str(kind.__struct_config__.tag): kind
        for kind in [*vars(steps).values(), *vars(change_steps).values(), *vars(disk_steps).values(), PointOfNoReturn]
        if isinstance(kind, type) and issubclass(kind, Step)
    }
    return known[tag]


def main(folder: str, uri: str, when: str, tag: str, request: str) -> None:
    die_in(step_of(tag), when)
    cell = CellUnderTest(Path(folder), uri).wait_up()
    asked: Any = msgspec.json.decode(
        request.encode(), type=ChangeGuest | CreateGuest | DeleteGuest | DiscardGuest | ResetSystem | ResizeDisk | ShrinkDisk
    )
    cell.ask(asked)


if __name__ == "__main__":
    main(*sys.argv[1:])
