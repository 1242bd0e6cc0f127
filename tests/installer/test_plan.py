"""The plan: what is wanted and not there yet, in an order that works; nothing is touched to make it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import msgspec

from appliance.settings import ApiSettings, CellSettings, DomainSettings, FrontEndSettings
from installer.facts import Facts
from installer.findings import RECEIPT
from installer.firewall import LINE, ports_in_use, service_text, zone_with_line
from installer.machine import Machine
from installer.operations import Doing, TakeBack
from installer.plan import Findings, make_plan, remaining
from installer.questions import Answers, complete
from installer.steps.appliance import JoinDomain, StopAppliance
from installer.steps.certificates import TrustAuthority
from installer.steps.files import InsertText, Kept, WriteFile
from installer.steps.kernel import LabelStorage
from installer.steps.network import MakeBridge
from installer.steps.packages import InstallPackages
from installer.steps.units import EnableUnits, MaskUnits, StartAppliance
from nano_runtime.home import Home
from tests.installer.folders import HostFolder
from tests.installer.test_questions import TOKEN

HOME = Home(Path("/opt/nano"))


def plan(facts: Facts, given: dict[str, Any] | None = None, **found: Any) -> list[Doing | TakeBack]:
    options: dict[str, Any] = {"host_name": "host1", "credential_key": "k" * 43, "card_profile": "u0", "uuids": ("u1", "u2")} | found
    return make_plan(facts, complete(msgspec.convert(given or {}, Answers), facts), Findings(home=HOME, **options))


def kinds(steps: list[Doing | TakeBack]) -> list[str]:
    return [type(step).__name__ for step in steps]


def written(steps: list[Doing | TakeBack], name: str) -> bytes:
    return next(step.content for step in steps if isinstance(step, WriteFile) and step.path.endswith(name))


def test_the_same_input_gives_the_same_plan(folder: HostFolder) -> None:
    facts = folder.look()

    assert plan(facts) == plan(facts)


def test_settings_come_out_as_the_appliance_reads_them(folder: HostFolder) -> None:
    steps = plan(folder.look(), {"domain": "lab", "api_port": 7000, "storage": "/srv/guests"})

    assert msgspec.json.decode(written(steps, "domain.cfg"), type=DomainSettings).listen_address == "192.0.2.10"
    api = msgspec.json.decode(written(steps, "api.cfg"), type=ApiSettings)
    portal = msgspec.json.decode(written(steps, "frontend.cfg"), type=FrontEndSettings)
    assert (api.credentials[0].id, api.credentials[0].key) == (portal.api_id, portal.api_key)
    assert (api.port, portal.service_port) == (7000, 7000)
    assert msgspec.json.decode(written(steps, "cell.cfg"), type=CellSettings).storage == "/srv/guests"


def test_what_no_question_asks_for_keeps_the_administrators_value(folder: HostFolder) -> None:
    before = {
        "/opt/nano/config/domain.cfg": msgspec.json.encode(DomainSettings(domain="old", timeout=77)),
        "/opt/nano/config/api.cfg": b'{"credentials": [{"id": "backup", "key": "0123456789abcdef"}]}',
    }

    steps = plan(folder.look(), keep=lambda path: Kept(before[path], 0o600, 0, 0) if path in before else None)

    assert msgspec.json.decode(written(steps, "domain.cfg"), type=DomainSettings).timeout == 77
    assert [entry.id for entry in msgspec.json.decode(written(steps, "api.cfg"), type=ApiSettings).credentials] == ["portal", "backup"]


def test_keys_are_written_for_root_only(folder: HostFolder) -> None:
    for step in plan(folder.look()):
        if isinstance(step, WriteFile) and "/config/" in step.path:
            assert step.mode == 0o600


def test_a_plan_shows_no_key(folder: HostFolder) -> None:
    steps = plan(folder.look(), {"roles": "cell", "join_token": TOKEN}) + plan(folder.look())

    shown = repr(steps) + "".join(step.title.en + step.title.zh for step in steps)

    assert TOKEN[:20] not in shown
    assert "k" * 43 not in shown


def test_packages_come_first_and_the_start_comes_last(folder: HostFolder) -> None:
    order = kinds(plan(folder.look(), missing_packages=["libvirt"]))

    assert order[0] == "InstallPackages"
    assert order[-3:] == ["StartAppliance", "CheckHealth", "WriteRecoverySheet"]


def test_packages_carried_off_line_come_from_their_folder_only(folder: HostFolder) -> None:
    step = plan(folder.look(), {"package_folder": "/mnt/rpms"}, missing_packages=["libvirt"])[0]

    assert isinstance(step, InstallPackages)

    assert "--disablerepo=*" in step._command()
    assert any("file:///mnt/rpms" in word for word in step._command())


def test_modular_daemons_are_enabled_and_the_monolithic_one_masked(folder: HostFolder) -> None:
    steps = plan(folder.look())

    [on] = [step for step in steps if isinstance(step, EnableUnits)]
    [off] = [step for step in steps if isinstance(step, MaskUnits)]
    assert "virtqemud.socket" in on.names
    assert "virtproxyd.socket" in on.names
    assert "libvirtd.service" in off.names


def test_a_monolithic_libvirtd_with_guests_stays(folder: HostFolder) -> None:
    folder.write("etc/libvirt/qemu/mail.xml", "")
    (folder.root / "etc/systemd/system/multi-user.target.wants").mkdir(parents=True)
    (folder.root / "etc/systemd/system/multi-user.target.wants/libvirtd.service").symlink_to("/usr/lib/systemd/system/libvirtd.service")

    steps = plan(folder.look())

    assert "MaskUnits" not in kinds(steps)
    assert [step.names for step in steps if isinstance(step, EnableUnits)] == [["libvirtd.service", "libvirtd.socket"]]


def test_storage_is_labelled_before_anything_starts(folder: HostFolder) -> None:
    order = kinds(plan(folder.look()))

    assert order.index("LabelStorage") < order.index("StartAppliance")
    folder.write("sys/fs/selinux/enforce", "")
    assert "LabelStorage" not in kinds(plan(folder.look()))


def test_the_trust_store_is_left_alone_unless_asked_for(folder: HostFolder) -> None:
    assert "TrustAuthority" not in kinds(plan(folder.look()))
    assert "TrustAuthority" in kinds(plan(folder.look(), {"trust": True}))


def test_a_bridge_takes_over_mac_and_metric(folder: HostFolder) -> None:
    folder.write("proc/net/route", folder.root.joinpath("proc/net/route").read_text().replace("\t100\t", "\t42\t"))

    [step] = [step for step in plan(folder.look(), {"network": "bridge"}) if isinstance(step, MakeBridge)]

    assert (step.card, step.bridge, step.mac, step.metric, step.profile) == ("enp1s0", "br0", "52:54:00:00:00:01", 42, "u0")


def test_a_lone_cell_gets_no_ports_of_core_and_joins(folder: HostFolder) -> None:
    steps = plan(folder.look(), {"roles": "cell", "join_token": TOKEN})

    order = kinds(steps)
    assert order.index("JoinDomain") < order.index("StartAppliance")
    assert not any(isinstance(step, WriteFile) and step.path.endswith(("api.cfg", "frontend.cfg")) for step in steps)
    assert [step.roles for step in steps if isinstance(step, StartAppliance)] == ["cell"]


def test_the_firewall_opens_the_ports_that_were_answered() -> None:
    opened = service_text(ports_in_use(Answers(portal_port=6001, api_port=6002, group_port=6003)))

    assert b'port="6001" protocol="tcp"' in opened
    assert b'port="6002" protocol="tcp"' in opened
    assert b'port="6003" protocol="udp"' in opened
    assert b"5850" not in opened


def test_the_service_is_added_to_a_zone_as_one_line() -> None:
    zone = b'<?xml version="1.0"?>\n<zone>\n  <service name="ssh"/>\n</zone>\n'

    made = zone_with_line(None, zone)

    assert made.replace(LINE, b"") == zone
    assert zone_with_line(Kept(made, 0o644, 0, 0), b"") == made


def test_nothing_is_to_be_done_on_a_host_that_is_as_wanted(folder: HostFolder) -> None:
    facts = dataclasses.replace(folder.look(), selinux="disabled")
    first = plan(facts, {"start": True})
    files = {step.path: Kept(step.content, step.mode, 0, 0) for step in first if isinstance(step, WriteFile)}
    files |= {step.path: Kept(step.after, 0o644, 0, 0) for step in first if isinstance(step, InsertText)}
    now: dict[str, Any] = {"keep": files.get, "exists": lambda path: not path.startswith("/usr")}
    now |= {"is_running": True, "earlier": remaining([], first)}
    facts = dataclasses.replace(facts, masked=frozenset(next(step.names for step in first if isinstance(step, MaskUnits))))
    now["enabled"] = frozenset(next(step.names for step in first if isinstance(step, EnableUnits)))

    assert plan(facts, **now) == []
    assert kinds(plan(facts, **now, is_repair=True))[0] == "StopAppliance"


def test_a_corrected_answer_takes_back_what_nobody_wants_any_more(folder: HostFolder) -> None:
    facts = folder.look()
    first = plan(facts, {"network": "bridge", "trust": True})

    second = plan(facts, {"network": "nat"}, earlier=remaining([], first), is_running=True)

    gone = [type(step.change) for step in second if isinstance(step, TakeBack)]
    assert gone == [MakeBridge, TrustAuthority]
    assert isinstance(second[0], StopAppliance)
    assert not any(isinstance(step, MakeBridge | TrustAuthority) for step in remaining(remaining([], first), second))


def test_a_moved_storage_folder_is_labelled_anew_and_the_old_label_goes(folder: HostFolder) -> None:
    first = plan(folder.look())

    second = plan(folder.look(), {"storage": "/srv/guests"}, earlier=remaining([], first))

    assert [step.folder for step in second if isinstance(step, LabelStorage)] == ["/srv/guests"]
    assert [step.change.folder for step in second if isinstance(step, TakeBack) and isinstance(step.change, LabelStorage)] == [
        "/var/lib/nano"
    ]


def test_the_receipt_holds_no_token(folder: HostFolder, tmp_path: Path) -> None:
    from installer.installation import _receipt

    steps = plan(folder.look(), {"roles": "cell", "join_token": TOKEN})
    assert any(isinstance(step, JoinDomain) and step.token for step in steps)

    assert TOKEN.encode() not in _receipt(Machine(home=Home(tmp_path), root=tmp_path), steps)
    assert RECEIPT.endswith(".json")
