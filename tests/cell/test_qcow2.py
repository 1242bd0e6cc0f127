"""Our empty disks are what qemu-img makes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from appliance.cell import qcow2

SIZES = [1, 512, 1 << 20, (512 << 20) - 1, 512 << 20, (512 << 20) + 1, 1 << 40, 64 << 40]


def qemu_img(*arguments: str | Path) -> Any:
    return json.loads(subprocess.check_output(["qemu-img", *arguments, "--output=json"], timeout=20))


@pytest.mark.parametrize("size", SIZES)
def test_qemu_img_finds_nothing_wrong_and_the_same_as_in_its_own(tmp_path: Path, size: int) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    qcow2.create(ours, size)
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", theirs, str(size)], check=True, timeout=20)

    checked = qemu_img("check", ours)
    assert (checked["check-errors"], checked.get("corruptions", 0), checked.get("leaks", 0)) == (0, 0, 0)
    found, expected = (qemu_img("info", path) for path in (ours, theirs))
    for key in ("format", "virtual-size", "cluster-size"):
        assert found[key] == expected[key]
    assert "backing-filename" not in found
    assert found["format-specific"]["data"] == expected["format-specific"]["data"]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_written_anywhere_is_read_back_and_the_rest_is_empty(tmp_path: Path, size: int) -> None:
    disk = tmp_path / "disk"
    qcow2.create(disk, size)
    size = -(-size // 512) * 512
    commands = ["write -P 0xab 0 512", f"write -P 0xcd {size - 512} 512", f"read -P 0xcd {size - 512} 512"]
    if size > 1 << 20:
        commands += ["read -P 0xab 0 512", "read -P 0 65536 65536"]

    for command in commands:
        said = subprocess.check_output(["qemu-io", "-f", "qcow2", "-c", command, disk], text=True, timeout=20)
        assert "failed" not in said
        assert "512/512" in said or "65536/65536" in said
    assert qemu_img("check", disk)["check-errors"] == 0


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.write_bytes(b"x" * (1 << 20))

    qcow2.create(disk, 1 << 20)

    assert qemu_img("check", disk)["check-errors"] == 0
    assert disk.stat().st_size == 4 * qcow2.CLUSTER
