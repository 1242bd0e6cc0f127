"""From facts and answers to the list of changes. Pure: it changes nothing, and the same input gives the same plan.

The plan says what is wanted; what is there already is left out of it, and what an earlier run made but nobody wants any more
is taken back. So the same function serves the first installation, a correction and a repair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from installer.configuration import settings_files
from installer.firewall import firewall_files
from installer.operations import Doing, TakeBack
from installer.recovery import Access
from installer.steps import appliance, certificates, files, kernel, network, packages, units
from nano_runtime.certificates import AUTHORITY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from installer.facts import Facts
    from installer.questions import Answers
    from installer.steps.change import Change
    from installer.steps.files import Kept
    from installer.wording import Language
    from nano_runtime.home import Home

UNIT = "nano.service"
ROLES = {"all": "", "core": "core,frontend", "cell": "cell"}
SYSCTL = "/etc/sysctl.d/60-nano.conf"
FORWARDING = "net.ipv4.ip_forward"
ENVIRONMENT = "/etc/sysconfig/nano"
UNIT_FILE = "/etc/systemd/system/nano.service"
UNIT_TEXT = """\
# Written by nano-installer, because no package brought a unit.
[Unit]
Description=Nano Appliance
Wants=network-online.target
After=network-online.target NetworkManager-wait-online.service firewalld.service
After=virtqemud.socket virtnetworkd.socket virtstoraged.socket libvirtd.service

[Service]
EnvironmentFile=-{environment}
ExecStart={program} run --home {home} $NANO_OPTIONS
KillMode=process
Restart=on-failure
RestartSec=2

