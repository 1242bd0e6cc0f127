"""Turn a request into the arguments of its handler, strictly for modern callers and as Go did for Nano ones."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import msgspec

from appliance.http import check_body
from appliance.http.routes import Body, Endpoint, Wire
from nano_runtime.errors import BadRequest, BadValue

if TYPE_CHECKING:
    from appliance.http.identify import RequestView

type_info = functools.cache(msgspec.inspect.type_info)


def read_arguments(endpoint: Endpoint, places: dict[str, str], request: RequestView, wire: Wire) -> dict[str, Any]:
    """Everything the handler takes except service and caller. Raises BadRequest or BadValue, before anything is changed."""
    arguments = {name: _convert(places[name], kind, name) for name, kind in endpoint.path_params.items()}
    query = _query(endpoint, request, wire)
    if endpoint.query is not None:
        arguments["query"] = query
    if endpoint.upload:
        return arguments
    body = read_body(request.body() if endpoint.method != "GET" else b"", endpoint, wire)
    if endpoint.body is not None:
        arguments["body"] = body
    return arguments


def read_body(data: bytes, endpoint: Endpoint, wire: Wire) -> Body | None:
    """Decode the JSON body of a request; None where the route takes none."""
    if endpoint.body is None and (wire is Wire.NANO or not data.strip()):
        return None
    if not data.strip():
        if not endpoint.body_optional:
            raise BadRequest("the body is missing", hint="send a JSON object")
        data = b"{}"
    kind = endpoint.body or Body
    value = _json(data)
    info = type_info(kind)
    if wire is Wire.NANO:
        value = check_body.as_go_reads(value, info)
    return _checked(value, kind, "", strict=wire is Wire.MODERN)  # type: ignore[no-any-return]  # kind decides


def _query(endpoint: Endpoint, request: RequestView, wire: Wire) -> Any:
    given: dict[str, str] = {}
    for name, value in request.query:
        if name in given and wire is Wire.MODERN:
            raise BadRequest("a query parameter is given twice", field=name[:100])
        given.setdefault(name, value)
    kind = endpoint.query or _NoQuery
    return _checked(given, kind, "", strict=wire is Wire.MODERN, lax=True)


class _NoQuery(msgspec.Struct):
    """What a route without query parameters reads."""


def _convert(value: str, kind: Any, name: str) -> Any:
    return _checked(value, kind, name, strict=True, lax=True)


def _checked(value: Any, kind: Any, path: str, *, strict: bool, lax: bool = False) -> Any:
    for problem in check_body.problems(value, type_info(kind), path, strict=strict, lax=lax):
        raise problem
    try:
        return msgspec.convert(value, kind, strict=not lax)
    except msgspec.ValidationError as problem:
        raise BadValue(str(problem), field=path) from problem


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except RecursionError as problem:
        raise BadRequest("the body is nested too deeply") from problem
    except UnicodeDecodeError as problem:
        raise BadRequest("the body is not UTF-8") from problem
    except msgspec.DecodeError as problem:
        reason = str(problem).removeprefix("JSON is malformed: ").lower()
        raise BadRequest(f"the body is not JSON: {reason}") from problem
