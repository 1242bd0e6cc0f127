"""Whatever is declared is described, guarded, and refuses bad input before its handler is reached."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec import inspect
from openapi_spec_validator import validate

from appliance.core.api import ENDPOINTS as CORE
from appliance.frontend.api import ENDPOINTS as FRONTEND
from appliance.http.arguments import read_body, type_info
from appliance.http.openapi import document
from appliance.http.routes import DeclarationError, Endpoint, Kind, Routes, Wire
from nano_runtime.errors import BadRequest, BadValue, NanoError

EVERY = tuple({(endpoint.method, endpoint.path): endpoint for endpoint in (*CORE, *FRONTEND)}.values())
WITH_BODY = [endpoint for endpoint in EVERY if endpoint.body is not None]

OPEN_ON_PURPOSE = {
    "get_portal": "tells whether the portal is set up, before anybody can sign in",
    "set_up_portal": "guarded by the set-up code",
    "sign_in": "makes the session",
    "connect_channel": "its id is a one-time secret",
    "create_session": "makes the session",
    "get_system": "as get_portal, for old clients",
    "initialise_system": "guarded by the set-up code",
    "sign_in_locally": "makes the session, from a token that only root and the group nano of this host can get",
    "get_trust": "tells what every connection shows anyway, before a browser trusts it",
    "download_authority": "as get_trust; a certificate is public",
}
FOR_EVERYBODY_SIGNED_IN = {
    "create_token": "gives no right that the caller lacks",
    "sign_out": "ends one's own session",
    "keep_session": "lengthens one's own session",
    "keep_alive_session": "lengthens one's own session",
    "give_code": "ends one's own two-step sign-in",
    "list_sessions": "lists one's own, others with session.read",
    "search_sessions": "lists one's own, others with session.read",
    "revoke_session": "ends one's own, others with session.write",
    "revoke_other_sessions": "ends one's own",
    "change_password": "by proving the old one",
    "get_me": "reads one's own account",
    "modify_me": "changes one's own nick and mail",
    "get_preferences": "reads one's own",
    "save_preferences": "changes one's own",
    "prepare_two_step": "of one's own account",
    "switch_two_step_on": "of one's own account",
    "switch_two_step_off": "of one's own account",
    "renew_recovery_codes": "of one's own account",
    "list_my_tokens": "lists one's own",
    "create_my_token": "gives no right that the caller lacks",
    "revoke_my_token": "ends one's own",
    "add_log": "a claim, marked as one",
}


def id_of(endpoint: Endpoint) -> str:
    return endpoint.id


@pytest.mark.parametrize("endpoint", EVERY, ids=id_of)
def test_a_route_has_a_text_that_begins_with_a_sentence(endpoint: Endpoint) -> None:
    assert endpoint.summary.endswith(".")
    assert endpoint.summary[0].isupper()


@pytest.mark.parametrize("endpoint", EVERY, ids=id_of)
def test_a_route_needs_a_right_or_says_why_not(endpoint: Endpoint) -> None:
    if endpoint.right is not None:
        assert endpoint.signed_in
    elif endpoint.signed_in:
        assert endpoint.id in FOR_EVERYBODY_SIGNED_IN
    else:
        assert endpoint.id in OPEN_ON_PURPOSE


def test_every_exception_is_still_one() -> None:
    assert {endpoint.id for endpoint in EVERY if endpoint.right is None} == OPEN_ON_PURPOSE.keys() | FOR_EVERYBODY_SIGNED_IN.keys()


@pytest.mark.parametrize("endpoints", [CORE, FRONTEND], ids=["core", "frontend"])
def test_operation_ids_and_addresses_are_unique(endpoints: tuple[Endpoint, ...]) -> None:
    assert len({endpoint.id for endpoint in endpoints}) == len(endpoints)
    assert len({(endpoint.method, endpoint.path) for endpoint in endpoints}) == len(endpoints)


def test_names_of_structs_are_unique_because_schemas_are_named_after_them() -> None:
    for endpoints in (CORE, FRONTEND):
        names = document(endpoints, "", "")["components"]["schemas"]
        assert not [name for name in names if "." in name or "_" in name]


@pytest.mark.parametrize("endpoints", [CORE, FRONTEND], ids=["core", "frontend"])
def test_the_document_is_a_valid_one_and_always_the_same(endpoints: tuple[Endpoint, ...]) -> None:
    made = document(endpoints, "Nano", "1")

    validate(json.loads(json.dumps(made)))
    assert json.dumps(made) == json.dumps(document(reversed(endpoints), "Nano", "1"))


@pytest.mark.parametrize("endpoint", EVERY, ids=id_of)
def test_only_get_has_no_body_and_streams(endpoint: Endpoint) -> None:
    if endpoint.method == "GET":
        assert endpoint.body is None
    if endpoint.kind in (Kind.FEED, Kind.STREAM):
        assert endpoint.method == "GET"


def example(kind: inspect.Type) -> Any:
    """A value that a type accepts, as small as it may be."""
    if isinstance(kind, inspect.Metadata):
        return example(kind.type)
    if isinstance(kind, inspect.StructType):
        return {field.encode_name: example(field.type) for field in kind.fields if field.required}
    if isinstance(kind, inspect.ListType):
        return [example(kind.item_type)] * (kind.min_length or 0)
    if isinstance(kind, inspect.UnionType):
        return None
    if isinstance(kind, inspect.IntType):
        return kind.ge or 1
    if isinstance(kind, inspect.EnumType):
        return next(iter(kind.cls)).value
    plain = {inspect.BoolType: True, inspect.FloatType: 1.0}
    return plain.get(type(kind)) or text_for(kind)


def text_for(kind: inspect.Type) -> str:
    assert isinstance(kind, inspect.StrType)
    if kind.pattern and kind.pattern.startswith("^("):
        return kind.pattern[2:].partition("|")[0]
    return "name-1" + "x" * max(0, (kind.min_length or 0) - 6)


def wrong_values(kind: inspect.Type) -> Iterator[Any]:
    """Values that a field of this type must refuse."""
    if isinstance(kind, inspect.Metadata):
        kind = kind.type
    yield {"unexpected": "object"}
    if isinstance(kind, inspect.IntType):
        yield from (1.5, "1", True, 10**400 if kind.le is not None else "9")
        if kind.ge is not None:
            yield kind.ge - 1
    elif isinstance(kind, inspect.BoolType):
        yield from ("true", 1, None)
    elif isinstance(kind, inspect.StrType):
        yield from (1, None, "a\0b", ["x"])
        if kind.pattern:
            yield from ("../x", "$(id)", "a b", "a\n", "x" * 300, "\u200fx", "")
        if kind.max_length:
            yield "x" * (kind.max_length + 1)
    elif isinstance(kind, inspect.ListType):
        yield from ("x", None, [{"unexpected": "object"}])


def bad_bodies() -> Iterator[Any]:
    for endpoint in WITH_BODY:
        info = type_info(endpoint.body)
        assert isinstance(info, inspect.StructType)
        for field in info.fields:
            for number, value in enumerate(wrong_values(field.type)):
                yield pytest.param(endpoint, field.encode_name, value, id=f"{endpoint.id}-{field.encode_name}-{number}")


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=id_of)
def test_the_example_of_a_body_is_accepted(endpoint: Endpoint) -> None:
    """Otherwise the refusals below would prove nothing."""
    read_body(json.dumps(example(type_info(endpoint.body))).encode(), endpoint, Wire.MODERN)


@pytest.mark.parametrize(("endpoint", "field", "value"), list(bad_bodies()))
def test_a_wrong_value_is_refused_by_the_name_of_its_field(endpoint: Endpoint, field: str, value: Any) -> None:
    body = {**example(type_info(endpoint.body)), field: value}

    with pytest.raises(BadValue) as refusal:
        read_body(json.dumps(body).encode(), endpoint, Wire.MODERN)

    assert refusal.value.field.startswith(field)
    assert field in refusal.value.message
    assert "`" not in refusal.value.message.replace("`-` and `_`", "").replace("`_`, `.` and `-`", ""), "the words of msgspec"


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=id_of)
def test_an_unknown_field_is_refused_or_ignored_by_the_wire(endpoint: Endpoint) -> None:
    raw = json.dumps({**example(type_info(endpoint.body)), "surprise": 1}).encode()

    with pytest.raises(BadValue, match="there is no field 'surprise'"):
        read_body(raw, endpoint, Wire.MODERN)
    assert read_body(raw, endpoint, Wire.NANO) == read_body(json.dumps(example(type_info(endpoint.body))).encode(), endpoint, Wire.MODERN)


@pytest.mark.parametrize("endpoint", EVERY, ids=id_of)
@pytest.mark.parametrize("raw", [b"[]", b"5", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000, b"\0", b'{"a":1}x'])
def test_what_is_no_object_is_refused_everywhere(endpoint: Endpoint, raw: bytes) -> None:
    with pytest.raises((BadRequest, BadValue)):
        read_body(raw, endpoint, Wire.MODERN)


def test_a_declaration_that_cannot_be_served_does_not_import() -> None:
    routes = Routes("/x", tag="X")

    def undocumented(service: object) -> None: ...
    def misplaced(service: object, name: str) -> None:
        """Its place is not in the path."""

    def serviceless() -> None:
        """It has nobody to ask."""

    for handler in (undocumented, misplaced, serviceless):
        with pytest.raises(DeclarationError):
            routes.get("/{id}", needs=None)(handler)


def test_every_error_has_a_code_and_a_status_of_its_own_kind() -> None:
    waiting, found = [NanoError], list[type[NanoError]]()
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()

    assert all(400 <= kind.status < 600 for kind in found)
    assert msgspec.json.encode({kind.code: kind.status for kind in found})
