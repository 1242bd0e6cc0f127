"""What a file is, told by its content alone, and whether it may become an image. Pure but for reading the file.

Sources: QEMU's docs/interop/qcow2.txt, VMware's Virtual Disk Format 5.0, ECMA-119 (ISO 9660), ECMA-167 (UDF).
"""

from __future__ import annotations

import re
import struct
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from appliance.core.sizes import size_text
from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Callable


class ImageKind(StrEnum):
    DISK = "disk"
    MEDIA = "media"


class Shape(NamedTuple):
    """`format` is qcow2, raw, vmdk or iso; `virtual_size` what a guest sees, in bytes."""

    format: str
    virtual_size: int


MOST_VIRTUAL = 16 << 40
"""Bytes of the largest disk that an image may claim; claiming costs nothing, so somebody will."""

SECTOR = 512
_ISO_SECTOR = 2048
_FIRST_DESCRIPTOR = 16 * _ISO_SECTOR
_UNWANTED = {
    b"conectix": "a VHD",
    b"vhdxfile": "a VHDX",
    b"QED\0": "a QED",
    b"LUKS\xba\xbe": "an encrypted LUKS",
    b"WithoutFreeSpace": "a Parallels",
    b"WithouFreSpacExt": "a Parallels",
    b"\x1f\x8b": "a gzip",
    b"\xfd7zXZ\0": "an xz",
    b"(\xb5/\xfd": "a zstd",
    b"PK\x03\x04": "a zip",
    b"BZh": "a bzip2",
}


def recognise(file: BinaryIO, size: int, kind: ImageKind) -> Shape:
    """The shape of a file of `size` bytes. Raises BadValue that says why it cannot be an image of this kind."""
    if kind is ImageKind.MEDIA:
        return _iso(file, size)
    head = _at(file, 0, SECTOR)
    for magic, check in _CHECKS.items():
        if head.startswith(magic):
            return check(file, size)
    for magic, name in _UNWANTED.items():
        if head.startswith(magic):
            raise _refused(f"it is {name} file", hint="convert or unpack it to qcow2 or raw first")
    if _is_iso(file):
        raise _refused("it is an ISO", hint="upload it as a media image")
    return _raw(head, size)


