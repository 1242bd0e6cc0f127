"""What is declared is what the contract of Nano says: paths, parameters, bodies, answers and statuses.

The contract is tests/contract/*.yaml. New abilities may be added; nothing may be missing, renamed or made mandatory.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from appliance.core.api import ENDPOINTS as CORE
from appliance.frontend.api import ENDPOINTS as FRONTEND
from appliance.frontend.api import FORWARDED
from appliance.http.openapi import document
from appliance.http.routes import Endpoint

FOLDER = Path(__file__).parents[1] / "contract"
CORE_CONTRACT = yaml.safe_load((FOLDER / "core-api.yaml").read_text())
FRONTEND_CONTRACT = yaml.safe_load((FOLDER / "frontend-api.yaml").read_text())
OBJECTS = CORE_CONTRACT["shared"]["objects"]

Route = dict[str, Any]

NOT_YET_IN_CORE = set(
    """
    storage_pool.list storage_pool.get storage_pool.create storage_pool.modify storage_pool.delete
    cell_storage.get cell_storage.modify
    snapshot.list snapshot.create
    snapshot.restore snapshot.get snapshot.delete migration.list migration.get migration.create address_pool.list address_pool.get
    address_pool.create address_pool.modify address_pool.delete address_range.list address_range.get address_range.add
    address_range.remove
    security_policy_group.get security_policy_group.create
    security_policy_group.modify security_policy_group.delete security_policy_group.rules security_policy_group.rule_add
    security_policy_group.rule_modify security_policy_group.rule_remove security_policy_group.rule_move guest_policy.get
    guest_policy.default_action guest_policy.rule_add guest_policy.rule_modify guest_policy.rule_remove guest_policy.rule_move
    security_policy_group.search
    """.split()
)

NOT_YET_IN_FRONTEND = set[str]()
"""Both tables may only shrink: whoever declares a route takes its id out here."""

DELIBERATE = {
    ("guest.search", "owner"): "a signed-in user may leave it out and sees what is visible to them",
    ("search.guests", "owner"): "the same",
}
"""(route, field) that may be left out although the contract wants it."""

TYPES = {
    "file": "string",
    "string": "string",
    "boolean": "boolean",
    "integer": "integer",
    "number": "number",
    "object": "object",
    "map": "object",
}


def key_of(route: Route) -> tuple[str, str]:
    return route["method"], route["path"]


def keys(endpoints: tuple[Endpoint, ...]) -> set[tuple[str, str]]:
    return {(endpoint.method, endpoint.path) for endpoint in endpoints}


class Side:
    """A contract, and the document of what is declared for it."""

    def __init__(self, routes: list[Route], endpoints: tuple[Endpoint, ...], not_yet: set[str]) -> None:
        self.routes = routes
        self.not_yet = not_yet
        self.declared = keys(endpoints)
        self.document = document(endpoints, "", "")

    def operation(self, route: Route) -> dict[str, Any]:
        found: dict[str, Any] = self.document["paths"][route["path"]][route["method"].lower()]
        return found

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema with its reference followed, and of a choice with null the other one."""
        if "anyOf" in schema:
            schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
        if "$ref" in schema:
            schema = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema


SIDES = {
    "core": Side(CORE_CONTRACT["routes"], CORE, NOT_YET_IN_CORE),
    "frontend": Side(FRONTEND_CONTRACT["own_routes"], FRONTEND, NOT_YET_IN_FRONTEND),
}
DECLARED = [
    pytest.param(side, route, id=f"{name}-{route['id']}")
    for name, side in SIDES.items()
    for route in side.routes
    if route["id"] not in side.not_yet
]


def test_the_contract_is_the_whole_one() -> None:
    assert len(CORE_CONTRACT["routes"]) == CORE_CONTRACT["route_count"] == 108
    assert len(FRONTEND_CONTRACT["own_routes"]) == FRONTEND_CONTRACT["counts"]["own_routes"] == 36


@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES)
def test_what_is_not_declared_is_listed_and_nothing_else(side: Side) -> None:
    missing = {route["id"] for route in side.routes if key_of(route) not in side.declared}

    assert missing == side.not_yet


def test_every_forwarded_route_of_the_contract_is_forwarded_once_core_has_it() -> None:
    wanted = {key_of(route) for route in FRONTEND_CONTRACT["forwarded_routes"]} & keys(CORE)

    assert wanted <= keys(FORWARDED)


@pytest.mark.parametrize(("side", "route"), DECLARED)
def test_places_and_query_are_those_of_the_contract(side: Side, route: Route) -> None:
    parameters = side.operation(route)["parameters"]

    places = [parameter["name"] for parameter in parameters if parameter["in"] == "path"]
    query = {parameter["name"]: parameter for parameter in parameters if parameter["in"] == "query"}

    assert sorted(places) == sorted(place["name"] for place in route["path_params"])
    compare_input(side, route, route["query_params"], {name: one["schema"] for name, one in query.items()}, required(query))


