"""Finding Core by multicast and unicast, and not finding who is not Core. Real sockets, a port of its own for each test."""

from __future__ import annotations

import itertools
import json
import logging
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from nano_runtime.certificates import Authority, Identity, certificate_text, issued_by
from nano_runtime.discovery import PING_SIZE, Announcement, Found, Responder, Triple, find_core
from nano_runtime.errors import BadSetting, Unavailable
from nano_runtime.interfaces import has_address, up_interfaces
from tests.waiting import wait_until

GROUP, OTHER_GROUP = "224.0.0.226", "224.0.0.227"


class Core:
    """A Responder with an authority of its own."""

    def __init__(self, triple: Triple, *, authority: Authority | None = None, role: str = "core", domain: str = "") -> None:
        self.triple = triple
        self.authority = authority or Authority.create(triple.domain)
        self.identity: Identity = self.authority.issue(domain=domain or triple.domain, role=role, name="core-1")
        self.asked: list[str] = []
        self.responder = Responder(triple, self.announce, self.identity.sign)
        self.responder.start()

    def announce(self, local: str) -> Announcement:
        self.asked.append(local)
        certificate = certificate_text(self.identity.certificate)
        return Announcement(address=local, port=4433, name="core-1", authority=self.authority.fingerprint, certificate=certificate)

    def find(self, *, seconds: float = 2, known: str = "", group: str = "") -> Found:
        verify = issued_by(self.authority.certificate_pem, domain=self.triple.domain, role="core")
        return find_core(self.triple._replace(address=group or self.triple.address), verify=verify, known=known, seconds=seconds)


Begin = Callable[..., Core]


