"""Bodies that are sent badly cost neither memory nor workers."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.http.request_bodies import ChunkedBody, Patience, drain


def chunked(*chunks: bytes, trailer: bytes = b"") -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n" + trailer + b"\r\n"


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=10), st.integers(min_value=1, max_value=200))
def test_any_chunks_read_in_any_pieces_are_the_body(chunks: list[bytes], size: int) -> None:
    body = ChunkedBody(io.BytesIO(chunked(*chunks) + b"NEXT REQUEST"))
    found = b""
    while piece := body.read(size):
        found += piece

    assert found == b"".join(chunks)
    assert body.ended


def test_extensions_and_trailers_mean_nothing() -> None:
    source = io.BytesIO(b"3;name=value\r\nabc\r\n0\r\nTrailer: x\r\n\r\nrest")

    assert ChunkedBody(source).read(100) == b"abc"
    assert source.read() == b"rest"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"zz\r\n",
        b"-1\r\n",
        b"0x3\r\nabc\r\n",
        b"+3\r\nabc\r\n",
        b"1_0\r\n",
        b"3\r\nab",
        b"3\r\nabcd\r\n",
        b"3\nabc\n",
        b"f" * 17 + b"\r\n",
        b"3" + b";" * 2000 + b"\r\n",
    ],
)
def test_bad_framing_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="chunk"):
        ChunkedBody(io.BytesIO(raw)).read(100)


def test_a_huge_chunk_is_read_only_as_far_as_asked() -> None:
    source = io.BytesIO(b"ffffffff\r\n" + b"x" * 1000)

    assert ChunkedBody(source).read(10) == b"x" * 10
    assert source.tell() == 20


def test_patience_is_for_each_client_and_comes_back() -> None:
    patience = Patience(2)
    with patience.waiting_for("a"), patience.waiting_for("a"), patience.waiting_for("b"):
        with pytest.raises(ConnectionAbortedError, match="a keeps 2 workers waiting"), patience.waiting_for("a"):
            pass
        with patience.waiting_for("b"):
            pass
    with patience.waiting_for("a"):
        pass


def test_draining_stops_at_its_limit_and_at_bad_framing() -> None:
    endless = io.BytesIO(b"x" * 20_000_000)
    drain(endless)
    assert endless.tell() == 16 * 1024 * 1024

    drain(ChunkedBody(io.BytesIO(b"zz\r\n")))
