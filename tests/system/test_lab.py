"""The laboratory itself: two hosts that see each other and nothing of each other's guests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import libvirt
import pytest

from tests.lab import cgroups
from tests.lab.hosts import SimulatedHost
from tests.lab.switch import Switch, sweep_abandoned
from tests.waiting import wait_until

pytestmark = [pytest.mark.system, pytest.mark.lab]

# mov dx,0x3f8; mov al,'U'; out dx,al; hlt; jmp back to hlt: says "U" on the serial port and idles. SeaBIOS cannot
# read a disk of a single sector, so the rest of a MiB follows.
BOOT_SECTOR = (bytes.fromhex("baf803b055eef4ebfd").ljust(510, b"\0") + b"\x55\xaa").ljust(1 << 20, b"\0")
DOMAIN = """
<domain type='qemu'>
  <name>lab-guest</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
  <os><type machine='q35'>hvm</type></os><features><acpi/></features>
  <devices>
    <disk type='file'><driver name='qemu' type='raw'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>
    <serial type='file'><source path='{serial}'/></serial>
    <video><model type='none'/></video><controller type='usb' model='none'/><memballoon model='none'/>
  </devices>
</domain>
"""


@pytest.fixture(scope="module")
def switch() -> Iterator[Switch]:
    with Switch() as switch:
        yield switch


@pytest.fixture(scope="module")
def pair(switch: Switch) -> Iterator[tuple[SimulatedHost, SimulatedHost]]:
    with SimulatedHost(1, switch) as one, SimulatedHost(2, switch) as two:
        yield one, two


def test_hosts_reach_each_other_and_this_process(pair: tuple[SimulatedHost, SimulatedHost], switch: Switch) -> None:
    one, two = pair

    seen = one.run(["ip", "-4", "-o", "addr", "show", "br0"]).stdout
    for address in (two.address, switch.address):
        one.run(["bash", "-c", f"exec 3<>/dev/udp/{address}/9 && echo x >&3"])

    assert one.address in seen
    assert one.run(["hostname"]).stdout.strip() != two.run(["hostname"]).stdout.strip()
    neighbours = one.run(["ip", "neigh"]).stdout
    assert wait_until(lambda: two.address in one.run(["ip", "neigh"]).stdout, 5, f"{two.address} in {neighbours}")


def test_a_guest_of_one_host_boots_there_and_is_unknown_to_the_other(pair: tuple[SimulatedHost, SimulatedHost], tmp_path: Path) -> None:
    one, two = pair
    disk, serial = tmp_path / "disk.raw", tmp_path / "serial"
    disk.write_bytes(BOOT_SECTOR)

    with_guest, without = libvirt.open(one.libvirt_uri), libvirt.open(two.libvirt_uri)
    guest = with_guest.createXML(DOMAIN.format(disk=disk, serial=serial))

    wait_until(lambda: serial.exists() and serial.read_bytes() == b"U", 20, "the guest to speak on its serial port")
    assert [domain.name() for domain in with_guest.listAllDomains()] == ["lab-guest"]
    assert without.listAllDomains() == []
    guest.destroy()


def test_nothing_is_left_of_a_host(switch: Switch, tmp_path: Path) -> None:
    disk = tmp_path / "disk.raw"
    disk.write_bytes(BOOT_SECTOR)
    with SimulatedHost(3, switch) as host:
        libvirt.open(host.libvirt_uri).createXML(DOMAIN.format(disk=disk, serial=tmp_path / "serial"))
        assert any(hierarchy.group(host.name).exists() for hierarchy in cgroups.hierarchies())

    assert not host.folder.exists()
    assert not any(hierarchy.group(host.name).exists() for hierarchy in cgroups.hierarchies())
    assert f"nlab{switch.number}p3" not in os.listdir("/sys/class/net")
    assert subprocess.run(["pgrep", "-f", str(disk)], capture_output=True, check=False).stdout == b""


def test_a_host_that_cannot_start_says_why_and_leaves_nothing(switch: Switch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.lab.hosts.LIBVIRTD_CONF", "nonsense = (\n")
    host = SimulatedHost(4, switch)

    with pytest.raises(RuntimeError, match="libvirtd"):
        host.__enter__()

    assert not host.folder.exists()


def test_a_program_in_a_host_can_be_killed(pair: tuple[SimulatedHost, SimulatedHost]) -> None:
    one, _ = pair
    program = one.popen(["sleep", "1000"])
    wait_until(lambda: one.run(["pgrep", "sleep"], check=False).stdout, 5, "the program to run")

    one.kill(program)

    assert one.run(["pgrep", "sleep"], check=False).stdout == ""
    assert program.returncode == 128 + signal.SIGKILL or program.returncode == -signal.SIGKILL


SOMEBODY_ELSE = """
import time
from tests.lab.hosts import SimulatedHost
with SimulatedHost(1) as host:
    print(host.pid, host.folder, flush=True)
    time.sleep(100)
"""


def test_a_killed_test_run_takes_its_hosts_along() -> None:
    run = subprocess.Popen([sys.executable, "-c", SOMEBODY_ELSE], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert run.stdout is not None
    pid, folder = run.stdout.readline().decode().split()

    run.kill()
    run.wait(10)
    run.stdout.close()

    wait_until(lambda: not Path(f"/proc/{pid}").exists(), 10, "the host to end with its maker")
    sweep_abandoned()
    assert not Path(folder).exists()
    assert not any(hierarchy.group(Path(folder).name).exists() for hierarchy in cgroups.hierarchies())
