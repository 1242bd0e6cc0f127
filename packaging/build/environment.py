"""Fill .venv with what a verb needs: the program's own dependencies and named groups of pyproject.toml."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import system_packages
from progress import ROOT, run

PROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = Path(__file__).with_name("constraints.txt")


def ensure(*groups: str) -> None:
    """Install the program's dependencies and the groups into .venv, unless they are there in these versions."""
    wanted = requirements(*groups)
    missing = [line for line in wanted if not is_present(line)]
    if not missing:
        return
    if any(line.startswith("libvirt-python") for line in missing):
        system_packages.ensure("compiler")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", str(CONSTRAINTS)]
    run(
        f"python packages {' '.join(groups)}".strip(),
        [*pip, *wanted],
        hint="check the network and the package index, then run the same command again",
    )


def requirements(*groups: str) -> list[str]:
    project = tomllib.loads(PROJECT.read_text())
    lists = [project["project"]["dependencies"], *(project["dependency-groups"][group] for group in groups)]
    return [line for lines in lists for line in lines]


def is_present(requirement: str) -> bool:
    """Whether exactly this pinned version is installed, judged by its metadata folder: pip itself takes a second to say so."""
    name, _, version = requirement.partition("==")
    wanted = f"{_normal(name)}-{version}"
    return wanted in _installed()


def _installed() -> set[str]:
    folders = [Path(entry) for entry in sys.path if entry.endswith("site-packages")]
    found = [info.name.removesuffix(".dist-info") for folder in folders for info in folder.glob("*.dist-info")]
    return {f"{_normal(name)}-{version}" for name, _, version in (entry.rpartition("-") for entry in found)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()
