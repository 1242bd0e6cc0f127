"""Read and write configuration files: JSON, declared as msgspec structs, refused with words an administrator can act on."""

from __future__ import annotations

import difflib
import json
import os
import re
import tempfile
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec
from msgspec import inspect

from nano_runtime.errors import BadSetting

if TYPE_CHECKING:
    from pathlib import Path

Settings = TypeVar("Settings", bound=msgspec.Struct)

_SECRET = re.compile(r"(^|_)(key|secret|password|token)$")
_PLACE = re.compile(r" - at `\$\.?(.*)`$")
_NAME = re.compile(r"`([^`]*)`")


def load(path: Path, kind: type[Settings]) -> Settings:
    """The settings of a file; a missing file means the defaults of `kind`.

    Raises BadSetting that names file, field, value (unless it is a secret) and rule; `field` is set where one is at fault.
    """
    content = _read(path)
    if content is None:
        return _defaults(path, kind)
    data = _parse(path, content)
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as problem:
        _refuse(path, kind, data, str(problem))


def save(path: Path, value: msgspec.Struct) -> None:
    """Replace the file as a whole, for the owner's eyes only; a crash leaves the old one or the new one."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
    number, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 0600
    try:
        with open(number, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.rename(draft, path)
    except BaseException:
        os.unlink(draft)
        raise
    _flush_folder(path.parent)


def require_private(path: Path) -> None:
    """Refuse a file with secrets that is missing, that others may read, or that another user owns."""
    try:
        status = path.stat()
    except OSError as problem:
        raise BadSetting(f"{name_of(path)} cannot be read: {problem.strerror}", hint="restore it or run the installer again") from problem
    if status.st_mode & 0o077:
        mode = f"{status.st_mode & 0o777:04o}"
        raise BadSetting(f"{name_of(path)} holds a secret, but its mode {mode} lets others read it", hint=f"run: chmod 600 {path}")
    if status.st_uid not in (0, os.geteuid()):
        raise BadSetting(f"{name_of(path)} holds a secret, but user {status.st_uid} owns it", hint=f"run: chown {os.geteuid()} {path}")


def name_of(path: Path) -> str:
    """How messages call a file: config/domain.cfg, whatever the home."""
    return f"{path.parent.name}/{path.name}"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise BadSetting(f"{name_of(path)} cannot be read: {problem.strerror}", hint=f"check {path} and its owner") from problem


def _defaults(path: Path, kind: type[Settings]) -> Settings:
    try:
        return msgspec.convert({}, kind)
    except msgspec.ValidationError as problem:
        needed = ", ".join(field.name for field in msgspec.structs.fields(kind) if field.required)
        raise BadSetting(f"{name_of(path)} is missing", hint=f"it must set: {needed}") from problem


def _parse(path: Path, content: bytes) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise BadSetting(f"{twice} is set twice in {name_of(path)}", hint="remove one of them", field=twice)
        return found

    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=once)
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise BadSetting(f"{name_of(path)} is not JSON: {problem.msg} at {where}", hint=f"edit {path}") from problem
    except (UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise BadSetting(f"{name_of(path)} is damaged", hint=f"restore {path} from a copy, or remove it for the defaults") from problem
    if not isinstance(data, dict):
        raise BadSetting(f"{name_of(path)} must hold one JSON object", hint=f"edit {path}")
    return data


def _refuse(path: Path, kind: type[msgspec.Struct], data: dict[str, Any], problem: str) -> NoReturn:
    """Turn msgspec's words into ours; it says `Expected ... - at `$.credentials[0].key``."""
    place = _PLACE.search(problem)
    field = place.group(1) if place else ""
    trail = re.findall(r"\w+", field)
    name = _NAME.search(problem)
    if name and problem.startswith("Object contains unknown field"):
        _refuse_unknown(path, _walk(inspect.type_info(kind), trail), field, name.group(1))
    if name and problem.startswith("Object missing required field"):
        field = _joined(field, name.group(1))
        raise BadSetting(f"{field} is missing in {name_of(path)}", hint=f"edit {path}", field=field)
    rule, meaning = _rule(_walk(inspect.type_info(kind), trail)), _meaning(kind, trail)
    hint = f"edit {path}" + (f" ({meaning})" if meaning else "")
    raise BadSetting(f"{field} in {name_of(path)} must be {rule}, not {_shown(data, trail)}", hint=hint, field=field)


def _refuse_unknown(path: Path, holder: inspect.Type, place: str, name: str) -> NoReturn:
    known = [field.name for field in holder.fields] if isinstance(holder, inspect.StructType) else []
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"known are: {', '.join(known)}"
    field = _joined(place, name)
    raise BadSetting(f"{name_of(path)} has no setting {field!r}", hint=hint, field=field)


def _joined(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _walk(kind: inspect.Type, trail: list[str]) -> inspect.Type:
    """The declared type at the end of a trail of field names and list indexes."""
    for part in trail:
        kind = _bare(kind)
        if isinstance(kind, inspect.StructType):
            kind = next(field.type for field in kind.fields if field.encode_name == part)
        elif isinstance(kind, inspect.ListType):
            kind = kind.item_type
    return _bare(kind)


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _rule(kind: inspect.Type) -> str:
    match kind:
        case inspect.IntType(ge=int(low), le=int(high)):
            return f"{low}-{high}"
        case inspect.IntType(ge=int(low)):
            return f"a whole number, {low} or more"
        case inspect.IntType():
            return "a whole number"
        case inspect.BoolType():
            return "true or false"
        case inspect.StrType():
            return _text_rule(kind)
        case inspect.ListType():
            return "a list"
        case _:
            return "an object" if isinstance(kind, inspect.StructType) else "of another type"


def _text_rule(kind: inspect.StrType) -> str:
    if kind.pattern:
        choice = re.fullmatch(r"\^\(([\w|-]+)\)\$", kind.pattern)
        return " or ".join(choice.group(1).split("|")) if choice else f"text like {kind.pattern}"
    if kind.min_length and kind.max_length:
        return f"text of {kind.min_length}-{kind.max_length} characters"
    return f"text of {kind.min_length} characters or more" if kind.min_length else "text"


def _meaning(kind: type[msgspec.Struct], trail: list[str]) -> str:
    top = next((field for field in inspect.type_info(kind).fields if trail and field.encode_name == trail[0]), None)  # type: ignore[attr-defined]  # a struct has fields
    extra = top.type.extra_json_schema if top and isinstance(top.type, inspect.Metadata) else None
    return str(extra.get("description", "")) if extra else ""


def _shown(data: Any, trail: list[str]) -> str:
    """The refused value as the file has it; what is or may hold a secret is not repeated in a message that ends in a log."""
    if trail and _SECRET.search(trail[-1]):
        return "the one given"
    for part in trail:
        data = data[int(part)] if isinstance(data, list) else data[part]
    if isinstance(data, dict | list):
        return "an object" if isinstance(data, dict) else "a list"
    text = json.dumps(data, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def _flush_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
