"""The certificates of this host's ports: for every name and address it has, made anew when those change."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from nano_runtime.certificates import Authority, Identity, addresses_of, needs_renewal, new_key, request
from nano_runtime.errors import BadSetting
from nano_runtime.interfaces import up_interfaces

if TYPE_CHECKING:
    from pathlib import Path

PORTAL = "frontend"
IMAGE = "nano_image"
"""Begin the names of the files, and are the role in the certificate."""

OWN_AUTHORITY = "portal_ca"
"""Folder below cert/ for a portal that runs without Core: it signs for itself, and browsers are told to trust that."""


def portal_identity(cert: Path, domain: str, authority: Authority | None, *, now: float | None = None) -> Identity:
    """What browsers see, signed by the domain's authority where its key is on this host, else by one of the portal's own.

    Raises BadSetting for damaged files.
    """
    if authority:
        return _current(cert, PORTAL, domain, authority, now=now)
    folder = cert / OWN_AUTHORITY
    folder.mkdir(mode=0o700, exist_ok=True)
    return _current(folder, PORTAL, domain, _own_authority(folder, domain), now=now)


def image_identity(cert: Path, domain: str, authority: Authority, *, now: float | None = None) -> Identity:
    """What the image service shows, in the files that image.cfg names by default."""
    return _current(cert, IMAGE, domain, authority, now=now)


def _current(folder: Path, role: str, domain: str, authority: Authority, *, now: float | None) -> Identity:
    moment = time.time() if now is None else now
    addresses = {interface.address for interface in up_interfaces()}
    kept = _kept(folder, role, authority)
    if kept and addresses_of(kept.certificate) == addresses and not needs_renewal(kept.certificate, moment):
        return kept
    host = socket.gethostname()[:63] or role
    names = sorted({"localhost", host, f"{host}.local"})
    key = kept.key_pem if kept else new_key()  # the same one again: windows and people know the host by it
    certificate = authority.sign(
        request(key, host), domain=domain, role=role, name=host, dns=names, addresses=sorted(addresses), now=moment
    )
    made = Identity(key, certificate, authority.certificate_pem)
    made.save(folder, role)
    return made


def _kept(folder: Path, role: str, authority: Authority) -> Identity | None:
    if not (folder / f"{role}.crt.pem").exists():
        return None
    try:
        kept = Identity.load(folder, role)
    except BadSetting:
        if (folder / f"{role}.key.pem").stat().st_mode & 0o077:
            raise  # others have read the key: say so rather than replace it in silence
        return None
    return kept if kept.authority_pem == authority.certificate_pem else None


def _own_authority(folder: Path, domain: str) -> Authority:
    try:
        return Authority.load(folder)
    except BadSetting:
        if any(folder.iterdir()):
            raise
    authority = Authority.create(domain)
    authority.save(folder)
    return authority
