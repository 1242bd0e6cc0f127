"""What a file is, is told by its content; and nothing that could make QEMU open another file is an image."""

from __future__ import annotations

import io
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.image_formats import ImageKind, Shape, recognise
from appliance.core.image_store import examine
from nano_runtime.errors import BadValue
from tests.core.image_examples import MIB, blank_qcow2, iso

DISK, MEDIA = ImageKind.DISK, ImageKind.MEDIA


def seen(data: bytes, kind: ImageKind = DISK) -> Shape:
    return recognise(io.BytesIO(data), len(data), kind)


def patched(data: bytes, offset: int, form: str, *values: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(form, changed, offset, *values)
    return bytes(changed)


def made_by_qemu(folder: Path, form: str, *options: str) -> Path:
    path = folder / f"disk.{form}"
    subprocess.run(["qemu-img", "create", "-q", "-f", form, *options, path, "64M"], check=True)
    return path


def raw_disk() -> bytes:
    return bytes(510) + b"\x55\xaa" + bytes(MIB - 512)


@pytest.mark.parametrize("options", [[], ["-o", "compat=0.10"], ["-o", "extended_l2=on"], ["-o", "compression_type=zstd"]])
def test_what_qemu_makes_is_recognised(tmp_path: Path, options: list[str]) -> None:
    assert examine(made_by_qemu(tmp_path, "qcow2", *options), DISK) == Shape("qcow2", 64 * MIB)


@pytest.mark.parametrize("subformat", ["monolithicSparse", "streamOptimized"])
def test_a_vmdk_in_one_file_is_recognised(tmp_path: Path, subformat: str) -> None:
    assert examine(made_by_qemu(tmp_path, "vmdk", "-o", f"subformat={subformat}"), DISK) == Shape("vmdk", 64 * MIB)


@pytest.mark.parametrize("subformat", ["monolithicFlat", "twoGbMaxExtentSparse", "twoGbMaxExtentFlat"])
def test_a_vmdk_that_names_other_files_is_refused(tmp_path: Path, subformat: str) -> None:
    with pytest.raises(BadValue):
        examine(made_by_qemu(tmp_path, "vmdk", "-o", f"subformat={subformat}"), DISK)


def test_a_raw_disk_and_an_iso_are_recognised() -> None:
    assert seen(raw_disk()) == Shape("raw", MIB)
    assert seen(iso(), MEDIA) == Shape("iso", 65536)


@pytest.mark.parametrize("option", ["backing", "data"])
def test_a_qcow2_that_leans_on_another_file_is_refused(tmp_path: Path, option: str) -> None:
    options = {"backing": ["-u", "-b", "/etc/shadow", "-F", "raw"], "data": ["-o", f"data_file={tmp_path}/data,data_file_raw=on"]}
    path = made_by_qemu(tmp_path, "qcow2", *options[option])

    with pytest.raises(BadValue, match=r"backing file|another file"):
        examine(path, DISK)


WRONG = {
    "claims 100 TB": patched(blank_qcow2(), 24, ">Q", 100 << 40),
    "no size": patched(blank_qcow2(), 24, ">Q", 0),
    "version 9": patched(blank_qcow2(), 4, ">I", 9),
    "backing at 0x100": patched(blank_qcow2(), 8, ">QI", 0x100, 10),
    "clusters of 1 byte": patched(blank_qcow2(), 20, ">I", 0),
    "clusters of 2 TB": patched(blank_qcow2(), 20, ">I", 41),
    "encrypted": patched(blank_qcow2(), 32, ">I", 2),
    "level 1 table behind the end": patched(blank_qcow2(), 40, ">Q", 1 << 40),
    "level 1 table of 4 GB": patched(blank_qcow2(), 36, ">I", 1 << 29),
    "marked corrupt": patched(blank_qcow2(), 72, ">Q", 2),
    "data file without a name": patched(blank_qcow2(), 72, ">Q", 4),
    "unknown feature": patched(blank_qcow2(), 72, ">Q", 1 << 40),
    "data file by extension": patched(blank_qcow2(), 104, ">II", 0x44415441, 4),
    "cut in the header": blank_qcow2()[:50],
    "cut in the tables": blank_qcow2()[: 3 * 65536],
    "vhdx": b"vhdxfile" + bytes(2040),
    "compressed": b"\x1f\x8b" + bytes(2046),
    "text": b"root:x:0:0:root:/root:/bin/bash\n" * 64,
    "empty": b"",
    "zeros": bytes(4096),
    "half a sector": raw_disk()[:-100],
    "an iso": iso(),
    "a vmdk descriptor": b'# Disk DescriptorFile\nRW 4192256 FLAT "/etc/shadow" 0\n' + bytes(2048),
    "a vmdk of capacity 0": b"KDMV" + struct.pack("<IIQQQQ", 1, 3, 0, 128, 1, 1) + bytes(4096),
    "a vmdk with a flat extent": (
        b"KDMV"
        + struct.pack("<IIQQQQ", 1, 3, 128, 128, 1, 1)
        + bytes(468)
        + b'RW 128 FLAT "/etc/shadow" 0\nparentCID=ffffffff'.ljust(1024, b"\0")
    ),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_a_bad_disk_is_refused_before_qemu_sees_it(content: bytes) -> None:
    with pytest.raises(BadValue, match="cannot be used") as refusal:
        seen(content)

    assert refusal.value.field == "image"


@pytest.mark.parametrize("content", [b"", b"text" * 20000, raw_disk(), iso()[:40000], patched(iso(), 16 * 2048 + 80, "<I", 0)])
def test_an_iso_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(BadValue):
        seen(content, MEDIA)


def test_a_qcow2_that_was_cut_off_is_no_whole_one(tmp_path: Path) -> None:
    whole = tmp_path / "raw"
    whole.write_bytes(bytes(range(256)) * 4096 * 8)
    path = tmp_path / "disk.qcow2"
    subprocess.run(["qemu-img", "convert", "-f", "raw", "-O", "qcow2", whole, path], check=True)
    cut = tmp_path / "cut.qcow2"
    cut.write_bytes(path.read_bytes()[: 6 * MIB])

    assert examine(path, DISK).virtual_size == 8 * MIB
    with pytest.raises(BadValue, match="damaged"):
        examine(cut, DISK)


@given(st.binary(max_size=200), st.sampled_from([b"", b"QFI\xfb\0\0\0\3", b"QFI\xfb\0\0\0\2", b"KDMV"]), st.sampled_from(ImageKind))
def test_whatever_is_sent_is_recognised_or_refused_in_words(data: bytes, magic: bytes, kind: ImageKind) -> None:
    try:
        shape = seen(magic + data, kind)
    except BadValue:
        return
    assert 0 < shape.virtual_size <= 16 << 40


@given(st.integers(min_value=0, max_value=111), st.binary(min_size=1, max_size=8))
def test_no_change_of_a_header_gives_a_disk_that_leans_on_another_file(offset: int, change: bytes) -> None:
    data = bytearray(blank_qcow2())
    data[offset : offset + len(change)] = change
    try:
        shape = seen(bytes(data))
    except BadValue:
        return
    assert shape.format in ("qcow2", "raw")
    assert data[8:16] == bytes(8) or shape.format == "raw"
    assert 0 < shape.virtual_size <= 16 << 40
