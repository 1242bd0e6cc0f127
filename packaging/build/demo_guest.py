"""The life of the demo's first guest, told through the public API and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

import pictures
from appliance.core.api import cells, guests, images, instances, operations, status, templates
from demo_api import CALLER
from nano_runtime.errors import NanoError, NotFound
from progress import Failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.api.cells import CellItem
    from appliance.core.api.objects import GuestConfig, GuestId
    from appliance.http.client import Client

Result = TypeVar("Result")

POOL = "default"
IMAGE = "nano-hello"
NAME = "first-guest"
GROUP = "admin"
MIB = 1 << 20


def add_local_cell(api: Client) -> CellItem:
    """Have the cell of this host in the default pool; one that waits unallocated is approved, as a person does in the portal."""
    cell = wait(lambda: _reported(api), 20, "the cell of this host to report itself")
    if any(waiting.name == cell.name for waiting in api.call(cells.list_unallocated_cells, CALLER)):
        api.call(cells.add_cell, CALLER, pool=POOL, cell=cell.name)
    return wait(lambda: _ready(api, cell.name), 20, f"cell {cell.name} to be ready in pool {POOL}")


def _reported(api: Client) -> CellItem | None:
    return next(iter([*api.call(cells.list_cells, CALLER, pool=POOL), *api.call(cells.list_unallocated_cells, CALLER)]), None)


def _ready(api: Client, name: str) -> CellItem | None:
    found = next((cell for cell in api.call(cells.list_cells, CALLER, pool=POOL) if cell.name == name), None)
    return found if found and is_usable(api, found) else None


def is_usable(api: Client, cell: CellItem) -> bool:
    """Whether it can take guests: it answers, has no problem, and has told how large it is."""
    return cell.alive and not cell.problem and api.call(status.get_cell_status, CALLER, pool=POOL, cell=cell.name).max_cpu > 0


def create(api: Client) -> str:
    """Create the guest from the built-in image and wait until it is there; answers its id."""
    offered = api.call(images.search_disk_images, CALLER, filepath="", query=images.ImageFilter())
    image = next((image for image in offered if image.name == IMAGE), None)
    if image is None:
        raise Failed(f"Core does not offer the built-in image {IMAGE}; see build/log/demo/core.log")
    wanted = guests.NewGuest(
        name=NAME,
        owner="admin",
        group=GROUP,
        pool=POOL,
        cores=1,
        memory=64 * MIB,
        disks=[max(16 * MIB, image.virtual_size)],
        template=api.call(templates.list_templates, CALLER)[0].id,
        from_image=image.id,
    )
    made = api.call(guests.create_guest, CALLER, body=wanted).data
    wait(lambda: _created(api, made), 120, "the first guest to be created")
    return made.id


def _created(api: Client, made: GuestId) -> bool:
    """Asked of the operation, because a guest that could not be created is gone."""
    told = api.call(operations.get_operation, CALLER, id=made.operation)
    if told.state == "failed":
        raise Failed(f"the first guest could not be created: {told.error}; {told.hint}")
    return told.state == "succeeded"


def start(api: Client, guest: str) -> GuestConfig:
    api.call(instances.start_instance, CALLER, id=guest, body=instances.StartOptions())
    return wait(lambda: _in_state(api, guest, "running"), 60, "the first guest to run")


def _in_state(api: Client, guest: str, state: str) -> GuestConfig | None:
    found = api.call(guests.get_guest, CALLER, id=guest).data
    return found if found.state == state else None


def picture(api: Client, guest: str) -> bytes:
    """The guest's screen, as soon as the guest itself shows it: its background is blue, that of the firmware black."""
    return wait(lambda: _blue(api, guest), 60, "the guest to show its screen")


def _blue(api: Client, guest: str) -> bytes | None:
    data = api.call(guests.get_guest_picture, CALLER, id=guest).data
    colour = pictures.background(data)
    return data if colour.blue > 2 * max(colour.red, colour.green) else None


def delete(api: Client, guest: str) -> None:
    """Pull the plug and delete it, content if it is gone already."""
    try:
        if _in_state(api, guest, "stopped") is None:
            api.call(instances.stop_instance, CALLER, id=guest, body=instances.StopOptions(force=True))
            wait(lambda: _in_state(api, guest, "stopped"), 30, "the first guest to stop")
        api.call(guests.delete_guest, CALLER, id=guest, body=guests.Removal())
        wait(lambda: _gone(api, guest), 30, "the first guest to be deleted")
    except NotFound:
        return


def _gone(api: Client, guest: str) -> bool:
    try:
        api.call(guests.get_guest, CALLER, id=guest)
    except NotFound:
        return True
    return False


def wait(condition: Callable[[], Result | None], seconds: float, what: str) -> Result:
    """Ask until there is an answer. Raises Failed after `seconds`, naming what was waited for and what was said last."""
    deadline = time.monotonic() + seconds
    problem = ""
    while time.monotonic() < deadline:
        try:
            if answer := condition():
                return answer
        except NotFound:
            raise
        except NanoError as error:
            problem = f"; the last answer was: {error}"
        time.sleep(0.05)
    raise Failed(f"waited {seconds:g} s for {what}{problem}; see build/log/demo")
