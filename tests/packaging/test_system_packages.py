"""Packages of the distribution, with stand-ins for its tools that behave like them."""

from __future__ import annotations

from pathlib import Path

import pytest

import system_packages
from progress import Failed

DPKG_QUERY = """#!/bin/bash
shift 3
for name; do grep -qx "$name" {installed} && echo "$name installed"; done
exit 1
"""
APT_GET = """#!/bin/bash
echo "apt-get $*" >> {calls}
[[ "$*" == *unreachable* ]] && {{ echo "E: Unable to fetch some archives"; exit 100; }}
[[ "$*" == *" install "* ]] && printf '%s\\n' "$@" >> {installed}
exit 0
"""
RPM = """#!/bin/bash
grep -qx -- "$3" {installed}
"""
DNF = """#!/bin/bash
echo "dnf $*" >> {calls}
printf '%s\\n' "$@" >> {installed}
"""


class Machine:
    """A PATH with nothing but these tools, a list of what is installed, and a record of the calls."""

    def __init__(self, folder: Path, tools: dict[str, str]) -> None:
        self.calls_file, self.installed_file = folder / "calls", folder / "installed"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for file in (self.calls_file, self.installed_file):
            file.touch()
        for name, script in tools.items():
            self.add(name, script.format(installed=self.installed_file, calls=self.calls_file))
        self.add("env", '#!/bin/bash\nshift\nexec "$@"\n')
        for name in ("bash", "grep"):
            (self.bin / name).symlink_to(f"/bin/{name}")

    def add(self, name: str, script: str) -> None:
        (self.bin / name).write_text(script)
        (self.bin / name).chmod(0o755)

    @property
    def calls(self) -> list[str]:
        return self.calls_file.read_text().splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("progress.LOGS", tmp_path)
    monkeypatch.setattr("progress.ROOT", tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(system_packages, "GROUPS", GROUPS)
    return tmp_path


GROUPS = {
    "one": system_packages.Needed(("gcc", "libvirt-dev"), ("gcc", "libvirt-devel"), centos_crb=True),
    "two": system_packages.Needed(("chromium",), ("chromium",), ("epel-release",)),
    "far": system_packages.Needed(("unreachable",), ()),
}


@pytest.fixture
def debian(folder: Path) -> Machine:
    return Machine(folder, {"dpkg-query": DPKG_QUERY, "apt-get": APT_GET})


@pytest.fixture
def centos(folder: Path) -> Machine:
    return Machine(folder, {"rpm": RPM, "dnf": DNF})


def test_debian_installs_what_is_missing_and_only_once(debian: Machine) -> None:
    debian.installed_file.write_text("gcc\n")

    system_packages.ensure("one", "two")
    system_packages.ensure("one", "two")

    assert len(debian.calls) == 2
    assert debian.calls[0].endswith(" update")
    assert debian.calls[1].endswith(" install --no-install-recommends libvirt-dev chromium")


def test_centos_switches_on_a_repository_for_what_needs_it(centos: Machine) -> None:
    centos.installed_file.write_text("gcc\n")

    system_packages.ensure("one", "two")
    system_packages.ensure("one", "two")

    assert centos.calls == [
        "dnf -y -q --enablerepo=crb install libvirt-devel",
        "dnf -y -q install epel-release",
        "dnf -y -q install chromium",
    ]


@pytest.mark.usefixtures("debian")
def test_a_failed_installation_shows_why_and_what_to_try() -> None:
    with pytest.raises(Failed, match=r"(?s)Unable to fetch.*apt-get install unreachable"):
        system_packages.ensure("far")


def test_a_machine_with_neither_tool_is_told_so(folder: Path) -> None:
    (folder / "bin").mkdir()

    with pytest.raises(Failed, match="Debian 12"):
        system_packages.ensure("one")


def test_nobody_but_root_installs_without_sudo(debian: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)

    with pytest.raises(Failed, match="root"):
        system_packages.ensure("one")

    debian.add("sudo", '#!/bin/bash\nexec "$@"\n')
    system_packages.ensure("one")
    assert len(debian.calls) == 2
