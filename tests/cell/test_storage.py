"""Disks and images on a real file system, made by the real qemu-img."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from appliance.cell.firstboot import nano_hello
from appliance.cell.images import Images
from appliance.cell.storage import Storage
from appliance.protocol.images import NANO_HELLO
from nano_runtime.command import CommandFailed
from nano_runtime.errors import NoRoom, NotFound, Unavailable

GUEST = "9c1d2f1e-0000-4000-8000-000000000001"


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    storage = Storage(tmp_path / "storage")
    storage.create()
    return storage


@pytest.fixture
def images(storage: Storage) -> Images:
    images = Images(storage.folder)
    images.create()
    return images


def info(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(subprocess.check_output(["qemu-img", "info", "--output=json", path]))
    return found


def test_a_volume_has_the_size_asked_for_and_takes_hardly_any_room(storage: Storage) -> None:
    storage.make_home(GUEST)
    storage.create_volume(GUEST, 0, 1 << 40)

    assert info(storage.volume(GUEST, 0))["virtual-size"] == 1 << 40
    assert storage.volume(GUEST, 0).stat().st_blocks * 512 < 4 << 20


def test_a_half_made_volume_is_replaced(storage: Storage) -> None:
    storage.make_home(GUEST)
    storage.volume(GUEST, 0).write_bytes(b"half")

    storage.create_volume(GUEST, 0, 1 << 20)

    assert info(storage.volume(GUEST, 0))["virtual-size"] == 1 << 20


def test_a_clone_names_its_backing_file_and_format_and_begins_with_its_content(storage: Storage, images: Images) -> None:
    image = images.fetch(NANO_HELLO.sha256)
    storage.make_home(GUEST)
    storage.create_overlay(GUEST, 0, 4 << 20, image)

    found = info(storage.volume(GUEST, 0))
    assert (found["backing-filename"], found["backing-filename-format"]) == (str(image), "qcow2")
    assert found["virtual-size"] == 4 << 20
    raw = storage.folder / "raw"
    subprocess.run(["qemu-img", "convert", "-O", "raw", storage.volume(GUEST, 0), raw], check=True)
    assert raw.read_bytes() == nano_hello.disk().ljust(4 << 20, b"\0")


def test_a_home_goes_with_all_that_is_in_it_and_going_twice_is_fine(storage: Storage) -> None:
    storage.make_home(GUEST)
    storage.make_home(GUEST)
    storage.create_volume(GUEST, 0, 1 << 20)
    storage.serial_log(GUEST).write_text("hello")

    storage.remove_home(GUEST)
    storage.remove_home(GUEST)

    assert not storage.home_of(GUEST).exists()


def test_what_could_never_be_filled_is_refused_with_both_figures(storage: Storage) -> None:
    storage.require_room(1 << 20)
    with pytest.raises(NoRoom, match=str(1 << 60)):
        storage.require_room(1 << 60)


def test_a_folder_that_qemu_may_not_enter_is_found(storage: Storage, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert storage.closed_to(64055) is not None
    assert storage.closed_to(0) is None
    closed = storage.folder / "guests"
    closed.chmod(0o700)
    for folder in closed.parents:
        if folder.stat().st_uid == 0 and folder.is_relative_to("/tmp/pytest-of-root"):
            folder.chmod(0o711)

    assert storage.closed_to(64055) == closed


def test_an_image_is_made_once_and_nobody_may_change_it(images: Images) -> None:
    path = images.fetch(NANO_HELLO.sha256)
    made = path.stat()

    assert images.fetch(NANO_HELLO.sha256).stat().st_mtime_ns == made.st_mtime_ns
    assert made.st_mode & 0o777 == 0o444
    assert info(path)["virtual-size"] == NANO_HELLO.virtual_size
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_half_made_image_is_made_anew(images: Images) -> None:
    draft = images.path(NANO_HELLO.sha256).with_suffix(".qcow2.draft")
    draft.write_bytes(b"half")

    images.create()

    assert not draft.exists()
    assert info(images.fetch(NANO_HELLO.sha256))["virtual-size"] == NANO_HELLO.virtual_size


@pytest.mark.parametrize("sha256", ["", "0" * 64, "../../etc/passwd"])
def test_an_image_nobody_has_is_not_found(images: Images, sha256: str) -> None:
    with pytest.raises((NotFound, Unavailable)):
        images.find(sha256)


def test_what_qemu_img_says_is_passed_on(storage: Storage, images: Images) -> None:
    with pytest.raises(CommandFailed, match=r"0\.qcow2"):
        storage.create_overlay(GUEST, 0, 1 << 20, images.fetch(NANO_HELLO.sha256))  # its home was not made


def test_only_its_owner_reads_a_disk(storage: Storage, images: Images) -> None:
    storage.make_home(GUEST)
    storage.create_volume(GUEST, 0, 1 << 20)
    storage.create_overlay(GUEST, 1, 1 << 20, images.fetch(NANO_HELLO.sha256))

    assert {storage.volume(GUEST, number).stat().st_mode & 0o777 for number in (0, 1)} == {0o600}
