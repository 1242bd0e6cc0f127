"""An image is fetched as an operation: seen while it goes on, told why it failed, all or nothing when Core dies in it."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from appliance.core.api.image_objects import NewFetch
from appliance.core.api.images import NewDiskImage
from appliance.core.api.operations import OperationFilter
from appliance.core.image_download import Downloader
from appliance.core.image_formats import ImageKind
from appliance.core.operations.images import FetchingImage, ImageOperation
from appliance.protocol.images import ExportDisk
from appliance.rights import ROOT
from nano_runtime.errors import BadValue, Conflict, NoRoom, NotFound
from nano_runtime.home import Home
from nano_runtime.operation import Journal
from tests.core.conftest import Zone, domain_keys
from tests.core.far_side import FarSide, far_side
from tests.core.image_examples import MIB, OWNED, Sent, blank_qcow2, disk_image, filled
from tests.core.image_victim import END, STEPS, build
from tests.waiting import wait_until

DISK = ImageKind.DISK
CONTENT = blank_qcow2()
RAW = bytes(510) + b"\x55\xaa" + bytes(MIB - 512)
STORY = FetchingImage(id="o", image="i", name="n", kind=DISK, url="", sha256="", user="", asked=0).story()
TAGS = [str(step.__struct_config__.tag) for step in STORY]
CASES = [("do", step, moment) for step in (*TAGS, END) for moment in ("before", "after")]
CASES += [("build", step, moment) for step in ("export-from-cell", "check-file", "keep-file", END) for moment in ("before", "after")]
CASES += [("undo", step, moment) for step in ("download-file", "check-file") for moment in ("before", "after")]


@pytest.fixture
def server() -> Iterator[FarSide]:
    with far_side() as server:
        yield server


def near(zone: Zone) -> Zone:
    """The far side is on this host."""
    zone.core.image_work._downloader = Downloader([ip_network("127.0.0.0/8")], silence=0.5)
    return zone


def fetch(zone: Zone, id: str, url: str, sha256: str = "") -> str:
    wanted = NewFetch(url=url.replace("mirror.example", "127.0.0.1"), sha256=sha256)
    return near(zone).core.image_work.fetch(ROOT, DISK, id, wanted).operation


def files(zone: Zone) -> list[str]:
    return sorted(path.name for path in zone.core.image_uploads._store.folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("content", [CONTENT, RAW], ids=["qcow2", "raw"])
def test_an_image_is_fetched_in_the_background(zone: Zone, server: FarSide, content: bytes) -> None:
    id = disk_image(zone)
    digest = hashlib.sha256(content).hexdigest()

    operation = fetch(zone, id, server.gives("/disk", content), digest)
    zone.wait_for_operation(operation, "succeeded")

    found = zone.core.operations.get(ROOT, operation)
    assert (found.kind, found.object, found.object_name, found.progress) == ("fetch-image", id, "staff.base", 100)
    detail = zone.core.image_views.disk(ROOT, id)
    assert (detail.created, detail.work, detail.operation) == (True, "", "")
    assert files(zone) == [f"{detail.sha256}.qcow2"]


def test_while_it_goes_on_it_is_seen_and_nobody_else_may_fill_the_image(zone: Zone, server: FarSide) -> None:
    id, go_on = disk_image(zone), threading.Event()

    def slowly(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(CONTENT)))
        request.end_headers()
        request.wfile.write(CONTENT[: len(CONTENT) // 2])
        go_on.wait(20)
        request.wfile.write(CONTENT[len(CONTENT) // 2 :])

    server.scripts["/disk"] = slowly
    zone.core.image_work._downloader = Downloader([ip_network("127.0.0.0/8")])
    url = server.url("/disk", "127.0.0.1")
    operation = zone.core.image_work.fetch(ROOT, DISK, id, NewFetch(url=url)).operation
    wait_until(lambda: zone.core.image_views.disk(ROOT, id).progress >= 40, 10, "half of the file")
    detail = zone.core.image_views.disk(ROOT, id)
    with pytest.raises(Conflict, match="being fetched"):
        zone.core.image_uploads.upload(ROOT, DISK, id, Sent(CONTENT), sha256="")
    with pytest.raises(Conflict):
        zone.core.images.delete(ROOT, DISK, id)
    go_on.set()
    zone.wait_for_operation(operation, "succeeded")

    assert (detail.created, detail.work, detail.operation) == (False, "being fetched", operation)


@pytest.mark.parametrize("bad", ["not found", "no image", "wrong digest", "cut"])
def test_what_failed_is_told_and_leaves_nothing(zone: Zone, server: FarSide, bad: str) -> None:
    id = filled(zone)
    before, kept = zone.core.image_views.disk(ROOT, id), files(zone)
    url = server.gives("/disk", b"no image" * 100 if bad == "no image" else blank_qcow2(16 * MIB), cut=99 if bad == "cut" else 0)

    operation = fetch(zone, id, server.url("/nothing") if bad == "not found" else url, "0" * 64 if bad == "wrong digest" else "")
    zone.wait_for_operation(operation, "failed")

    told = {"not found": "404", "no image": "cannot be used", "wrong digest": "SHA-256", "cut": "broke off"}
    assert told[bad] in zone.core.operations.get(ROOT, operation).error
    assert zone.core.image_views.disk(ROOT, id) == before
    assert files(zone) == kept


def test_a_closed_address_is_refused_at_once(zone: Zone) -> None:
    id = disk_image(zone)
    with pytest.raises(BadValue):
        zone.core.image_work.fetch(ROOT, DISK, id, NewFetch(url="http://169.254.169.254/latest"))
    assert zone.core.image_views.disk(ROOT, id).work == ""


def test_a_stopped_guest_becomes_an_image(zone: Zone) -> None:
    operation = build(zone)
    zone.wait_for_operation(operation, "succeeded")

    found = zone.core.operations.get(ROOT, operation)
    detail = zone.core.image_views.disk(ROOT, found.object)
    assert (found.kind, detail.created, detail.virtual_size, detail.work) == ("build-image", True, 8 * MIB, "")
    assert files(zone) == [f"{detail.sha256}.qcow2"]


def test_an_image_that_could_not_be_built_is_gone(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    guest = zone.create()
    cell.refuse[ExportDisk] = NoRoom("the disk is full")

    made = zone.core.image_views.create_disk(ROOT, NewDiskImage(name="base", **OWNED, guest=guest)).data
    zone.wait_for_operation(made.operation, "failed")

    assert "the disk is full" in zone.core.operations.get(ROOT, made.operation).error
    with pytest.raises(NotFound):
        zone.core.image_views.disk(ROOT, made.id)


def test_a_running_or_unknown_guest_is_not_made_an_image(zone: Zone) -> None:
    zone.enrol("cell-01")
    running = zone.create(auto_start=True)
    with pytest.raises(Conflict, match="is running"):
        zone.core.image_views.create_disk(ROOT, NewDiskImage(name="base", **OWNED, guest=running))
    with pytest.raises(BadValue, match="there is no guest"):
        zone.core.image_views.create_disk(ROOT, NewDiskImage(name="base", **OWNED, guest="nothing"))
    assert [item.name for item in zone.core.image_views.list(ROOT, DISK)] == ["nano-hello"]


def test_every_step_is_killed() -> None:
    assert {step for _, step, _ in CASES} == STEPS.keys() | {END}


@pytest.mark.parametrize(("way", "step", "moment"), CASES, ids=["-".join(case) for case in CASES])
def test_a_kill_leaves_all_or_nothing(home: Home, server: FarSide, way: str, step: str, moment: str) -> None:
    authority, identity = domain_keys()
    authority.save(home.cert)
    identity.save(home.cert, "core")
    url = server.gives("/disk", b"no image" if way == "undo" else RAW).replace("mirror.example", "127.0.0.1")
    command = [sys.executable, "-m", "tests.core.image_victim", str(home.path), url, way, step, moment]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert run.returncode == -signal.SIGKILL, run.stderr

    zone = Zone(home)
    try:
        check(zone)
    finally:
        zone.core.close(1)


def check(zone: Zone) -> None:
    """It is wholly there or not at all, said so, and the image can be filled."""
    assert not list(Journal[Any](zone.home.data / "image-journal", ImageOperation).unfinished())
    images = [item for item in zone.core.image_views.list(ROOT, DISK) if item.owner]
    operations = [one for one in zone.core.operations.list(ROOT, OperationFilter()).result if one.kind in ("fetch-image", "build-image")]
    if not images:
        assert [(operation.kind, operation.state) for operation in operations] == [("build-image", "failed")]
        assert files(zone) == []
        return
    [image] = images
    done = bool(image.sha256)
    assert [operation.state for operation in operations] in ([], ["succeeded" if done else "failed"])
    assert image.work == image.operation == ""
    assert files(zone) == ([f"{image.sha256}.qcow2"] if done else [])
    zone.core.image_uploads.upload(ROOT, DISK, image.id, Sent(blank_qcow2(32 * MIB)), sha256="")
    assert zone.restart().image_views.disk(ROOT, image.id).version == 1 + done
