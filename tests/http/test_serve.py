"""What serve.py decides: who may, what is accepted, and how it is answered on both wires."""

from __future__ import annotations

import json
from typing import Any

import pytest

from appliance.http.identify import CoreIdentify, RequestView
from appliance.http.routes import Wire
from appliance.http.serve import App, Record, serve, shown_wire
from appliance.rights import Caller, Right
from appliance.settings import Credential
from tests.http.asking import Heard, ask, bearer, signed
from tests.http.shelf import Shelf, routes

BOOK = {"title": "web", "pages": 2}


def post(app: App, credential: Credential, body: Any) -> Heard:
    return ask(app, "POST", "/api/v1/books/", body, bearer(credential))


def nano_post(app: App, credential: Credential, body: Any) -> Heard:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return ask(app, "POST", "/api/v1/books/", raw, signed(credential, "POST", "/api/v1/books/", raw))


def test_a_modern_caller_gets_envelope_and_true_status(app: App, credential: Credential) -> None:
    heard = post(app, credential, BOOK)

    assert heard.status == 202
    assert heard.json == {"error_code": 0, "message": "", "data": BOOK}


def test_a_modern_failure_names_code_hint_field_and_request(app: App, credential: Credential) -> None:
    post(app, credential, BOOK)

    heard = post(app, credential, BOOK)

    assert heard.status == 409
    assert heard.json == {
        "error_code": 409,
        "message": "there is a book named 'web'",
        "data": {},
        "code": "conflict",
        "hint": "choose another name",
        "field": "title",
        "request": heard.headers["x-request-id"],
    }


def test_a_nano_caller_gets_the_old_wire(app: App, credential: Credential) -> None:
    heard = nano_post(app, credential, {**BOOK, "unknown": 1, "PAGES": 3, "price": None})

    assert heard.status == 202
    assert heard.text == b'{\n  "error_code": 0,\n  "message": "",\n  "data": {\n    "title": "web",\n    "pages": 3\n  }\n}\n'


def test_a_nano_failure_is_http_200_with_error_code_500(app: App, credential: Credential) -> None:
    heard = nano_post(app, credential, {"title": "web", "pages": 0})

    assert heard.status == 200
    assert heard.json == {"error_code": 500, "message": "pages must be at least 1, not 0", "data": {}}


def test_a_bad_nano_signature_is_answered_on_the_old_wire(app: App, credential: Credential) -> None:
    headers = signed(Credential(id="program", key="another key of some length"), "GET", "/api/v1/books/")

    heard = ask(app, "GET", "/api/v1/books/", headers=headers)

    assert (heard.status, heard.json["error_code"]) == (200, 500)


@pytest.mark.parametrize(("pages", "status"), [(1, 201), (5, 200)])
def test_a_status_with_a_meaning_reaches_both_wires(app: App, shelf: Shelf, credential: Credential, pages: int, status: int) -> None:
    post(app, credential, {"title": "b", "pages": pages})

    assert ask(app, "GET", "/api/v1/books/b", headers=bearer(credential)).status == status
    assert ask(app, "GET", "/api/v1/books/b", headers=signed(credential, "GET", "/api/v1/books/b")).status == status


def test_a_command_without_result_answers_an_empty_string(app: App, shelf: Shelf, credential: Credential) -> None:
    post(app, credential, BOOK)

    assert ask(app, "DELETE", "/api/v1/books/web", headers=bearer(credential)).json["data"] == ""


