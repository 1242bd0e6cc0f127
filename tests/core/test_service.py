"""Core on the real network: discovery, enrolment and links by QUIC, with a cell that is a fake only behind its link."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from appliance.core.api.cells import NewJoinToken
from appliance.core.service import CoreService
from appliance.protocol.cells import CellStatus, Enrol
from appliance.rights import ROOT
from appliance.settings import ApiSettings, DomainSettings
from nano_runtime import certificates, enrolment
from nano_runtime.certificates import Identity, issued_by
from nano_runtime.discovery import Triple, find_core
from nano_runtime.endpoint import LinkClient
from nano_runtime.errors import BadSetting, Forbidden
from nano_runtime.home import Home
from nano_runtime.messages import Dispatcher, Link
from tests.core.conftest import new_guest
from tests.fakes import ASKED_OF_CELLS, BIG, FakeCell
from tests.waiting import wait_until

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


class NetworkCell:
    """A host that joins by token, answers like a FakeCell and reports twice a second."""

    def __init__(self, home: Home, triple: Triple) -> None:
        self.home = home
        self.triple = triple
        self.fake = FakeCell("far")
        self.key = certificates.new_key()
        self.identity: Identity
        self._silent = threading.Event()

    def join(self, token: str) -> str:
        secret = enrolment.parse_token(token)
        found = find_core(self.triple, verify=None)
        proof = enrolment.proof(secret.secret, certificates.fingerprint(self.key))
        question = Enrol(name="far", request=certificates.request(self.key, "far"), token=secret.id, proof=proof)
        met = enrolment.enrol(found.address, found.port, question, domain="nano", remembered=self.home.cert / "seen.pem", token=secret)
        if met.answer.certificate:
            self.identity = enrolment.accept(self.key, met.answer.certificate, met.authority_pem)
        return met.answer.status

    def connect(self) -> LinkClient:
        dispatcher = Dispatcher()
        for kind in ASKED_OF_CELLS:
            dispatcher.handles(self._handler(kind))
        verify = issued_by(self.identity.authority_pem, domain="nano", role="core")
        client = LinkClient(lambda: self.identity, lambda: find_core(self.triple, verify=verify, seconds=1), dispatcher)
        client.start()
        threading.Thread(target=self._report, args=(client,), daemon=True).start()
        return client

    def fall_silent(self) -> None:
        self._silent.set()

    def _handler(self, kind: type) -> Callable[[Link, Any], Any]:
        def handle(link: Link, request: Any) -> Any:
            return self.fake.answer(request, threading.Event(), 5)

        handle.__annotations__ = {"link": Link, "request": kind, "return": Any}
        return handle

    def _report(self, client: LinkClient) -> None:
        while not self._silent.wait(0.5):
            if client.link is not None:
                client.link.tell(CellStatus(figures=BIG))


@pytest.fixture
def service(home: Home) -> Iterator[CoreService]:
    service = CoreService(home, DomainSettings(listen_address=HOST, group_port=free_port()), ApiSettings())
    service.start()
    yield service
    service.stop()


@pytest.fixture
def cell(service: CoreService, tmp_path: Any) -> Iterator[NetworkCell]:
    home = Home(tmp_path / "far")
    home.create()
    settings = service._domain
    cell = NetworkCell(home, Triple(settings.domain, settings.group_address, settings.group_port))
    yield cell
    cell.fall_silent()


def is_alive(service: CoreService) -> bool:
    return any(item.alive for item in service.core.cells.in_pool("default"))


def test_a_host_joins_by_token_and_gets_a_guest(service: CoreService, cell: NetworkCell) -> None:
    assert cell.join(service.core.cells.make_token(NewJoinToken(pool="default")).token) == "approved"
    client = cell.connect()
    wait_until(lambda: service.core.welcomed("far"), 10)

    made = service.core.guests.create(ROOT, new_guest(auto_start=True))

    wait_until(lambda: service.core.operations.get(ROOT, made.operation).state == "succeeded", 10)
    assert service.core.guests.get(ROOT, made.id).data.state == "running"
    assert service.status()["cells"] == [1, 1]
    client.stop()
    wait_until(lambda: not is_alive(service), 2, "the end of the link")


def test_a_host_that_falls_silent_is_noticed_within_three_seconds(service: CoreService, cell: NetworkCell) -> None:
    cell.join(service.core.cells.make_token(NewJoinToken(pool="default")).token)
    client = cell.connect()
    wait_until(lambda: service.core.welcomed("far"), 10)

    cell.fall_silent()
    wait_until(lambda: not is_alive(service), 3.2)

    client.stop()


def test_a_removed_host_is_cut_off_and_refused(service: CoreService, cell: NetworkCell) -> None:
    cell.join(service.core.cells.make_token(NewJoinToken(pool="default")).token)
    client = cell.connect()
    wait_until(lambda: service.core.welcomed("far"), 10)

    service.core.cells.revoke("far")
    wait_until(lambda: client.link is None)
    with pytest.raises(Forbidden):
        cell.join(service.core.cells.make_token(NewJoinToken()).token)

    wait_until(lambda: "removed from the domain" in client.last_error, what="the reason at the other end")
    client.stop()


def test_core_killed_and_started_again_is_usable_within_two_seconds(service: CoreService, cell: NetworkCell, home: Home) -> None:
    cell.join(service.core.cells.make_token(NewJoinToken(pool="default")).token)
    client = cell.connect()
    wait_until(lambda: service.core.welcomed("far"), 10)
    service.stop()

    again = CoreService(home, service._domain, ApiSettings())
    again.start()
    try:
        wait_until(lambda: again.core.welcomed("far"), 2, "the cell after the restart")
    finally:
        client.stop()
        again.stop()


def test_without_an_address_core_says_which_setting_is_missing(home: Home) -> None:
    with pytest.raises(BadSetting) as refusal:
        CoreService(home, DomainSettings(), ApiSettings()).start()

    assert refusal.value.field == "listen_address"


def test_an_address_of_another_host_is_refused_and_nothing_stays_open(home: Home) -> None:
    service = CoreService(home, DomainSettings(listen_address="192.0.2.1"), ApiSettings())
    with pytest.raises(BadSetting):
        service.start()

    assert not service.status()["running"]
    settings = DomainSettings(listen_address=HOST, group_port=free_port())
    other = CoreService(home, settings, ApiSettings())
    other.start()
    other.stop()
