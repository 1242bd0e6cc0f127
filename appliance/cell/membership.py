"""How a Cell belongs to its domain: its key, the wait for approval, the link to Core, and the renewal of its certificate."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from appliance.protocol.cells import Enrol, Enrolled, Renew
from nano_runtime import enrolment
from nano_runtime.certificates import AUTHORITY, Identity, fingerprint, fingerprint_lines, issued_by, needs_renewal, new_key, request
from nano_runtime.discovery import Found, Triple, find_core
from nano_runtime.endpoint import LinkClient
from nano_runtime.errors import Forbidden, NanoError
from nano_runtime.interfaces import up_interfaces
from nano_runtime.pem_files import read_private, write_text

if TYPE_CHECKING:
    from nano_runtime.home import Home
    from nano_runtime.messages import Dispatcher, Event

log = logging.getLogger(__name__)

ROLE = "cell"
ASK_AGAIN = 1.0
"""Seconds between two questions of a host that waits for approval."""
LOOK_AT_CERTIFICATE = 3600.0


class Membership:
    """Starts as a stranger if need be, and keeps the link up from then on. `known` is Core's address where multicast is filtered."""

    def __init__(self, home: Home, triple: Triple, dispatcher: Dispatcher, *, known: str = "") -> None:
        self._home = home
        self._triple = triple
        self._known = known
        self._client = LinkClient(self.identity, self._find, dispatcher)
        self._ended = threading.Event()
        self._enrolled = threading.Event()
        self._waiting = ""
        self._thread = threading.Thread(target=self._belong, name="membership", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()
        if self._enrolled.is_set():
            self._client.stop()

    def tell(self, event: Event) -> None:
        """Send an event to Core, if there is a link now."""
        link = self._client.link if self._enrolled.is_set() else None
        if link:
            link.tell(event)

    def identity(self) -> Identity:
        """This host's certificate. Raises BadSetting while it has none."""
        return identity_of(self._home)

    def status(self) -> dict[str, object]:
        """`link` is "up", or why there is none; `fingerprint` is what to compare when approving this host."""
        if not self._enrolled.is_set():
            link = self._waiting or "looking for Core"
        else:
            link = "up" if self._client.link else self._client.last_error
        return {"link": link, "fingerprint": fingerprint(key_of(self._home))}

    def _belong(self) -> None:
        while not has_identity(self._home) and not self._ended.is_set():
            try:
                self._waiting = self._ask_to_join()
            except NanoError as problem:
                self._waiting = str(problem)
            self._ended.wait(ASK_AGAIN if self._waiting else 0)
        if self._ended.is_set():
            return
        self._client.start()
        self._enrolled.set()
        while not self._ended.wait(LOOK_AT_CERTIFICATE):
            self._renew_if_due()

    def _ask_to_join(self) -> str:
        """Empty once this host is a member; otherwise what it waits for."""
        answer = join(self._home, self._triple, known=self._known)
        if answer.status == "approved":
            return ""
        text = f"waits for approval; key {fingerprint_lines(answer.fingerprint)[0]} ..."
        if text != self._waiting:
            log.warning("this host waits for approval in the portal; its key is %s", " ".join(fingerprint_lines(answer.fingerprint)))
        return text

    def _find(self) -> Found:
        verify = issued_by(self.identity().authority_pem, domain=self._triple.domain, role="core")
        return find_core(self._triple, verify=verify, known=self._known, seconds=2)

    def _renew_if_due(self) -> None:
        identity = self.identity()
        link = self._client.link
        if link is None or not needs_renewal(identity.certificate, time.time()):
            return
        try:
            answer = link.ask(Renew(request=request(identity.key_pem, host_name())))
            enrolment.accept(identity.key_pem, answer.certificate, answer.authority).save(self._home.cert, ROLE)
        except NanoError:
            log.exception("could not renew the certificate of this host; trying again in an hour")


def join(home: Home, triple: Triple, *, known: str = "", token: str = "", seconds: float = 5) -> Enrolled:
    """Ask Core once for a certificate, and keep it if it is granted; a token approves at once.

    Raises Unavailable when no Core answers, Forbidden when it is another Core than before or than the token's, or refuses us.
    """
    key = key_of(home)
    secret = enrolment.parse_token(token) if token else None
    found = find_core(triple, verify=None, known=known, seconds=seconds)
    proof = enrolment.proof(secret.secret, fingerprint(key)) if secret else ""
    question = Enrol(name=host_name(), request=request(key, host_name()), token=secret.id if secret else "", proof=proof)
    met = enrolment.enrol(
        found.address, found.port, question, domain=triple.domain, remembered=home.cert / f"{AUTHORITY}.crt.pem", token=secret
    )
    if met.answer.status == "approved":
        enrolment.accept(key, met.answer.certificate, met.authority_pem).save(home.cert, ROLE)
    return met.answer


def identity_of(home: Home) -> Identity:
    """Raises BadSetting while this host has no certificate, or a damaged or expired one."""
    return Identity.load(home.cert, ROLE)


def has_identity(home: Home) -> bool:
    """Whether this host was ever granted a certificate; whether that is good is found out by using it."""
    return (home.cert / f"{ROLE}.crt.pem").exists()


def key_of(home: Home) -> str:
    """This host's private key (PEM), made at first use and never sent anywhere."""
    path = home.cert / f"{ROLE}.key.pem"
    if not path.exists():
        write_text(path, new_key(), mode=0o600)
    return read_private(path)


def leave(home: Home) -> None:
    """Forget certificate and key, so that this host can join again with a new one; a removed key is never accepted again."""
    for file in (f"{ROLE}.crt.pem", f"{ROLE}.key.pem"):
        (home.cert / file).unlink(missing_ok=True)


def host_name() -> str:
    """Cell_<MAC of br0, or of the first interface that has an address>, as Nano names its modules."""
    cards = [card for card in up_interfaces() if card.mac.strip("0:")]
    if not cards:
        raise Forbidden("this host has no network interface with an address", hint="set one up first")
    card = next((card for card in cards if card.name == "br0"), cards[0])
    return "Cell_" + card.mac.replace(":", "").replace("-", "").lower()
