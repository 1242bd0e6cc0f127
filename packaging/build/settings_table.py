"""The table of all settings in ARCHITECTURE.md, made from their declaration. Run it to write the table anew."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from appliance.settings import FILES  # noqa: E402  # found only once the checkout is on the path

DOCUMENT = ROOT / "ARCHITECTURE.md"
_PLACE = re.compile(r"(<!-- settings: begin -->\n).*(<!-- settings: end -->)", re.DOTALL)


def table() -> str:
    """Markdown: file, field, default and meaning of every setting."""
    rows = ["| file | field | default | meaning |", "|---|---|---|---|"]
    for file, kind in FILES.items():
        hints = get_type_hints(kind, include_extras=True)
        for place, field in enumerate(msgspec.structs.fields(kind)):
            rows.append(f"| {'' if place else file} | {field.encode_name} | {_default(field)} | {_meaning(hints[field.name])} |")
    return "\n".join(rows) + "\n"


def filled(document: str) -> str:
    """The document with the table as it should be."""
    return _PLACE.sub(lambda found: found[1] + table() + found[2], document)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.default is msgspec.NODEFAULT:
        return "made at install"
    return "" if field.default == "" else f"`{msgspec.json.encode(field.default).decode()}`"


def _meaning(hint: Any) -> str:
    if get_origin(hint) is None:
        return ""
    return "; ".join(text for meta in get_args(hint)[1:] if (text := getattr(meta, "description", None)))


if __name__ == "__main__":
    DOCUMENT.write_text(filled(DOCUMENT.read_text()))