@pytest.mark.parametrize(
    ("change", "message", "field"),
    [
        ({"pages": 0}, "pages must be at least 1, not 0", "pages"),
        ({"pages": -1}, "pages must be at least 1, not -1", "pages"),
        ({"pages": 1.5}, "pages must be a whole number, not 1.5", "pages"),
        ({"pages": True}, "pages must be a whole number, not true", "pages"),
        ({"pages": "2"}, "pages must be a whole number, not '2'", "pages"),
        ({"pages": None}, "pages must be a whole number, not null", "pages"),
        ({"pages": 10**30}, f"pages must be at most 10000, not {10**30}", "pages"),
        ({"chapters": [3, 0]}, "chapters[1] must be at least 1, not 0", "chapters[1]"),
        ({"chapters": {}}, "chapters must be a list, not an object", "chapters"),
        ({"title": "../x"}, "title must be letters, digits, `-` and `_`, at most 63, not '../x'", "title"),
        ({"title": "$(id)"}, "title must be letters, digits, `-` and `_`, at most 63, not '$(id)'", "title"),
        ({"title": "web\n"}, r"title must be letters, digits, `-` and `_`, at most 63, not 'web\n'", "title"),
        ({"title": "\u200fweb"}, r"title must be letters, digits, `-` and `_`, at most 63, not '\u200fweb'", "title"),
        ({"title": "a\0"}, "title must not contain NUL", "title"),
        ({"price": {"amount": 1, "currency": "usd"}}, "price.currency must be one of eur, cny, not 'usd'", "price.currency"),
        ({"price": {}}, "price.amount is missing", "price.amount"),
        ({"price": 5}, "price must be an object, not 5", "price"),
        ({"pagges": 5}, "there is no field 'pagges'", "pagges"),
        ({"price": {"amount": 1, "vat": 2}}, "there is no field 'price.vat'", "price.vat"),
    ],
)
def test_a_bad_value_is_refused_by_field_and_value(
    app: App, shelf: Shelf, credential: Credential, change: dict[str, Any], message: str, field: str
) -> None:
    heard = post(app, credential, {**BOOK, **change})

    assert (heard.status, heard.json["message"], heard.json["field"]) == (422, message, field)
    assert shelf.turned == 0


def test_a_misspelt_field_is_answered_with_the_right_spelling(app: App, credential: Credential) -> None:
    assert post(app, credential, {**BOOK, "pagges": 1}).json["hint"] == "did you mean pages?"


def test_a_name_of_300_characters_is_not_repeated_in_full(app: App, credential: Credential) -> None:
    heard = post(app, credential, {**BOOK, "title": "x" * 300})

    assert heard.status == 422
    assert len(heard.json["message"]) < 150


def test_a_secret_is_never_repeated(app: App, credential: Credential) -> None:
    for secret in ("short", 12345):
        heard = post(app, credential, {**BOOK, "password": secret})

        assert heard.status == 422
        assert str(secret).encode() not in heard.text.replace(b"shorter", b"")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "the body is missing"),
        (b"no json", "the body is not JSON: invalid character (byte 4)"),
        (b'{"title": "\xff"}', "the body is not UTF-8"),
        (b"[" * 200_000, "the body is nested too deeply"),
        (b'{"title":' * 100_000, "the body is nested too deeply"),
        (b'{"title": NaN}', "the body is not JSON: invalid character (byte 10)"),
    ],
)
def test_what_is_no_json_is_refused(app: App, shelf: Shelf, credential: Credential, raw: bytes, message: str) -> None:
    heard = post(app, credential, raw)

    assert (heard.status, heard.json["message"]) == (400, message)
    assert shelf.turned == 0


def test_a_body_of_10_mb_is_refused_before_it_is_read(app: App, credential: Credential) -> None:
    heard = ask(app, "POST", "/api/v1/books/", b"", bearer(credential), CONTENT_LENGTH="10000000")

    assert (heard.status, heard.json["code"]) == (413, "too-large")


def test_the_last_of_two_equal_keys_counts(app: App, credential: Credential) -> None:
    assert post(app, credential, b'{"title":"a","title":"b","pages":2}').json["data"]["title"] == "b"


def test_an_optional_body_may_be_left_out(app: App, shelf: Shelf, credential: Credential) -> None:
    post(app, credential, BOOK)

    assert ask(app, "DELETE", "/api/v1/books/web", headers=bearer(credential)).status == 200


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("least=-1", "least must be at least 0, not -1"),
        ("least=x", "least must be a whole number, not 'x'"),
        ("least=1.5", "least must be a whole number, not '1.5'"),
        ("bound=maybe", "bound must be true or false, not 'maybe'"),
        ("most=1", "there is no field 'most'"),
    ],
)
def test_a_bad_query_is_refused(app: App, credential: Credential, query: str, message: str) -> None:
    heard = ask(app, "GET", "/api/v1/books/", headers=bearer(credential), query=query)

    assert (heard.status, heard.json["message"]) == (422, message)


