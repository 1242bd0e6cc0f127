"""A Core that is killed in the middle of one step. Run by test_kill: python -m tests.core.victim HOME FOLDER STORY STEP MOMENT."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from appliance.core.operations import steps
from appliance.protocol.guests import StartGuest
from appliance.protocol.images import NANO_HELLO
from appliance.rights import ROOT
from nano_runtime.certificates import Authority, Identity
from nano_runtime.errors import NoRoom
from nano_runtime.home import Home
from nano_runtime.operation import Page, PointOfNoReturn, Step
from tests.core.conftest import Zone, new_guest
from tests.fakes import GIB, FakeCell

CELL = "cell-01"
MOMENTS = ("before", "after")
STEPS: dict[str, type[Step[Any]]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (PointOfNoReturn, *vars(steps).values())
    if isinstance(kind, type) and issubclass(kind, Step) and kind is not Step
}
STORY_TAGS = {
    "create": ("reserve-guest", "make-on-cell", "confirm-guest", "start-on-cell"),
    "take-back": ("start-on-cell", "confirm-guest", "make-on-cell", "reserve-guest"),
    "delete": ("point-of-no-return", "delete-on-cell", "forget-guest"),
}
DISK_STORIES = {"resize-disk": "resize-on-cell", "shrink-disk": "shrink-on-cell", "reset-system": "reset-on-cell"}
END = "end"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(real: Callable[..., None], moment: str) -> Callable[..., None]:
    def act(*arguments: Any) -> None:
        if moment == "before":
            die()
        real(*arguments)
        die()

    return act


def arm(step: str, moment: str, way: str) -> None:
    """From now on the process dies around this step (`way` is do or undo), or around the removal of the journal's page."""
    holder, name = (Page, "remove") if step == END else (STEPS[step], way)
    setattr(holder, name, dying(getattr(holder, name), moment))


def main(home: str, folder: str, story: str, step: str, moment: str) -> None:
    place = Home(Path(home))
    identity = Identity.load(place.cert, "core")
    zone = Zone(place, keys=(Authority.load(place.cert), identity))
    cell = zone.cells[CELL] = FakeCell(CELL, fingerprint=(Path(folder) / "key").read_text(), folder=Path(folder))
    zone.connect(cell)
    if story in DISK_STORIES:
        change_disk(zone, story, step, moment)
    elif story != "delete":
        if story == "take-back":
            cell.refuse[StartGuest] = NoRoom("no memory left")
        arm(step, moment, "do" if story == "create" else "undo")
        made = zone.core.guests.create(ROOT, new_guest(auto_start=True))
        zone.wait_for_operation(made.operation, "succeeded")
    else:
        guest = zone.create()
        arm(step, moment, "do")
        zone.core.guests.delete(ROOT, guest)
    sys.exit("it survived")


def change_disk(zone: Zone, story: str, step: str, moment: str) -> None:
    guest = zone.create()
    arm(step, moment, "do")
    if story == "resize-disk":
        zone.core.disks.resize(ROOT, guest, 0, 2 * GIB)
    elif story == "shrink-disk":
        zone.core.disks.shrink(ROOT, guest, 0)
    else:
        zone.core.disks.reset_system(ROOT, guest, NANO_HELLO.id)
        zone.wait_for_operation(zone.core.guests.get(ROOT, guest).data.operation, "succeeded")


if __name__ == "__main__":
    main(*sys.argv[1:])
