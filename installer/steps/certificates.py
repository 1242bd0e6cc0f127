"""The domain's own certificate authority, and whether this host's programs trust it."""

from __future__ import annotations

from contextlib import suppress

from msgspec import field

from installer.machine import Machine, replace
from installer.steps.change import Change
from installer.steps.files import Kept  # noqa: TC001  # msgspec reads the annotation of a field at run time
from installer.wording import Text
from nano_runtime.certificates import AUTHORITY, Authority
from nano_runtime.config import require_private
from nano_runtime.errors import Conflict

IMAGE = "nano_image"
IMAGE_FILES = tuple(f"{IMAGE}.{part}.pem" for part in ("crt", "key"))
ANCHORS = (
    ("/etc/pki/ca-trust/source/anchors", ("update-ca-trust",)),
    ("/usr/local/share/ca-certificates", ("update-ca-certificates",)),
)
"""Where CentOS and Debian keep authorities of the administrator, and what makes them known."""


class MakeAuthority(Change, frozen=True, tag="make-authority"):
    """P-256, ten years, its key readable by root only. Planned only where there is none: it is never replaced."""

    domain: str

    @property
    def title(self) -> Text:
        return Text("make the certificate authority of domain {domain}", "创建域 {domain} 的证书颁发机构").format(domain=self.domain)

    @property
    def subject(self) -> str:
        return AUTHORITY

    def do(self, host: Machine) -> None:
        """Raises BadSetting for an authority that is there but damaged or open to others."""
        key, certificate = (host.home.cert / f"{AUTHORITY}.{part}.pem" for part in ("key", "crt"))
        if key.exists() and certificate.exists():
            require_private(key)
            Authority.load(host.home.cert)
            return
        if certificate.exists():
            raise Conflict(f"{certificate} belongs to another host's Core", hint="this host joined a domain; uninstall it first")
        Authority.create(self.domain).save(host.home.cert)

    def undo(self, host: Machine) -> None:
        for part in ("crt", "key"):
            (host.home.cert / f"{AUTHORITY}.{part}.pem").unlink(missing_ok=True)


class IssueCertificate(Change, frozen=True, tag="issue-certificate"):
    """A certificate for a service of this host with every name and address it goes by; the service renews it."""

    domain: str
    role: str
    file: str
    names: list[str]
    addresses: list[str]
    before: dict[str, Kept] = field(default_factory=dict)

    @property
    def title(self) -> Text:
        where = ", ".join([*self.names, *self.addresses])
        return Text("issue certificate {file} for {where}", "为 {where} 签发证书 {file}").format(file=self.file, where=where)

    @property
    def subject(self) -> str:
        return self.file

    def do(self, host: Machine) -> None:
        name = self.names[0] if self.names else self.role
        authority = Authority.load(host.home.cert)
        made = authority.issue(domain=self.domain, role=self.role, name=name, dns=self.names, addresses=self.addresses)
        made.save(host.home.cert, self.file)

    def undo(self, host: Machine) -> None:
        for name in (f"{self.file}.{part}.pem" for part in ("crt", "key")):
            path, kept = host.home.cert / name, self.before.get(name)
            if kept:
                replace(path, kept.content, mode=kept.mode, owner=(kept.user, kept.group))
            else:
                path.unlink(missing_ok=True)


class TrustAuthority(Change, frozen=True, tag="trust-authority"):
    """Put the authority into the system trust store. Only ever done when asked for."""

    domain: str

    @property
    def title(self) -> Text:
        return Text("put the authority into the system trust store", "将证书颁发机构加入系统信任库")

    @property
    def subject(self) -> str:
        return "trust"

    def do(self, host: Machine) -> None:
        for folder, command in ANCHORS:
            if host.path(folder).is_dir():
                anchor = host.path(folder) / f"nano-{self.domain}.crt"
                anchor.write_bytes((host.home.cert / f"{AUTHORITY}.crt.pem").read_bytes())
                anchor.chmod(0o644)
                host.run(command)
                return
        raise Conflict("this host has no known trust store", hint="answer trust with false")

    def undo(self, host: Machine) -> None:
        for folder, command in ANCHORS:
            with suppress(FileNotFoundError):
                (host.path(folder) / f"nano-{self.domain}.crt").unlink()
                host.run(command)
