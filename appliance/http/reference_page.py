"""The reference of an API for people: one page rendered from its OpenAPI document, without any script."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from threading import Lock
from typing import TYPE_CHECKING, Any

from appliance.http.replies import Reply
from appliance.http.routes import API_ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
h3 { margin: 2rem 0 .3rem; font: 600 1rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
h3 b { display: inline-block; min-width: 4.5rem }
table { border-collapse: collapse; margin: .5rem 0 } td, th { text-align: left; padding: .15rem 1rem .15rem 0; vertical-align: top }
code, td:first-child { font-family: ui-monospace, monospace } p { margin: .3rem 0; white-space: pre-line }
nav a { margin-right: 1rem } .right { opacity: .75 }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE = f"{API_ROOT}/"
DOCUMENT = f"{API_ROOT}/openapi.json"


class Pages:
    """The page and the document of one API, made when first asked for. Open to everybody: it is product text."""

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        self._make = make
        self._lock = Lock()
        self._replies: dict[str, Reply] = {}

    def get(self, method: str, path: str) -> Reply | None:
        """The reply if the path is one of ours."""
        if method not in ("GET", "HEAD") or path not in (PAGE, DOCUMENT):
            return None
        with self._lock:
            if not self._replies:
                made = self._make()
                text = json.dumps(made, indent=2, ensure_ascii=False).encode()
                headers = [("Content-Security-Policy", _POLICY)]
                page = Reply(200, render(made).encode(), "text/html; charset=utf-8", headers)
                self._replies = {DOCUMENT: Reply(200, text), PAGE: page}
            return self._replies[path]


def render(document: dict[str, Any]) -> str:
    """The whole page: routes by tag, then the objects they speak of."""
    title = escape(f"{document['info']['title']} {document['info']['version']}")
    by_tag: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            by_tag.setdefault(operation["tags"][0], []).append(_operation(method, path, operation))
    schemas = document["components"]["schemas"]
    menu = "".join(f'<a href="#tag-{escape(tag)}">{escape(tag)}</a>' for tag in sorted(by_tag))
    parts = [f'<h2 id="tag-{escape(tag)}">{escape(tag)}</h2>{"".join(by_tag[tag])}' for tag in sorted(by_tag)]
    parts += ["<h2>Objects</h2>", *(_schema(name, schema) for name, schema in schemas.items())]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f'<p>Machine-readable: <a href="{DOCUMENT}">openapi.json</a></p><nav>{menu}</nav>{"".join(parts)}</body></html>'
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    right = operation["x-right"] or ("signed in" if operation["security"] else "open to everybody")
    parts = [
        f'<h3 id="{escape(operation["operationId"])}"><b>{method.upper()}</b> {escape(path)}</h3>',
        f"<p>{escape(operation['summary'])} <span class=right>({escape(right)})</span></p>",
    ]
    if "description" in operation:
        parts.append(f"<p>{escape(operation['description'])}</p>")
    parts.append(_rows([(f"{one['name']} in {one['in']}", one["schema"], one["required"]) for one in operation["parameters"]]))
    if "requestBody" in operation:
        for media_type, content in operation["requestBody"]["content"].items():
            parts.append(f"<p>Body ({escape(media_type)}): {_type(content.get('schema', {}))}</p>")
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            data = content["schema"].get("properties", {}).get("data")
            parts.append(f"<p>{status}: {_type(data) if data else escape(response['description'])}</p>")
    return "".join(parts)


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    rows = [(field, kind, field in required) for field, kind in schema.get("properties", {}).items()]
    values = ", ".join(map(str, schema.get("enum", ())))
    text = escape(schema.get("description", "") + (f" One of: {values}" if values else ""))
    return f'<h3 id="object-{escape(name)}">{escape(name)}</h3><p>{text}</p>{_rows(rows)}'


def _rows(rows: list[tuple[str, dict[str, Any], bool]]) -> str:
    if not rows:
        return ""
    cells = "".join(
        f"<tr><td>{escape(name)}</td><td>{_type(schema)}</td><td>{'' if required else 'optional'}</td>"
        f"<td>{escape(schema.get('description', ''))}</td></tr>"
        for name, schema, required in rows
    )
    return f"<table>{cells}</table>"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#object-{escape(name)}">{escape(name)}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "const" in schema:
        return escape(repr(schema["const"])) if schema["const"] != "" else "nothing"
    return escape(str(schema.get("type", "anything")))
