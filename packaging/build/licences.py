"""Collect the licences of everything by others that is inside a frozen program."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import portal
from progress import ROOT, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = ("licen", "copying", "notice", "authors")
CARRIED = tuple(sorted((ROOT / "packaging" / "nano" / "licences").glob("*.txt")))
"""LGPL 3 and the GPL 3 it is built upon: Qt for Python names them and brings no copy."""


class Part(NamedTuple):
    """Something by others: its licence in one line, and the files that hold the text."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def collect(folder: Path, work: Path) -> list[Part]:
    """Write licences/ into the bundle: an index, and the texts by part. Raises Failed for a part without a text."""
    parts = sorted({part.name: part for part in [*_python(), *_packages(work), *_libraries(work), *_pages(folder)]}.values())
    mute = [part.name for part in parts if not part.texts]
    if mute:
        raise Failed(f"no licence text was found for: {', '.join(mute)}")
    target = folder / "licences"
    for part in parts:
        (target / part.name).mkdir(parents=True, exist_ok=True)
        for text in part.texts:
            shutil.copyfile(text, target / part.name / text.name)
    lines = [f"{part.name:32} {part.version:16} {part.licence}" for part in parts]
    (target / "INDEX").write_text(
        "What this program carries besides its own code. The texts are in the folders beside.\n\n" + "\n".join(lines) + "\n"
    )
    return parts


def _python() -> Iterator[Part]:
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if not text.is_file():
        text = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    yield Part("python", sys.version.split()[0], "PSF-2.0", _existing([text]))
    yield from (_part(metadata.distribution("pyinstaller")),)  # its bootloader


def _packages(work: Path) -> Iterator[Part]:
    """The Python packages that PyInstaller took something from."""
    taken = {path for path in _sources(work) if "site-packages" in path}
    for found in metadata.distributions():
        if found.files and any(str(found.locate_file(file)) in taken for file in found.files):
            yield _part(found)


def _part(found: metadata.Distribution) -> Part:
    about = found.metadata.json
    classifiers = [str(line).rpartition(" :: ")[2] for line in about.get("classifier", []) if str(line).startswith("License ::")]
    licence = str(about.get("license_expression") or about.get("license") or "").partition("\n")[0] or ", ".join(classifiers)
    texts = [Path(str(found.locate_file(file))) for file in found.files or [] if _is_text(file.name) and ".dist-info" in str(file)]
    return Part(str(about["name"]).lower(), found.version, licence, _existing(texts) or _named_in(found, licence))


def _named_in(found: metadata.Distribution, licence: str) -> tuple[Path, ...]:
    """A package without a licence file still names its licence and author in its metadata."""
    about = [Path(str(found.locate_file(file))) for file in found.files or [] if file.name == "METADATA"]
    return _existing([*about, *(CARRIED if "LGPL-3.0" in licence else ())])


def _libraries(work: Path) -> Iterator[Part]:
    """Libraries of this machine's distribution."""
    for path in sorted(source for source in _sources(work) if source.startswith(("/lib/", "/lib64/", "/usr/lib"))):
        if "site-packages" in path or "/python3" in path:
            continue
        name = _package_of(path)
        texts = [Path("/usr/share/doc") / name / "copyright", *Path("/usr/share/licenses").glob(f"{name}/*")]
        yield Part(name, Path(path).resolve().name, "see its text", _existing(texts))


def _package_of(path: str) -> str:
    if shutil.which("dpkg-query"):
        for name in (str(Path(path).resolve()), path, path.removeprefix("/usr"), str(Path(path).resolve()).removeprefix("/usr")):
            found = _ask("dpkg-query", "-S", name)
            if found:
                return found.partition(":")[0]
    return _ask("rpm", "-qf", "--qf", "%{NAME}", path) or Path(path).name


def _pages(folder: Path) -> Iterator[Part]:
    """What the portal's build bundles: the packages it does not need for building alone."""
    if not (folder / "webui").is_dir():
        return
    listed = _ask(
        portal.tool("npm"), "ls", "--omit=dev", "--omit=peer", "--omit=optional", "--all", "--parseable", cwd=portal.WEBUI
    ).splitlines()[1:]
    for place in map(Path, listed):
        about = json.loads((place / "package.json").read_text())
        texts = [path for path in place.iterdir() if _is_text(path.name)] or [place / "package.json"]
        yield Part(f"npm-{about['name'].replace('/', '-').lstrip('@')}", about["version"], str(about.get("license", "")), _existing(texts))


def _sources(work: Path) -> set[str]:
    """Every file that PyInstaller put into the bundle, by its path here."""
    tables = [ast.literal_eval(path.read_text()) for path in work.rglob("*-00.toc") if path.name.startswith(("PYZ", "COLLECT"))]
    return {row[1] for table in tables for part in table if isinstance(part, list) for row in part if row[1]}


def _is_text(name: str) -> bool:
    return any(word in name.lower() for word in TEXTS) and not name.endswith((".py", ".pyc", ".js"))


def _existing(paths: list[Path]) -> tuple[Path, ...]:
    return tuple(path for path in paths if path.is_file())


def _ask(*command: str | Path, cwd: Path | None = None) -> str:
    answer = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""
