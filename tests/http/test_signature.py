"""The signature of programs written for Nano, against the vectors of the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from appliance.http.signature import SignedRequest, canonical, parse, sign, signing_key, string_to_sign
from nano_runtime.errors import Unauthenticated

VECTORS = yaml.safe_load((Path(__file__).parents[1] / "contract" / "core-api.yaml").read_text())["shared"]["signature"]["test_vectors"]
CASES = VECTORS["cases"]


def request_of(case: dict[str, Any]) -> tuple[SignedRequest, str, str]:
    """The request of a vector, its scope and its list of signed headers."""
    headers = {name: str(value) for name, value in case["headers"].items()}
    request = SignedRequest(case["method"], case["path"], list(case["query"].items()), headers, case["body"].encode())
    return request, headers["nano-scope"], ";".join(headers)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_every_stage_is_that_of_the_contract(case: dict[str, Any]) -> None:
    request, scope, names = request_of(case)

    assert canonical(request, names) == case["canonical"]
    assert string_to_sign(request, scope, names) == case["string_to_sign"]
    assert signing_key(VECTORS["api_key"], scope).hex() == case["signing_key_hex"]
    assert sign(request, VECTORS["api_id"], VECTORS["api_key"], scope, names) == case["authorization"]


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_the_header_is_read_back(case: dict[str, Any]) -> None:
    _, scope, names = request_of(case)

    claimed = parse(case["authorization"])

    assert (claimed.id, claimed.scope, claimed.signed_headers) == (VECTORS["api_id"], scope, names)
    assert case["authorization"].endswith(claimed.signature)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer x",
        "Nano-HMAC-SHA256",
        "Nano-HMAC-SHA256 Credential=a/b",
        "Nano-HMAC-SHA256 SignedHeaders=a, Credential=a/b, Signature=c",
        "Nano-HMAC-SHA256 Credential=a/b, SignedHeaders=a, Signature=c, More=d",
        "Nano-HMAC-SHA256 " + "x" * 5000,
    ],
)
def test_a_header_of_another_form_is_refused(header: str) -> None:
    with pytest.raises(Unauthenticated):
        parse(header)


def test_text_outside_ascii_is_escaped_as_go_does() -> None:
    request = SignedRequest("GET", "/api/v1/a b/\u4e2d", [("q", "\u4e2d &=+~*")], {})

    path, query, *_ = canonical(request, "").split("\n")

    assert path == "%252Fapi%252Fv1%252Fa%2Bb%252F%25E4%25B8%25AD"
    assert query == "q=%E4%B8%AD+%26%3D%2B~%2A"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_files_are_signed_without_their_content(method: str) -> None:
    request = SignedRequest(method, "/api/v1/disk_images/7/file/", [], {"host": "a"}, b"content")

    assert canonical(request, "host").endswith("\nhost")
