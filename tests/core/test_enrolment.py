"""Who gets in: strangers, tokens, approvals, removals, renewals, and everything that is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from appliance.core.api.cells import NewJoinToken
from appliance.core.api.pools import NewPool
from appliance.core.enrolment import FORGOTTEN_AFTER, MOST_PENDING
from appliance.protocol.cells import Enrol, Enrolled, Renew
from appliance.rights import ROOT
from nano_runtime import certificates, enrolment
from nano_runtime.certificates import Authority
from nano_runtime.errors import BadRequest, BadValue, Forbidden, NanoError, NotFound, TooMany
from nano_runtime.messages import Peer
from tests.core.conftest import Zone, domain_keys
from tests.fakes import FakeCell, FakeLink

AUTHORITY, _ = domain_keys()


class Host:
    """A new host with a key of its own."""

    def __init__(self, zone: Zone, name: str = "cell-01") -> None:
        self.zone = zone
        self.name = name
        self.key = certificates.new_key()
        self.fingerprint = certificates.fingerprint(self.key)
        self.csr = certificates.request(self.key, name)

    def ask(self, **token: str) -> Enrolled:
        link = FakeLink(FakeCell(self.name), self.zone.core, Peer(fingerprint="", address="10.0.0.7"))
        answer = link.send(Enrol(name=self.name, request=self.csr, **token))
        assert isinstance(answer, Enrolled)
        return answer

    def use(self, token: str) -> Enrolled:
        secret = enrolment.parse_token(token)
        return self.ask(token=secret.id, proof=enrolment.proof(secret.secret, self.fingerprint))


def judge(zone: Zone, certificate: str) -> Peer:
    return zone.core.judge(certificates.read_certificate(certificate), "10.0.0.7")


def token(zone: Zone, **wish: object) -> str:
    return zone.core.cells.make_token(NewJoinToken(**wish)).token  # type: ignore[arg-type]  # the struct checks nothing by itself


def test_a_new_host_is_pending_until_it_is_added_to_a_pool(zone: Zone) -> None:
    host = Host(zone)

    assert host.ask().status == "pending"
    [item] = zone.core.cells.unallocated()
    assert (item.status, item.name, item.fingerprint, item.address) == ("pending", "cell-01", host.fingerprint, "10.0.0.7")
    assert zone.core.status.zone().pending_cells == 1
    zone.core.cells.add("default", "cell-01")
    answer = host.ask()

    assert answer.status == "approved"
    assert judge(zone, answer.certificate) == Peer(fingerprint=host.fingerprint, name="cell-01", role="cell", address="10.0.0.7")
    assert zone.core.status.zone().pending_cells == 0


def test_a_token_approves_at_once_and_once(zone: Zone) -> None:
    text = token(zone, pool="default")
    first, second = Host(zone, "one"), Host(zone, "two")

    assert first.use(text).status == "approved"
    with pytest.raises(Forbidden):
        second.use(text)

    assert [cell.name for cell in zone.core.cells.in_pool("default")] == ["one"]
    assert first.use(text).status == "approved", "an answer that was lost on the way is given again to the same key"


def test_of_many_hosts_with_one_token_exactly_one_joins(zone: Zone) -> None:
    text = token(zone)
    hosts = [Host(zone, f"h{number}") for number in range(12)]

    def attempt(host: Host) -> bool:
        try:
            return host.use(text).status == "approved"
        except Forbidden:
            return False

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(attempt, hosts)) == 1


def test_a_token_without_pool_leaves_the_cell_unallocated(zone: Zone) -> None:
    Host(zone).use(token(zone))

    [item] = zone.core.cells.unallocated()
    assert (item.status, item.name) == ("approved", "cell-01")


def test_a_token_expires(zone: Zone) -> None:
    text = token(zone, minutes=1)
    zone.clock.time += 61

    with pytest.raises(Forbidden):
        Host(zone).use(text)


def test_a_token_survives_a_restart_and_what_it_could_not_certify(zone: Zone) -> None:
    text = token(zone)
    zone.restart()
    host = Host(zone)
    good, host.csr = host.csr, host.csr.replace("A", "B", 3)

    with pytest.raises(NanoError):
        host.use(text)
    host.csr = good

    assert host.use(text).status == "approved"


@pytest.mark.parametrize("proof", ["", "0" * 64, "é"])
def test_a_token_without_its_secret_is_worth_nothing(zone: Zone, proof: str) -> None:
    secret = enrolment.parse_token(token(zone))

    with pytest.raises(Forbidden):
        Host(zone).ask(token=secret.id, proof=proof)

    assert zone.core.cells.unallocated() == []


def test_a_proof_for_another_key_is_refused(zone: Zone) -> None:
    secret = enrolment.parse_token(token(zone))
    thief = Host(zone)

    with pytest.raises(Forbidden):
        thief.ask(token=secret.id, proof=enrolment.proof(secret.secret, Host(zone).fingerprint))


def test_a_token_for_an_unknown_pool_is_not_made(zone: Zone) -> None:
    with pytest.raises(NotFound):
        token(zone, pool="nowhere")


@pytest.mark.parametrize("name", ["", "../x", "$(id)", "-o\0", "x" * 300, "a\u202eb", "cell 1"])
def test_an_odd_name_is_replaced_by_one_made_of_the_key(zone: Zone, name: str) -> None:
    host = Host(zone)
    host.name = name

    host.ask()

    assert [cell.name for cell in zone.core.cells.unallocated()] == [f"Cell_{host.fingerprint[:12]}"]


def test_a_taken_name_is_not_taken_over(zone: Zone) -> None:
    zone.enrol("cell-01")
    other, third = Host(zone), Host(zone)

    other.ask()
    third.ask()
    other.ask()

    names = {cell.name for cell in zone.core.cells.unallocated()}
    assert names == {f"Cell_{other.fingerprint[:12]}", f"Cell_{third.fingerprint[:12]}"}


@pytest.mark.parametrize(
    "content", ["", "rubbish", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----", "CERTIFICATE REQUEST" * 1000]
)
def test_what_is_no_certificate_request_is_refused(zone: Zone, content: str) -> None:
    host = Host(zone)
    host.csr = content

    with pytest.raises((BadRequest, BadValue)) as refusal:
        host.ask()

    assert refusal.value.field == "request"


def test_strangers_cannot_fill_the_memory(zone: Zone) -> None:
    first = Host(zone, "host-0")
    first.ask()
    csr = first.csr
    for number in range(1, MOST_PENDING):
        Host(zone, f"host-{number}").ask()

    with pytest.raises(TooMany):
        Host(zone, "one-more").ask()
    first.csr = csr
    first.ask()  # who is on the list may go on asking
    zone.clock.time += FORGOTTEN_AFTER + 1

    assert zone.core.cells.unallocated() == []
    Host(zone, "one-more").ask()


def test_strangers_may_say_nothing_else(zone: Zone) -> None:
    link = FakeLink(FakeCell("x"), zone.core, zone.core.judge(None, "10.0.0.7"))

    with pytest.raises(BadRequest, match="not enrolled"):
        link.send(Renew(request=Host(zone).csr))


@pytest.mark.parametrize("role", ["core", "portal"])
def test_another_role_is_no_cell(zone: Zone, role: str) -> None:
    with pytest.raises(Forbidden, match=role):
        judge(zone, AUTHORITY.issue(domain="nano", role=role, name="x").certificate_pem)


def test_another_domain_is_refused_even_with_our_authority(zone: Zone) -> None:
    with pytest.raises(Forbidden, match="other"):
        judge(zone, AUTHORITY.issue(domain="other", role="cell", name="x").certificate_pem)


def test_another_authority_is_refused(zone: Zone) -> None:
    with pytest.raises(Forbidden, match="another domain"):
        judge(zone, Authority.create("nano").issue(domain="nano", role="cell", name="cell-01").certificate_pem)


def test_a_certified_key_that_core_does_not_know_is_refused(zone: Zone) -> None:
    with pytest.raises(Forbidden, match="not known"):
        judge(zone, AUTHORITY.issue(domain="nano", role="cell", name="cell-01").certificate_pem)


def test_an_expired_certificate_is_refused(zone: Zone) -> None:
    host = Host(zone)
    certificate = zone.core.cells.approve_local(host.csr, "cell-01")
    zone.clock.time += 100 * 24 * 3600

    with pytest.raises(Forbidden, match="expired"):
        judge(zone, certificate)


def test_a_removed_cell_is_cut_off_and_never_comes_back_with_that_key(zone: Zone) -> None:
    host = Host(zone)
    certificate = zone.core.cells.approve_local(host.csr, "cell-01")
    zone.core.cells.add("default", "cell-01")
    cell = zone.cells["cell-01"] = FakeCell("cell-01", fingerprint=host.fingerprint)
    zone.connect(cell)
    guest = zone.create()
    text = token(zone)

    zone.core.cells.revoke("cell-01")

    assert cell.link is not None
    assert cell.link.down.is_set()
    for attempt in (lambda: judge(zone, certificate), host.ask, lambda: host.use(text)):
        with pytest.raises(Forbidden, match="removed from the domain"):
            attempt()
    zone.restart()
    with pytest.raises(Forbidden, match="removed from the domain"):
        judge(zone, certificate)
    lost = zone.core.guests.get(ROOT, guest).data
    assert (lost.state, lost.reason) == ("lost", "its host 'cell-01' was removed from the domain")
    zone.core.guests.delete(ROOT, guest)


def test_a_pending_host_can_be_refused(zone: Zone) -> None:
    host = Host(zone)
    host.ask()

    zone.core.cells.revoke("cell-01")

    with pytest.raises(Forbidden):
        host.ask()
    assert zone.core.cells.unallocated() == []


def test_an_unknown_cell_is_neither_added_nor_removed(zone: Zone) -> None:
    zone.core.pools.create("lab", NewPool())
    zone.enrol("cell-01")

    for attempt in (
        lambda: zone.core.cells.add("default", "nobody"),
        lambda: zone.core.cells.add("nowhere", "cell-01"),
        lambda: zone.core.cells.revoke("nobody"),
        lambda: zone.core.cells.remove("lab", "cell-01"),
        lambda: zone.core.cells.get("lab", "cell-01"),
        lambda: zone.core.cells.modify("default", "nobody", enable=False),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_certificate_is_renewed_with_the_same_or_a_new_key(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    fresh = Host(zone)
    assert cell.link is not None

    renewed = cell.link.send(Renew(request=fresh.csr))
    again = cell.link.send(Renew(request=fresh.csr))

    assert judge(zone, renewed.certificate).name == "cell-01"
    assert judge(zone, again.certificate).fingerprint == fresh.fingerprint
    zone.core.cells.revoke("cell-01")
    with pytest.raises(Forbidden):
        judge(zone, renewed.certificate)


def test_nobody_renews_with_the_key_of_another_cell(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    other = Host(zone, "cell-02")
    zone.core.cells.approve_local(other.csr, "cell-02")

    assert cell.link is not None
    with pytest.raises(Forbidden):
        cell.link.send(Renew(request=other.csr))


def test_the_local_cell_is_approved_into_no_pool_and_may_ask_again(zone: Zone) -> None:
    host = Host(zone, "here")
    zone.core.cells.approve_local(host.csr, "here")
    before = [cell.name for cell in zone.core.cells.unallocated()]
    zone.core.cells.add("default", "here")

    certificate = zone.core.cells.approve_local(host.csr, "here")

    assert before == ["here"]
    assert judge(zone, certificate).name == "here"
    assert [cell.name for cell in zone.core.cells.in_pool("default")] == ["here"], "its place is the administrator's choice"


def test_a_newer_link_of_a_cell_takes_the_place_of_the_older(zone: Zone) -> None:
    cell = zone.enrol("cell-01")
    older = cell.link
    zone.connect(cell)

    assert older is not None
    assert older.down.is_set()
    assert zone.core.cells.get("default", "cell-01").alive
    zone.create()
