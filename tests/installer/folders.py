"""Hosts described by a folder: the few files of /proc, /sys and /etc that the installer reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from installer.facts import Facts, look
from nano_runtime.interfaces import Interface

V3 = "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"
ROUTES = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
ADDRESS = "192.0.2.10"


class HostFolder:
    """A healthy CentOS Stream 9 host with one connected card, unless told otherwise; each method changes one thing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.addresses: list[Interface] = []
        self.distribution("centos", "9")
        self.processor(f"fpu vmx {V3}")
        self.memory(16)
        self.write("dev/kvm", "")
        self.write("run/chrony/chronyd.pid", "1")
        self.write("run/firewalld.pid", "1")
        self.write("sys/fs/selinux/enforce", "1")
        self.write("usr/lib/systemd/system/virtqemud.socket", "")
        (root / "run/systemd/system").mkdir(parents=True)
        self.write("proc/net/route", ROUTES)
        self.card("enp1s0", ADDRESS)
        self.route("enp1s0", "192.0.2.1")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def distribution(self, id: str, version: str) -> None:
        self.write("etc/os-release", f'NAME="x"\nID="{id}"\nVERSION_ID="{version}"\nPRETTY_NAME="{id} {version}"\n')

    def processor(self, flags: str) -> None:
        self.write("proc/cpuinfo", f"processor\t: 0\nflags\t\t: {flags}\n\nprocessor\t: 1\nflags\t\t: {flags}\n")

    def memory(self, gib: float) -> None:
        self.write("proc/meminfo", f"MemTotal:       {int(gib * 1024 * 1024)} kB\nMemFree: 1 kB\n")

    def card(self, name: str, address: str = "", *, uevent: str = "", flags: int = 0x1003, sign: str = "") -> None:
        folder = f"sys/class/net/{name}"
        number = len(list((self.root / "sys/class/net").glob("*"))) + 1
        self.write(f"{folder}/address", f"52:54:00:00:00:{number:02x}\n")
        self.write(f"{folder}/flags", f"{flags:#x}\n")
        self.write(f"{folder}/type", "1\n")
        self.write(f"{folder}/operstate", "up\n")
        self.write(f"{folder}/uevent", f"{uevent}INTERFACE={name}\n")
        if sign:
            self.write(f"{folder}/{sign}/here", "")
        if address:
            self.addresses.append(Interface(name, number, address, f"52:54:00:00:00:{number:02x}"))

    def route(self, card: str, gateway: str, metric: int = 100) -> None:
        word = bytes(int(part) for part in gateway.split("."))[::-1].hex().upper()
        path = self.root / "proc/net/route"
        path.write_text(path.read_text() + f"{card}\t00000000\t{word}\t0003\t0\t0\t{metric}\t00000000\t0\t0\t0\n")

    def no_cards(self) -> None:
        self.addresses.clear()
        self.write("proc/net/route", ROUTES)
        for folder in (self.root / "sys/class/net").iterdir():
            folder.rename(self.root / f"gone-{folder.name}")

    def listening(self, port: int) -> None:
        self.write("proc/net/tcp", f"  sl  local_address rem_address   st\n   0: 00000000:{port:04X} 00000000:0000 0A 0:0\n")

    def look(self, **given: Any) -> Facts:
        options: dict[str, Any] = {"addresses": self.addresses, "resolves": lambda: True, "is_root": True, "now": 1.8e9}
        return look(self.root, **(options | given))
