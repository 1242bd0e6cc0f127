"""X.509 for one domain: its authority, the identities the authority signs, and what they prove.

Keys are P-256, because browsers refuse Ed25519. Who a certificate speaks for stands in a SAN URI,
`nano://<domain>/<role>/<name>`; DNS names and addresses are there for browsers only. The authority signs every module
directly, so a chain is one signature. Times are seconds since the epoch.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from nano_runtime.config import name_of
from nano_runtime.errors import BadSetting, BadValue, Forbidden
from nano_runtime.pem_files import read_private, read_text, write_text

if TYPE_CHECKING:
    from pathlib import Path

AUTHORITY = "nano_ca"
"""Files of the authority: cert/nano_ca.crt.pem everywhere, cert/nano_ca.key.pem beside Core only."""

AUTHORITY_DAYS = 3650
IDENTITY_DAYS = 90
_BACKDATED = timedelta(minutes=5)
_DIGEST = hashes.SHA256()

Certificate = x509.Certificate
Check = Callable[[Certificate], None]
"""Raises Forbidden for a certificate that may not be at the other end."""


class Role(NamedTuple):
    domain: str
    role: str
    name: str


@dataclass(frozen=True)
class Identity:
    """A module's private key, its certificate and the certificate of the authority that signed it, as PEM."""

    key_pem: str = field(repr=False)
    certificate_pem: str
    authority_pem: str

    @cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        return _read_key(self.key_pem)

    @cached_property
    def certificate(self) -> Certificate:
        return read_certificate(self.certificate_pem)

    @cached_property
    def authority(self) -> Certificate:
        return read_certificate(self.authority_pem)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.certificate)

    @property
    def role(self) -> Role:
        return role_of(self.certificate)

    def sign(self, data: bytes) -> bytes:
        """An ECDSA signature with SHA-256, DER; `verify_signature` is the other half."""
        return self.key.sign(data, ec.ECDSA(_DIGEST))

    def save(self, folder: Path, role: str) -> None:
        """Write <role>.key.pem (0600), <role>.crt.pem and nano_ca.crt.pem; each file is replaced as a whole."""
        write_text(folder / f"{role}.key.pem", self.key_pem, mode=0o600)
        write_text(folder / f"{role}.crt.pem", self.certificate_pem, mode=0o644)
        write_text(folder / f"{AUTHORITY}.crt.pem", self.authority_pem, mode=0o644)

    @staticmethod
    def load(folder: Path, role: str, *, now: float | None = None) -> Identity:
        """Read what `save` wrote. Raises BadSetting for a missing, damaged, expired or foreign certificate, or an open key."""
        path = folder / f"{role}.crt.pem"
        identity = Identity(read_private(folder / f"{role}.key.pem"), read_text(path), read_text(folder / f"{AUTHORITY}.crt.pem"))
        try:
            if fingerprint(identity.key_pem) != identity.fingerprint:
                raise BadSetting(f"{name_of(path)} does not belong to its key", hint="restore both from one copy, or enrol again")
            check_issued(identity.certificate, identity.authority, now=now)
        except (Forbidden, BadValue) as problem:
            raise BadSetting(
                f"{name_of(path)}: {problem.message}", hint=problem.hint or "restore it, or enrol this host again"
            ) from problem
        return identity


