"""Who may import whom, through which door the outside is reached, and how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("nano_runtime", "appliance", "installer")
FILES = sorted(path for package in OURS for path in (ROOT / package).rglob("*.py"))
EVERY_FILE = sorted({*FILES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "packaging").rglob("*.py"), ROOT / "build.py"})
LONGEST = 400
NAMES_THAT_SAY_NOTHING = {"utils", "util", "common", "manager", "helper", "helpers", "misc"}

FOUNDATION = {"nano_runtime", "appliance.protocol", "appliance.http", "appliance.settings", "appliance.rights", "appliance.__version__"}
MAY_IMPORT = {
    "nano_runtime": {"nano_runtime"},
    "appliance.protocol": FOUNDATION,
    "appliance.http": FOUNDATION,
    "appliance.settings": FOUNDATION,
    "appliance.rights": FOUNDATION,
    "appliance.core": FOUNDATION | {"appliance.core"},
    "appliance.cell": FOUNDATION | {"appliance.cell"},
    "appliance.frontend": FOUNDATION | {"appliance.frontend", "appliance.core.api"},
    "installer": {"nano_runtime", "appliance.settings", "installer"},
    "appliance": {"nano_runtime", "appliance"},
}
"""Part of the program -> what of ours it may import. The longest name that fits a file decides."""

DOORS = {
    "libvirt": {f"appliance/cell/hypervisor/{file}.py" for file in ("connection", "tuning", "agent", "power")},
    "xml": {"appliance/cell/hypervisor/xml.py"},
    "lxml": set[str](),
    "subprocess": {"nano_runtime/command.py"},
    "sqlite3": {"nano_runtime/store.py"},
    "psycopg": {"nano_runtime/store.py"},
    "bottle": {"appliance/http/serve.py"},
    "cheroot": {"appliance/http/server.py", "appliance/node.py"},
    "cherrypy": {"appliance/http/server.py", "appliance/node.py"},
    "webview": {"appliance/desktop/window.py"},
    "PySide6": {"appliance/desktop/window.py", "appliance/desktop/page.py"},
    "psutil": {"appliance/cell/metrics.py", "nano_runtime/interfaces.py"},
    "cryptography": {"nano_runtime/certificates.py"},
    "aioquic": {"nano_runtime/quic_connection.py"},
    "jeepney": {"installer/network_manager.py"},
    "argon2": {"appliance/frontend/passwords.py"},
    "websockets": {"appliance/http/websocket.py"},
}
"""Outside power -> the files that may touch it."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Full dotted names of everything a file imports, at its top, in functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively; full names are searchable"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lies_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def part_of(module: str) -> str:
    return max((part for part in MAY_IMPORT if lies_in(module, part)), key=len)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    part = part_of(module_of(path))
    ours = {name for name in imports(path) if name.split(".")[0] in OURS}

    wrong = {name for name in ours if not any(lies_in(name, allowed) for allowed in MAY_IMPORT[part])}

    assert not wrong, f"{part} may import {sorted(MAY_IMPORT[part])} of ours, not {sorted(wrong)}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_outside_powers_are_reached_through_their_door(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}

    wrong = {power: DOORS[power] for power in used & DOORS.keys() if name_of(path) not in DOORS[power]}

    assert not wrong, f"{name_of(path)} goes around the door: {wrong}"


@pytest.mark.parametrize("path", EVERY_FILE, ids=name_of)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", EVERY_FILE, ids=name_of)
def test_a_module_is_named_after_its_subject(path: Path) -> None:
    assert path.stem not in NAMES_THAT_SAY_NOTHING


@pytest.mark.parametrize("door", sorted({file for files in DOORS.values() for file in files}))
def test_a_door_that_exists_is_used(door: str) -> None:
    """A door nobody goes through any more is a hole in the rule."""
    path = ROOT / door
    if not path.exists():
        return
    used = {name.split(".")[0] for name in imports(path)}

    allowed = {power for power, files in DOORS.items() if door in files}
    assert used & allowed


def test_build_py_runs_on_python_3_9() -> None:
    ast.parse((ROOT / "build.py").read_text(), feature_version=(3, 9))


def test_only_the_agreed_things_lie_at_the_top() -> None:
    folders = {"appliance", "installer", "webui", "nano_runtime", "packaging", "tests"}
    files = {"build.py", "README.md", "pyproject.toml", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}
    made = {"build"}

    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert found <= folders | files | made
