"""Who gets a link and who does not, and that the refused one learns why."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from nano_runtime.certificates import Authority, Certificate, Identity
from nano_runtime.endpoint import LinkClient, visit
from nano_runtime.errors import BadRequest, Forbidden, Unavailable
from nano_runtime.messages import Peer
from tests.nano_runtime.links import HOST, QUICK, Domain, Hello, Repeat, Side, Spoken
from tests.waiting import wait_until

YEAR = 365 * 86400


@pytest.fixture
def domain() -> Iterator[Domain]:
    domain = Domain()
    yield domain
    domain.stop()


def trust_anyone(certificates: list[Certificate]) -> Peer:
    return Peer(fingerprint="", address=HOST)


def test_a_stranger_may_only_say_what_is_open_to_strangers(domain: Domain) -> None:
    server = domain.serve()

    with visit(HOST, domain.port, trust_anyone, QUICK) as core:
        assert core.ask(Hello()) == "hello, stranger"
        with pytest.raises(BadRequest, match="not enrolled"):
            core.ask(Repeat(text="let me in"))

    assert server.links() == []
    assert domain.core_side.heard == [], "strangers are nobody's up or down"


def test_a_stranger_that_sends_events_loses_its_link_without_a_word_in_the_log(domain: Domain, caplog: pytest.LogCaptureFixture) -> None:
    domain.serve()

    with visit(HOST, domain.port, trust_anyone, QUICK) as core:
        core.tell(Spoken(number=1))
        with pytest.raises(Unavailable, match="not enrolled"):
            wait_until(lambda: core.ask(Hello()) == "")

    assert (domain.core_side.numbers, caplog.text) == ([], "")


def test_a_stranger_that_the_judge_does_not_want_gets_no_link(domain: Domain) -> None:
    def refuse(certificate: Certificate | None, address: str) -> Peer:
        raise Forbidden("no strangers today")

    domain.judge = refuse  # type: ignore[method-assign]  # this Core's own rule
    domain.serve()

    with pytest.raises(Unavailable, match="no strangers today"), visit(HOST, domain.port, trust_anyone, QUICK):
        pass


def test_a_certificate_of_another_authority_is_refused_by_the_server(domain: Domain) -> None:
    """The module trusts this Core, but was signed by an authority of the same name that is not the domain's."""
    foreign = Authority.create("lab").issue(domain="lab", role="cell", name="spy")
    spy = Identity(foreign.key_pem, foreign.certificate_pem, domain.authority.certificate_pem)
    server = domain.serve()

    client = domain.client(spy)

    assert "signed by the authority of another domain" in _refusal(client)
    assert server.links() == []


def test_a_core_of_another_authority_is_refused_by_the_client(domain: Domain) -> None:
    domain.serve()
    client = domain.client(Authority.create("lab").issue(domain="lab", role="cell", name="cell-1"))

    assert "no agreement on TLS" in _refusal(client)


def test_a_cell_cannot_pose_as_core() -> None:
    authority = Authority.create("lab")
    domain = Domain(authority=authority, core=authority.issue(domain="lab", role="cell", name="mallory"))
    domain.serve()

    client = domain.client(domain.member())

    assert "cell of domain 'lab' answers instead of core of 'lab'" in _refusal(client)
    domain.stop()


def test_a_module_of_another_domain_name_is_refused_although_the_authority_is_the_same(domain: Domain) -> None:
    domain.serve()
    other = domain.authority.issue(domain="office", role="cell", name="cell-1")

    client = domain.client(other)

    assert "'lab'" in _refusal(client)


def test_the_server_refuses_a_module_of_another_domain_name_that_asks_nevertheless(domain: Domain) -> None:
    domain.serve()
    client = domain.client(domain.authority.issue(domain="office", role="cell", name="cell-1"))
    client._trust = lambda identity, address, certificates: Peer(fingerprint="", address=address)  # type: ignore[method-assign]  # a liar

    assert "the certificate is of domain 'office', this is 'lab'" in wait_until(
        lambda: client.last_error if "certificate is of" in client.last_error else ""
    )


def test_an_expired_certificate_is_refused(domain: Domain) -> None:
    domain.serve()
    client = domain.client(domain.member(now=time.time() - YEAR))

    assert "the certificate expired on" in _refusal(client)


def test_an_expired_core_is_refused_by_the_client() -> None:
    authority = Authority.create("lab", now=time.time() - YEAR)
    domain = Domain(authority=authority, core=authority.issue(domain="lab", role="core", name="core", now=time.time() - YEAR))
    domain.serve()

    client = domain.client(domain.member())

    assert "no longer valid" in _refusal(client)
    domain.stop()


def test_a_removed_module_loses_its_link_and_does_not_get_it_back(domain: Domain) -> None:
    server = domain.serve()
    identity, cell = domain.member("cell-9"), Side()
    client = domain.client(identity, cell)
    client.wait_up(5)

    domain.refused.add(identity.fingerprint)
    wait_until(server.links)[0].close("removed from its pool")

    assert wait_until(lambda: cell.heard[1:]) == ["down core: removed from its pool"]
    wait_until(lambda: "cell-9 was removed from the domain" in client.last_error)
    assert server.links() == []
    assert cell.heard[2:] == [], "a refused client was never up"


def test_a_module_is_let_in_again_once_the_judge_changes_his_mind(domain: Domain) -> None:
    domain.serve()
    identity = domain.member()
    domain.refused.add(identity.fingerprint)
    client = domain.client(identity)
    assert "was removed" in _refusal(client)

    domain.refused.clear()

    assert client.wait_up(5)


def test_a_judge_that_breaks_lets_nobody_in(domain: Domain) -> None:
    def break_down(certificate: Certificate | None, address: str) -> Peer:
        raise ZeroDivisionError("the store is on fire")

    domain.judge = break_down  # type: ignore[method-assign]
    server = domain.serve()
    client = domain.client(domain.member())

    assert "not now: an unforeseen failure" in _refusal(client)
    assert server.links() == []


def test_a_renewed_certificate_of_core_is_shown_without_a_restart(domain: Domain) -> None:
    domain.serve()
    domain.client(domain.member("cell-1")).wait_up(5)

    domain.core = domain.authority.issue(domain="lab", role="core", name="core-renewed")

    assert domain.client(domain.member("cell-2")).wait_up(5).peer.name == "core-renewed"


def _refusal(client: LinkClient) -> str:
    """Why the client has no link; it never had one."""
    last_error = wait_until(lambda: client.last_error.replace("not connected yet", ""))
    assert client.link is None
    return last_error
