"""One whole appliance on real libvirt: what a program sees of it over HTTPS, and what is left after a kill."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import libvirt
import pytest

from tests.folders import open_folder
from tests.running import Appliance, wish
from tests.waiting import wait_until

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def appliance(libvirt_uri: str) -> Iterator[Appliance]:
    with open_folder() as folder, Appliance(folder / "home", uri=libvirt_uri) as appliance:
        appliance.start()
        appliance.add_cell()
        yield appliance
        appliance.remove_guests()


def test_a_guest_boots_obeys_the_power_button_and_goes_without_a_trace(appliance: Appliance, libvirt_uri: str) -> None:
    guest = appliance.guest("first")

    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    appliance.await_state(guest, "running")
    screen = wait_until(lambda: _picture(appliance, guest), 20, "the guest to write on its screen")
    refused, why = appliance.call("DELETE", f"/api/v1/guests/{guest}", {})
    wait_until(lambda: _press_power(appliance, guest), 20, "the guest to obey the power button")
    appliance.data("DELETE", f"/api/v1/guests/{guest}", {})

    assert screen.startswith(b"\x89PNG")
    assert (refused, why["code"]) == (409, "conflict")
    assert appliance.call("GET", f"/api/v1/guests/{guest}")[0] == 404
    assert guest not in _domains(appliance)
    assert not list((appliance.home.path / "storage" / "guests").glob(f"*{guest}*"))


def test_restart_and_reset_keep_the_guest_running(appliance: Appliance) -> None:
    guest = appliance.guest("restarted", auto_start=True)
    appliance.await_state(guest, "running")

    reset, _ = appliance.call("DELETE", f"/api/v1/instances/{guest}", {"reboot": True, "force": True})
    reboot, _ = appliance.call("DELETE", f"/api/v1/instances/{guest}", {"reboot": True})

    assert (reset, reboot) == (200, 200)
    assert appliance.data("GET", f"/api/v1/instances/{guest}")["running"]


def test_every_change_is_told_within_a_second(appliance: Appliance) -> None:
    guest = appliance.guest("watched")
    with _Listener(appliance) as listener:
        appliance.data("POST", f"/api/v1/instances/{guest}", {})
        listener.await_state(guest, "running")
        libvirt.open(_uri(appliance)).lookupByUUIDString(guest).destroy()  # behind our back
        pulled = time.monotonic()
        listener.await_state(guest, "stopped")
        told = time.monotonic() - pulled

    assert told < 1


def test_an_image_smaller_than_nothing_and_other_nonsense_changes_nothing(appliance: Appliance) -> None:
    before = _guests(appliance)
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"disks": [0]}, 422, "disks"),
        ({"disks": []}, 422, "disks"),
        ({"disks": [-1]}, 422, "disks"),
        ({"cores": 1.5}, 422, "cores"),
        ({"cores": -1}, 422, "cores"),
        ({"memory": 1}, 422, "memory"),
        ({"memory": 1 << 50}, 422, "memory"),
        ({"pool": "nowhere"}, 404, "pool"),
        ({"template": "nothing"}, 422, "template"),
        ({"from_image": "nothing"}, 422, "from_image"),
        ({"colour": "red"}, 422, "colour"),
        ({"disks": [1 << 45]}, 409, ""),
    ]

    for fields, status, field in wrong:
        answer = appliance.call("POST", "/api/v1/guests/", wish("wrong", **fields))
        assert answer[0] in (status, 400) if status == 422 else answer[0] == status, (fields, answer)
        assert field in answer[1]["field"] or field in answer[1]["message"], (fields, answer)

    assert _guests(appliance) == before


@pytest.mark.parametrize("name", ["../x", "$(id)", "-o", "a\0b", "x" * 300, "a\u202eb", "", " ", "a b", "<b>", "名"])
def test_an_odd_name_is_refused_by_name(appliance: Appliance, name: str) -> None:

    status, answer = appliance.call("POST", "/api/v1/guests/", wish(name))

    if name == "-o":  # the wire allows a leading dash, and nothing of ours puts a name on a command line
        assert status == 202
        return
    assert status in (400, 422)
    assert "name" in answer["message"]


def test_a_taken_name_is_refused_with_a_free_one(appliance: Appliance) -> None:
    appliance.guest("twin")

    status, answer = appliance.call("POST", "/api/v1/guests/", wish("twin"))

    assert (status, answer["code"]) == (409, "conflict")
    assert "twin" in answer["message"]
    assert "twin" in answer["hint"]


def test_guests_run_on_when_the_appliance_is_killed_and_are_found_again(appliance: Appliance, libvirt_uri: str) -> None:
    guest = appliance.guest("survivor", auto_start=True)
    appliance.await_state(guest, "running")
    process = libvirt.open(libvirt_uri).lookupByUUIDString(guest).ID()

    appliance.kill("core")
    alone = libvirt.open(libvirt_uri).lookupByUUIDString(guest)
    went_on = alone.isActive()
    appliance.start()

    assert went_on
    appliance.await_state(guest, "running")
    assert libvirt.open(libvirt_uri).lookupByUUIDString(guest).ID() == process


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.02, 0.04, 0.08])
def test_a_kill_at_any_moment_of_a_creation_leaves_all_or_nothing(appliance: Appliance, libvirt_uri: str, moment: float) -> None:
    before = set(_guests(appliance))
    asked = threading.Event()

    def ask() -> None:
        asked.set()
        try:
            appliance.call("POST", "/api/v1/guests/", wish(f"cut-{int(moment * 1000)}", auto_start=True))
        except (OSError, http.client.HTTPException):
            return  # killed before it could answer

    asker = threading.Thread(target=ask)
    asker.start()
    asked.wait()
    threading.Event().wait(moment)  # the moment of the kill is what this test varies
    appliance.kill("core")
    asker.join()
    appliance.start()
    appliance.await_room()
    wait_until(lambda: not _unfinished(appliance), 20, "interrupted operations to end")

    new = set(_guests(appliance)) - before
    assert all(appliance.call("GET", f"/api/v1/guests/{guest}")[0] == 200 for guest in new), "a guest is wholly there"
    assert _domains(appliance) == set(_guests(appliance))
    assert {path.name for path in (appliance.home.path / "storage" / "guests").iterdir()} == set(_guests(appliance))
    assert not list((appliance.home.data / "cell-journal").glob("*.page"))
    assert not list((appliance.home.data / "core-journal").glob("*.page"))


class _Listener:
    """Reads the event stream of Core, in a thread."""

    def __init__(self, appliance: Appliance) -> None:
        self._states: dict[str, str] = {}
        self._connection = http.client.HTTPSConnection(appliance.address, appliance.api_port, timeout=20, context=appliance.trust())
        self._connection.request("GET", "/api/v1/events/", headers={"Authorization": f"Bearer {appliance.token()}"})
        self._answer = self._connection.getresponse()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> _Listener:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def await_state(self, guest: str, state: str) -> None:
        wait_until(lambda: self._states.get(guest) == state, 10, f"an event that says {state}")

    def _read(self) -> None:
        while line := self._answer.readline():
            if not line.startswith(b"data:"):
                continue
            change = json.loads(line[5:])
            if change.get("kind") == "guest" and change.get("data"):
                self._states[change["id"]] = change["data"]["state"]


def _press_power(appliance: Appliance, guest: str) -> bool:
    """A guest that is still booting does not hear the button; it is pressed again, as a person does."""
    appliance.call("DELETE", f"/api/v1/instances/{guest}", {"reboot": False, "force": False})
    return appliance.state_of(guest) == "stopped"


def _picture(appliance: Appliance, guest: str) -> bytes:
    """A picture with something on it: an empty screen is much smaller."""
    headers = {"Authorization": f"Bearer {appliance.token()}"}
    status, content = appliance.ask(appliance.api_port, "GET", f"/api/v1/guests/{guest}/picture", None, headers)
    return content if status == 200 and len(content) > 2000 else b""


def _guests(appliance: Appliance) -> list[str]:
    return [each["id"] for each in appliance.data("POST", "/api/v1/search/guests/", {"limit": 1000})["result"]]


def _unfinished(appliance: Appliance) -> list[Any]:
    listed = appliance.data("GET", "/api/v1/operations/?limit=200")["result"]
    return [each for each in listed if each["state"] in ("running", "waiting")]


def _domains(appliance: Appliance) -> set[str]:
    """Ids of all guests that libvirt knows and whose disks are this appliance's."""
    folder = str(appliance.home.path)
    return {domain.UUIDString() for domain in libvirt.open(_uri(appliance)).listAllDomains() if folder in domain.XMLDesc()}


def _uri(appliance: Appliance) -> str:
    uri: str = json.loads((appliance.home.config / "cell.cfg").read_text())["hypervisor"]
    return uri
