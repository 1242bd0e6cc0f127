"""Files go in and out in pieces: raw, as a form of an old client, in ranges, on every way, and never through memory."""

from __future__ import annotations

import io
import resource
import ssl
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.http.client import Client
from appliance.http.files import PIECE, incoming, piece_of
from appliance.http.identify import CoreIdentify
from appliance.http.routes import Download, Routes, Upload
from appliance.http.serve import serve
from appliance.http.server import HttpsServer
from appliance.http.transports import DirectTransport, HttpTransport
from appliance.rights import Right
from appliance.settings import Credential
from nano_runtime.certificates import Identity
from nano_runtime.errors import BadRequest, Conflict, NanoError
from nano_runtime.tls import server_context
from tests.http.asking import EVERYTHING, Port, signed

routes = Routes("/boxes", tag="Boxes")
BOUNDARY = b"----a boundary"
FORM = 'multipart/form-data; boundary="----a boundary"'


class Bytes:
    """A file in memory."""

    media_type = "application/octet-stream"

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)
        self.headers = {"Signature": "abc", "Cache-Control": "no-cache"}
        self.closed = False

    def read(self, start: int, length: int, /) -> Iterator[bytes]:
        for offset in range(start, start + length, 1000):
            yield self._data[offset : min(offset + 1000, start + length)]

    def close(self) -> None:
        self.closed = True


class Boxes:
    def __init__(self) -> None:
        self.content = b""
        self.size = 0
        self.keep = True
        self.sent: list[Bytes] = []


@routes.post("/{name}/file/", needs=Right.GUEST_CREATE)
def fill(boxes: Boxes, name: str, upload: Upload) -> str:
    """Put something in."""
    if name == "locked":
        raise Conflict("the box is locked")
    while data := upload.read(PIECE):
        boxes.size += len(data)
        boxes.content += data if boxes.keep else b""
    return name


@routes.get("/{name}/file/", needs=Right.GUEST_READ, statuses=(200, 206))
def empty(boxes: Boxes, name: str) -> Download:
    """Take it out."""
    if name == "locked":
        raise Conflict("the box is locked")
    boxes.sent.append(Bytes(boxes.content))
    return boxes.sent[-1]


class Pieces(io.BytesIO):
    """An upload of unknown length."""

    length = None


@pytest.fixture
def boxes() -> Boxes:
    return Boxes()


@pytest.fixture
def port(boxes: Boxes, identity: Identity, trust: ssl.SSLContext, credential: Credential) -> Iterator[Port]:
    app = serve(routes, boxes, CoreIdentify([credential]), error_data={})
    server = HttpsServer(None, "127.0.0.1", 0, app, lambda: server_context(identity), threads=6)
    server.start()
    yield Port(server, trust, credential)
    server.stop()


@pytest.fixture(params=["direct", "https"])
def client(request: pytest.FixtureRequest, port: Port, boxes: Boxes) -> Client:
    if request.param == "direct":
        return Client(DirectTransport(routes, boxes))
    return Client(HttpTransport(routes, f"https://127.0.0.1:{port.server.port}", port.credential, port.trust))


def form(content: bytes, *, name: bytes = b"image") -> bytes:
    parts = [(b"checksum", b"1234"), (name, content), (b"after", b"x" * 100)]
    head = b'Content-Disposition: form-data; name="%s"; filename="disk.qcow2"\r\n\r\n'
    return b"".join(b"--" + BOUNDARY + b"\r\n" + head % name + content + b"\r\n" for name, content in parts) + b"--" + BOUNDARY + b"--\r\n"


def reading(body: bytes, content_type: str = "", length: int | None = None) -> Upload:
    environ = {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body) if length is None else length), "wsgi.input": io.BytesIO(body)}
    return incoming(environ)


def whole(upload: Upload, size: int = 1000) -> bytes:
    return b"".join(iter(lambda: upload.read(size), b""))


def test_a_body_is_the_file(port: Port, boxes: Boxes) -> None:
    assert port.ask("POST", "/api/v1/boxes/one/file/", b"hello" * 100).json["data"] == "one"
    assert boxes.content == b"hello" * 100


def test_a_chunked_body_is_the_file_too(port: Port, boxes: Boxes) -> None:
    content: Any = iter([b"a" * 3000, b"b" * 5])

    assert port.ask("POST", "/api/v1/boxes/one/file/", content).status == 200
    assert boxes.content == b"a" * 3000 + b"b" * 5


def test_a_program_for_nano_sends_a_form_and_signs_all_but_the_file(port: Port, boxes: Boxes) -> None:
    path = "/api/v1/boxes/one/file/"
    headers = {**signed(port.credential, "POST", path, host=f"127.0.0.1:{port.server.port}"), "Authorization": "", "Content-Type": FORM}

    heard = port.ask("POST", path, form(b"\r\n--" + b"content" * 1000), headers)

    assert (heard.status, heard.json["error_code"]) == (200, 0)
    assert boxes.content == b"\r\n--" + b"content" * 1000


