"""Links between modules, on real sockets: asking, telling and stopping."""

from __future__ import annotations

import logging
import random
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from nano_runtime.certificates import Identity
from nano_runtime.endpoint import LinkServer
from nano_runtime.errors import BadSetting, Forbidden, NanoError, TimedOut, TooLarge, TooMany, Unavailable
from nano_runtime.link import CALLS_OF_A_LINK
from nano_runtime.messages import FRAME_LIMIT, Dispatcher, Link
from tests.nano_runtime.links import HOST, Break, Domain, Hello, Inflate, Refuse, Repeat, Side, Spoken, Wait
from tests.waiting import wait_until


@pytest.fixture
def domain() -> Iterator[Domain]:
    domain = Domain()
    yield domain
    domain.stop()


def test_both_ends_ask_each_other_over_one_link(domain: Domain) -> None:
    server = domain.serve()
    cell = Side()

    to_core = domain.client(domain.member("cell-7"), cell).wait_up(5)
    to_cell = wait_until(server.links)[0]

    assert to_core.ask(Hello()) == "hello, cell-7"
    assert to_cell.ask(Hello()) == "hello, core"
    assert (to_cell.peer.role, to_cell.peer.address) == ("cell", HOST)
    assert wait_until(lambda: cell.heard) == ["up core"]


def test_events_arrive_in_order(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    for number in range(1000):
        link.tell(Spoken(number=number))

    wait_until(lambda: len(domain.core_side.numbers) == 1000)
    assert domain.core_side.numbers == list(range(1000))


def test_two_hundred_questions_at_once_are_all_answered(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)
    texts = [f"{number}" * 100 for number in range(200)]

    with ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda text: link.ask(Repeat(text=text)), texts))

    assert answers == texts


