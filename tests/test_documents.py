"""Documents made from the declarations are the ones the declarations make now."""

from __future__ import annotations

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import openapi
from appliance.http.reference_page import render


@pytest.mark.parametrize("name", ["core.json", "frontend.json"])
def test_the_api_documents_are_valid_openapi(name: str) -> None:
    document = json.loads(openapi.documents()[name])

    assert [problem.message for problem in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_same_declarations_give_the_same_text() -> None:
    assert openapi.documents() == openapi.documents()


@pytest.mark.parametrize("name", ["core.json", "frontend.json"])
def test_a_page_to_read_is_made_of_every_document(name: str) -> None:
    document = json.loads(openapi.documents()[name])

    page = render(document)

    operations = [operation["operationId"] for routes in document["paths"].values() for operation in routes.values()]
    assert [id for id in operations if f'id="{id}"' not in page] == []
