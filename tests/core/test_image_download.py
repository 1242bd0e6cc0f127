"""A URL of a user leads to public addresses only, whatever it says and wherever it redirects; and bad servers are survived."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.core.image_download import ATTEMPTS, Downloader, _Pace
from nano_runtime.errors import BadValue, Conflict, NanoError, TooLarge, Unavailable
from tests.core.far_side import FarSide, far_side

CONTENT = bytes(range(256)) * 4096
NAMES = {"mirror.example": ["127.0.0.1"], "public.example": ["93.184.215.14"], "inside.example": ["10.0.0.5"]}


@pytest.fixture
def server() -> Iterator[FarSide]:
    with far_side() as server:
        yield server


def resolve(host: str, port: int) -> list[str]:
    """Mirror and public names; a text that is an address is itself."""
    if host in NAMES:
        return NAMES[host]
    if host == "both.example":
        return ["93.184.215.14", "192.168.1.1"]
    if host == "nowhere.example":
        raise OSError("no such name")
    return [host]


def downloader(**options: Any) -> Downloader:
    """127.0.0.1 is allowed, because the far side is on this host."""
    return Downloader([ip_network("127.0.0.1/32")], **{"resolve": resolve, "silence": 0.3, **options})


def nobody(have: int, total: int) -> None:
    return


CLOSED = [
    "http://127.0.0.2/",
    "http://[::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://224.0.0.226/",
    "http://255.255.255.255/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[::ffff:7f00:2]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[::]/",
    "http://inside.example/",
    "http://both.example/",
    "http://nowhere.example/",
    "file:///etc/shadow",
    "ftp://public.example/",
    "gopher://public.example/",
    "//public.example/",
    "http://",
    "http:///x",
    "http://user:secret@public.example/",
    "http://public.example:99999/",
    "http://public.example/a b",
    "http://public.example/\r\nHost: inside",
    "not a url",
    "",
]


@pytest.mark.parametrize("url", CLOSED)
def test_what_is_not_public_is_refused_before_a_connection_is_made(url: str) -> None:
    with pytest.raises(BadValue) as refusal:
        downloader().judge(url)

    assert refusal.value.field == "url"


@pytest.mark.parametrize("url", ["https://public.example/x", "http://1.1.1.1/", "http://[2606:4700::1111]/", "http://mirror.example/"])
def test_what_is_public_or_allowed_is_fetched(url: str) -> None:
    assert downloader().judge(url).host


@given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="169.254.0.0/16") | st.ip_addresses(network="fe80::/10"))
def test_no_private_address_is_open_in_any_spelling(address: Any) -> None:
    spellings = [str(address), str(address.exploded)]
    if address.version == 4:
        spellings += [f"::ffff:{address}", f"64:ff9b::{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"]
    for spelling in spellings:
        with pytest.raises(BadValue):
            Downloader(resolve=lambda host, port, found=spelling: [found]).judge("http://name.example/")  # type: ignore[misc]


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/", "http://[::1]/", "http://inside.example/", "file:///etc/shadow", "http://127.0.0.2:1/"]
)
def test_a_redirect_is_judged_like_the_first_address(server: FarSide, tmp_path: Path, target: str) -> None:
    url = server.answers("/moved", 302, Location=target)

    with pytest.raises(BadValue):
        downloader().fetch(url, tmp_path / "part", nobody)
    assert not (tmp_path / "part").exists()


def test_a_name_that_changes_its_address_is_judged_each_time_and_connected_to_as_judged(server: FarSide, tmp_path: Path) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    url = server.answers("/moved", 302, Location="/file")
    server.gives("/file", CONTENT)

    with pytest.raises(BadValue, match=r"10\.0\.0\.1"):
        downloader(resolve=lambda host, port: answers.pop(0)).fetch(url, tmp_path / "part", nobody)
    assert server.asked == ["/moved"]


def test_a_file_arrives_with_progress_also_after_redirects(server: FarSide, tmp_path: Path) -> None:
    server.gives("/file", CONTENT)
    url = server.answers("/moved", 301, Location="/file")
    seen: list[tuple[int, int]] = []

    downloader().fetch(url, tmp_path / "part", lambda have, total: seen.append((have, total)))

    assert (tmp_path / "part").read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))


def test_endless_redirects_end(server: FarSide, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="redirects more than"):
        downloader().fetch(server.answers("/round", 302, Location="/round"), tmp_path / "part", nobody)


def test_a_connection_that_breaks_is_gone_on_with(server: FarSide, tmp_path: Path) -> None:
    url = server.gives("/file", CONTENT, cut=2)

    downloader().fetch(url, tmp_path / "part", nobody)

    assert (tmp_path / "part").read_bytes() == CONTENT
    half = len(CONTENT) // 2
    assert server.asked == ["/file", f"/file bytes={half}-", f"/file bytes={half + half // 2}-"]


def test_a_server_that_stalls_is_given_up(server: FarSide, tmp_path: Path) -> None:
    url = server.stalls("/file", b"first")

    with pytest.raises(Unavailable, match="cannot be fetched"):
        downloader().fetch(url, tmp_path / "part", nobody)
    assert len(server.asked) == ATTEMPTS


def test_a_server_that_drips_is_given_up() -> None:
    clock = [0.0]
    pace = _Pace(lambda: clock[0])

    for _ in range(59):
        clock[0] += 1
        pace.count(10)
    clock[0] += 1
    with pytest.raises(Unavailable, match="bytes per second"):
        pace.count(10)


def test_a_body_without_end_stops_where_the_room_does(server: FarSide, tmp_path: Path) -> None:
    part = tmp_path / "part"

    with pytest.raises(TooLarge):
        downloader(free=lambda: (64 << 20) - (part.stat().st_size if part.exists() else 0)).fetch(server.never_ends("/file"), part, nobody)
    assert part.stat().st_size <= 66 << 20


def test_a_file_too_large_is_refused_before_its_first_byte(server: FarSide, tmp_path: Path) -> None:
    with pytest.raises(TooLarge, match="1048576 bytes"):
        downloader(free=lambda: 1000).fetch(server.gives("/file", CONTENT), tmp_path / "part", nobody)
    assert (tmp_path / "part").exists() is False or (tmp_path / "part").stat().st_size == 0


@pytest.mark.parametrize("status", [403, 404, 500])
def test_what_the_far_side_says_is_told_as_text(server: FarSide, tmp_path: Path, status: int) -> None:
    url = server.answers("/file", status, b"quota exceeded\x1b[31m\r\n<b>now</b>")

    with pytest.raises(Unavailable) as problem:
        downloader().fetch(url, tmp_path / "part", nobody)

    assert str(status) in problem.value.message
    assert "quota exceeded[31m<b>now</b>" in problem.value.message


def test_what_watches_may_end_it(server: FarSide, tmp_path: Path) -> None:
    def enough(have: int, total: int) -> None:
        raise Conflict("enough")

    with pytest.raises(Conflict):
        downloader().fetch(server.gives("/file", CONTENT), tmp_path / "part", enough)


def test_no_server_is_no_fault(tmp_path: Path) -> None:
    with pytest.raises(NanoError, match="cannot be fetched"):
        downloader().fetch("http://mirror.example:9/", tmp_path / "part", nobody)
