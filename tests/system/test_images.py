"""Images on a real appliance: uploaded over HTTPS, cloned into guests that boot, kept while guests need them."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import libvirt
import pytest

from appliance.cell.firstboot import nano_hello
from tests.core.image_examples import iso
from tests.folders import open_folder
from tests.running import Appliance, wish
from tests.waiting import wait_until

pytestmark = pytest.mark.system

OWNED = {"owner": "tester", "group": "testers"}


@pytest.fixture(scope="module")
def appliance(libvirt_uri: str) -> Iterator[Appliance]:
    with open_folder() as folder, Appliance(folder / "home", uri=libvirt_uri) as appliance:
        appliance.start()
        appliance.add_cell()
        yield appliance
        appliance.remove_guests()


def create(appliance: Appliance, name: str) -> str:
    id: str = appliance.data("POST", "/api/v1/disk_images/", {"name": name, **OWNED})["id"]
    return id


def upload(appliance: Appliance, id: str, content: bytes) -> None:
    status, answer = appliance.call("POST", f"/api/v1/disk_images/{id}/file/", raw=content)
    assert status == 200, answer


def clone(appliance: Appliance, name: str, image: str, **fields: Any) -> str:
    made = appliance.data("POST", "/api/v1/guests/", wish(name, from_image=image, **fields))
    wait_until(lambda: appliance.call("GET", f"/api/v1/guests/{made['id']}")[0] == 200, 20, f"{name} to be created")
    id: str = made["id"]
    return id


def volume(appliance: Appliance, guest: str) -> Path:
    return appliance.home.path / "storage" / "guests" / guest / "0.qcow2"


def says_hello(appliance: Appliance, guest: str) -> bool:
    return b"first guest is up" in volume(appliance, guest).with_name("serial.log").read_bytes()


def test_a_guest_boots_from_an_uploaded_disk_on_a_disk_of_the_size_asked_for(appliance: Appliance) -> None:
    image = create(appliance, "uploaded")
    upload(appliance, image, nano_hello.disk())
    detail = appliance.data("GET", f"/api/v1/disk_images/{image}")

    guest = clone(appliance, "booted", image, disks=[64 << 20], auto_start=True)

    wait_until(lambda: says_hello(appliance, guest), 30, "the guest to say hello")
    assert (detail["created"], detail["format"], detail["virtual_size"]) == (True, "qcow2", 1 << 20)
    found = subprocess.check_output(["qemu-img", "info", "-U", "--output=human", volume(appliance, guest)], text=True)
    assert "virtual size: 64 MiB" in found
    assert volume(appliance, guest).stat().st_blocks * 512 <= 1 << 20


def test_on_one_host_the_image_is_there_once(appliance: Appliance) -> None:
    image = create(appliance, "once")
    upload(appliance, image, nano_hello.disk()[:512] + bytes((2 << 20) - 512))
    clone(appliance, "first-of-once", image)

    sha256 = appliance.data("GET", f"/api/v1/disk_images/{image}")["sha256"]
    storage = appliance.home.path / "storage"

    assert (storage / "images" / f"{sha256}.qcow2").samefile(storage / "store" / f"{sha256}.qcow2")


def test_an_image_is_not_deleted_or_changed_under_its_guests(appliance: Appliance) -> None:
    image = create(appliance, "base")
    upload(appliance, image, nano_hello.disk() + bytes(4 << 20))
    guest = clone(appliance, "on-base", image)

    status, answer = appliance.call("DELETE", f"/api/v1/disk_images/{image}")
    upload(appliance, image, nano_hello.disk() + bytes(3 << 20))
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    wait_until(lambda: says_hello(appliance, guest), 30, "the guest to say hello")

    assert (status, answer["code"]) == (409, "conflict")
    assert "on-base" in answer["message"]


def test_what_was_uploaded_is_downloaded_over_both_ports(appliance: Appliance, tmp_path: Path) -> None:
    path = tmp_path / "disk.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", path, "5M"], check=True)
    content = path.read_bytes()
    image = create(appliance, "both")
    upload(appliance, image, content)
    bearer = {"Authorization": f"Bearer {appliance.token()}"}

    status, found = appliance.ask(appliance.api_port, "GET", f"/api/v1/disk_images/{image}/file/", None, bearer)
    part, piece = appliance.ask(
        appliance.api_port, "GET", f"/api/v1/disk_images/{image}/file/", None, bearer | {"Range": "bytes=65536-131071"}
    )
    nobody, _ = appliance.ask(appliance.api_port, "GET", f"/api/v1/disk_images/{image}/file/", None, {})

    assert (status, found) == (200, content)
    assert (part, piece) == (206, content[65536:131072])
    assert nobody == 401
    assert hashlib.sha256(found).hexdigest() == appliance.data("GET", f"/api/v1/disk_images/{image}")["sha256"]


def test_a_medium_goes_into_the_drive_of_a_running_guest_and_out_again(appliance: Appliance, libvirt_uri: str) -> None:
    medium = media_image(appliance, "tools")
    guest = appliance.guest("with-drive", auto_start=True)
    appliance.await_state(guest, "running")
    media = f"/api/v1/instances/{guest}/media"

    appliance.data("POST", media, {"source": medium})
    inserted = appliance.data("GET", f"/api/v1/instances/{guest}")
    there = _drive(libvirt_uri, guest)
    twice, _ = appliance.call("POST", media, {"source": medium})
    kept, why = appliance.call("DELETE", f"/api/v1/media_images/{medium}")
    appliance.data("DELETE", media)
    empty, _ = appliance.call("DELETE", media)

    assert (inserted["media_attached"], inserted["media_source"]) == (True, medium)
    assert there.endswith(".iso")
    assert (twice, kept, empty) == (409, 409, 409)
    assert "with-drive" in why["message"]
    assert _drive(libvirt_uri, guest) == ""
    assert not appliance.data("GET", f"/api/v1/instances/{guest}")["media_attached"]
    appliance.data("DELETE", f"/api/v1/media_images/{medium}")


def test_a_guest_starts_from_a_medium_this_time_only(appliance: Appliance, libvirt_uri: str) -> None:
    medium = media_image(appliance, "installer")
    guest = appliance.guest("installed")

    appliance.data("POST", f"/api/v1/instances/{guest}", {"from_media": True, "source": medium})
    appliance.await_state(guest, "running")
    first = _boot_order(libvirt_uri, guest)
    appliance.data("DELETE", f"/api/v1/instances/{guest}", {"force": True})
    appliance.await_state(guest, "stopped")
    stopped, _ = appliance.call("POST", f"/api/v1/instances/{guest}/media", {"source": medium})
    appliance.data("POST", f"/api/v1/instances/{guest}", {})

    assert first == ["cdrom", "disk"]
    assert stopped == 409
    assert _boot_order(libvirt_uri, guest) == ["disk", "cdrom"]


def media_image(appliance: Appliance, name: str) -> str:
    id: str = appliance.data("POST", "/api/v1/media_images/", {"name": name, **OWNED})["id"]
    status, answer = appliance.call("POST", f"/api/v1/media_images/{id}/file/", raw=iso(name.encode()))
    assert status == 200, answer
    return id


def _disks(uri: str, guest: str) -> list[Element]:
    connection = libvirt.open(uri)
    try:
        return fromstring(connection.lookupByUUIDString(guest).XMLDesc()).findall("devices/disk")
    finally:
        connection.close()


def _drive(uri: str, guest: str) -> str:
    """The file in the CD drive; empty for none."""
    [drive] = [disk for disk in _disks(uri, guest) if disk.get("device") == "cdrom"]
    source = drive.find("source")
    return source.get("file", "") if source is not None else ""


def _boot_order(uri: str, guest: str) -> list[str]:
    order = {int(disk.find("boot").get("order")): disk.get("device", "") for disk in _disks(uri, guest)}  # type: ignore[union-attr, arg-type]
    return [order[number] for number in sorted(order)]


def test_a_stopped_guest_becomes_an_image_that_boots(appliance: Appliance) -> None:
    source = appliance.guest("source", disks=[3 << 20])

    made = appliance.data("POST", "/api/v1/disk_images/", {"name": "built", **OWNED, "guest": source})
    wait_until(lambda: appliance.data("GET", f"/api/v1/disk_images/{made['id']}")["created"], 20, "the image to be built")
    guest = clone(appliance, "of-built", made["id"], auto_start=True)

    wait_until(lambda: says_hello(appliance, guest), 30, "the guest to say hello")
    assert appliance.data("GET", f"/api/v1/disk_images/{made['id']}")["virtual_size"] == 3 << 20