def test_an_error_of_the_other_side_is_raised_here_with_its_type(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    with pytest.raises(Forbidden, match="not for you") as caught:
        link.ask(Refuse())

    assert (caught.value.hint, caught.value.field) == ("ask your mother", "refuse")


def test_an_unforeseen_failure_stays_in_the_log_of_its_side(domain: Domain, caplog: pytest.LogCaptureFixture) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    with caplog.at_level(logging.ERROR), pytest.raises(NanoError, match="unforeseen") as caught:
        link.ask(Break())

    assert "a secret" not in str(caught.value)
    assert "a secret of the other side" in caplog.text


def test_a_question_without_answer_times_out_and_the_link_stays(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    with pytest.raises(TimedOut, match=r"did not answer wait within 0\.1 s"):
        link.ask(Wait(), seconds=0.1)

    domain.core_side.gate.set()
    assert link.ask(Repeat(text="still here")) == "still here"


def test_what_is_too_large_is_refused_before_it_is_sent(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    with pytest.raises(TooLarge, match="repeat"):
        link.ask(Repeat(text="x" * FRAME_LIMIT))
    with pytest.raises(TooLarge, match="answer"):
        link.ask(Inflate(size=FRAME_LIMIT))

    largest = "x" * (FRAME_LIMIT - 200)
    assert link.ask(Repeat(text=largest)) == largest


def test_a_link_handles_so_many_questions_and_refuses_the_next(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    with ThreadPoolExecutor(CALLS_OF_A_LINK + 1) as pool:
        questions = [pool.submit(link.ask, Wait()) for _ in range(CALLS_OF_A_LINK + 1)]
        refused = wait_until(lambda: [each for each in questions if each.done()])
        domain.core_side.gate.set()

    assert isinstance(refused[0].exception(), TooMany)
    assert [each.exception() for each in questions].count(None) == CALLS_OF_A_LINK


def test_asking_on_the_thread_of_the_network_is_refused(domain: Domain) -> None:
    server = domain.serve()
    link = domain.client(domain.member()).wait_up(5)
    caught: list[BaseException] = []

    def ask() -> None:
        try:
            link.ask(Hello())
        except RuntimeError as problem:
            caught.append(problem)

    link._loop.post(ask)  # type: ignore[attr-defined]  # nothing public runs there

    assert "block the network loop" in str(wait_until(lambda: caught)[0])
    assert server.links()


def test_stopping_tells_the_other_side_at_once_and_finishes_what_is_under_way(domain: Domain) -> None:
    server = domain.serve()
    cell = Side()
    link = domain.client(domain.member(), cell).wait_up(5)
    with ThreadPoolExecutor(2) as pool:
        under_way = pool.submit(link.ask, Wait())
        domain.core_side.entered.wait(5)

        stopping = pool.submit(server.stop)
        late = wait_until(lambda: _problem_of(link, Hello()))
        domain.core_side.gate.set()

        assert under_way.result(5) == "waited"
        stopping.result(5)
    assert "stopping" in late
    assert wait_until(lambda: [word for word in cell.heard if word.startswith("down")]) == ["down core: stopping"]


def test_garbage_on_the_port_does_no_harm(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)
    dice = random.Random(5)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for size in (0, 1, 9, 20, 21, 40, 1199, 1200, 1500, 9000):
            for first in (0x00, 0x40, 0x7F, 0x80, 0xC0, 0xC3, 0xE0, 0xF0, 0xFF):
                content = bytes([first]) + b"\0\0\0\1\x08" + dice.randbytes(size) if size else b""
                stranger.sendto(content[:size], (HOST, domain.port))

    assert link.ask(Repeat(text="alive"), seconds=5) == "alive"
    assert domain.client(domain.member("cell-2")).wait_up(5)


def test_a_frame_beyond_the_limit_ends_the_link(domain: Domain) -> None:
    domain.serve()
    link = domain.client(domain.member()).wait_up(5)
    wire = link._wire  # type: ignore[attr-defined]  # an honest client cannot do this

    link._loop.post(wire.send, b"x" * (FRAME_LIMIT + 1))  # type: ignore[attr-defined]

    assert "is more than a link carries" in wait_until(lambda: [word for word in domain.core_side.heard if "down" in word])[0]


@pytest.mark.parametrize(
    "frame",
    [
        b"{}",
        b"\xff\xfe",
        b"[" * 60000,
        b'{"type":"call","id":1}',
        b'{"type":"note","body":{"kind":"?"}}',
        b'{"type":"call","id":1,"body":{"kind":"repeat","text":"\xff"}}',
        b'{"type":"reply","id":1,"body":"\xff"}',
    ],
)
def test_a_frame_that_makes_no_sense_harms_nobody_else(domain: Domain, frame: bytes) -> None:
    domain.serve()
    bad = domain.client(domain.member("bad")).wait_up(5)
    good = domain.client(domain.member("good")).wait_up(5)

    bad._loop.post(bad._wire.send, frame)  # type: ignore[attr-defined]  # an honest client cannot do this

    assert good.ask(Repeat(text="fine")) == "fine"


def test_the_newer_link_of_a_module_takes_the_place_of_the_older(domain: Domain) -> None:
    """The loss of the older is told before the newer is, so nobody takes it for the loss of the module."""
    server = domain.serve()
    identity = domain.member("twin")
    first = domain.client(identity)
    first.wait_up(5)
    older = wait_until(server.links)[0]

    second = domain.client(identity)
    second.wait_up(5)
    wait_until(lambda: domain.core_side.heard[2:3])
    first.stop()

    assert domain.core_side.heard[:3] == ["up twin", "down twin: a newer link took its place", "up twin"]
    wait_until(lambda: server.links() and server.links()[0] is not older)


def test_a_newer_link_is_not_told_of_before_the_end_of_the_older_has_been_handled(domain: Domain) -> None:
    handled = threading.Event()
    heard = domain.core_side.heard

    def slowly(link: Link, reason: str) -> None:
        handled.wait(5)
        heard.append(f"down {link.peer.name}")

    domain.core_side.down = slowly  # type: ignore[method-assign]  # a Core with much to do
    server = domain.serve()
    identity = domain.member("twin")
    first = domain.client(identity)
    first.wait_up(5)
    first.stop()

    assert domain.client(identity).wait_up(5).ask(Hello()) == "hello, twin"
    assert (heard, len(wait_until(server.links))) == (["up twin"], 1)

    handled.set()
    wait_until(lambda: heard == ["up twin", "down twin", "up twin"])


def test_a_port_that_is_taken_is_refused_with_the_setting_to_change(domain: Domain) -> None:
    domain.serve()
    second = LinkServer(lambda: domain.core, Dispatcher(), domain.judge)

    with pytest.raises(BadSetting, match="listen_address"):
        second.start(HOST, domain.port)
    with pytest.raises(BadSetting, match=r"192\.0\.2\.77"):
        LinkServer(lambda: domain.core, Dispatcher(), domain.judge).start("192.0.2.77")


def test_a_server_without_an_identity_does_not_start_and_leaves_no_thread(domain: Domain) -> None:
    def missing() -> Identity:
        raise BadSetting("cert/core.crt.pem cannot be read")

    before = set(threading.enumerate())

    with pytest.raises(BadSetting, match=r"core\.crt\.pem"):
        LinkServer(missing, Dispatcher(), domain.judge).start(HOST)

    assert set(threading.enumerate()) <= before


def test_stopping_on_purpose_is_no_problem_to_log(domain: Domain, caplog: pytest.LogCaptureFixture) -> None:
    domain.serve()
    client = domain.client(domain.member())
    client.wait_up(5)

    client.stop()

    assert caplog.text == ""


def test_stopping_leaves_no_thread_behind() -> None:
    before = set(threading.enumerate())
    domain = Domain()
    domain.serve()
    domain.client(domain.member()).wait_up(5).ask(Hello())

    domain.stop()

    wait_until(lambda: not [each for each in threading.enumerate() if each not in before])


def _problem_of(link: Link, request: Hello) -> str:
    try:
        link.ask(request)
    except Unavailable as problem:
        return str(problem)
    return ""
