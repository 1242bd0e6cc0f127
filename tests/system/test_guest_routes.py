"""Guests through the API of a real appliance, on real libvirt and QEMU: changed, grown, reset, many at once."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.cell.under_test import open_folder
from tests.running import MIB, Appliance, wish
from tests.waiting import wait_until

pytestmark = [pytest.mark.system]


@pytest.fixture(scope="module")
def appliance(libvirt_uri: str) -> Iterator[Appliance]:
    with open_folder() as folder, Appliance(folder / "home", uri=libvirt_uri) as appliance:
        appliance.start()
        appliance.add_cell()
        yield appliance
        appliance.remove_guests()


def read(appliance: Appliance, guest: str) -> dict[str, Any]:
    found: dict[str, Any] = appliance.data("GET", f"/api/v1/guests/{guest}")
    return found


def started(appliance: Appliance, name: str) -> str:
    guest = appliance.guest(name)
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    appliance.await_state(guest, "running")
    return guest


def test_a_guest_is_changed_and_shows_what_waits_for_its_next_start(appliance: Appliance) -> None:
    guest = started(appliance, "changed")

    appliance.data("PUT", f"/api/v1/guests/{guest}/name/", {"name": "testers.renamed"})
    appliance.data("PUT", f"/api/v1/guests/{guest}/cores", {"cores": 2})
    appliance.data("PUT", f"/api/v1/guests/{guest}/memory", {"memory": 48 * MIB})
    appliance.data("PUT", f"/api/v1/guests/{guest}/qos/disk", {"read_speed": 1 << 20, "write_iops": 50})
    appliance.data("PUT", f"/api/v1/guests/{guest}/disks/resize/0", {"size": 9 * MIB})

    shown = read(appliance, guest)
    assert (shown["name"], shown["cores"], shown["memory"], shown["disks"]) == ("testers.renamed", 2, 48 * MIB, [9 * MIB])
    assert shown["current"] == {"cores": 1, "memory": 32 * MIB}
    assert (shown["qos"]["read_speed"], shown["qos"]["write_iops"]) == (1 << 20, 50)
    appliance.data("DELETE", f"/api/v1/instances/{guest}", {"force": True})
    appliance.await_state(guest, "stopped")
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    appliance.await_state(guest, "running")
    assert "current" not in read(appliance, guest)


def test_a_guest_is_suspended_typed_into_and_reset(appliance: Appliance) -> None:
    guest = started(appliance, "switched")

    appliance.data("POST", f"/api/v1/instances/{guest}/suspend")
    appliance.await_state(guest, "paused")
    appliance.data("POST", f"/api/v1/instances/{guest}/resume")
    appliance.await_state(guest, "running")
    appliance.data("POST", f"/api/v1/instances/{guest}/keys", {"keys": ["ctrl", "alt", "delete"]})
    appliance.data("POST", f"/api/v1/instances/{guest}/reset")

    wait_until(lambda: read(appliance, guest)["reason"] == "rebooted", 5, "the reset to be told")


def test_without_an_agent_a_password_is_refused_at_once(appliance: Appliance) -> None:
    guest = started(appliance, "agentless")
    began = time.monotonic()

    status, answer = appliance.call("PUT", f"/api/v1/guests/{guest}/auth", {"password": "s3cret-s3cret"})

    assert status == 409
    assert "no guest agent" in answer["message"]
    assert time.monotonic() - began < 2
    assert appliance.data("GET", f"/api/v1/guests/{guest}/auth") == {"user": "root"}


def test_a_system_begins_anew(appliance: Appliance) -> None:
    image = appliance.data("GET", "/api/v1/disk_image_search/")[0]["id"]
    guest = appliance.guest("reset")
    appliance.data("PUT", f"/api/v1/guests/{guest}/disks/resize/0", {"size": 16 * MIB})

    appliance.data("PUT", f"/api/v1/guests/{guest}/system/", {"from_image": image})

    wait_until(lambda: appliance.call("GET", f"/api/v1/guests/{guest}")[0] == 200, 20, "the reset to end")
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    log = appliance.home.path / "storage" / "guests" / guest / "serial.log"
    wait_until(lambda: log.exists() and "first guest is up" in log.read_text(errors="replace"), 30, "the guest to say hello")


def test_ten_guests_are_made_started_stopped_and_deleted_in_batches(appliance: Appliance) -> None:
    wish = {"name_rule": "order", "name_prefix": "many", "count": 10, "owner": "tester", "group": "testers", "pool": "default"}
    wish |= {"cores": 1, "memory": 16 * MIB, "disks": [MIB], "template": "standard"}

    made = finish(appliance, "create", wish)
    ids = [item["id"] for item in made]
    assert [(item["name"], item["status"]) for item in made] == [(f"many_{index}", "created") for index in range(10)]
    assert {item["status"] for item in finish(appliance, "start", {"guest": ids[:3]})} == {"started"}
    assert {item["status"] for item in finish(appliance, "stop", {"guest": ids[:3], "force": True})} == {"stopped"}
    for id in ids[:3]:
        appliance.await_state(id, "stopped")
    assert {item["status"] for item in finish(appliance, "delete", {"guest": ids})} == {"deleted"}
    listed = [guest["name"] for guest in appliance.data("GET", "/api/v1/instance_status/default")]
    assert not [name for name in listed if "many" in name]


def finish(appliance: Appliance, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
    status, answer = appliance.call("POST", f"/api/v1/batch/{kind}_guest/", body)
    assert status == 202, answer
    path = f"/api/v1/batch/{kind}_guest/{answer['data']['id']}"
    wait_until(lambda: appliance.call("GET", path)[0] == 200, 30, f"the batch to {kind}")
    items: list[dict[str, Any]] = appliance.data("GET", path)
    return items


def test_what_happens_behind_its_back_shows_within_two_seconds(appliance: Appliance, libvirt_uri: str) -> None:
    killed, undefined = started(appliance, "killed"), appliance.guest("undefined")
    outside = libvirt.open(libvirt_uri)

    outside.lookupByUUIDString(undefined).undefine()
    kill_qemu(killed)

    wait_until(lambda: "not defined" in read(appliance, undefined)["reason"], 2, "the undefined domain to be told")
    # libvirt waits until the dead process is reaped, which a machine without an init of its own may take seconds for
    wait_until(lambda: not outside.lookupByUUIDString(killed).isActive(), 10, "libvirt to see that QEMU is gone")
    wait_until(lambda: read(appliance, killed)["reason"] == "crashed", 2, "the killed QEMU to be told")
    assert read(appliance, killed)["state"] == "stopped"
    outside.close()


def kill_qemu(guest: str) -> None:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and f"guest=nano-{guest}" in (entry / "cmdline").read_text(errors="replace"):
            subprocess.run(["kill", "-9", entry.name], check=True)


BAD: list[tuple[str, str, Any, str]] = [
    ("PUT", "cores", {"cores": 0}, "cores"),
    ("PUT", "cores", {"cores": 500}, "cores"),
    ("PUT", "cores", {"cores": "2"}, "cores"),
    ("PUT", "memory", {"memory": 1}, "memory"),
    ("PUT", "memory", {"memory": -1}, "memory"),
    ("PUT", "name/", {"name": "testers.<b>"}, "name"),
    ("PUT", "name/", {"name": "testers.x\n</title>"}, "name"),
    ("PUT", "name/", {"name": "../../etc"}, "name"),
    ("PUT", "qos/cpu", {"priority": "urgent"}, "priority"),
    ("PUT", "qos/disk", {"read_speed": -1}, "read_speed"),
    ("PUT", "disks/resize/0", {"size": MIB}, "size"),
    ("PUT", "disks/resize/-1", {"size": 64 * MIB}, "index"),
    ("PUT", "disks/resize/99", {"size": 64 * MIB}, "index"),
    ("PUT", "disks/shrink/99", {}, "index"),
    ("PUT", "system/", {"from_image": "$(id)"}, "from_image"),
    ("PUT", "auth", {"user": "root:x"}, "user"),
]


@pytest.mark.parametrize(("method", "path", "body", "field"), BAD)
def test_bad_input_is_refused_by_the_name_of_its_field(appliance: Appliance, method: str, path: str, body: Any, field: str) -> None:
    listed = appliance.data("GET", "/api/v1/instance_status/default")
    guest = next((each["id"] for each in listed if each["name"] == "testers.victim"), None) or appliance.guest("victim")
    before = read(appliance, guest)

    status, answer = appliance.call(method, f"/api/v1/guests/{guest}/{path}", body)

    assert status in (400, 422), answer
    assert field in answer.get("field", "") or field in answer["message"]
    assert read(appliance, guest)["name"] == before["name"]
    assert read(appliance, guest)["disks"] == before["disks"]


def test_a_creation_repeated_with_its_idempotency_key_is_done_once(appliance: Appliance) -> None:
    body = json.dumps(wish("keyed", from_image="")).encode()
    headers = {"Authorization": f"Bearer {appliance.token()}", "Idempotency-Key": "retry-7"}

    answers = [appliance.ask(appliance.api_port, "POST", "/api/v1/guests/", body, headers) for _ in range(3)]

    assert {status for status, _ in answers} == {202}
    assert len({json.loads(content)["data"]["id"] for _, content in answers}) == 1
    assert appliance.ask(appliance.api_port, "POST", "/api/v1/guests/", body, headers | {"Idempotency-Key": "x" * 300})[0] == 400
