"""./build.py freeze: the frozen programs, in build/freeze/nano and build/freeze/nano-desktop."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import ceilings
import environment
import portal
import stamps
import system_packages
from progress import BUILD, ROOT, Failed, main, run, step

FOLDER = BUILD / "freeze"
MIB = 1 << 20


class Program(NamedTuple):
    """One bundle, and how large it may be in MiB."""

    name: str
    sources: tuple[str, ...]
    limit: int


PROGRAMS = {
    "nano": Program("nano", ("appliance", "installer", "nano_runtime", "packaging/nano"), 45),
    "nano-desktop": Program("nano-desktop", ("appliance/desktop", "appliance/__init__.py", "nano_runtime", "packaging/nano"), 420),
}


def verb() -> int:
    for name in sys.argv[1:] or PROGRAMS:
        if name not in PROGRAMS:
            sys.exit(f"usage: ./build.py freeze [{'|'.join(PROGRAMS)}]")
        folder = ensure(name)
        print(f"{folder.relative_to(ROOT)}: {size(folder) / MIB:.1f} MiB, {len(ceilings.elf_files(folder))} ELF files")
    return 0


def ensure(name: str) -> Path:
    """The folder of a frozen program, made unless its sources are those it was made of."""
    program = PROGRAMS[name]
    system_packages.ensure("freeze")
    environment.ensure("freeze", *(["desktop"] if name == "nano-desktop" else []))
    pages = portal.ensure() if name == "nano" else None
    wanted = stamps.of_files(_inputs(program)) + (stamps.of_files(pages.rglob("*")) if pages else "")
    stamp = BUILD / "stamp" / f"freeze-{name}"
    folder = FOLDER / name
    if not (stamps.is_current(stamp, wanted) and (folder / name).is_file()):
        _freeze(program, folder, pages)
        stamps.write(stamp, wanted)
    return folder


def _freeze(program: Program, folder: Path, pages: Path | None) -> None:
    import licences  # reads the metadata of what is installed only now

    shutil.rmtree(folder, ignore_errors=True)
    work = BUILD / "freeze-work" / program.name
    spec = ROOT / "packaging" / f"{program.name}.spec"
    pyinstaller: list[str | Path] = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", FOLDER, "--workpath", work, spec]
    run(f"freeze {program.name}", pyinstaller, environment={"PYTHONPATH": str(Path(__file__).parent), "PYTHONHASHSEED": "0"})
    if pages:
        shutil.copytree(pages, folder / "webui")
    with step(f"check {program.name}"):
        licences.collect(folder, work)
        for changed in ceilings.lower(folder):
            print(f"\n    {changed}: set to an older version ", end="")
        ceilings.check(folder)
        _check_size(program, folder)
        _check_start(folder / program.name)


def _inputs(program: Program) -> list[Path]:
    here = [Path(__file__).with_name(f"{name}.py") for name in ("bundle", "ceilings", "elf", "environment", "freeze", "licences")]
    settings = [ROOT / "pyproject.toml", environment.CONSTRAINTS, ROOT / "packaging" / f"{program.name}.spec"]
    sources = [ROOT / source for source in program.sources]
    ours = [path for source in sources for path in ([source] if source.is_file() else source.rglob("*.py"))]
    return [*here, *settings, *ours]


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _check_size(program: Program, folder: Path) -> None:
    if size(folder) > program.limit * MIB:
        raise Failed(f"{program.name} is {size(folder) / MIB:.1f} MiB large; {program.limit} MiB are allowed")


def _check_start(binary: Path) -> None:
    result = subprocess.run([binary, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
    if result.returncode:
        raise Failed(f"{binary.name} does not start: {result.stderr[-2000:]}")


if __name__ == "__main__":
    main(verb)
