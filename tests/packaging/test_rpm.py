"""The packages: what is in them, and what installing, upgrading and removing them does to a host."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

import freeze
import rpm
from tests.packaging import stand_in
from tests.packaging.stand_in import Host

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

PRIVATE = {"/opt/nano/cert", "/opt/nano/data", "/opt/nano/run"}


@pytest.fixture(scope="module")
def real() -> dict[str, Path]:
    """The packages of the frozen programs."""
    return rpm.ensure()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stand-ins of the distribution, and versions 0.1 and 0.2 of ours with programs of one line, which are quickly packed."""
    folder = tmp_path_factory.mktemp("packages")
    repository = stand_in.repository(folder / "repository")
    for version in ("0.1", "0.2"):
        stage = folder / f"stage-{version}"
        for name in freeze.PROGRAMS:
            (stage / name / "_internal").mkdir(parents=True)
            (stage / name / name).write_text(f"#!/bin/sh\necho {version}\n")
            (stage / name / name).chmod(0o755)
        (stage / "nano" / "_internal" / f"only-in-{version}").touch()
        rpm.build(folder / f"made-{version}", version, "1", stage)
        stand_in.publish(repository, *(folder / f"made-{version}").glob("*.rpm"))
    return repository


@pytest.fixture
def host(tmp_path: Path, repository: Path) -> Host:
    host = Host(tmp_path / "root", repository)
    answer = host.dnf("install", "centos-stream-release", "systemd", "firewalld")
    assert answer.returncode == 0, answer.stderr
    return host


def query(package: Path, *options: str) -> list[str]:
    answer = subprocess.run(["rpm", "-qp", "--nosignature", *options, package], check=True, capture_output=True, text=True)
    return answer.stdout.splitlines()


def test_a_package_needs_only_what_centos_has_by_name(real: dict[str, Path]) -> None:
    known = {each.name for each in stand_in.STAND_INS}

    for package in real.values():
        needed = {line.split()[0] for line in query(package, "--requires", "--recommends")}
        libraries = {name for name in needed if ".so" in name}
        assert not libraries
        assert {name for name in needed if not name.startswith(("rpmlib(", "/bin/sh"))} <= known


def test_a_package_provides_nothing_but_itself(real: dict[str, Path]) -> None:
    for name, package in real.items():
        assert {line.split()[0] for line in query(package, "--provides")} <= {name, f"{name}(x86-64)"}


def test_everything_belongs_to_root_and_nothing_can_be_written_by_others(real: dict[str, Path]) -> None:
    for package in real.values():
        for line in query(package, "--qf", "[%{FILEMODES:perms} %{FILEUSERNAME} %{FILEGROUPNAME} %{FILENAMES}\n]"):
            mode, user, group, path = line.split(maxsplit=3)
            assert (user, group) == ("root", "root"), line
            assert mode[0] == "l" or "w" not in mode[4:], line
            assert "s" not in mode, line
            assert (mode == "drwx------") == (path in PRIVATE), line


def test_files_carry_sha256_which_fapolicyd_and_fips_hosts_want(real: dict[str, Path]) -> None:
    for package in real.values():
        assert query(package, "--qf", "%{FILEDIGESTALGO}") == ["8"]


def test_no_file_takes_the_place_of_the_editor(real: dict[str, Path]) -> None:
    """CentOS has /usr/bin/nano and its manual in the package nano."""
    paths = {path for package in real.values() for path in query(package, "-l")}

    assert not {path for path in paths if path.startswith("/usr/") and Path(path).name in ("nano", "nano.1", "nano.1.gz")}
    assert {"/usr/bin/nano-appliance", "/usr/bin/nano-installer", "/usr/bin/nano-desktop"} <= paths


def test_dnf_installs_the_real_programs_and_they_start(real: dict[str, Path], host: Host, tmp_path: Path) -> None:
    answer = host.dnf("install", *(str(path) for path in real.values()))

    assert answer.returncode == 0, answer.stdout + answer.stderr
    for program in ("/opt/nano/bin/nano", "/opt/nano/bin/nano-installer", "/opt/nano/desktop/bin/nano-desktop"):
        said = subprocess.run([host.path(program), "--help"], capture_output=True, text=True, check=True, cwd=tmp_path)
        assert Path(program).name in said.stdout
    assert os.readlink(host.path("/usr/bin/nano-appliance")) == "/opt/nano/bin/nano"
    assert verified(host) == []


def verified(host: Host) -> list[str]:
    """What systemd says about the unit where it is installed; its own stand-in has no targets, the ones of this machine do."""
    for folder in ("usr/lib/systemd/system", "usr/bin"):
        host.path(folder).mkdir(parents=True, exist_ok=True)
    shutil.copytree("/lib/systemd/system", host.path("/usr/lib/systemd/system"), dirs_exist_ok=True, symlinks=True)
    host.path("/bin/kill").touch(0o755)
    command = ["systemd-analyze", "verify", "--man=no", f"--root={host.root}", "nano.service"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in (answer.stdout + answer.stderr).splitlines() if "nano" in line]