def _qcow2(file: BinaryIO, size: int) -> Shape:
    """Refuses whatever would make QEMU open another file, or allocate by what a stranger claims."""
    head = _at(file, 0, 104)
    if len(head) < 72:
        raise _refused("its qcow2 header is cut off")
    version, backing, _, cluster_bits, virtual, encryption, entries, table = struct.unpack_from(">IQIIQIIQ", head, 4)
    if version not in (2, 3):
        raise _refused(f"it is a qcow2 of version {version}; 2 and 3 are known")
    if backing:
        raise _refused("it names a backing file", hint="flatten it: qemu-img convert -O qcow2")
    if encryption:
        raise _refused("it is encrypted", hint="decrypt it first")
    if not 9 <= cluster_bits <= 21:
        raise _refused(f"its clusters have 2**{cluster_bits} bytes; 2**9 to 2**21 are possible")
    _require_possible(virtual)
    _require_table(entries, table, needed=-(-virtual // ((1 << cluster_bits) * (1 << cluster_bits >> 3))), size=size)
    if version == 3:
        _check_features(head)
        _check_extensions(file, struct.unpack_from(">I", head, 100)[0])
    return Shape("qcow2", virtual)


def _require_table(entries: int, offset: int, *, needed: int, size: int) -> None:
    if entries < needed or entries * 8 > 32 << 20:
        raise _refused("its level 1 table does not fit the disk it claims")
    if offset % SECTOR or offset + entries * 8 > size:
        raise _refused("it is cut off: its level 1 table lies behind the end of the file", hint="upload it again")


def _check_features(head: bytes) -> None:
    if len(head) < 104:
        raise _refused("its qcow2 header is cut off")
    [features] = struct.unpack_from(">Q", head, 72)
    if features & 0b10:
        raise _refused("it is marked as corrupt", hint="repair it: qemu-img check -r all")
    if features & 0b100:
        raise _refused("its data is in another file", hint="flatten it: qemu-img convert -O qcow2")
    if features & ~0b11011:
        raise _refused("it needs features of qcow2 that are not known here", hint="rewrite it: qemu-img convert -O qcow2")


def _check_extensions(file: BinaryIO, offset: int) -> None:
    for _ in range(64):
        extension = _at(file, offset, 8)
        if len(extension) < 8:
            return
        kind, length = struct.unpack(">II", extension)
        if kind == 0:
            return
        if kind == 0x44415441:
            raise _refused("it names an external data file", hint="flatten it: qemu-img convert -O qcow2")
        offset += 8 + (length + 7) // 8 * 8
    raise _refused("its header has too many extensions")


def _vmdk(file: BinaryIO, size: int) -> Shape:
    """Only the kind that is one file: a sparse extent with its descriptor inside."""
    head = _at(file, 0, SECTOR)
    if len(head) < SECTOR:
        raise _refused("its VMDK header is cut off")
    _, _, capacity, _, descriptor, length = struct.unpack_from("<IIQQQQ", head, 4)
    if not capacity:
        raise _refused("it is a VMDK that refers to other files", hint="convert it: qemu-img convert -O qcow2")
    _require_possible(capacity * SECTOR)
    if not 0 < length <= 2048 or (descriptor + length) * SECTOR > size:
        raise _refused("it is a VMDK without a descriptor", hint="convert it: qemu-img convert -O qcow2")
    text = _at(file, descriptor * SECTOR, length * SECTOR).partition(b"\0")[0].decode("latin-1")
    parent = re.search(r"^\s*parentCID\s*=\s*(\w+)", text, re.MULTILINE)
    if "parentFileNameHint" in text or (parent and parent[1].lower() != "ffffffff"):
        raise _refused("it is a VMDK that depends on another file", hint="flatten it: qemu-img convert -O qcow2")
    extents = re.findall(r"^\s*(?:RW|RDONLY|NOACCESS)\s+\d+\s+(\w+)", text, re.MULTILINE)
    if len(extents) != 1 or extents[0] != "SPARSE":
        raise _refused("it is a VMDK with more than one extent, or a flat one", hint="convert it: qemu-img convert -O qcow2")
    return Shape("vmdk", capacity * SECTOR)


def _vmdk_descriptor(_file: BinaryIO, _size: int) -> Shape:
    raise _refused("it is only the description of a VMDK; its data is in other files", hint="convert it: qemu-img convert -O qcow2")


def _raw(head: bytes, size: int) -> Shape:
    """Anything may be a raw disk, so at least a boot record is asked for; every partitioned disk has one."""
    if head[510:512] != b"\x55\xaa" or size % SECTOR:
        raise _refused("it is no qcow2, no VMDK, and no raw disk with a boot record", hint="is it the right file?")
    _require_possible(size)
    return Shape("raw", size)


def _iso(file: BinaryIO, size: int) -> Shape:
    descriptor = _at(file, _FIRST_DESCRIPTOR, _ISO_SECTOR)
    if descriptor[:6] == b"\x01CD001" and len(descriptor) == _ISO_SECTOR:
        sectors, again = struct.unpack_from("<I", descriptor, 80)[0], struct.unpack_from(">I", descriptor, 84)[0]
        if sectors != again or not sectors:
            raise _refused("its ISO 9660 header is damaged")
        if sectors * _ISO_SECTOR > size:
            raise _refused(f"it is cut off: {size_text(size)} of {size_text(sectors * _ISO_SECTOR)}", hint="upload it again")
        return Shape("iso", size)
    if _is_udf(file):
        return Shape("iso", size)
    raise _refused("it is no ISO 9660 or UDF file", hint="is it the right file? disks are uploaded as disk images")


def _is_iso(file: BinaryIO) -> bool:
    return _at(file, _FIRST_DESCRIPTOR + 1, 5) == b"CD001"


def _is_udf(file: BinaryIO) -> bool:
    names = {_at(file, _FIRST_DESCRIPTOR + number * _ISO_SECTOR + 1, 5) for number in range(4)}
    return b"BEA01" in names and bool(names & {b"NSR02", b"NSR03"})


def _require_possible(virtual: int) -> None:
    if not 0 < virtual <= MOST_VIRTUAL:
        raise _refused(f"it claims to be a disk of {size_text(virtual)}; at most {size_text(MOST_VIRTUAL)} is possible")


def _at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _refused(why: str, *, hint: str = "") -> BadValue:
    return BadValue(f"the file cannot be used: {why}", hint=hint, field="image")


_CHECKS: dict[bytes, Callable[[BinaryIO, int], Shape]] = {
    b"QFI\xfb": _qcow2,
    b"KDMV": _vmdk,
    b"COWD": _vmdk_descriptor,
    b"# Disk Descriptor": _vmdk_descriptor,
}
"""What files of a kind begin with."""
