"""TLS contexts from PEM text: keys stay off the disk, and who must answer is checked inside the handshake."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nano_runtime.certificates import Certificate, Identity, fingerprint, issued_by, read_certificate
from nano_runtime.errors import BadValue, Forbidden

if TYPE_CHECKING:
    from collections.abc import Iterator

_Check = Callable[[bytes], None]
"""Gets the other side's certificate (DER); raises Forbidden to break the handshake off."""


class CheckedContext(ssl.SSLContext):
    """A context whose connections are not open before `check` has let the other side through, whoever uses it."""

    check: _Check | None = None


class _CheckedSocket(ssl.SSLSocket):
    def do_handshake(self, *arguments: Any, **options: Any) -> None:
        super().do_handshake(*arguments, **options)
        _check(self)


class _CheckedObject(ssl.SSLObject):
    def do_handshake(self) -> None:
        super().do_handshake()
        _check(self)


CheckedContext.sslsocket_class = _CheckedSocket
CheckedContext.sslobject_class = _CheckedObject  # what asyncio uses


def server_context(identity: Identity, *, require_client: bool = False) -> ssl.SSLContext:
    """TLS of a port of ours; `require_client` admits only holders of a certificate of the same authority.

    Who they are is for the caller to judge: `role_of(peer_certificate(connection))`.
    """
    return _server(identity.certificate_pem, identity.key_pem, authority_pem=identity.authority_pem if require_client else "")


def client_context(trust: Identity | str, *, domain: str = "", role: str = "", pinned: str = "") -> ssl.SSLContext:
    """TLS towards a module: with an Identity it shows our certificate, with an authority's PEM it does not.

    Exactly one thing says who must answer: `pinned`, the fingerprint of a key, whoever signed it; or `role` (of `domain`, which an
    Identity knows by itself); or, with neither, the host name of the connection. A wrong one fails the handshake with
    ssl.SSLCertVerificationError.
    """
    authority_pem = trust if isinstance(trust, str) else trust.authority_pem
    own = (trust.certificate_pem, trust.key_pem) if isinstance(trust, Identity) else None
    if pinned:
        return _client("", own, check=_pinned_check(pinned))
    if not role:
        return _client(authority_pem, own)
    if not domain and isinstance(trust, Identity):
        domain = trust.role.domain
    check = issued_by(authority_pem, domain=domain, role=role)
    return _client(authority_pem, own, check=lambda der: check(read_certificate(der)))


def peer_certificate(connection: ssl.SSLSocket | ssl.SSLObject) -> Certificate | None:
    der = connection.getpeercert(binary_form=True)
    return read_certificate(der) if der else None


def _pinned_check(pinned: str) -> _Check:
    def check(der: bytes) -> None:
        found = fingerprint(read_certificate(der))
        if found != pinned:
            raise Forbidden(f"the key at the other end is {found[:16]}..., not the {pinned[:16]}... we know")

    return check


def _server(certificate_pem: str, key_pem: str, *, authority_pem: str = "") -> ssl.SSLContext:
    """With an authority, only holders of a certificate it signed get through."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _load_own(context, certificate_pem, key_pem)
    if authority_pem:
        context.load_verify_locations(cadata=authority_pem)
        context.verify_mode = ssl.CERT_REQUIRED
        context.num_tickets = 0  # a resumed session would outlive the removal of its key
    return context


def _client(authority_pem: str, own: tuple[str, str] | None, *, check: _Check | None = None) -> ssl.SSLContext:
    """`own` is our certificate and key. Without an authority `check` alone decides; without `check` the host name does."""
    if not authority_pem and check is None:
        raise ValueError("nothing would say who must answer")
    context = CheckedContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = check is None
    context.check = check
    if authority_pem:
        context.load_verify_locations(cadata=authority_pem)
    else:
        context.verify_mode = ssl.CERT_NONE
    if own:
        _load_own(context, *own)
    return context


def _check(connection: ssl.SSLSocket | ssl.SSLObject) -> None:
    context = connection.context
    if not isinstance(context, CheckedContext) or context.check is None:
        return
    try:
        context.check(connection.getpeercert(binary_form=True) or b"")
    except (Forbidden, BadValue) as problem:
        raise ssl.SSLCertVerificationError(str(problem)) from problem


def _load_own(context: ssl.SSLContext, certificate_pem: str, key_pem: str) -> None:
    with _in_memory(f"{certificate_pem}\n{key_pem}") as path:
        context.load_cert_chain(path)


@contextmanager
def _in_memory(content: str) -> Iterator[str]:
    """A path to text that never touches a disk; OpenSSL reads certificates from paths only."""
    number = os.memfd_create("nano", os.MFD_CLOEXEC)
    try:
        os.write(number, content.encode())
        yield f"/proc/self/fd/{number}"
    finally:
        os.close(number)