def test_installing_makes_the_group_and_tells_systemd_and_firewalld_but_starts_nothing(host: Host) -> None:
    host.path("/run/systemd/system").mkdir(parents=True)
    answer = host.dnf("install", "nano-appliance-0.1")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert host.asked() == [
        "groupadd -r nano",
        "systemctl daemon-reload",
        "systemctl --no-reload preset nano.service",
        "firewall-cmd --reload",
    ]
    assert "nano:x:" in host.path("/etc/group").read_text()
    assert {path for path in PRIVATE if stat.S_IMODE(host.path(path).stat().st_mode) != 0o700} == set()
    assert stat.S_IMODE(host.path("/var/lib/nano").stat().st_mode) == 0o711


def test_a_host_without_weak_dependencies_gets_no_hypervisor(host: Host) -> None:
    assert host.dnf("install", "--setopt=install_weak_deps=False", "nano-appliance-0.1").returncode == 0

    names = subprocess.run(
        ["rpm", "--root", host.root, "-qa", "--qf", "%{NAME}\n"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "libvirt-libs" in names
    assert not {"libvirt", "qemu-kvm"} & set(names)


def test_an_upgrade_keeps_what_the_administrator_has_and_restarts_only_what_runs(host: Host) -> None:
    host.dnf("install", "nano-appliance-0.1")
    host.path("/opt/nano/config/domain.cfg").write_text('{"domain": "lab"}')
    host.path("/opt/nano/data/core.db").write_text("rows")
    host.path("/run/systemd/system").mkdir(parents=True, exist_ok=True)
    host.asked()

    answer = host.dnf("upgrade", "nano-appliance")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0.2" in host.path("/opt/nano/bin/nano").read_text()
    assert [path.name for path in host.path("/opt/nano/bin/_internal").iterdir()] == ["only-in-0.2"]
    assert host.path("/opt/nano/config/domain.cfg").read_text() == '{"domain": "lab"}'
    assert host.path("/opt/nano/data/core.db").read_text() == "rows"
    asked = host.asked()
    assert asked[-1] == "systemctl try-restart nano.service"
    assert not [line for line in asked if "disable" in line or "preset" in line or "groupadd" in line]


def test_removal_stops_the_service_and_leaves_guests_and_settings(host: Host) -> None:
    host.dnf("install", "nano-appliance-0.1", "nano-appliance-desktop-0.1")
    host.path("/opt/nano/config/domain.cfg").write_text("{}")
    host.path("/var/lib/nano/disk.qcow2").write_text("a guest")
    host.asked()

    answer = host.dnf("remove", "nano-appliance", "nano-appliance-desktop")

    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert host.asked()[0] == "systemctl --no-reload disable --now nano.service"
    assert host.path("/var/lib/nano/disk.qcow2").read_text() == "a guest"
    left = {str(path.relative_to(host.root)) for path in host.path("/opt").rglob("*")}
    assert left == {"opt/nano", "opt/nano/config", "opt/nano/config/domain.cfg"}
    assert not [path for path in host.root.rglob("*nano*") if path.is_file() and "/var/lib/" not in str(path) and "/opt/" not in str(path)]


def test_the_window_alone_brings_no_service(host: Host) -> None:
    assert host.dnf("install", "nano-appliance-desktop-0.1").returncode == 0

    assert not host.path("/opt/nano/bin").exists()
    assert not host.path("/usr/lib/systemd/system/nano.service").exists()


def test_the_self_extracting_file_carries_the_packages_unharmed(real: dict[str, Path], tmp_path: Path) -> None:
    carrier = rpm.carrier()

    subprocess.run([carrier, "--check"], check=True, capture_output=True)
    subprocess.run([carrier, "--noexec", "--target", tmp_path / "out", "--quiet"], check=True, capture_output=True)

    for package in real.values():
        assert (tmp_path / "out" / package.name).read_bytes() == package.read_bytes()


def test_the_self_extracting_file_hands_the_packages_to_dnf(real: dict[str, Path], tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "dnf").write_text(f'#!/bin/sh\nls "$3" "$4" > {tmp_path}/seen; echo "$@" >> {tmp_path}/seen\n')
    (tools / "dnf").chmod(0o755)

    command: list[str | Path] = [rpm.carrier(), "--quiet", "--", "--desktop"]
    answer = subprocess.run(
        command, env={"PATH": f"{tools}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}, capture_output=True, text=True, check=True
    )

    server, window = (path.name for path in real.values())
    assert (tmp_path / "seen").read_text().splitlines() == [f"./{server}", f"./{window}", f"-y install ./{server} ./{window}"]
    assert "nano-installer" in answer.stdout


def test_the_self_extracting_file_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    answer = subprocess.run([rpm.carrier(), "--quiet", "--", "--everything"], capture_output=True, text=True, check=False)

    assert (answer.returncode, "usage:" in answer.stderr) == (2, True)
