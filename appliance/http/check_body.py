"""Find what is wrong with a value, in words a person understands.

msgspec decides what is accepted; this module says which field is at fault, why, and what was sent - except for secrets, which
are never repeated. It also refuses what msgspec lets pass: unknown fields, NUL, and a line feed after a pattern's `$`.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import inspect

from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECRET = re.compile(r"password|secret|key|token|(^|[._])code$", re.IGNORECASE)
_CHOICE = re.compile(r"\^-?\??\(([\w|.-]+)\)\$")
_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


def problems(value: Any, kind: inspect.Type, path: str = "", *, strict: bool, lax: bool = False) -> Iterator[BadValue]:
    """Everything wrong with a decoded value, the first one first.

    `strict` refuses unknown fields; `lax` reads numbers and truth from text, as in a query string.
    """
    if isinstance(kind, inspect.Metadata):
        description = (kind.extra_json_schema or {}).get("description", "")
        yield from _described(value, kind.type, path, description, strict=strict, lax=lax)
    elif isinstance(kind, inspect.UnionType):
        yield from _union(value, kind, path, strict=strict, lax=lax)
    elif isinstance(kind, inspect.StructType):
        yield from _struct(value, kind, path, strict=strict, lax=lax)
    elif isinstance(kind, inspect.ListType):
        yield from _list(value, kind, path, strict=strict)
    elif isinstance(kind, inspect.IntType | inspect.FloatType):
        yield from _number(_from_text(value) if lax else value, kind, path)
    else:
        yield from _plain(value, kind, path, "", lax=lax)


def as_go_reads(value: Any, kind: inspect.Type) -> Any:
    """What a Go program would read: field names in any case, null as left out, unknown fields dropped."""
    if isinstance(kind, inspect.Metadata):
        return as_go_reads(value, kind.type)
    if isinstance(kind, inspect.UnionType):
        return as_go_reads(value, next((one for one in kind.types if not isinstance(one, inspect.NoneType)), kind.types[0]))
    if isinstance(kind, inspect.ListType) and isinstance(value, list):
        return [as_go_reads(item, kind.item_type) for item in value]
    if not isinstance(kind, inspect.StructType) or not isinstance(value, dict):
        return value
    fields = {field.encode_name.lower(): field for field in kind.fields}
    known = [(fields.get(name.lower()), item) for name, item in value.items()]
    return {field.encode_name: as_go_reads(item, field.type) for field, item in known if field is not None and item is not None}


def _described(value: Any, kind: inspect.Type, path: str, description: str, *, strict: bool, lax: bool) -> Iterator[BadValue]:
    if isinstance(kind, inspect.StrType):
        yield from _plain(value, kind, path, description, lax=lax)
    else:
        yield from problems(value, kind, path, strict=strict, lax=lax)


def _struct(value: Any, kind: inspect.StructType, path: str, *, strict: bool, lax: bool) -> Iterator[BadValue]:
    if not isinstance(value, dict):
        yield _must_be("an object", value, path)
        return
    prefix = f"{path}." if path else ""
    if strict:
        yield from _unknown(value, [field.encode_name for field in kind.fields], prefix)
    for field in kind.fields:
        name = field.encode_name
        if name in value:
            yield from problems(value[name], field.type, prefix + name, strict=strict, lax=lax)
        elif field.required:
            yield BadValue(f"{prefix}{name} is missing", field=prefix + name)


def _unknown(value: dict[str, Any], known: list[str], prefix: str) -> Iterator[BadValue]:
    for name in value:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {prefix}{near[0]}?" if near else f"known here: {', '.join(known) or 'nothing'}"
            yield BadValue(f"there is no field {_shown(prefix + name)}", hint=hint, field=(prefix + name)[:100])


def _union(value: Any, kind: inspect.UnionType, path: str, *, strict: bool, lax: bool) -> Iterator[BadValue]:
    if value is None and any(isinstance(one, inspect.NoneType) for one in kind.types):
        return
    others = [one for one in kind.types if not isinstance(one, inspect.NoneType)]
    found = [list(problems(value, one, path, strict=strict, lax=lax)) for one in others]
    if all(found):
        yield from found[0]


def _list(value: Any, kind: inspect.ListType, path: str, *, strict: bool) -> Iterator[BadValue]:
    if not isinstance(value, list):
        yield _must_be("a list", value, path)
        return
    if kind.min_length is not None and len(value) < kind.min_length:
        yield BadValue(f"{path} must have at least {kind.min_length} {_items(kind.min_length)}, not {len(value)}", field=path)
    if kind.max_length is not None and len(value) > kind.max_length:
        yield BadValue(f"{path} must have at most {kind.max_length} {_items(kind.max_length)}, not {len(value)}", field=path)
    for index, item in enumerate(value):
        yield from problems(item, kind.item_type, f"{path}[{index}]", strict=strict)


def _items(count: int) -> str:
    return "item" if count == 1 else "items"


def _from_text(value: Any) -> Any:
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,30}", value) else value


def _number(value: Any, kind: inspect.IntType | inspect.FloatType, path: str) -> Iterator[BadValue]:
    whole = isinstance(kind, inspect.IntType)
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        yield _must_be("a whole number" if whole else "a number", value, path)
        return
    limits = [
        ("at least", kind.ge, kind.ge is not None and value < kind.ge),
        ("more than", kind.gt, kind.gt is not None and value <= kind.gt),
        ("at most", kind.le, kind.le is not None and value > kind.le),
        ("less than", kind.lt, kind.lt is not None and value >= kind.lt),
    ]
    for words, limit, broken in limits:
        if broken:
            yield _must_be(f"{words} {limit}", value, path)


def _plain(value: Any, kind: inspect.Type, path: str, description: str, *, lax: bool) -> Iterator[BadValue]:
    if isinstance(kind, inspect.StrType):
        yield from _text(value, kind, path, description)
    elif isinstance(kind, inspect.BoolType):
        if not isinstance(value, bool) and not (lax and str(value).lower() in ("true", "false", "1", "0")):
            yield _must_be("true or false", value, path)
    elif isinstance(kind, inspect.EnumType) and value not in [member.value for member in kind.cls]:
        yield _must_be("one of " + ", ".join(str(member.value) for member in kind.cls), value, path)


def _text(value: Any, kind: inspect.StrType, path: str, description: str) -> Iterator[BadValue]:
    if not isinstance(value, str):
        yield _must_be("text", value, path)
    elif "\0" in value:
        yield BadValue(f"{path} must not contain NUL", field=path)
    elif kind.min_length is not None and len(value) < kind.min_length:
        yield BadValue(f"{path} must not be empty" if not value else f"{path} is shorter than {kind.min_length} characters", field=path)
    elif kind.max_length is not None and len(value) > kind.max_length:
        yield BadValue(f"{path} has {len(value)} characters; at most {kind.max_length} are allowed", field=path)
    # `$` also matches before a line feed at the end
    elif kind.pattern is not None and (value.endswith("\n") or not re.search(kind.pattern, value)):
        yield _must_be(_wanted(kind.pattern, description), value, path)


def _wanted(pattern: str, description: str) -> str:
    if description:
        return description[0].lower() + description[1:]
    choice = _CHOICE.fullmatch(pattern)
    return "one of " + choice[1].replace("|", ", ") if choice else f"of the form {pattern}"


def _must_be(wanted: str, value: Any, path: str) -> BadValue:
    name = path or "the body"
    if _SECRET.search(path):
        return BadValue(f"{name} must be {wanted}", field=path)
    return BadValue(f"{name} must be {wanted}, not {_shown(value)}", field=path)


def _shown(value: Any) -> str:
    """A value as it may be repeated: short, and with everything invisible made visible."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = ascii(value) if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= 60 else f"{text[:57]}..."
