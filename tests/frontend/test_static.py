"""The portal's own files and the headers around every answer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.frontend.headers import Guarded
from appliance.frontend.static import Portal

HASH = "sha256-" + "A" * 43 + "="


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built portal, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("the key")
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Nano</title>")
    (dist / "csp.json").write_text(f'{{"script": ["{HASH}"]}}')
    (dist / "favicon.svg").write_text("<svg/>")
    (dist / "assets" / "index-4f2a.js").write_text("plain")
    (dist / "assets" / "index-4f2a.js.br").write_bytes(b"brotli")
    (dist / "assets" / "index-4f2a.js.gz").write_bytes(b"gzip")
    os.symlink(tmp_path / "secret.txt", dist / "assets" / "link.txt")
    return dist


def ask(app: Portal | Guarded, path: str, method: str = "GET", **environ: str) -> Reply:
    replies: list[Reply] = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        names = [name for name, _ in headers]
        assert len(names) == len(set(names)), "a header is set twice"
        replies.append(Reply(int(status[:3]), dict(headers), b""))

    body = app({"REQUEST_METHOD": method, "PATH_INFO": path} | environ, start)
    replies[0].body = b"".join(body)
    return replies[0]


@pytest.mark.parametrize("path", ["/", "/index.html", "/overview", "/guests/abc/console", "/login"])
def test_every_address_of_the_portal_answers_the_page_fresh(folder: Path, path: str) -> None:
    reply = ask(Portal(folder), path)

    assert reply.status == 200
    assert b"<title>Nano" in reply.body
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Cache-Control"] == "no-store"


def test_hashed_files_may_be_kept_for_ever(folder: Path) -> None:
    reply = ask(Portal(folder), "/assets/index-4f2a.js")

    assert (reply.status, reply.body) == (200, b"plain")
    assert reply.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in reply.headers["Cache-Control"]
    assert "immutable" not in ask(Portal(folder), "/favicon.svg").headers["Cache-Control"]


def test_a_missing_asset_is_not_found_instead_of_the_page(folder: Path) -> None:
    """A page of an older build would otherwise run HTML as a script."""
    assert ask(Portal(folder), "/assets/index-old.js").status == 404


@pytest.mark.parametrize(
    ("accepts", "encoding", "body"),
    [
        ("gzip, deflate, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", b"gzip"),
        ("identity", None, b"plain"),
        ("", None, b"plain"),
    ],
)
def test_a_compressed_form_is_sent_to_who_understands_it(folder: Path, accepts: str, encoding: str | None, body: bytes) -> None:
    reply = ask(Portal(folder), "/assets/index-4f2a.js", HTTP_ACCEPT_ENCODING=accepts)

    assert reply.headers.get("Content-Encoding") == encoding
    assert reply.body == body
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert reply.headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "//etc/passwd",
        "/..\\secret.txt",
        "/assets/link.txt",
        "/csp.json",
        "/assets/index-4f2a.js.br",
        "/\x00",
        "/%2e%2e/secret.txt",
    ],
)
def test_no_path_leads_out_of_the_folder(folder: Path, path: str) -> None:
    reply = ask(Portal(folder), path)

    assert b"the key" not in reply.body
    assert b"root:" not in reply.body
    assert HASH.encode() not in reply.body
    assert reply.status == 404 or b"<title>Nano" in reply.body


def test_the_page_allows_its_own_script_and_nothing_else(folder: Path) -> None:
    policy = ask(Portal(folder), "/").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert f"script-src 'self' '{HASH}';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    "listed",
    ['{"script": ["unsafe-inline"]}', '{"script": ["sha256-x; script-src *"]}', '{"script": 7}', "[]", "not json", '{"script": [null]}'],
)
def test_a_damaged_list_of_hashes_opens_nothing(folder: Path, listed: str) -> None:
    (folder / "csp.json").write_text(listed)

    assert "script-src 'self';" in ask(Portal(folder), "/").headers["Content-Security-Policy"]


def test_only_reading_is_possible(folder: Path) -> None:
    assert ask(Portal(folder), "/", "POST").status == 405
    head = ask(Portal(folder), "/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0


def test_a_missing_build_says_how_to_make_it(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "nowhere")

    reply = ask(portal, "/")

    assert reply.status == 503
    assert b"./build.py webui" in reply.body
    assert not portal.built()


def test_a_new_build_is_served_without_a_restart(folder: Path) -> None:
    portal = Portal(folder)
    ask(portal, "/")

    (folder / "assets" / "index-new.js").write_text("new")
    draft = folder / "draft"
    draft.write_text("<!doctype html><title>Nano 2</title>")
    draft.rename(folder / "index.html")

    assert b"Nano 2" in ask(portal, "/").body
    assert ask(portal, "/assets/index-new.js").body == b"new"


def test_every_answer_is_guarded_by_headers(folder: Path) -> None:
    app = Guarded(Portal(folder), tls=True)

    for path in ("/", "/assets/index-4f2a.js", "/assets/none.js"):
        headers = ask(app, path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_without_tls_the_browser_is_not_told_to_insist_on_it(folder: Path) -> None:
    assert "Strict-Transport-Security" not in ask(Guarded(Portal(folder), tls=False), "/").headers


def test_an_answer_that_is_no_page_runs_nothing() -> None:
    def api(environ: object, start_response: object) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])  # type: ignore[operator]  # WSGI
        return [b"{}"]

    policy = ask(Guarded(api, tls=True), "/api/v1/x").headers["Content-Security-Policy"]

    assert policy == "default-src 'none'; frame-ancestors 'none'"
