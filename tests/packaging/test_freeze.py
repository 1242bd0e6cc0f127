"""The frozen appliance: small, quick, complete, and with the libraries of the host where those are meant."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import bundle
import ceilings
import freeze
from nano_runtime import daemon
from nano_runtime.home import Home
from tests.folders import open_folder
from tests.running import Appliance

HOST_LIBRARIES = ("libvirt.so", "libssl.so", "libcrypto.so", "libgcc_s.so", "libstdc++.so", "libexpat.so", "libxml2.so", "libglib-2.0.so")

long = pytest.mark.long
patient = pytest.mark.timeout(600)


@pytest.fixture(scope="session")
def nano() -> Path:
    """The frozen program; frozen anew only when its sources changed."""
    return freeze.ensure("nano") / "nano"


def seconds_of(command: list[str | Path]) -> float:
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return time.monotonic() - begun


@long
@patient
def test_it_is_lean(nano: Path) -> None:
    assert freeze.size(nano.parent) <= 45 << 20


@long
@patient
def test_centos_stream_9_can_load_every_file_of_it(nano: Path) -> None:
    assert ceilings.check(nano.parent) > 40


@long
@patient
def test_it_carries_no_library_that_libvirt_brings_along(nano: Path) -> None:
    carried = {path.name for path in ceilings.elf_files(nano.parent)}

    assert {name for name in carried if name.startswith(HOST_LIBRARIES)} == set()


@long
@patient
def test_it_says_its_version_within_a_second_and_a_half(nano: Path) -> None:
    seconds_of([nano, "--version"])  # the first one reads the disk

    assert min(seconds_of([nano, "--version"]) for _ in range(3)) < 1.5


@long
@patient
def test_it_is_ready_within_a_second_and_a_half(nano: Path, tmp_path: Path, libvirt_uri: str) -> None:
    with running(nano, tmp_path, libvirt_uri) as appliance:
        home = appliance.home
        stop: list[str | Path] = [nano, "stop", "--home", home.path]
        subprocess.run(stop, check=True, capture_output=True)

        seconds = [seconds_of([nano, "start", "--home", home.path])]
        while min(seconds) >= 1.5 and len(seconds) < 3:  # this machine may be busy with something else
            subprocess.run(stop, check=True, capture_output=True)
            seconds.append(seconds_of([nano, "start", "--home", home.path]))

        assert min(seconds) < 1.5, seconds
        assert libvirt_of_host_is_mapped(home)
        status, page = appliance.ask(appliance.portal_port, "GET", "/", None, {})
        assert (status, b"<!doctype html>" in page.lower()) == (200, True)


@contextmanager
def running(nano: Path, folder: Path, uri: str, environment: dict[str, str] | None = None) -> Iterator[Appliance]:
    """A home whose roles the frozen program runs in the background."""
    with Appliance(folder / "home", uri=uri) as appliance:
        command: list[str | Path] = [nano, "start", "--home", appliance.home.path]
        subprocess.run(command, env={**os.environ, **(environment or {})}, check=True, capture_output=True)
        try:
            yield appliance
        finally:
            subprocess.run([nano, "stop", "--home", appliance.home.path], check=True, capture_output=True)


def libvirt_of_host_is_mapped(home: Home) -> bool:
    maps = Path(f"/proc/{daemon.running(home)['cell'].pid}/maps").read_text()
    places = {line.split()[-1] for line in maps.splitlines() if "/libvirt.so" in line}
    return bool(places) and all(place.startswith(("/usr/lib", "/lib")) for place in places)


@long
@patient
def test_programs_of_the_host_get_the_environment_of_the_host(nano: Path, tmp_path: Path, libvirt_uri: str) -> None:
    """PyInstaller's LD_LIBRARY_PATH ends at our door: here a qemu-img that notes what it was given before it works."""
    real = shutil.which("qemu-img")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "qemu-img").write_text(f'#!/bin/sh\nenv > {tmp_path}/seen\nexec {real} "$@"\n')
    (tools / "qemu-img").chmod(0o755)
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "LD_LIBRARY_PATH": "/opt/theirs"}

    with open_folder() as folder, running(nano, folder, libvirt_uri, environment) as appliance:
        appliance.add_cell()
        appliance.guest("noted")
        appliance.remove_guests()

    seen = (tmp_path / "seen").read_text().splitlines()
    assert "LD_LIBRARY_PATH=/opt/theirs" in seen
    assert not [line for line in seen if "_MEI" in line or "_PYI" in line or "_internal" in line]


@long
@patient
def test_every_part_by_others_has_its_licence_text(nano: Path) -> None:
    folder = nano.parent / "licences"
    index = (folder / "INDEX").read_text()

    parts = [path for path in folder.iterdir() if path.is_dir()]

    assert {"python", "libvirt-python", "cherrypy", "cryptography", "npm-react", "pyinstaller"} <= {part.name for part in parts}
    assert all(any(file.stat().st_size for file in part.iterdir()) for part in parts)
    assert all(part.name in index for part in parts)


def test_a_library_of_the_host_stays_out_and_one_it_lacks_goes_along() -> None:
    host = [("libvirt.so.0", "/usr/lib/x86_64-linux-gnu/libvirt.so.0", "BINARY"), ("libssl.so.3", "/lib64/libssl.so.3", "BINARY")]
    kept = [
        ("libsqlite3.so.0", "/usr/lib/x86_64-linux-gnu/libsqlite3.so.0", "BINARY"),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", "BINARY"),
        ("python3.11/lib-dynload/_ssl.so", "/usr/lib/python3.11/lib-dynload/_ssl.so", "EXTENSION"),
        ("msgspec/_core.so", "/checkout/.venv/lib/python3.11/site-packages/msgspec/_core.so", "EXTENSION"),
    ]

    assert bundle.ours([*host, *kept]) == kept
