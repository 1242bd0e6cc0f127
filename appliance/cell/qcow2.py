"""Write an empty qcow2 file (QEMU's docs/interop/qcow2.txt, version 3).

An empty disk is four numbers in a header; starting qemu-img for them takes longer than all else in making a guest.
Whatever reads a file or depends on another one is left to qemu-img.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

from nano_runtime.errors import Damaged

if TYPE_CHECKING:
    from pathlib import Path

CLUSTER_BITS = 16
CLUSTER = 1 << CLUSTER_BITS
SECTOR = 512

_L2_COVERS = CLUSTER * (CLUSTER // 8)
"""Bytes of the disk that one entry of the level 1 table stands for: 512 MiB."""
_HEADER = ">4sIQIIQIIQQIIQQQQII"
_HEADER_LENGTH = struct.calcsize(_HEADER)


def create(path: Path, size: int) -> None:
    """An empty disk of `size` bytes, rounded up to sectors; a file that is there is replaced. The caller flushes it."""
    entries = -(-size // _L2_COVERS)
    level1_clusters = -(-entries * 8 // CLUSTER)
    clusters = 3 + level1_clusters  # header, refcount table, refcount block, level 1 table
    number = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(number, clusters * CLUSTER)
        os.pwrite(number, _header(-(-size // SECTOR) * SECTOR, entries), 0)
        os.pwrite(number, struct.pack(">Q", 2 * CLUSTER), CLUSTER)
        os.pwrite(number, struct.pack(">H", 1) * clusters, 2 * CLUSTER)
    finally:
        os.close(number)


def size_of(path: Path) -> int:
    """The virtual size that a qcow2 tells, in bytes. Raises FileNotFoundError, or Damaged for another kind of file."""
    with path.open("rb") as file:
        head = file.read(32)
    if head[:4] != b"QFI\xfb" or len(head) < 32:
        raise Damaged(f"{path} is no qcow2", hint="remove it; it is fetched again")
    [size] = struct.unpack_from(">Q", head, 24)
    return int(size)


def _header(size: int, level1_entries: int) -> bytes:
    fields = struct.pack(
        _HEADER,
        b"QFI\xfb",
        3,  # version
        0,  # offset of the backing file's name: none
        0,  # and its length
        CLUSTER_BITS,
        size,
        0,  # no encryption
        level1_entries,
        3 * CLUSTER,  # level 1 table
        CLUSTER,  # refcount table
        1,  # its clusters
        0,  # snapshots
        0,  # their table
        0,  # incompatible features
        0,  # compatible features
        0,  # features that others may clear
        4,  # refcounts of 2**4 bits
        _HEADER_LENGTH,
    )
    return fields + bytes(8)  # the end of the header extensions
