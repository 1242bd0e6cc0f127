"""Describe declared endpoints as an OpenAPI 3.1 document."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.http.routes import Endpoint, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REF = "#/components/schemas/{name}"

SCHEMES: dict[str, dict[str, Any]] = {
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "nano_session",
        "description": "Session of the portal. Every change also carries the `csrf` of GET /portal/ in the header X-CSRF-Token.",
    },
    "bearer": {"type": "http", "scheme": "bearer", "description": "A token of POST /tokens/. True HTTP statuses, unknown fields refused."},
    "nanoSignature": {
        "type": "apiKey",
        "in": "header",
        "name": "Nano-Authorization",
        "description": "Nano-HMAC-SHA256 signature over path, query, headers and body, within 5 minutes of Nano-Date. "
        "Failures come with HTTP 200 and `error_code` 500; unknown fields are ignored.",
    },
}

_FAILURES = {
    400: "The request is malformed",
    401: "Nobody we know",
    403: "Known, but not allowed",
    404: "There is no such object",
    409: "The object is in another state, or nothing is left to give",
    413: "The body is larger than 1 MiB",
    422: "A value cannot be accepted; `field` names it",
    429: "Too many attempts; try later",
    500: "A fault of the server; its log has the request id",
    503: "A part that is needed does not answer; try again",
}

_FAILURE = {
    "type": "object",
    "description": "A failure as callers with a token or the portal's cookie see it, under the true HTTP status.",
    "properties": {
        "error_code": {"type": "integer", "description": "The HTTP status"},
        "message": {"type": "string", "description": "What failed, on what"},
        "data": {"description": "Nothing: {} or an empty string"},
        "code": {"type": "string", "description": "Machine-readable kind of failure", "examples": ["no-room"]},
        "hint": {"type": "string", "description": "The next step, if there is one"},
        "field": {"type": "string", "description": "The input at fault, if there is one", "examples": ["disks[0]"]},
        "request": {"type": "string", "description": "Id of this request in the log"},
        "wait": {"type": "integer", "description": "Seconds after which another try makes sense, with status 429"},
    },
    "required": ["error_code", "message", "data", "code", "hint", "field", "request"],
}

_NANO_FAILURE = {
    "type": "object",
    "description": "A failure as callers with Nano credentials see it: always under HTTP 200.",
    "properties": {"error_code": {"const": 500}, "message": {"type": "string"}, "data": {"description": "{} or an empty string"}},
    "required": ["error_code", "message", "data"],
}


_UPLOAD = {
    "application/octet-stream": {"schema": {"type": "string", "contentEncoding": "binary"}},
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "properties": {"image": {"type": "string", "contentEncoding": "binary"}},
            "required": ["image"],
        }
    },
}
"""The file as the body itself, or as clients of Nano send it."""


def document(endpoints: Iterable[Endpoint], title: str, version: str) -> dict[str, Any]:
    """An OpenAPI 3.1 document of these endpoints, in a stable order; schemas are named after the declared structs."""
    known = sorted(endpoints, key=lambda endpoint: (endpoint.path, endpoint.method))
    schemas, components = _schemas(known)
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in known:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, schemas, components)
    for query in {endpoint.query.__name__ for endpoint in known if endpoint.query}:
        del components[query]
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": dict(sorted({**components, "Failure": _FAILURE, "NanoFailure": _NANO_FAILURE}.items())),
            "responses": {f"Failure{status}": _failure(text) for status, text in _FAILURES.items()},
            "securitySchemes": SCHEMES,
        },
    }


def _schemas(known: list[Endpoint]) -> tuple[dict[tuple[str, str], dict[str, Any]], dict[str, Any]]:
    """(operation id, part) -> schema, and the components they refer to."""
    wanted = [(endpoint.id, part, kind) for endpoint in known for part, kind in _types(endpoint)]
    found, components = msgspec.json.schema_components([kind for _, _, kind in wanted], ref_template=_REF)
    _require_what_is_always_sent(known, components)
    return {(id, part): schema for (id, part, _), schema in zip(wanted, found, strict=True)}, components


def _types(endpoint: Endpoint) -> Iterator[tuple[str, Any]]:
    for name, kind in endpoint.path_params.items():
        yield f"place {name}", kind
    if endpoint.query is not None:
        yield "query", endpoint.query
    if endpoint.body is not None:
        yield "body", endpoint.body
    if endpoint.kind is Kind.CALL and endpoint.answer is not None:
        yield "answer", endpoint.answer


def _require_what_is_always_sent(known: list[Endpoint], components: dict[str, Any]) -> None:
    """An answer carries its fields with defaults too, unless its struct leaves defaults out; a request need not."""
    sent = _structs([endpoint.answer for endpoint in known if endpoint.kind is Kind.CALL and endpoint.answer is not None])
    read = _structs([kind for endpoint in known for kind in (endpoint.query, endpoint.body) if kind is not None])
    for struct in sent - read:
        if not struct.__struct_config__.omit_defaults and struct.__name__ in components:
            components[struct.__name__]["required"] = list(struct.__struct_encode_fields__)


def _structs(kinds: list[Any]) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()
    waiting: list[Any] = list(msgspec.inspect.multi_type_info(kinds))
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in found:
                continue
            found.add(info.cls)
            waiting += [field.type for field in info.fields]
        for name in ("type", "item_type", "value_type"):
            waiting += [getattr(info, name)] if isinstance(getattr(info, name, None), msgspec.inspect.Type) else []
        for name in ("types", "item_types"):
            waiting += getattr(info, name, ())
    return found


def _operation(endpoint: Endpoint, schemas: dict[tuple[str, str], dict[str, Any]], components: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.id,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "parameters": [_parameter(name, "path", schemas[endpoint.id, f"place {name}"], required=True) for name in endpoint.path_params],
        "responses": _responses(endpoint, schemas),
        "x-right": endpoint.right.value if endpoint.right else None,
        "security": [{name: []} for name in SCHEMES] if endpoint.signed_in else [],
    }
    if endpoint.description:
        operation["description"] = endpoint.description
    if endpoint.query is not None:
        wanted = components[endpoint.query.__name__]
        required = wanted.get("required", ())
        operation["parameters"] += [
            _parameter(name, "query", schema, required=name in required) for name, schema in wanted["properties"].items()
        ]
    if endpoint.body is not None:
        content = {"application/json": {"schema": schemas[endpoint.id, "body"]}}
        operation["requestBody"] = {"required": not endpoint.body_optional, "content": content}
    if endpoint.upload:
        operation["requestBody"] = {"required": True, "content": _UPLOAD}
    return operation


def _parameter(name: str, place: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    parameter: dict[str, Any] = {"name": name, "in": place, "required": required, "schema": schema}
    if "description" in schema:
        parameter["description"] = schema["description"]
    return parameter


def _responses(endpoint: Endpoint, schemas: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if endpoint.kind is Kind.STREAM:
        responses["101"] = {"description": "A WebSocket with subprotocol `binary`: raw bytes both ways"}
    else:
        media, schema = _content(endpoint, schemas)
        for status in endpoint.statuses:
            responses[str(status)] = {
                "description": HTTPStatus(status).phrase,
                "content": {media: {"schema": schema}},
                "x-nano-failure": {"$ref": _REF.format(name="NanoFailure")},
            }
    return {**responses, **{str(status): {"$ref": f"#/components/responses/Failure{status}"} for status in _failures_of(endpoint)}}


def _content(endpoint: Endpoint, schemas: dict[tuple[str, str], dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    if endpoint.kind is Kind.BLOB:
        return "*/*", {"type": "string", "contentEncoding": "binary"}
    if endpoint.kind is Kind.FILE:
        return "application/octet-stream", {"type": "string", "contentEncoding": "binary"}
    if endpoint.kind is Kind.FEED:
        return "text/event-stream", {"type": "string"}
    return "application/json", _envelope(schemas.get((endpoint.id, "answer"), {"const": ""}))


def _failures_of(endpoint: Endpoint) -> list[int]:
    """Which statuses a route can fail with, as far as its declaration tells."""
    found = {400, 422, 429, 500, 503}
    if endpoint.signed_in:
        found.add(401)
    if endpoint.right:
        found.add(403)
    if endpoint.path_params:
        found.add(404)
    if endpoint.method != "GET":
        found |= {403, 409}
    if endpoint.body is not None or endpoint.upload:
        found.add(413)
    return sorted(found)


def _failure(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": {"$ref": _REF.format(name="Failure")}}}}


def _envelope(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"error_code": {"const": 0}, "message": {"const": ""}, "data": data},
        "required": ["error_code", "message", "data"],
    }