@dataclass(frozen=True)
class Authority:
    """The certificate authority of one domain; only the host of Core has its key."""

    key_pem: str = field(repr=False)
    certificate_pem: str

    @staticmethod
    def create(domain: str, *, now: float | None = None) -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, f"Nano domain {domain}"[:64]),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, os.urandom(8).hex()),  # two domains of one name stay two subjects
            ]
        )
        builder = _builder(name, name, key.public_key(), AUTHORITY_DAYS, now).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
        return Authority(_key_text(key), certificate_pem(builder.sign(key, _DIGEST)))

    @staticmethod
    def load(folder: Path, *, now: float | None = None) -> Authority:
        path = folder / f"{AUTHORITY}.crt.pem"
        authority = Authority(read_private(folder / f"{AUTHORITY}.key.pem"), read_text(path))
        try:
            if fingerprint(authority.key_pem) != authority.fingerprint:
                raise BadSetting(f"{name_of(path)} does not belong to its key", hint="restore both from one copy")
            _check_dates(authority.certificate, time.time() if now is None else now)
        except (Forbidden, BadValue) as problem:
            raise BadSetting(f"{name_of(path)}: {problem.message}", hint=problem.hint or "restore it from a copy") from problem
        return authority

    def save(self, folder: Path) -> None:
        write_text(folder / f"{AUTHORITY}.key.pem", self.key_pem, mode=0o600)
        write_text(folder / f"{AUTHORITY}.crt.pem", self.certificate_pem, mode=0o644)

    @cached_property
    def certificate(self) -> Certificate:
        return read_certificate(self.certificate_pem)

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.certificate)

    def sign(
        self,
        request_pem: str,
        *,
        domain: str,
        role: str,
        name: str,
        dns: Sequence[str] = (),
        addresses: Sequence[str] = (),
        days: float = IDENTITY_DAYS,
        now: float | None = None,
    ) -> str:
        """The certificate (PEM) for the key of a CSR; nothing else in the CSR is believed. Raises BadValue for a bad one."""
        public = _read_request(request_pem).public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
            raise BadValue("the key of a certificate request must be P-256", field="request")
        names: list[x509.GeneralName] = [x509.UniformResourceIdentifier(_role_uri(Role(domain, role, name)))]
        names += [x509.DNSName(entry) for entry in dns] + [x509.IPAddress(ipaddress.ip_address(entry)) for entry in addresses]
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
        builder = _builder(subject, self.certificate.subject, public, days, now)
        for extension, critical in _leaf_extensions(names, self.certificate):
            builder = builder.add_extension(extension, critical=critical)
        return certificate_pem(builder.sign(_read_key(self.key_pem), _DIGEST))

    def issue(
        self,
        *,
        domain: str,
        role: str,
        name: str,
        dns: Sequence[str] = (),
        addresses: Sequence[str] = (),
        days: float = IDENTITY_DAYS,
        now: float | None = None,
    ) -> Identity:
        """A new key with its certificate, for a module on this host."""
        key_pem = new_key()
        certificate = self.sign(
            request(key_pem, name), domain=domain, role=role, name=name, dns=dns, addresses=addresses, days=days, now=now
        )
        return Identity(key_pem, certificate, self.certificate_pem)


def new_key() -> str:
    return _key_text(ec.generate_private_key(ec.SECP256R1()))


