"""How the loss of a link is noticed, and how it comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from nano_runtime.endpoint import LinkServer, Pace
from nano_runtime.errors import Unavailable
from tests.nano_runtime.links import QUICK, Domain, LossyRelay, Repeat, Side, Wait
from tests.waiting import wait_until


@pytest.fixture
def domain() -> Iterator[Domain]:
    domain = Domain()
    yield domain
    domain.stop()


def test_a_lost_link_wakes_everyone_who_waits_for_an_answer(domain: Domain) -> None:
    server = domain.serve()
    link = domain.client(domain.member()).wait_up(5)

    with ThreadPoolExecutor(3) as pool:
        questions = [pool.submit(link.ask, Wait()) for _ in range(3)]
        domain.core_side.entered.wait(5)
        server.links()[0].close("enough")
        problems = [each.exception(timeout=2) for each in questions]

    assert all(isinstance(problem, Unavailable) and "enough" in str(problem) for problem in problems)


def test_a_close_is_noticed_before_the_drain_time_of_quic_is_over(domain: Domain) -> None:
    server = domain.serve()
    cell = Side()
    link = domain.client(domain.member(), cell).wait_up(5)

    wait_until(server.links)[0].close("enough")

    wait_until(lambda: "down core: enough" in cell.heard)
    assert link._wire._quic._state.name == "DRAINING"  # type: ignore[attr-defined]  # "TERMINATED" comes three timeouts later


def test_a_client_is_back_as_soon_as_its_server_is(domain: Domain) -> None:
    server = domain.serve()
    client = domain.client(domain.member())
    client.wait_up(5)
    server.stop()
    wait_until(lambda: client.link is None)

    domain.serve()
    began = time.monotonic()
    client.wait_up(5)

    assert time.monotonic() - began < 1.5  # the longest pause between two attempts, and a handshake
    assert client.last_error == ""


def test_a_server_that_was_killed_and_is_back_on_its_port_is_noticed(domain: Domain) -> None:
    """Nobody said good bye and nothing refuses our packets, so only the new server can tell that it does not know us."""
    server = domain.serve()
    relay = LossyRelay(domain.port, loss=0.0, seed=1)  # it also swallows the news of a refused port
    cell = Side()
    client = domain.client(domain.member(), cell, port=relay.port, pace=Pace(pulse=0.3, silence=30))
    old = client.wait_up(5)

    _kill(server)
    domain.serve(port=domain.port)

    wait_until(lambda: client.link not in (None, old), 3)
    client.stop()
    relay.stop()
    assert cell.heard == ["up core", "down core: the other side has started anew", "up core", "down core: stopping"]


def test_a_server_that_was_killed_and_is_gone_is_noticed_by_the_refused_port(domain: Domain) -> None:
    server = domain.serve()
    client = domain.client(domain.member())
    client.wait_up(5)

    _kill(server)
    began = time.monotonic()
    wait_until(lambda: client.link is None)

    assert time.monotonic() - began < QUICK.silence
    assert "nobody listens there any more" in client.last_error


def test_silence_means_that_the_other_side_is_gone(domain: Domain) -> None:
    server = domain.serve()
    relay = LossyRelay(domain.port, loss=0.0, seed=1)
    client = domain.client(domain.member(), port=relay.port)
    client.wait_up(5)

    relay._loss = 1.0
    wait_until(lambda: client.link is None and not server.links())

    assert any("silent for" in word for word in wait_until(lambda: [w for w in domain.core_side.heard if "down" in w]))
    client.stop()
    relay.stop()


def test_questions_are_answered_although_every_twentieth_datagram_is_lost(domain: Domain) -> None:
    domain.serve()
    relay = LossyRelay(domain.port, loss=0.05, seed=20)
    client = domain.client(domain.member(), port=relay.port)
    link = client.wait_up(20)

    answers = [link.ask(Repeat(text=f"{number}" * 500)) for number in range(200)]

    assert [answer[:3] for answer in answers] == [(f"{number}" * 500)[:3] for number in range(200)]
    assert relay.dropped > 10
    assert client.link is link, "the link survived"
    client.stop()
    relay.stop()


def _kill(server: LinkServer) -> None:
    """What SIGKILL does to a server: its socket closes, and it says nothing."""

    async def abort() -> None:
        assert server._listener is not None
        assert server._listener._transport is not None
        server._listener._transport.abort()

    server._loop.run(abort())
    server._loop.stop()
    server._workers.stop()
    server._listener = None
