"""Control groups of simulated hosts, whichever version this machine mounts.

libvirt names a guest's group after its domain, so two libvirtds in one tree would fight over them. Each host gets a group
of its own in every hierarchy, below the one this process is in, and sees it as the root (a cgroup namespace).
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import NamedTuple


class Hierarchy(NamedTuple):
    """One mounted tree: where, its file system type, its controllers (v1), and the group we are in."""

    mount: Path
    kind: str
    controllers: str
    ours: Path

    def group(self, name: str) -> Path:
        return self.ours / name


def hierarchies() -> list[Hierarchy]:
    """Every tree with controllers of its own; named ones without (systemd's) say nothing about resources."""
    groups = _own_groups()
    found = []
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        fields, _, rest = line.partition(" - ")
        kind, _, options = rest.split(" ", 2)
        if kind not in ("cgroup", "cgroup2"):
            continue
        mount = Path(fields.split(" ")[4])
        controllers = "" if kind == "cgroup2" else mount.name
        if controllers in groups and "name=" not in options:
            found.append(Hierarchy(mount, kind, controllers, mount / groups[controllers].lstrip("/")))
    return found


def join(name: str) -> None:
    """Make the group `name` in every hierarchy and enter it."""
    for hierarchy in hierarchies():
        group = hierarchy.group(name)
        group.mkdir(exist_ok=True)
        if hierarchy.controllers.startswith("cpuset"):
            _fill_cpuset(group)
        (group / "cgroup.procs").write_text(str(os.getpid()))


def sweep(pattern: str) -> None:
    """Remove the groups whose name matches the pattern and what lies below them; none may hold a process."""
    for hierarchy in hierarchies():
        for group in hierarchy.ours.glob(pattern):
            for folder in sorted((entry for entry in group.rglob("*") if entry.is_dir()), reverse=True):
                _remove(folder)
            _remove(group)


def _own_groups() -> dict[str, str]:
    """Controllers of a hierarchy ("" for version 2) -> our path in it."""
    lines = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines()]
    return {controllers: path for _, controllers, path in lines}


def _fill_cpuset(group: Path) -> None:
    """A new cpuset of version 1 is empty, and nothing may enter an empty one."""
    for name in ("cpuset.cpus", "cpuset.mems"):
        (group / name).write_text((group.parent / name).read_text())
    (group / "cgroup.clone_children").write_text("1")


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):  # a dying process may still be in it; the next sweep takes it
        folder.rmdir()