def required(query: dict[str, Any]) -> list[str]:
    return [name for name, parameter in query.items() if parameter["required"]]


@pytest.mark.parametrize(("side", "route"), DECLARED)
def test_the_body_is_that_of_the_contract(side: Side, route: Route) -> None:
    body = side.operation(route).get("requestBody")
    if not isinstance(route["request_body"], list):
        assert body is None or not body["required"]
        return
    assert body is not None
    content = body["content"].get("application/json") or body["content"]["multipart/form-data"]
    schema = side.resolved(content["schema"])
    compare_input(side, route, route["request_body"], schema["properties"], schema.get("required", []))


def compare_input(side: Side, route: Route, wanted: list[Route], found: dict[str, Any], must: list[str]) -> None:
    for field in wanted:
        name = field["name"]
        assert name in found, f"{name} is missing"
        assert type_of(side, found[name]) == TYPES.get(field["type"], field["type"]), name
        if field.get("required") and (route["id"], name) not in DELIBERATE:
            assert name in must, f"{name} may be left out, against the contract"
    optional = {field["name"] for field in wanted if not field.get("required")} | (found.keys() - {field["name"] for field in wanted})
    assert not optional & set(must), "these must be sent, against the contract"


@pytest.mark.parametrize(("side", "route"), DECLARED)
def test_the_answer_is_that_of_the_contract(side: Side, route: Route) -> None:
    if "101" in side.operation(route)["responses"]:
        assert route["response_data"]["type"] == "websocket"
        return
    answer = next(response for status, response in side.operation(route)["responses"].items() if status.startswith("2"))
    if route["response_data"].get("type") == "binary":
        assert list(answer["content"]) == [route["response_data"]["content_type"]]
        return
    data = answer["content"]["application/json"]["schema"]["properties"]["data"]
    compare_answer(side, data, route["response_data"], "data")


def compare_answer(side: Side, schema: dict[str, Any], wanted: Route, path: str) -> None:
    if "as" in wanted:
        wanted = next(route["response_data"] for route in CORE_CONTRACT["routes"] if wanted["as"] == f"Core route {route['id']}")
    kind = wanted.get("type", "object")
    if kind == "string" and wanted.get("value") == "":
        assert schema == {"const": ""}, f"{path} must be empty"
    elif kind.startswith("array") and ("items" in wanted or "ref" in wanted or "fields" in wanted):
        item = wanted.get("items") or {key: wanted[key] for key in ("ref", "fields") if key in wanted}
        assert schema["type"] == "array", path
        compare_answer(side, schema["items"], {"type": "object", **item}, f"{path}[]")
    elif "ref" in wanted or "fields" in wanted or "includes" in wanted:
        schema = side.resolved(schema)
        for field in fields_of(wanted):
            compare_field(side, schema, field, f"{path}.{field['name']}")
    else:
        assert type_of(side, schema) == TYPES.get(kind, kind), path


def compare_field(side: Side, schema: dict[str, Any], field: Route, path: str) -> None:
    name = field["name"]
    assert name in schema["properties"], f"{path} is missing"
    assert (name in schema.get("required", ())) is not ("optional" in field), f"{path} is sent always or not, against the contract"
    compare_answer(side, schema["properties"][name], {key: field[key] for key in ("type", "ref", "fields", "items") if key in field}, path)


def fields_of(wanted: Route) -> list[Route]:
    """The fields of an object with those it takes over from others; its own win."""
    found: dict[str, Route] = {}
    parents = [wanted[key] for key in ("ref", "includes", "extends") if key in wanted]
    for parent in parents:
        content = OBJECTS[parent]
        for field in content if isinstance(content, list) else fields_of(content):
            found[field["name"]] = field
    for field in wanted.get("fields", ()):
        found[field["name"]] = field
    return list(found.values())


def type_of(side: Side, schema: dict[str, Any]) -> str:
    schema = side.resolved(schema)
    if "enum" in schema:
        return "string"
    if schema["type"] == "array":
        return f"array<{type_of(side, schema['items'])}>"
    return str(schema["type"])


@pytest.mark.parametrize(("side", "route"), DECLARED)
def test_the_statuses_with_a_meaning_are_those_of_the_contract(side: Side, route: Route) -> None:
    """200 is left out: with it Nano also answers failures."""
    wanted = {str(status) for status in route["http_status"]} - {"200"}
    found = {status for status in side.operation(route)["responses"] if status[0] in "12"} - {"200"}

    assert found == wanted
