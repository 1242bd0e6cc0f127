"""What is declared is used: every message has one handler and somebody who sends it, every right a route, every setting a reader."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

import appliance.protocol
import settings_table
from appliance.cell.handlers import Handlers
from appliance.core.service import Core
from appliance.frontend.api import ENDPOINTS
from appliance.rights import MENUS, Right
from appliance.settings import FILES
from nano_runtime.certificates import Authority
from nano_runtime.errors import NanoError, from_code
from nano_runtime.home import Home
from nano_runtime.messages import Dispatcher, Event, Message, Request, answer_type, tag_of

ROOT = Path(__file__).parents[1]
CODE = [*(ROOT / "appliance").rglob("*.py"), *(ROOT / "nano_runtime").rglob("*.py")]


def _declared() -> list[type[Message]]:
    for module in pkgutil.iter_modules(appliance.protocol.__path__):
        importlib.import_module(f"appliance.protocol.{module.name}")
    kinds = [*_family(Request), *_family(Event)]
    return [kind for kind in kinds if kind.__module__.startswith("appliance.protocol")]


def _family(kind: type[Message]) -> list[type[Message]]:
    return [member for child in kind.__subclasses__() for member in (child, *_family(child))]


@cache
def _names_used(path: Path) -> frozenset[str]:
    """Names and attributes that a file mentions outside its imports."""
    tree = ast.parse(path.read_text())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return frozenset(names | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)})


@cache
def _calls(path: Path) -> frozenset[str]:
    """Names that a file calls, hence makes instances of."""
    calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return frozenset(call.id for call in calls if isinstance(call, ast.Name))


@pytest.mark.parametrize("kind", _declared(), ids=lambda kind: kind.__name__)
def test_every_message_has_one_handler_and_a_sender(kind: type[Message], home: Home) -> None:
    authority = Authority.create("nano")
    core = Core(home, authority=authority, identity=authority.issue(domain="nano", role="core", name="core"))
    cell = Dispatcher()
    Handlers(*[cast("Any", None)] * 5).register(cell)  # nothing is asked of its parts here
    try:
        receivers = [
            name for name, found in (("core", core.dispatcher), ("cell", cell)) if tag_of(kind) in {tag_of(each.message) for each in found}
        ]
    finally:
        core.close(1)

    assert len(receivers) == 1
    sender = {"core": "cell", "cell": "core"}[receivers[0]]
    assert any(kind.__name__ in _calls(path) for path in (ROOT / "appliance" / sender).rglob("*.py")), f"{sender} never sends it"


@pytest.mark.parametrize("kind", [kind for kind in _declared() if issubclass(kind, Request)], ids=lambda kind: kind.__name__)
def test_every_request_says_what_it_expects_back(kind: type[Message]) -> None:
    assert issubclass(answer_type(kind), msgspec.Struct)


def test_no_two_messages_have_one_name_on_the_wire() -> None:
    tags = [tag_of(kind) for kind in _declared()]

    assert len(tags) == len(set(tags))


@pytest.mark.parametrize("right", Right, ids=str)
def test_every_right_is_asked_for_and_carried_by_a_menu(right: Right) -> None:
    needed = any(endpoint.right is right for endpoint in ENDPOINTS)
    looked_at = any(right.name in _names_used(path) for path in CODE if path.name != "rights.py")

    assert needed or looked_at
    assert any(right in rights for rights in MENUS.values())


SETTINGS = [(file, field.name) for file, kind in FILES.items() for field in msgspec.structs.fields(kind)]


@pytest.mark.parametrize(("file", "field"), SETTINGS, ids=lambda value: value)
def test_every_setting_is_read_by_the_program(file: str, field: str) -> None:
    assert any(field in _names_used(path) for path in CODE if path.name not in ("settings.py", "first_run.py"))


@pytest.mark.parametrize(("file", "field"), SETTINGS, ids=lambda value: value)
def test_every_setting_says_what_it_means(file: str, field: str) -> None:
    [row] = [row for row in _rows() if row[:2] == (file, field)]

    assert row[3]


def test_the_table_of_settings_is_the_one_that_the_declaration_makes_now() -> None:
    document = (ROOT / "ARCHITECTURE.md").read_text()

    assert settings_table.filled(document) == document, "run: python packaging/build/settings_table.py"


def test_every_error_comes_back_from_its_code_as_itself() -> None:
    kinds: list[type[NanoError]] = [NanoError, *_errors(NanoError)]

    ours = [kind for kind in kinds if kind.__module__ == "nano_runtime.errors"]
    assert [type(from_code(kind.code, "text")) for kind in ours] == ours


def _errors(kind: type[NanoError]) -> list[type[NanoError]]:
    return [member for child in kind.__subclasses__() for member in (child, *_errors(child))]


def _rows() -> list[tuple[str, ...]]:
    """The table, with the file repeated in each row."""
    rows, file = [], ""
    for line in settings_table.table().splitlines()[2:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        file = cells[0] or file
        rows.append((file, *cells[1:]))
    return rows
