"""Every setting of the appliance, declared once: file, field, default, rule and meaning.

The defaults and field names of domain.cfg, api.cfg, image.cfg and frontend.cfg are those of Nano 1.4
(behaviour.md section 13), except the two ports, which the design exchanges: portal 5850, API 5870.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

PLACEHOLDER_ID = "dummyID"
PLACEHOLDER_KEY = "ThisIsAKeyPlaceHolder_ChangeToYourContent"
"""Published with the original system, hence known to everybody: refused wherever a key is read."""

Port = Annotated[int, Meta(ge=1, le=65535)]


class DomainSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """domain.cfg: which modules find each other."""

    domain: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9_-]{1,63}$", description="Name of the domain; modules of other domains are ignored")
    ] = "nano"
    group_address: Annotated[str, Meta(description="Multicast group of the discovery, 224.0.0.0-224.0.0.255")] = "224.0.0.226"
    group_port: Annotated[Port, Meta(description="UDP port of the discovery")] = 5599
    listen_address: Annotated[str, Meta(description="IPv4 address of this host on which Core listens; empty on a host without Core")] = ""
    timeout: Annotated[int, Meta(ge=1, le=600, description="Seconds a transaction between modules may wait")] = 10
    core_address: Annotated[
        str, Meta(description="Address of Core, asked by unicast where multicast is filtered; empty = multicast only")
    ] = ""


class Credential(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    id: Annotated[str, Meta(min_length=1, max_length=64)]
    key: Annotated[str, Meta(min_length=16, max_length=256)]


class ApiSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """api.cfg: the REST API of Core."""

    port: Annotated[Port, Meta(description="TCP port of the API")] = 5870
    credentials: Annotated[list[Credential], Meta(description="Who may sign requests; generated at install")] = field(default_factory=list)
    tls: Annotated[bool, Meta(description="false only for old clients on a trusted network")] = True


class ImageSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """image.cfg: TLS files of the image service, relative to the home or absolute."""

    cert_file: Annotated[str, Meta(description="Certificate of the image service; the default is made at the first start")] = (
        "cert/nano_image.crt.pem"
    )
    key_file: Annotated[str, Meta(description="Its private key, readable by its owner only")] = "cert/nano_image.key.pem"
    fetch_from: Annotated[
        tuple[str, ...], Meta(description="Networks that are not public but images may be fetched from, e.g. 10.0.0.0/8")
    ] = ()


class FrontEndSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """frontend.cfg: the portal, and where its Core is. An empty `service_host` = the Core of this process or of the domain."""

    address: Annotated[str, Meta(description="IPv4 address the portal listens on")] = "0.0.0.0"
    port: Annotated[Port, Meta(description="TCP port of the portal")] = 5850
    service_host: Annotated[str, Meta(description="Host of the Core API")] = ""
    service_port: Annotated[Port, Meta(description="Port of the Core API")] = 5870
    api_id: Annotated[str, Meta(description="Credential of api.cfg that the portal signs with")] = ""
    api_key: Annotated[str, Meta(description="Its key")] = ""
    tls: Annotated[bool, Meta(description="false only behind a TLS proxy on this host")] = True
    max_cores: Annotated[int, Meta(ge=1, description="Advisory limit of the create form")] = 24
    max_memory: Annotated[int, Meta(ge=1, description="The same for memory, in GiB")] = 32
    max_disk: Annotated[int, Meta(ge=1, description="The same for one disk, in GiB")] = 64
    log_days: Annotated[int, Meta(ge=0, le=36500, description="Days the audit log is kept; 0 = for ever")] = 0


class CellSettings(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """cell.cfg: the hypervisor of this host."""

    hypervisor: Annotated[str, Meta(description="libvirt URI")] = "qemu:///system"
    storage: Annotated[
        str, Meta(description="Folder of guest disks and the image cache; empty = /var/lib/nano, or storage/ of the home in development")
    ] = ""
    accelerator: Annotated[str, Meta(pattern="^(auto|tcg)$", description="auto = KVM where it really works; tcg = software emulation")] = (
        "auto"
    )


FILES: dict[str, type[Struct]] = {
    "domain.cfg": DomainSettings,
    "api.cfg": ApiSettings,
    "image.cfg": ImageSettings,
    "frontend.cfg": FrontEndSettings,
    "cell.cfg": CellSettings,
}