def test_a_query_is_read_into_its_types(app: App, shelf: Shelf, credential: Credential) -> None:
    post(app, credential, BOOK)

    assert ask(app, "GET", "/api/v1/books/", headers=bearer(credential), query="least=3&bound=true").json["data"] == []
    assert ask(app, "GET", "/api/v1/books/", headers=bearer(credential), query="least=2").json["data"] == [BOOK]


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"path": "/api/v1/books/\xff"}, "the path is not UTF-8"),
        ({"path": "/api/v1/books/a\0b"}, "the path contains NUL"),
        ({"query": "least=%FF"}, "the query is not UTF-8"),
        ({"query": "least=1&least=2"}, "a query parameter is given twice"),
    ],
)
def test_an_unclear_address_is_refused(app: App, credential: Credential, environ: dict[str, str], message: str) -> None:
    heard = ask(app, "GET", environ.get("path", "/api/v1/books/"), headers=bearer(credential), query=environ.get("query", ""))

    assert (heard.status, heard.json["message"]) == (400, message)


def test_an_unknown_path_is_404_in_the_envelope(app: App) -> None:
    heard = ask(app, "GET", "/api/v1/nothing/here")

    assert (heard.status, heard.json["code"]) == (404, "not-found")


def test_a_wrong_method_is_405_and_says_what_is_allowed(app: App) -> None:
    heard = ask(app, "PUT", "/api/v1/books/")

    assert (heard.status, heard.json["code"], heard.headers["allow"]) == (405, "method-not-allowed", "GET, HEAD, OPTIONS, POST")
    assert heard.json["request"] == heard.headers["x-request-id"]


