"""A Core that is killed in the middle of fetching an image. Run by test_image_work: HOME URL WAY STEP MOMENT."""

from __future__ import annotations

import sys
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from appliance.core.api.image_objects import NewFetch
from appliance.core.api.images import NewDiskImage
from appliance.core.image_download import Downloader
from appliance.core.image_formats import ImageKind
from appliance.core.operations import images as stories
from appliance.protocol.images import ExportDisk
from appliance.rights import ROOT
from nano_runtime.certificates import Authority, Identity
from nano_runtime.home import Home
from nano_runtime.operation import Page, PointOfNoReturn, Step
from tests.core.conftest import Zone
from tests.core.image_examples import blank_qcow2, disk_image
from tests.core.victim import dying
from tests.waiting import wait_until

END = "end"
STEPS: dict[str, type[Step[Any]]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (PointOfNoReturn, *vars(stories).values())
    if isinstance(kind, type) and issubclass(kind, Step) and kind is not Step
}


def arm(step: str, moment: str, way: str) -> None:
    holder, name = (Page, "remove") if step == END else (STEPS[step], way)
    setattr(holder, name, dying(getattr(holder, name), moment))


def build(zone: Zone, ready: Callable[[], None] = lambda: None) -> str:
    """An image of the disk of a new guest, which its cell writes where it was asked to; answers the operation."""
    drafts = zone.core.image_uploads._store.drafts
    zone.enrol("cell-01").during[ExportDisk] = lambda request: (drafts / request.draft).write_bytes(blank_qcow2())
    guest = zone.create()
    ready()
    made = zone.core.image_views.create_disk(ROOT, NewDiskImage(name="base", owner="ann", group="staff", guest=guest))
    return made.data.operation


def main(home: str, url: str, way: str, step: str, moment: str) -> None:
    place = Home(Path(home))
    zone = Zone(place, keys=(Authority.load(place.cert), Identity.load(place.cert, "core")))
    zone.core.image_work._downloader = Downloader([ip_network("127.0.0.0/8")])
    if way == "build":
        operation = build(zone, lambda: arm(step, moment, "do"))
    else:
        id = disk_image(zone)
        arm(step, moment, way)
        operation = zone.core.image_work.fetch(ROOT, ImageKind.DISK, id, NewFetch(url=url)).operation
    wait_until(lambda: zone.core.operations.get(ROOT, operation).state != "running", 20, "the end that must not come")
    sys.exit("it survived")


if __name__ == "__main__":
    main(*sys.argv[1:])
