"""A blank guest through the API, beside the same qemu-img and libvirt calls made directly, in turns."""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import libvirt

import bench_roles
import demo_api
import demo_guest
import demo_home
from appliance.core.api import guests, operations, templates
from bench_figures import Figure, spread
from demo_api import CALLER

if TYPE_CHECKING:
    from appliance.core.api.operations import OperationDetail
    from appliance.http.client import Client

ROUNDS = 10
DISK = 1 << 30


def measure() -> list[Figure]:
    """Create and delete, in turns, so that both see the same machine; the first of each only warms up."""
    home = demo_home.prepare()
    bench_roles.start("core,cell,frontend")
    link = libvirt.open("qemu:///system")
    ours, direct = [], []
    with demo_api.connect(home) as api:
        demo_guest.add_local_cell(api)
        template = api.call(templates.list_templates, CALLER)[0].id
        for round in range(ROUNDS + 1):
            guest, seconds = _through_the_api(api, template, f"bench-{round}")
            ours.append(seconds)
            direct.append(_directly(link, _description(link, guest)))
            demo_guest.delete(api, guest)
    link.close()
    ours, direct = ours[1:], direct[1:]
    ratio = statistics.median(ours) / statistics.median(direct)
    return [Figure("blank guest, POST to created, to direct", ratio, 1.5, "x", f"ours {spread(ours)}; direct {spread(direct)}")]


def _through_the_api(api: Client, template: str, name: str) -> tuple[str, float]:
    wanted = guests.NewGuest(
        name=name, owner="admin", group="bench", pool=demo_guest.POOL, cores=1, memory=64 << 20, disks=[DISK], template=template
    )
    begun = time.time()
    made = api.call(guests.create_guest, CALLER, body=wanted).data
    told = demo_guest.wait(lambda: _ended(api, made.operation), 60, "the blank guest")
    return made.id, told.ended - begun


def _ended(api: Client, operation: str) -> OperationDetail | None:
    """Asked seldom, so that asking costs the appliance nothing; the operation itself says when it ended."""
    told = api.call(operations.get_operation, CALLER, id=operation)
    return told if told.ended else None


def _description(link: libvirt.virConnect, guest: str) -> str:
    """The XML of the guest that the appliance made, as a new one with a disk of its own to come."""
    domain = next(domain for domain in link.listAllDomains() if guest in (domain.UUIDString(), domain.name()) or guest in domain.XMLDesc())
    xml = re.sub(r"<uuid>.*?</uuid>|<nvram.*?</nvram>", "", domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    xml = re.sub(r"<mac address=.*?/>", "", xml)
    return re.sub(r"<name>.*?</name>", f"<name>bench-{uuid.uuid4()}</name>", xml)


def _directly(link: libvirt.virConnect, xml: str) -> float:
    with tempfile.TemporaryDirectory(dir=demo_home.GUESTS) as folder:
        disk = Path(folder) / "disk.qcow2"
        xml = re.sub(r"<source file='[^']*\.qcow2'", f"<source file='{disk}'", xml)
        begun = time.monotonic()
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", str(disk), str(DISK)], check=True)
        domain = link.defineXML(xml)
        seconds = time.monotonic() - begun
        domain.undefine()
    return seconds