@pytest.fixture
def triple() -> Triple:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("", 0))
        return Triple("lab", GROUP, probe.getsockname()[1])


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts Cores that end with the test."""
    cores: list[Core] = []

    def begin(*arguments: object, **options: object) -> Core:
        cores.append(Core(*arguments, **options))  # type: ignore[arg-type]  # passed on
        return cores[-1]

    yield begin
    for core in cores:
        core.responder.stop()


def test_core_is_found_in_less_than_100_ms(triple: Triple, begin: Begin) -> None:
    core = begin(triple)
    began = time.monotonic()

    found = core.find()

    assert time.monotonic() - began < 0.1
    assert (found.port, found.name, found.authority_fingerprint) == (4433, "core-1", core.authority.fingerprint)
    assert has_address(found.address)


def test_every_interface_is_asked_and_answers_with_its_own_address(triple: Triple, begin: Begin) -> None:
    core = begin(triple)
    core.find()

    first_of_each = {each.index: each.address for each in reversed(up_interfaces())}
    wait_until(lambda: set(core.asked) >= set(first_of_each.values()))


def test_core_that_starts_later_is_found_by_asking_again(triple: Triple, begin: Begin) -> None:
    late = itertools.count()

    def clock() -> float:
        if next(late) == 5:
            begin(triple, authority=authority)
        return time.monotonic()

    authority = Authority.create("lab")
    verify = issued_by(authority.certificate_pem, domain="lab", role="core")

    assert find_core(triple, verify=verify, seconds=3, clock=clock).name == "core-1"


def test_where_multicast_is_filtered_a_known_address_is_asked(triple: Triple, begin: Begin) -> None:
    core = begin(triple)

    found = core.find(known="127.0.0.1", group=OTHER_GROUP)

    assert (found.address, core.asked) == ("127.0.0.1", ["127.0.0.1"])


def test_without_core_the_search_ends_and_says_what_to_do(triple: Triple) -> None:
    began = time.monotonic()

    with pytest.raises(Unavailable, match=rf"no Core of domain 'lab' answers on {GROUP}:{triple.port}; start Core"):
        find_core(triple, verify=None, seconds=0.3, known="127.0.0.1")

    assert time.monotonic() - began < 1


def test_a_rogue_core_does_not_hide_the_true_one(triple: Triple, begin: Begin) -> None:
    begin(triple)
    core = begin(triple)
    begin(triple)

    for _ in range(5):
        assert core.find().authority_fingerprint == core.authority.fingerprint


def test_a_rogue_core_alone_is_ignored_and_named(triple: Triple, begin: Begin) -> None:
    rogue = begin(triple)
    rogue.authority = Authority.create("lab")

    with pytest.raises(Unavailable, match="was ignored: the certificate was signed by the authority of another domain"):
        rogue.find(seconds=0.3)


def test_who_copied_the_certificate_of_core_but_not_its_key_is_ignored(triple: Triple, begin: Begin) -> None:
    thief = begin(triple)
    thief.responder._sign = thief.authority.issue(domain="lab", role="core", name="core-1").sign

    with pytest.raises(Unavailable, match="the signature does not belong to the certificate"):
        thief.find(seconds=0.3)


def test_a_cell_of_the_domain_cannot_pose_as_core(triple: Triple, begin: Begin) -> None:
    cell = begin(triple, role="cell")

    with pytest.raises(Unavailable, match="speaks for cell"):
        cell.find(seconds=0.3)
    with pytest.raises(Unavailable, match="speaks for cell"):
        find_core(triple, verify=None, seconds=0.3)


def test_two_domains_share_a_port_of_one_host(triple: Triple, begin: Begin) -> None:
    lab, office = begin(triple), begin(triple._replace(domain="office", address=OTHER_GROUP))
    same_group = begin(triple._replace(domain="shop"))

    for core in (lab, office, same_group):
        assert core.find().authority_fingerprint == core.authority.fingerprint
    assert len(office.asked) <= len(up_interfaces()), "it hears nothing of the other group"


def test_a_first_contact_trusts_any_authority_and_reports_it(triple: Triple, begin: Begin) -> None:
    core = begin(triple)

    assert find_core(triple, verify=None, seconds=2).authority_fingerprint == core.authority.fingerprint


def test_an_old_echo_is_worth_nothing(triple: Triple, begin: Begin) -> None:
    """Somebody replays what Core said to somebody else: the nonce is another one."""
    core = begin(triple)
    echo = _exchange(triple, _ping())
    core.responder.stop()

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as replayer:
        replayer.bind(("127.0.0.1", triple.port))
        replayer.settimeout(0)
        with pytest.raises(Unavailable):
            find_core(triple, verify=None, known="127.0.0.1", seconds=0.3, clock=_replaying(replayer, echo))


@pytest.mark.parametrize(
    "ping",
    [
        b"",
        b"\xff" * 1200,
        b"[" * 1500,
        b"{}" + b" " * 1200,
        json.dumps({"type": "ping", "domain": "lab", "nonce": "ab" * 16}).encode(),
        json.dumps({"type": "ping", "domain": "lab", "nonce": "ab" * 16, "padding": "." * 3000}).encode(),
        json.dumps({"type": "ping", "domain": "lab", "nonce": "ab" * 200, "padding": "." * 1000}).encode(),
        json.dumps({"type": "ping", "domain": "office", "nonce": "ab" * 16, "padding": "." * 1000}).encode(),
        json.dumps({"type": "echo", "body": "x", "signature": "." * 1000}).encode(),
        json.dumps({"type": "ping", "domain": ["lab"], "nonce": 7, "padding": "." * 1000}).encode(),
    ],
)
def test_what_is_no_proper_ping_gets_no_echo(triple: Triple, begin: Begin, ping: bytes) -> None:
    core = begin(triple)

    assert _exchange(triple, ping, seconds=0.1) == b""
    assert core.find(), "and the next proper one does"


def test_an_echo_is_hardly_larger_than_its_ping(triple: Triple, begin: Begin) -> None:
    begin(triple)

    ping, echo = _ping(), _exchange(triple, _ping())

    assert len(ping) >= PING_SIZE
    assert len(echo) < 1.5 * len(ping)
    assert len(echo) < 1472, "one Ethernet frame"


def test_one_source_gets_so_many_echoes_a_second(triple: Triple, begin: Begin) -> None:
    begin(triple)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as greedy:
        greedy.settimeout(0.3)
        for _ in range(200):
            greedy.sendto(_ping(), ("127.0.0.1", triple.port))
        answers = 0
        while _received(greedy):
            answers += 1

    assert 1 <= answers <= 60  # 20 in each of the seconds that the test may touch


def test_an_answer_that_fails_is_logged_and_the_next_ping_is_answered(
    triple: Triple, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    core = begin(triple)
    good = core.responder._answer

    def fail_once(local: str) -> Announcement:
        core.responder._answer = good
        raise ZeroDivisionError("not ready")

    core.responder._answer = fail_once
    with caplog.at_level(logging.ERROR):
        assert core.find()

    assert "not ready" in caplog.text


def test_a_port_that_cannot_be_had_names_the_setting(triple: Triple) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as owner:
        owner.bind(("0.0.0.0", triple.port))  # without SO_REUSEADDR

        with pytest.raises(BadSetting, match="group_port") as caught:
            Responder(triple, lambda _: pytest.fail("nobody asked"), lambda data: data).start()

    assert caught.value.field == "group_port"


def _ping() -> bytes:
    return json.dumps({"type": "ping", "domain": "lab", "nonce": "ab" * 16, "padding": "." * PING_SIZE}).encode()


def _exchange(triple: Triple, ping: bytes, *, seconds: float = 2) -> bytes:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.settimeout(seconds)
        asker.sendto(ping, ("127.0.0.1", triple.port))
        return _received(asker)


def _received(asker: socket.socket) -> bytes:
    try:
        return asker.recv(65536)
    except TimeoutError:
        return b""


def _replaying(replayer: socket.socket, echo: bytes) -> Callable[[], float]:
    """A clock that, whenever it is looked at, answers every ping with the old echo."""

    def clock() -> float:
        try:
            _, asker = replayer.recvfrom(65536)
            replayer.sendto(echo, asker)
        except BlockingIOError:
            pass
        return time.monotonic()

    return clock