def request(key_pem: str, name: str) -> str:
    """A certificate request (PEM); it proves possession of the key, the name is only a wish."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(_read_key(key_pem), _DIGEST)
    return made.public_bytes(serialization.Encoding.PEM).decode()


def fingerprint(subject: Certificate | str) -> str:
    """Lowercase hex SHA-256 of the public key (SPKI, DER) of a certificate, or of a PEM certificate, request or private key."""
    public: Any = _public_of_pem(subject) if isinstance(subject, str) else subject.public_key()
    spki = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).hexdigest()


def fingerprint_lines(fingerprint: str) -> list[str]:
    """A fingerprint for people to compare: groups of four, eight to a line."""
    groups = [fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)]
    return [" ".join(groups[start : start + 8]) for start in range(0, len(groups), 8)]


def read_certificate(content: str | bytes) -> Certificate:
    """A certificate from PEM text or DER bytes; raises BadValue."""
    try:
        return x509.load_pem_x509_certificate(content.encode()) if isinstance(content, str) else x509.load_der_x509_certificate(content)
    except ValueError as problem:
        raise BadValue("this is not a certificate") from problem


def certificate_pem(certificate: Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def certificate_der(certificate: Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def certificate_text(certificate: Certificate) -> str:
    """DER in base64, for a JSON field."""
    return base64.b64encode(certificate_der(certificate)).decode()


def role_of(certificate: Certificate) -> Role:
    """Whom a certificate speaks for. Raises Forbidden when it names no module."""
    with suppress(x509.ExtensionNotFound, ValueError):
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        for uri in names.get_values_for_type(x509.UniformResourceIdentifier):
            parts = urlsplit(uri)
            path = [unquote(part) for part in parts.path.split("/")[1:]]
            if parts.scheme == "nano" and parts.netloc and len(path) == 2 and all(path):
                return Role(unquote(parts.netloc), *path)
    raise Forbidden("the certificate names no module of a Nano domain")


def check_issued(certificate: Certificate, authority: Certificate, *, now: float | None = None) -> Role:
    """Whom the certificate speaks for, if this authority signed it and it is valid now; raises Forbidden with the reason."""
    moment = time.time() if now is None else now
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature) as problem:
        raise Forbidden("the certificate was signed by the authority of another domain") from problem
    _check_dates(authority, moment)
    _check_dates(certificate, moment)
    with suppress(x509.ExtensionNotFound):
        if certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            raise Forbidden("the certificate is an authority's, not a module's")
    return role_of(certificate)


def issued_by(authority_pem: str, *, domain: str, role: str) -> Check:
    """A check that lets through one role of one domain, such as the Core a Cell looks for."""
    authority = read_certificate(authority_pem)

    def check(certificate: Certificate) -> None:
        found = check_issued(certificate, authority)
        if (found.domain, found.role) != (domain, role):
            raise Forbidden(f"the certificate speaks for {found.role} of domain {found.domain!r}, not for {role} of {domain!r}")

    return check


def addresses_of(certificate: Certificate) -> set[str]:
    """The IP addresses a certificate is valid for."""
    with suppress(x509.ExtensionNotFound):
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return set()


def expires(certificate: Certificate) -> float:
    return certificate.not_valid_after_utc.timestamp()


def needs_renewal(certificate: Certificate, now: float) -> bool:
    """Whether two thirds of its life are over."""
    begin = certificate.not_valid_before_utc.timestamp()
    return now >= begin + (expires(certificate) - begin) * 2 / 3


def verify_signature(certificate: Certificate, signature: bytes, data: bytes) -> None:
    """Raises Forbidden unless the key of the certificate signed the data."""
    public = certificate.public_key()
    try:
        if not isinstance(public, ec.EllipticCurvePublicKey):
            raise Forbidden("the signature is of an unknown kind")
        public.verify(signature, data, ec.ECDSA(_DIGEST))
    except InvalidSignature as problem:
        raise Forbidden("the signature does not belong to the certificate") from problem


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, days: float, now: float | None
) -> x509.CertificateBuilder:
    moment = datetime.fromtimestamp(time.time() if now is None else now, UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - _BACKDATED)
        .not_valid_after(moment + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _leaf_extensions(names: list[x509.GeneralName], authority: Certificate) -> list[tuple[x509.ExtensionType, bool]]:
    issuer = authority.public_key()
    assert isinstance(issuer, ec.EllipticCurvePublicKey)  # made by create(), checked by load()
    return [
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_usage(signs_certificates=False), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), False),
        (x509.SubjectAlternativeName(names), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), False),
    ]


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _role_uri(role: Role) -> str:
    if not all(role):
        raise BadValue("a certificate needs a domain, a role and a name")
    return "nano://" + "/".join(quote(part, safe="") for part in role)


def _check_dates(certificate: Certificate, moment: float) -> None:
    if moment < certificate.not_valid_before_utc.timestamp():
        since = certificate.not_valid_before_utc.strftime("%Y-%m-%d %H:%M")
        raise Forbidden(f"the certificate is valid only from {since} UTC", hint="set the clocks of both hosts")
    if moment > expires(certificate):
        raise Forbidden(f"the certificate expired on {certificate.not_valid_after_utc:%Y-%m-%d}", hint="enrol this host again")


def _read_request(content: str) -> x509.CertificateSigningRequest:
    try:
        found = x509.load_pem_x509_csr(content.encode())
    except ValueError as problem:
        raise BadValue("this is not a certificate request (PEM)", field="request") from problem
    if not found.is_signature_valid:
        raise BadValue("the certificate request is not signed by its own key", field="request")
    return found


def _read_key(content: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(content.encode(), password=None)
    except (ValueError, TypeError) as problem:
        raise BadValue("this is not a private key (PEM without a password)") from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise BadValue("the private key must be P-256")
    return key


def _key_text(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()


def _public_of_pem(content: str) -> Any:
    if "CERTIFICATE REQUEST" in content:
        return _read_request(content).public_key()
    if "PRIVATE KEY" in content:
        return _read_key(content).public_key()
    return read_certificate(content).public_key()
