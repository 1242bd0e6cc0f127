"""The built-in image: its source, its bytes and what Core is told of it agree."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from appliance.cell.firstboot import nano_hello
from appliance.protocol.images import BUILTIN_IMAGES, NANO_HELLO

SOURCE = Path(nano_hello.__file__).with_suffix(".asm")


def test_the_bytes_are_what_the_source_assembles_to(tmp_path: Path) -> None:
    made = tmp_path / "boot"

    subprocess.run(["nasm", "-f", "bin", SOURCE, "-o", made], check=True, timeout=20)

    assert made.read_bytes() == nano_hello.BOOT_SECTOR


def test_a_bios_takes_it_for_a_boot_sector() -> None:
    assert len(nano_hello.BOOT_SECTOR) == 512
    assert nano_hello.BOOT_SECTOR.endswith(b"\x55\xaa")


def test_core_is_told_the_truth_about_it() -> None:
    disk = nano_hello.disk()

    assert hashlib.sha256(disk).hexdigest() == NANO_HELLO.sha256
    assert len(disk) == NANO_HELLO.size == NANO_HELLO.virtual_size


def test_no_two_images_are_mistaken_for_each_other() -> None:
    assert len({image.id for image in BUILTIN_IMAGES}) == len({image.sha256 for image in BUILTIN_IMAGES}) == len(BUILTIN_IMAGES)
