"""A Core that is killed in the middle of fetching an image. Run by test_image_work: HOME URL WAY STEP MOMENT."""

from __future__ import annotations

import sys
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from appliance.core.api.image_objects import NewFetch
from appliance.core.image_download import Downloader
from appliance.core.image_formats import ImageKind
from appliance.core.operations import images as stories
from appliance.rights import ROOT
from nano_runtime.certificates import Authority, Identity
from nano_runtime.home import Home
from nano_runtime.operation import Page, PointOfNoReturn, Step
from tests.core.conftest import Zone
from tests.core.image_examples import disk_image
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


def main(home: str, url: str, way: str, step: str, moment: str) -> None:
    place = Home(Path(home))
    zone = Zone(place, keys=(Authority.load(place.cert), Identity.load(place.cert, "core")))
    zone.core.image_work._downloader = Downloader([ip_network("127.0.0.0/8")])
    id = disk_image(zone)
    arm(step, moment, way)
    operation = zone.core.image_work.fetch(ROOT, ImageKind.DISK, id, NewFetch(url=url)).operation
    wait_until(lambda: zone.core.operations.get(ROOT, operation).state != "running", 20, "the end that must not come")
    sys.exit("it survived")


if __name__ == "__main__":
    main(*sys.argv[1:])
