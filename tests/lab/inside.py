"""What runs inside a simulated host: `enter` joins its control groups and namespaces, `init` is its first process.

Speaks to tests/lab/hosts.py by lines: says "plug", waits for a line, says "ready"; ends with everything in it when
its standard input closes. Started as a plain program, so it finds the tree by itself.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.lab import cgroups

NAMESPACES = ("--cgroup", "--mount", "--uts", "--ipc", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
BOUND = {"etc": "/etc/libvirt", "lib": "/var/lib/libvirt", "cache": "/var/cache/libvirt", "log": "/var/log/libvirt"}
SECONDS = 30


def enter(folder: Path, name: str, address: str) -> None:
    """The groups first: the cgroup namespace shows as root where the process is when it is made."""
    cgroups.join(name)
    os.execvp("unshare", ["unshare", *NAMESPACES, sys.executable, __file__, "init", str(folder), name, address])


def init(folder: Path, name: str, address: str) -> None:
    call("mount", "--make-rprivate", "/")
    socket.sethostname(name)
    mount_own_folders(folder)
    mount_own_cgroups()
    say("plug")
    sys.stdin.readline()
    set_up_network(address)
    start_libvirtd()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # orphans come to the first process; nobody asks how they ended
    say("ready")
    sys.stdin.read()


def mount_own_folders(folder: Path) -> None:
    call("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    os.mkdir("/run/libvirt")
    for own, place in BOUND.items():
        os.makedirs(place, exist_ok=True)
        call("mount", "--bind", str(folder / own), place)
    call("mount", "--bind", str(folder / "hosts"), "/etc/hosts")


def mount_own_cgroups() -> None:
    """A sysfs of this network namespace, and the trees with this host's groups as their roots."""
    found = cgroups.hierarchies()
    call("umount", "-l", "/sys")
    call("mount", "-t", "sysfs", "sysfs", "/sys")
    if any(hierarchy.kind == "cgroup" for hierarchy in found):
        call("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/sys/fs/cgroup")
    for hierarchy in found:
        hierarchy.mount.mkdir(exist_ok=True)
        options = ["-o", hierarchy.controllers] if hierarchy.controllers else []
        call("mount", "-t", hierarchy.kind, *options, "cgroup", str(hierarchy.mount))


def set_up_network(address: str) -> None:
    """As an installed host has it: the address on a bridge, the interface a port of that."""
    call("ip", "link", "set", "lo", "up")
    call("ip", "link", "add", "br0", "type", "bridge")
    call("ip", "link", "set", "eth0", "master", "br0", "up")
    call("ip", "addr", "add", f"{address}/24", "dev", "br0")
    call("ip", "link", "set", "br0", "up")
    call("ip", "route", "add", "default", "dev", "br0")


def start_libvirtd() -> None:
    call(shutil.which("libvirtd", path="/usr/sbin:/usr/bin") or "libvirtd", "-d")
    deadline = time.monotonic() + SECONDS
    while not os.path.exists("/run/libvirt/libvirt-sock"):
        if time.monotonic() > deadline:
            sys.exit("libvirtd made no socket; see libvirtd.log")
        time.sleep(0.02)


def call(*arguments: str) -> None:
    subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=True)


def say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    {"enter": enter, "init": init}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], sys.argv[4])