@given(st.binary(max_size=3000), st.integers(min_value=1, max_value=5000))
def test_any_content_of_a_form_comes_out_in_pieces_of_any_size(content: bytes, size: int) -> None:
    assert whole(reading(form(content), FORM), size) == content


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (form(b"content", name=b"picture"), FORM),
        (form(b"content" * 1000)[:3000], FORM),
        (form(b"content")[:20], FORM),
        (b"", FORM),
        (b"no form at all", FORM),
        (form(b"content"), "multipart/form-data"),
        (b"--" + BOUNDARY + b"\r\n" + b"x" * 100_000, FORM),
    ],
    ids=["no part of that name", "cut in the file", "cut in the head", "empty", "none", "no boundary", "endless header"],
)
def test_a_bad_form_is_refused_in_words(body: bytes, content_type: str) -> None:
    with pytest.raises(BadRequest):
        whole(reading(body, content_type))


def test_a_file_that_ends_early_is_told_and_not_taken_for_the_whole() -> None:
    with pytest.raises(BadRequest, match="90 bytes are missing"):
        whole(reading(b"x" * 10, length=100))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", (0, 10, False)),
        ("bytes=0-3", (0, 4, True)),
        ("bytes=4-", (4, 6, True)),
        ("bytes=-3", (7, 3, True)),
        ("bytes=-30", (0, 10, True)),
        ("bytes=5-100", (5, 5, True)),
        ("bytes=10-", None),
        ("bytes=-0", None),
        ("bytes=5-4", (0, 10, False)),
        ("bytes=0-1,4-5", (0, 10, False)),
        ("lines=0-1", (0, 10, False)),
        ("bytes=" + "9" * 100 + "-", (0, 10, False)),
    ],
)
def test_a_range_means_what_the_rfc_says(asked: str, found: tuple[int, int, bool] | None) -> None:
    assert piece_of(asked, 10) == found


def test_a_file_goes_out_whole_in_ranges_and_as_a_head(port: Port, boxes: Boxes) -> None:
    boxes.content = bytes(range(256)) * 20

    heard = port.ask("GET", "/api/v1/boxes/one/file/")
    part = port.ask("GET", "/api/v1/boxes/one/file/", headers={"Range": "bytes=1000-2999"})
    head = port.ask("HEAD", "/api/v1/boxes/one/file/")
    outside = port.ask("GET", "/api/v1/boxes/one/file/", headers={"Range": "bytes=9999-"})

    assert (heard.status, heard.text, heard.headers["signature"], heard.headers["cache-control"]) == (200, boxes.content, "abc", "no-cache")
    assert (part.status, part.text, part.headers["content-range"]) == (206, boxes.content[1000:3000], "bytes 1000-2999/5120")
    assert (head.status, head.text, head.headers["content-length"]) == (200, b"", "5120")
    assert (outside.status, outside.headers["content-range"]) == (416, "bytes */5120")
    assert all(file.closed for file in boxes.sent)


def test_the_client_sends_and_gets_files_on_both_ways(client: Client, boxes: Boxes) -> None:
    assert client.call(fill, EVERYTHING, name="one", upload=reading(b"x" * 3000)) == "one"
    assert client.call(fill, EVERYTHING, name="one", upload=Pieces(b"y" * 5)) == "one"

    file = client.call(empty, EVERYTHING, name="one")
    assert file.size == 3005
    assert b"".join(file.read(0, 3005)) == b"x" * 3000 + b"y" * 5
    file.close()
    again = client.call(empty, EVERYTHING, name="one")
    assert b"".join(again.read(2998, 4)) == b"xxyy"
    again.close()


def test_a_refusal_of_a_file_is_the_same_error_on_both_ways(client: Client) -> None:
    with pytest.raises(Conflict):
        client.call(fill, EVERYTHING, name="locked", upload=reading(b"x" * 3000))
    with pytest.raises(Conflict):
        client.call(empty, EVERYTHING, name="locked")


def test_an_upload_that_breaks_off_on_its_way_is_no_success(client: Client, boxes: Boxes) -> None:
    with pytest.raises(NanoError):
        client.call(fill, EVERYTHING, name="one", upload=reading(b"x" * 10, length=100))


def test_a_large_body_costs_no_memory(port: Port, boxes: Boxes) -> None:
    boxes.keep = False
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = 256
    content: Any = (bytes(PIECE) for _ in range(size))

    assert port.ask("POST", "/api/v1/boxes/one/file/", content, {"Content-Length": str(size * PIECE)}).status == 200

    assert boxes.size == size * PIECE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024
