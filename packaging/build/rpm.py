"""./build.py rpm: the packages of CentOS Stream 9 and 10, and one self-extracting file that carries them, in build/rpm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import environment
import freeze
import stamps
import system_packages
from progress import BUILD, ROOT, main, run

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = BUILD / "rpm"
FILES = ROOT / "packaging" / "nano"
SPEC = FILES / "nano-appliance.spec"
RELEASE = "1"
PACKAGES = ("nano-appliance", "nano-appliance-desktop")


def verb() -> int:
    for path in [*ensure().values(), carrier()]:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / (1 << 20):.1f} MiB")
    return 0


def ensure() -> dict[str, Path]:
    """The packages by name, made unless what goes into them is what went into the last ones."""
    system_packages.ensure("packages")
    stage = [freeze.ensure(name) for name in freeze.PROGRAMS]
    stamps_of_programs = [(BUILD / "stamp" / f"freeze-{folder.name}").read_text() for folder in stage]
    wanted = stamps.fingerprint(stamps.of_files(path for path in FILES.iterdir() if path.is_file()), *stamps_of_programs, version())
    stamp = BUILD / "stamp" / "rpm"
    made = packages()
    if not (stamps.is_current(stamp, wanted) and all(path.is_file() for path in made.values())):
        build(FOLDER, version(), RELEASE)
        stamps.write(stamp, wanted)
    return made


def packages(folder: Path = FOLDER, release: str = RELEASE) -> dict[str, Path]:
    return {name: folder / f"{name}-{version()}-{release}.x86_64.rpm" for name in PACKAGES}


def version() -> str:
    return str(tomllib.loads(environment.PROJECT.read_text())["project"]["version"])


def build(folder: Path, version: str, release: str, stage: Path = freeze.FOLDER) -> None:
    """Make the packages of the frozen programs in `stage`; tests give small ones in their place."""
    shutil.rmtree(folder, ignore_errors=True)
    work = folder / "work"
    defines = {
        "_topdir": work,
        "_rpmdir": folder,
        "_rpmfilename": "%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm",
        "_binary_payload": "w7.zstdio",
        "nano_version": version,
        "nano_release": release,
        "nano_stage": stage,
        "nano_files": FILES,
        "source_date_epoch_from_changelog": "0",
        "clamp_mtime_to_source_date_epoch": "1",
        "use_source_date_epoch_as_buildtime": "1",
        "_buildhost": "build",
    }
    options = [part for name, value in defines.items() for part in ("--define", f"{name} {value}")]
    run("make packages", ["rpmbuild", "-bb", "--target", "x86_64-linux", *options, SPEC], environment={"SOURCE_DATE_EPOCH": _epoch()})
    shutil.rmtree(work, ignore_errors=True)


def carrier() -> Path:
    """One file that installs the packages on a host without network; made of those of ensure()."""
    made = FOLDER / f"nano-appliance-{version()}.run"
    newest = max(path.stat().st_mtime for path in packages().values())
    if made.is_file() and made.stat().st_mtime > newest:
        return made
    folder = FOLDER / "carried"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in packages().values():
        os.link(path, folder / path.name)
    shutil.copy(FILES / "install-carried.sh", folder / "install.sh")
    title = f"Nano Appliance {version()}"
    run(
        "make the self-extracting file",
        ["makeself", "--nox11", "--nocomp", "--sha256", "--tar-quietly", folder, made, title, "./install.sh"],
    )
    shutil.rmtree(folder)
    return made


def _epoch() -> str:
    """The time of the last commit, so that the same sources give the same package."""
    answer = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "0"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit("usage: ./build.py rpm")
    main(verb)