[Install]
WantedBy=multi-user.target
"""


@dataclass(frozen=True)
class Findings:
    """What the plan needs to know beside facts and answers; collected by installer/findings.py, made up by tests."""

    home: Home
    host_name: str
    missing_packages: Sequence[str] = ()
    keep: Callable[[str], Kept | None] = lambda _: None
    exists: Callable[[str], bool] = lambda _: False
    sysctl: Callable[[str], str] = lambda _: "1"
    zone: str = "public"
    default_zone_text: bytes = b""
    credential_key: str = ""
    card_profile: str = ""
    uuids: tuple[str, str] = ("", "")
    enabled: frozenset[str] = frozenset()
    is_running: bool = False
    is_repair: bool = False
    program: str = "/opt/nano/bin/nano"
    language: Language = "en"
    earlier: Sequence[Doing] = field(default=())


def make_plan(facts: Facts, answers: Answers, found: Findings) -> list[Doing | TakeBack]:
    """The changes in the order they are made; none where everything is as it should be, unless `is_repair` wants a fresh start."""
    wanted = list(_wanted(facts, answers, found))
    subjects = {_key(step) for step in wanted}
    backs = [TakeBack(step) for step in reversed(found.earlier) if _is_single(step) and _key(step) not in subjects]
    todo = [step for step in wanted if not _is_made(step, found)]
    if not backs and not any(_is_substantial(step) for step in todo) and found.is_running and not found.is_repair:
        return []
    stop = [appliance.StopAppliance(_unit(facts), ROLES[answers.roles])] if found.is_running else []
    return [*stop, *backs, *todo]


def remaining(earlier: Sequence[Doing], steps: Sequence[Doing | TakeBack]) -> list[Doing]:
    """What is in place after these steps, oldest first: what an uninstall will take back."""
    gone = {_key(step.change) for step in steps if isinstance(step, TakeBack)}
    kept = [step for step in earlier if _key(step) not in gone]
    made = [step for step in steps if not isinstance(step, TakeBack | appliance.StopAppliance)]
    repeated = {_key(step) for step in made if not isinstance(step, files.WriteFile | files.InsertText | packages.InstallPackages)}
    return [step for step in kept if _key(step) not in repeated] + made


def access_of(answers: Answers) -> Access:
    if answers.roles == "cell":
        return Access(domain=answers.domain, storage=answers.storage, has_core=False)
    return Access(
        domain=answers.domain,
        address=answers.listen_address,
        api_port=answers.api_port,
        portal_port=answers.portal_port,
        storage=answers.storage if answers.roles == "all" else "",
    )


def _wanted(facts: Facts, answers: Answers, found: Findings) -> Iterator[Doing]:
    """Told in the order a person would do it; what cannot fail half-way late comes early."""
    has_cell, has_core = answers.roles != "core", answers.roles != "cell"
    yield from _packages(facts, answers, found)
    yield from _folders(answers, found)
    yield from _libvirt(facts, found) if has_cell else ()
    yield from _kernel(facts, answers, found) if has_cell else ()
    yield from settings_files(answers, found)
    if has_core:
        names = ["localhost", found.host_name, f"{found.host_name}.local"]
        yield certificates.MakeAuthority(answers.domain)
        where = ["127.0.0.1", answers.listen_address]
        before = {name: kept for name in certificates.IMAGE_FILES if (kept := found.keep(str(found.home.cert / name)))}
        yield certificates.IssueCertificate(answers.domain, "image", certificates.IMAGE, names, where, before)
        yield from [certificates.TrustAuthority(answers.domain)] if answers.trust else []
    yield from firewall_files(facts, answers, found)
    if has_cell and answers.network == "bridge":
        yield _bridge(facts, answers, found)
    if answers.roles == "cell":
        fresh = [name for name in ("api.cfg", "image.cfg", "frontend.cfg") if not found.exists(str(found.home.config / name))]
        yield appliance.JoinDomain(answers.join_token, fresh)
    yield from _start(facts, answers, found) if answers.start else ()


def _packages(facts: Facts, answers: Answers, found: Findings) -> Iterator[Doing]:
    if found.missing_packages:
        yield packages.InstallPackages("dnf" if facts.distribution.is_el else "apt", list(found.missing_packages), answers.package_folder)


def _folders(answers: Answers, found: Findings) -> Iterator[Doing]:
    """Those of the home by their modes (Home.create), and the way down to the guests' disks, which QEMU's own user must pass."""
    home = found.home
    modes = {home.path: 0o755, home.config: 0o755, home.log: 0o755, home.cert: 0o700, home.data: 0o700, home.run: 0o700}
    for path, mode in modes.items():
        yield files.MakeFolder(str(path), mode)
    if answers.roles != "core":
        parts = answers.storage.strip("/").split("/")
        for depth in range(2, len(parts) + 1):
            yield files.MakeFolder("/" + "/".join(parts[:depth]), 0o711)


def _libvirt(facts: Facts, found: Findings) -> Iterator[Doing]:
    """Modular daemons, unless guests run on the monolithic one already: then it stays as the administrator has it."""
    if not facts.has_systemd:
        if facts.libvirt != "monolithic" or not found.exists("/run/libvirt/libvirt-sock"):
            yield units.StartLibvirt()
        return
    is_modular = facts.libvirt != "monolithic" if facts.guests or facts.distribution.is_debian else True
    if is_modular:
        beside = sorted(unit for unit in units.MONOLITHIC if unit in facts.units or facts.distribution.is_el)
        if fresh := [unit for unit in beside if unit not in facts.masked]:
            yield units.MaskUnits(fresh)
    names = units.MODULAR if is_modular else ("libvirtd.service", "libvirtd.socket")
    if off := [name for name in names if name not in found.enabled]:
        yield units.EnableUnits(off)


def _kernel(facts: Facts, answers: Answers, found: Findings) -> Iterator[Doing]:
    if answers.network == "nat":
        yield _file(found, SYSCTL, f"# Nano Appliance: guests behind NAT\n{FORWARDING} = 1\n")
        yield kernel.SetKernel(FORWARDING, "1", found.sysctl(FORWARDING))
    if facts.selinux != "disabled":
        yield kernel.LabelStorage(answers.storage)


def _bridge(facts: Facts, answers: Answers, found: Findings) -> Doing:
    card = facts.card(answers.nic)
    assert card  # the question's own check saw it
    metric = next((route.metric for route in facts.routes if route.card == answers.nic), 100)
    bridge_uuid, port_uuid = found.uuids
    return network.MakeBridge(
        bridge=answers.bridge_name,
        card=answers.nic,
        mac=card.mac,
        profile=found.card_profile,
        bridge_uuid=bridge_uuid,
        port_uuid=port_uuid,
        metric=metric,
        seconds=answers.bridge_seconds,
    )


def _start(facts: Facts, answers: Answers, found: Findings) -> Iterator[Doing]:
    roles, unit = ROLES[answers.roles], _unit(facts)
    if unit:
        options = f"--roles {roles}" if roles else ""
        yield _file(found, ENVIRONMENT, f'NANO_OPTIONS="{options}"\n')
        if not found.exists(f"/usr/lib/systemd/system/{UNIT}"):
            text = UNIT_TEXT.format(environment=ENVIRONMENT, program=found.program, home=found.home.path)
            yield _file(found, UNIT_FILE, text)
    yield units.StartAppliance(unit, roles)
    yield appliance.CheckHealth(access_of(answers))
    yield appliance.WriteRecoverySheet(access_of(answers), found.language)


def _file(found: Findings, path: str, text: str) -> files.WriteFile:
    return files.WriteFile(path, text.encode(), before=found.keep(path))


def _unit(facts: Facts) -> str:
    return UNIT if facts.has_systemd else ""


def _key(step: Change) -> tuple[str, str]:
    return type(step).__name__, step.subject


def _is_single(step: Doing) -> bool:
    """Whether an earlier change goes when nobody wants it any more. Folders, packages, units and keys stay until the uninstall."""
    lasting = (files.InsertText, files.WriteFile, network.MakeBridge, certificates.TrustAuthority, kernel.SetKernel, kernel.LabelStorage)
    return isinstance(step, lasting)


def _is_substantial(step: Doing) -> bool:
    """Whether a step is a reason to begin at all; the others only follow from one that is."""
    return not isinstance(step, units.Reload | units.StartAppliance | appliance.CheckHealth | appliance.WriteRecoverySheet)


def _is_made(step: Doing, found: Findings) -> bool:
    """Whether the host has it already. Steps that are cheap and certain when repeated are simply repeated."""
    match step:
        case files.MakeFolder():
            return found.exists(step.path)
        case files.WriteFile():
            return step.before is not None and step.before.content == step.content
        case files.InsertText():
            return step.before is not None and step.text in step.before.content
        case kernel.SetKernel():
            return found.sysctl(step.name) == step.value
        case certificates.MakeAuthority():
            return found.exists(str(found.home.cert / f"{AUTHORITY}.key.pem"))
        case certificates.IssueCertificate() | certificates.TrustAuthority() | network.MakeBridge() | kernel.LabelStorage():
            return any(_key(step) == _key(earlier) for earlier in found.earlier) and _is_same(step, found)
        case appliance.JoinDomain():
            return found.exists(str(found.home.cert / appliance.CELL_FILES[0]))
        case _:
            return False


def _is_same(step: Doing, found: Findings) -> bool:
    """A certificate is issued anew when its domain or addresses changed; a bridge and a label have nothing else to change."""
    if not isinstance(step, certificates.IssueCertificate):
        return True
    issued = [earlier for earlier in found.earlier if isinstance(earlier, certificates.IssueCertificate)]
    return any((earlier.domain, earlier.addresses) == (step.domain, step.addresses) for earlier in issued)
