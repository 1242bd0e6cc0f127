"""What runs inside a managed host: its own /etc, /opt, /run and /var, D-Bus, NetworkManager and, if asked for, firewalld.

Speaks to tests/installer/managed.py by lines: says "plug", waits for a line, says "ready"; ends with everything in it
when its standard input closes. Started as a plain program, so it finds the tree by itself.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SECONDS = 30
LAYERED = ("etc", "opt", "usr", "var")
"""Folders of this machine under a layer of the host's own: whatever is written there ends with the host."""

NETWORK_MANAGER_CONF = """\
[main]
plugins=keyfile
dns=none
rc-manager=unmanaged
auth-polkit=false
no-auto-default=*
hostname-mode=none
"""
BUS_CONF = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
<type>system</type><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow send_type="method_call"/><allow send_type="signal"/><allow receive_type="method_call"/><allow receive_type="signal"/>
</policy>
</busconfig>
"""


def enter(folder: Path, name: str, services: str) -> None:
    spaces = ("--mount", "--uts", "--ipc", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
    os.execvp("unshare", ["unshare", *spaces, sys.executable, __file__, "init", str(folder), name, services])


def init(folder: Path, name: str, services: str) -> None:
    call("mount", "--make-rprivate", "/")
    socket.sethostname(name)
    mount_layers(folder)
    mount_own_sysfs()
    call("ip", "link", "set", "lo", "up")
    say("plug")
    card = sys.stdin.readline().strip()
    call("ip", "link", "set", "eth0", "name", card)
    start_bus()
    start_services(folder, services.split(","))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # orphans come to the first process; nobody asks how they ended
    say("ready")
    sys.stdin.read()


def mount_layers(folder: Path) -> None:
    for name in LAYERED:
        upper, work = folder / "layers" / name, folder / "work" / name
        upper.mkdir(parents=True)
        work.mkdir(parents=True)
        call("mount", "-t", "overlay", "-o", f"lowerdir=/{name},upperdir={upper},workdir={work}", "overlay", f"/{name}")
    call("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run")
    for place in ("/run/dbus", "/run/NetworkManager", "/run/lock", "/run/firewalld"):
        os.mkdir(place)
    for place in ("/var/lib/NetworkManager", "/etc/NetworkManager/system-connections"):
        shutil.rmtree(place, ignore_errors=True)
        os.makedirs(place, mode=0o700)
    for place in ("/opt/nano", "/var/lib/nano", "/etc/libvirt/qemu"):  # the last: guests of other tests on this machine
        shutil.rmtree(place, ignore_errors=True)
    os.makedirs("/etc/libvirt/qemu/networks")
    Path("/etc/resolv.conf").unlink(missing_ok=True)
    Path("/etc/resolv.conf").write_text("nameserver 127.0.0.1\n")  # answers "no" at once


def mount_own_sysfs() -> None:
    """That of this network namespace; read-only, so NetworkManager sees a container and does not wait for udev."""
    call("umount", "-l", "/sys")
    call("mount", "-t", "sysfs", "sysfs", "/sys")
    call("mount", "-o", "remount,ro,bind", "/sys")


def start_bus() -> None:
    Path("/run/bus.conf").write_text(BUS_CONF)
    spawn("dbus", "dbus-daemon", "--config-file=/run/bus.conf", "--nofork", "--nopidfile")
    wait("the bus", lambda: os.path.exists("/run/dbus/system_bus_socket"))


def start_services(folder: Path, services: list[str]) -> None:
    Path("/etc/NetworkManager/NetworkManager.conf").write_text(NETWORK_MANAGER_CONF)
    shutil.copytree(folder / "profiles", "/etc/NetworkManager/system-connections", dirs_exist_ok=True)
    for profile in Path("/etc/NetworkManager/system-connections").iterdir():
        profile.chmod(0o600)
    if "networkmanager" in services:
        spawn("NetworkManager", "NetworkManager", "--no-daemon")
        wait("NetworkManager", lambda: succeeds("nmcli", "-t", "general", "status"))
    if "firewalld" in services:
        spawn("firewalld", "firewalld", "--nofork", "--nopid")
        wait("firewalld", lambda: succeeds("firewall-cmd", "--state"))


def spawn(log: str, *arguments: str) -> None:
    with open(f"/run/{log}.log", "ab") as output:
        subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=output)


def succeeds(*arguments: str) -> bool:
    silent = subprocess.DEVNULL
    return subprocess.run(arguments, stdin=silent, stdout=silent, stderr=silent, check=False).returncode == 0


def wait(what: str, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"{what} did not start")
        time.sleep(0.05)


def call(*arguments: str) -> None:
    subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=True)


def say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    {"enter": enter, "init": init}[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
