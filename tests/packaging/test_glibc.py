"""The build notices what CentOS Stream 9 could not load, and lowers only what is known to do the same there."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ceilings
import elf
from progress import Failed

HYPOT = "#include <math.h>\ndouble longest(double a, double b) { return hypot(a, b) + fmod(a, b); }\n"
NEWER = '__asm__(".symver hypot, hypot@GLIBC_2.35"); __asm__(".symver fmod, fmod@GLIBC_2.2.5");\n'
FOREIGN = '__asm__(".symver wanted, wanted@GLIBC_2.99");\nvoid wanted(void); void call(void) { wanted(); }\n'
STAND_IN = '__asm__(".symver wanted_1, wanted@@GLIBC_2.99");\nvoid wanted_1(void) {}\n'


def compiled(folder: Path, name: str, source: str, *options: str) -> Path:
    """A shared library of this source, made by the real compiler, so that a real linker wrote its tables."""
    (folder / f"{name}.c").write_text(source)
    library = folder / f"lib{name}.so"
    command = ["gcc", "-shared", "-fPIC", "-Wl,--no-as-needed", "-o", str(library), str(folder / f"{name}.c"), *options]
    subprocess.run(command, check=True, capture_output=True)
    return library


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    return folder


@pytest.fixture
def needs_hypot(tmp_path: Path, bundle: Path) -> Path:
    return Path(shutil.copy(compiled(tmp_path, "longest", NEWER + HYPOT, "-lm"), bundle))


@pytest.fixture
def needs_the_future(tmp_path: Path, bundle: Path) -> Path:
    """Links against a library that offers a version no glibc has yet."""
    (tmp_path / "versions").write_text("GLIBC_2.99 { };\n")
    compiled(tmp_path, "future", STAND_IN, f"-Wl,--version-script={tmp_path}/versions")
    return Path(shutil.copy(compiled(tmp_path, "caller", FOREIGN, f"-L{tmp_path}", "-lfuture"), bundle))


def test_the_versions_read_are_those_the_linker_wrote(needs_hypot: Path) -> None:
    dump = subprocess.run(["objdump", "-T", needs_hypot], check=True, capture_output=True, text=True).stdout

    found = {(symbol, need.version) for need in elf.needs(needs_hypot) for symbol in need.symbols}

    assert {("hypot", "GLIBC_2.35"), ("fmod", "GLIBC_2.2.5")} <= found
    assert all(f"({version}) {symbol}" in dump or f"{version}  {symbol}" in dump for symbol, version in found)


def test_hypot_is_lowered_and_still_computes(needs_hypot: Path, bundle: Path) -> None:
    changed = ceilings.lower(bundle)

    assert [(found.file, found.need.symbols) for found in changed] == [(needs_hypot, ("hypot",))]
    assert ceilings.check(bundle) == 1
    longest = ctypes.CDLL(str(needs_hypot)).longest
    longest.restype, longest.argtypes = ctypes.c_double, [ctypes.c_double, ctypes.c_double]
    assert longest(3.0, 4.0) == 8.0


def test_an_unknown_symbol_is_never_lowered(needs_the_future: Path, bundle: Path) -> None:
    before = needs_the_future.read_bytes()

    assert ceilings.lower(bundle) == []

    assert needs_the_future.read_bytes() == before


def test_what_the_oldest_host_lacks_fails_the_build_by_name(needs_the_future: Path, bundle: Path) -> None:
    with pytest.raises(Failed, match=r"libcaller\.so needs GLIBC_2\.99 of libfuture\.so \(wanted\)"):
        ceilings.check(bundle)


@pytest.mark.parametrize("version", ["GLIBC_2.34", "GLIBC_2.2.5", "GLIBCXX_3.4.29", "CXXABI_1.3.13", "OPENSSL_3.0.0", "LIBVIRT_9.0.0"])
def test_a_version_of_centos_9_passes(version: str) -> None:
    assert not ceilings._is_too_new(version)


@pytest.mark.parametrize("version", ["GLIBC_2.35", "GLIBC_2.100", "GLIBCXX_3.4.30", "CXXABI_1.3.14", "GLIBC_PRIVATE", "GLIBC_ABI_DT_RELR"])
def test_a_newer_version_does_not(version: str) -> None:
    assert ceilings._is_too_new(version)


def test_a_script_is_no_elf_file_and_neither_is_a_short_one(tmp_path: Path) -> None:
    (tmp_path / "script").write_text("#!/bin/sh\n")
    (tmp_path / "short").write_bytes(b"\x7fEL")
    (tmp_path / "link").symlink_to(sys.executable)

    assert ceilings.elf_files(tmp_path) == []
