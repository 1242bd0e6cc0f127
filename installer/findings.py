"""Collect what the plan needs to know beside the facts: files as they are, packages that are missing, profiles, earlier changes."""

from __future__ import annotations

import json
import socket
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from installer.machine import Machine, nano_program, read
from installer.network_manager import NetworkManager
from installer.operations import Doing
from installer.plan import ROLES, Findings
from installer.steps import packages
from installer.steps.files import keep
from installer.steps.network import MakeBridge
from installer.steps.units import MODULAR
from nano_runtime import secrets
from nano_runtime.errors import Conflict, Damaged, NanoError

if TYPE_CHECKING:
    from installer.facts import Facts
    from installer.questions import Answers
    from installer.wording import Language

RECEIPT = "installer-receipt.json"
"""What is in place on this host by our doing, oldest first; 0600, because files with keys are among it."""

ANSWERS = "installer-answers.json"


def collect(host: Machine, facts: Facts, answers: Answers, language: Language, *, is_repair: bool = False) -> Findings:
    """Changes nothing. Raises Conflict for an interface that NetworkManager does not manage, Damaged for a receipt that cannot be read."""
    home = host.home
    earlier = read_receipt(host)
    zone = zone_of(host, answers.nic if answers.network == "bridge" else _card_of(facts, answers))
    has_bridge = any(isinstance(step, MakeBridge) and (step.bridge, step.card) == (answers.bridge_name, answers.nic) for step in earlier)
    return Findings(
        home=home,
        host_name=socket.gethostname()[:63] or "nano",
        missing_packages=_missing(host, facts, answers),
        keep=lambda path: keep(host.path(path)),
        exists=lambda path: host.path(path).exists(),
        sysctl=lambda name: (read(host.path("/proc/sys/" + name.replace(".", "/"))) or b"").decode().strip(),
        zone=zone,
        default_zone_text=read(host.path(f"/usr/lib/firewalld/zones/{zone}.xml")) or b"",
        credential_key=secrets.token(),
        card_profile=_profile_of(answers.nic) if answers.network == "bridge" and not has_bridge else "",
        uuids=(str(uuid.uuid4()), str(uuid.uuid4())),
        enabled=_enabled(host),
        is_running=is_running(host, ROLES[answers.roles]),
        is_repair=is_repair,
        program=nano_program()[0],
        language=language,
        earlier=earlier,
    )


def read_receipt(host: Machine) -> list[Doing]:
    """What earlier runs put in place; empty on a fresh host."""
    content = read(host.home.data / RECEIPT)
    if content is None:
        return []
    try:
        return msgspec.json.decode(content, type=list[Doing])
    except msgspec.MsgspecError as problem:
        path = host.home.data / RECEIPT
        raise Damaged(f"{path} cannot be read: {problem}", hint="restore it from a copy; without it nothing can be taken back") from problem


def zone_of(host: Machine, card: str) -> str:
    """The zone an interface is in, or the default one; "public" while firewalld does not run."""
    with suppress(NanoError):
        if card:
            found = host.run(["firewall-cmd", f"--get-zone-of-interface={card}"], check=False)
            if found.code == 0:
                return found.stdout.strip()
        return host.run(["firewall-cmd", "--get-default-zone"]).stdout.strip()
    return "public"


def is_running(host: Machine, roles: str) -> bool:
    """Whether any of the roles runs now; nothing does in a home that is not there."""
    if not (host.home.run / "control").exists() and not any(host.home.run.glob("*.pid")):
        return False
    with suppress(NanoError, ValueError):
        told = json.loads(host.nano("status", "--json", *(["--roles", roles] if roles else []), check=False).stdout)
        return any(role.get("running") for role in told.values())
    return False


def _missing(host: Machine, facts: Facts, answers: Answers) -> list[str]:
    """None of them where the network is left alone and nobody filters: NetworkManager and firewalld are wanted on CentOS only."""
    has_guests = answers.roles != "core"
    if facts.distribution.is_el:
        return packages.missing(host, "dnf", packages.EL if has_guests else packages.NO_GUESTS_EL)
    return packages.missing(host, "apt", packages.DEBIAN if has_guests else ())


def _card_of(facts: Facts, answers: Answers) -> str:
    return next((card.name for card in facts.cards if answers.listen_address and answers.listen_address in card.addresses), "")


def _profile_of(card: str) -> str:
    """UUID of the profile an interface uses now."""
    with NetworkManager() as manager:
        profile = manager.active_profile(manager.device(card))
        if not profile:
            hint = f"nmcli device set {card} managed yes, and give it a profile; or answer network with nat"
            raise Conflict(f"{card} is not configured by NetworkManager, so it cannot be bridged safely", hint=hint)
        return str(manager.settings(profile)["connection"]["uuid"][1])


def _enabled(host: Machine) -> frozenset[str]:
    """Which of libvirt's units start with the host; what is enabled but does not run is enabled again, which starts it."""
    if not host.has_systemd:
        return frozenset()
    names = (*MODULAR, "libvirtd.service", "libvirtd.socket")
    return frozenset(name for name in names if _is_on(host, name))


def _is_on(host: Machine, name: str) -> bool:
    return all(host.systemctl(question, "-q", name, check=False).code == 0 for question in ("is-enabled", "is-active"))
