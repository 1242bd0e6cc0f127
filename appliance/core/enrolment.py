"""How hosts join: who is a stranger, who waits for approval, who gets a certificate, and who is refused."""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING

from msgspec import Struct

from appliance.core.api.cells import JoinToken, NewJoinToken
from appliance.core.registry import Cell
from appliance.protocol.cells import Enrol, Enrolled, Renew
from nano_runtime import certificates, secrets
from nano_runtime.enrolment import make_token, proves
from nano_runtime.errors import BadRequest, BadValue, Conflict, Forbidden, TooMany
from nano_runtime.messages import Link, Peer

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.core.registry import Registry
    from nano_runtime.certificates import Authority, Certificate
    from nano_runtime.store import Store

log = logging.getLogger(__name__)

MOST_PENDING = 100
"""Strangers cost memory and a line on a screen, so there may not be any number of them."""

FORGOTTEN_AFTER = 600.0
"""Seconds after which a pending host that stopped asking is dropped."""

ROLE = "cell"


class Pending(Struct, frozen=True, kw_only=True):
    """A host that asked to join. `seen` is the last time it asked."""

    name: str
    fingerprint: str
    address: str
    seen: float


class Enrolment:
    """Only the keys in the registry count; what a certificate or a request says of itself is checked against them."""

    def __init__(
        self, store: Store, registry: Registry, authority: Authority, domain: str, changed: Callable[[str], None], now: Callable[[], float]
    ) -> None:
        self._store = store
        self._registry = registry
        self._authority = authority
        self._domain = domain
        self._changed = changed
        self._now = now
        self._lock = threading.Lock()
        self._pending: dict[str, Pending] = {}
        """By name."""

    @property
    def pending(self) -> list[Pending]:
        with self._lock:
            limit = self._now() - FORGOTTEN_AFTER
            return sorted((each for each in self._pending.values() if each.seen > limit), key=lambda each: each.name)

    def judge(self, certificate: Certificate | None, address: str) -> Peer:
        """Who is at the other end of a new link; raises Forbidden for everybody who is neither a stranger nor a trusted cell."""
        if certificate is None:
            return Peer(fingerprint="", address=address)
        found = certificates.check_issued(certificate, self._authority.certificate, now=self._now())
        if (found.domain, found.role) != (self._domain, ROLE):
            raise Forbidden(f"the certificate speaks for {found.role} of domain {found.domain!r}, not for a cell of {self._domain!r}")
        fingerprint = certificates.fingerprint(certificate)
        return Peer(fingerprint=fingerprint, name=self._trusted_name(fingerprint), role=ROLE, address=address)

    def enrol(self, link: Link, request: Enrol) -> Enrolled:
        """Answer a host without certificate: "pending", or its certificate if its key is trusted or its token is good."""
        fingerprint = certificates.fingerprint(_csr(request.request))
        key = self._registry.keys.get(fingerprint)
        if key is not None:
            return self._certify(request.request, fingerprint, self._trusted_name(fingerprint))
        if request.token:
            return self._redeem(request, fingerprint)
        self._wait(request.name, fingerprint, link.peer.address)
        return Enrolled(status="pending", fingerprint=fingerprint)

    def renew(self, link: Link, request: Renew) -> Enrolled:
        """A fresh certificate for a trusted cell; a new key of its own becomes trusted beside the old one."""
        name = self._trusted_name(link.peer.fingerprint)
        fingerprint = certificates.fingerprint(_csr(request.request))
        key = self._registry.keys.get(fingerprint)
        if key is None:
            answer = self._certify(request.request, fingerprint, name)
            self._registry.add_key(name, fingerprint, now=self._now())
            return answer
        if key.cell != name or not key.trusted:
            raise Forbidden("this key belongs to another cell", hint="renew with a fresh key")
        return self._certify(request.request, fingerprint, name)

    def approve(self, name: str, pool: str) -> bool:
        """Trust a pending host and put it into a pool; False if none of this name is pending."""
        with self._lock:
            waiting = self._pending.get(name)
        if waiting is None:
            return False
        self._registry.approve(Cell(name=name, pool=pool), waiting.fingerprint, now=self._now())
        self._forget(waiting.fingerprint)
        log.warning("cell %s with key %s was approved for pool %s", name, waiting.fingerprint, pool)
        return True

    def approve_local(self, request_pem: str, name: str) -> str:
        """The certificate (PEM) of this host's own cell, which needs nobody's approval; its pool is the administrator's choice."""
        fingerprint = certificates.fingerprint(_csr(request_pem))
        key = self._registry.keys.get(fingerprint)
        if key is None:
            key_cell = self._registry.free_name(name, fingerprint, set())
            self._registry.approve(Cell(name=key_cell, pool=""), fingerprint, now=self._now())
        return self._certify(request_pem, fingerprint, self._trusted_name(fingerprint)).certificate

    def refuse(self, name: str) -> bool:
        """Never accept a cell again, pending or approved; False if there is none of this name."""
        with self._lock:
            waiting = self._pending.get(name)
        if waiting is None and name not in self._registry.cells:
            return False
        self._registry.refuse(name, {waiting.fingerprint} if waiting else set(), now=self._now())
        if waiting is not None:
            self._forget(waiting.fingerprint)
        log.warning("cell %s is refused from now on", name)
        return True

    def make_token(self, wanted: NewJoinToken) -> JoinToken:
        if wanted.pool:
            self._registry.pool(wanted.pool)
        now = self._now()
        expires = now + wanted.minutes * 60
        id, secret = secrets.token(9), os.urandom(16)
        row = {"id": id, "secret": secret.hex(), "pool": wanted.pool, "expires": expires}
        self._store.write(
            lambda execute: (
                execute("delete from join_token where expires <= :now", now=now),
                execute("insert into join_token values (:id, :secret, :pool, :expires)", **row),
            )
        )
        text = make_token(id, secret, self._authority.certificate_pem)
        return JoinToken(token=text, command=f"nano join {text}", expires=expires)

    def _redeem(self, request: Enrol, fingerprint: str) -> Enrolled:
        """Use up a token. The certificate is made first: a request that cannot be certified does not cost the token."""
        rows = self._store.read("select * from join_token where id = :id and expires > :now", id=request.token, now=self._now())
        if not rows or not proves(request.proof, bytes.fromhex(rows[0]["secret"]), fingerprint):
            raise Forbidden("the join token was used, has expired or was not made here", hint="make a new one")
        name = self._name_for(request.name, fingerprint)
        answer = self._certify(request.request, fingerprint, name)
        try:
            self._registry.approve(Cell(name=name, pool=rows[0]["pool"]), fingerprint, token=request.token, now=self._now())
        except Conflict as problem:
            raise Forbidden(problem.message, hint=problem.hint) from problem
        self._forget(fingerprint)
        log.warning("cell %s with key %s joined by token %s", name, fingerprint, request.token)
        self._changed(name)
        return answer

    def _wait(self, wanted: str, fingerprint: str, address: str) -> None:
        name = self._name_for(wanted, fingerprint)
        with self._lock:
            now = self._now()
            self._pending = {key: each for key, each in self._pending.items() if each.seen > now - FORGOTTEN_AFTER}
            if name not in self._pending and len(self._pending) >= MOST_PENDING:
                raise TooMany(f"{MOST_PENDING} hosts wait for approval already", hint="approve or refuse some of them first")
            is_new = name not in self._pending
            self._pending[name] = Pending(name=name, fingerprint=fingerprint, address=address, seen=now)
        if is_new:
            log.warning("host %s at %s with key %s waits for approval", name, address, fingerprint)
            self._changed(name)

    def _name_for(self, wanted: str, fingerprint: str) -> str:
        """The same host gets the same name each time it asks."""
        with self._lock:
            for each in self._pending.values():
                if each.fingerprint == fingerprint:
                    return each.name
            return self._registry.free_name(wanted, fingerprint, set(self._pending))

    def _forget(self, fingerprint: str) -> None:
        with self._lock:
            self._pending = {name: each for name, each in self._pending.items() if each.fingerprint != fingerprint}

    def _trusted_name(self, fingerprint: str) -> str:
        key = self._registry.keys.get(fingerprint)
        if key is None:
            raise Forbidden("this key is not known here", hint="join the domain again")
        if not key.trusted:
            raise Forbidden("this host was removed from the domain", hint="make a new key on it, then join again")
        return key.cell

    def _certify(self, request_pem: str, fingerprint: str, name: str) -> Enrolled:
        signed = self._authority.sign(request_pem, domain=self._domain, role=ROLE, name=name, now=self._now())
        return Enrolled(status="approved", fingerprint=fingerprint, certificate=signed, authority=self._authority.certificate_pem)


def _csr(text: str) -> str:
    if "CERTIFICATE REQUEST" not in text:
        raise BadRequest("this is not a certificate request (PEM)", field="request")
    if len(text) > 4096:
        raise BadValue("the certificate request is too long", field="request")
    return text
