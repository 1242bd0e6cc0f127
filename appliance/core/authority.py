"""The domain's authority and Core's own identity, made at the first start."""

from __future__ import annotations

import logging
import socket
import time
from typing import TYPE_CHECKING

from nano_runtime.certificates import (
    AUTHORITY,
    Authority,
    Identity,
    addresses_of,
    expires,
    needs_renewal,
    new_key,
    read_certificate,
    request,
)
from nano_runtime.pem_files import read_text

if TYPE_CHECKING:
    from nano_runtime.home import Home

log = logging.getLogger(__name__)

ROLE = "core"


def establish(home: Home, domain: str, address: str, *, now: float | None = None) -> tuple[Authority, Identity]:
    """Load both from home.cert, making what was never made; Core's certificate is renewed when two thirds of its life are over.

    `address` is where Core listens; browsers and programs find it in the certificate. Raises BadSetting for damaged,
    missing or foreign files: an authority is never replaced in silence, because every cell would have to join again.
    """
    moment = time.time() if now is None else now
    authority = _authority(home, domain, moment)
    identity = _identity(home, authority, domain, address, moment)
    return authority, identity


def _authority(home: Home, domain: str, moment: float) -> Authority:
    if any((home.cert / f"{AUTHORITY}.{part}.pem").exists() for part in ("crt", "key")):
        return Authority.load(home.cert, now=moment)
    authority = Authority.create(domain, now=moment)
    authority.save(home.cert)
    log.warning("made the authority of domain %s, key %s", domain, authority.fingerprint)
    return authority


def _identity(home: Home, authority: Authority, domain: str, address: str, moment: float) -> Identity:
    """Core's certificate; a new one keeps the key, because desktop windows and cells know Core by it."""
    key_pem = ""
    if (home.cert / f"{ROLE}.crt.pem").exists() or (home.cert / f"{ROLE}.key.pem").exists():
        identity = _load(home, moment)
        is_current = identity.role.domain == domain and address in addresses_of(identity.certificate)
        if is_current and not needs_renewal(identity.certificate, moment):
            return identity
        key_pem = identity.key_pem
    identity = _issue(authority, domain, address, key_pem or new_key(), moment)
    identity.save(home.cert, ROLE)
    return identity


def _load(home: Home, moment: float) -> Identity:
    """What there is, with every fault but age: an appliance that was off for months renews its certificate itself."""
    certificate = read_certificate(read_text(home.cert / f"{ROLE}.crt.pem"))
    return Identity.load(home.cert, ROLE, now=min(moment, expires(certificate) - 1))


def _issue(authority: Authority, domain: str, address: str, key_pem: str, moment: float) -> Identity:
    name = socket.gethostname()[:63] or ROLE
    dns, addresses = sorted({"localhost", name}), sorted({"127.0.0.1", address})
    csr = request(key_pem, name)
    certificate = authority.sign(csr, domain=domain, role=ROLE, name=name, dns=dns, addresses=addresses, now=moment)
    return Identity(key_pem, certificate, authority.certificate_pem)