def test_options_says_what_is_allowed(app: App) -> None:
    heard = ask(app, "OPTIONS", "/api/v1/books/")

    assert (heard.status, heard.headers["allow"]) == (200, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize(("method", "status"), [("GET", 301), ("POST", 308)])
def test_a_missing_slash_is_put_right(app: App, method: str, status: int) -> None:
    heard = ask(app, method, "/api/v1/books", query="least=1")

    assert (heard.status, heard.headers["location"]) == (status, "/api/v1/books/?least=1")


def test_head_answers_headers_only(app: App, credential: Credential) -> None:
    heard = ask(app, "HEAD", "/api/v1/books/", headers=bearer(credential))

    assert (heard.status, heard.text) == (200, b"")


def test_filepath_takes_the_rest_of_the_path_also_an_empty_one(app: App) -> None:
    assert ask(app, "GET", "/api/v1/books/search/").json["data"] == "searched ''"
    assert ask(app, "GET", "/api/v1/books/search/a/b").json["data"] == "searched 'a/b'"


def test_nobody_is_refused_with_401(app: App, shelf: Shelf) -> None:
    heard = ask(app, "POST", "/api/v1/books/", BOOK)

    assert (heard.status, heard.json["code"], heard.headers["www-authenticate"]) == (401, "unauthenticated", "Bearer")
    assert shelf.turned == 0


def test_a_missing_right_is_named(app: App, shelf: Shelf, credential: Credential) -> None:
    reader = Caller(user="bob", rights=frozenset({Right.GUEST_READ}))

    heard = ask(app, "POST", "/api/v1/books/", BOOK, bearer(credential, reader))

    assert (heard.status, heard.json["message"]) == (403, "this needs the right 'guest.create'")
    assert shelf.turned == 0


def test_rights_are_checked_before_the_body_is_looked_at(app: App, credential: Credential) -> None:
    assert ask(app, "POST", "/api/v1/books/", b"no json", bearer(credential, Caller(user="bob"))).status == 403


def test_an_open_route_serves_nobody_and_those_with_false_credentials(app: App) -> None:
    assert ask(app, "POST", "/api/v1/books/door", {}).json["data"] == ""
    assert ask(app, "POST", "/api/v1/books/door", {}, {"Authorization": "Bearer nonsense"}).json["data"] == ""


def test_a_session_is_set_in_a_cookie_no_script_can_read(app: App) -> None:
    heard = ask(app, "POST", "/api/v1/books/door", {})

    assert heard.headers["set-cookie"] == "nano_session=s3cret; Path=/; HttpOnly; SameSite=Strict; Secure"
    assert b"s3cret" not in heard.text


def test_a_session_is_taken_away(app: App) -> None:
    assert ask(app, "POST", "/api/v1/books/door", {"text": "out"}).headers["set-cookie"].endswith("Secure; Max-Age=0")


def test_the_handler_hears_who_calls_and_from_where(app: App, shelf: Shelf, credential: Credential) -> None:
    ask(app, "GET", "/api/v1/books/", headers=bearer(credential), REMOTE_ADDR="192.0.2.9")

    assert (shelf.callers[0].user, shelf.callers[0].address) == ("ann", "192.0.2.9")


def test_an_unforeseen_fault_tells_the_request_and_nothing_else(app: App, credential: Credential, caplog: pytest.LogCaptureFixture) -> None:
    heard = ask(app, "PUT", "/api/v1/books/fault", {"text": "inner detail"}, bearer(credential))

    assert (heard.status, heard.json["code"], heard.json["message"]) == (500, "internal", "a fault inside the server")
    assert heard.headers["x-request-id"] in caplog.text
    assert b"inner detail" not in heard.text


def test_a_binary_answer_comes_outside_the_envelope(app: App, credential: Credential) -> None:
    heard = ask(app, "GET", "/api/v1/books/web/cover", headers=bearer(credential))

    assert (heard.headers["content-type"], heard.text) == ("image/png", b"\x89PNG web")


def test_every_answer_is_safe_to_open_and_never_kept(app: App) -> None:
    for path in ("/api/v1/books/search/", "/api/v1/books/", "/api/v1/nothing"):
        heard = ask(app, "GET", path)

        assert heard.headers["cache-control"] == "no-store"
        assert heard.headers["x-content-type-options"] == "nosniff"
        assert heard.headers["x-request-id"]


def test_changes_and_refusals_are_recorded_and_reading_is_not(app: App, records: list[Record], credential: Credential) -> None:
    post(app, credential, BOOK)
    ask(app, "GET", "/api/v1/books/", headers=bearer(credential))
    ask(app, "GET", "/api/v1/books/web")
    ask(app, "DELETE", "/api/v1/books/web", headers=bearer(credential, Caller(user="bob")))

    told = [(record.caller.user, record.endpoint, record.places, record.status) for record in records]
    assert told == [
        ("ann", "create_book", {}, 202),
        ("", "get_book", {"title": "web"}, 401),
        ("bob", "delete_book", {"title": "web"}, 403),
    ]


def test_the_page_and_the_document_are_open_and_run_no_script(app: App) -> None:
    page = ask(app, "GET", "/api/v1/")
    document = ask(app, "GET", "/api/v1/openapi.json")

    assert b"Put a book on the shelf." in page.text
    assert b"<script" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert document.json["paths"]["/api/v1/books/"]["post"]["x-right"] == "guest.create"


def test_what_is_not_the_api_is_answered_elsewhere(shelf: Shelf, credential: Credential) -> None:
    def portal(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("X-From", "portal")])
        return [environ["PATH_INFO"].encode()]

    app = serve(routes, shelf, CoreIdentify([credential]), error_data="", elsewhere=portal)

    assert ask(app, "GET", "/guests/7").text == b"/guests/7"
    assert ask(app, "GET", "/api/v1/nothing").status == 404


def test_the_data_of_a_failure_is_what_the_service_wants(shelf: Shelf, credential: Credential) -> None:
    app = serve(routes, shelf, CoreIdentify([credential]), error_data="")

    assert ask(app, "GET", "/api/v1/books/").json["data"] == ""
    assert ask(app, "GET", "/api/v1/books/no", headers=signed(credential, "GET", "/api/v1/books/no")).json == {
        "error_code": 500,
        "message": "there is no book 'no'",
        "data": "",
    }


@pytest.mark.parametrize(
    ("headers", "wire"),
    [
        ({"nano-authorization": "x", "authorization": "y"}, Wire.NANO),
        ({"authorization": "y", "nano-session": "z"}, Wire.MODERN),
        ({"nano-session": "z", "cookie": "nano_session=c"}, Wire.NANO),
        ({"cookie": "nano_session=c"}, Wire.MODERN),
        ({"cookie": "other=c"}, None),
    ],
)
def test_the_credentials_choose_the_wire(headers: dict[str, str], wire: Wire | None) -> None:
    assert shown_wire(RequestView("GET", "/", (), headers, lambda: b"", "", secure=True)) is wire
