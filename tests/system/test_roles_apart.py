"""Core, Cell and FrontEnd as three processes: the portal reaches its Core over HTTPS, and outlives it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.folders import open_folder
from tests.portal_session import PortalSession
from tests.running import Appliance, wish
from tests.waiting import wait_until

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def appliance(libvirt_uri: str) -> Iterator[Appliance]:
    with open_folder() as folder, Appliance(folder / "home", uri=libvirt_uri) as appliance:
        for role in ("core", "cell", "frontend"):
            appliance.start(role)
        appliance.add_cell()
        yield appliance
        appliance.remove_guests()


@pytest.fixture(scope="module")
def portal(appliance: Appliance) -> PortalSession:
    return PortalSession(appliance)


@pytest.fixture(scope="module")
def guest(appliance: Appliance, portal: PortalSession) -> str:
    """A running guest, made through the portal."""
    image = portal.must("GET", "/api/v1/disk_image_search/")[0]["id"]
    wanted = wish("seen", owner=portal.user, group="admin", from_image=image, auto_start=True)
    id: str = portal.must("POST", "/api/v1/guests/", wanted)["id"]
    wait_until(lambda: portal.call("GET", f"/api/v1/guests/{id}")[1]["data"].get("running"), 20, "the guest to run")
    return id


def test_a_guest_made_in_the_portal_is_its_users(portal: PortalSession, guest: str) -> None:
    config = portal.must("GET", f"/api/v1/guests/{guest}")

    assert (config["name"], config["owner"]) == ("admin.seen", "admin")


def test_the_console_reaches_the_guest_through_all_three(appliance: Appliance, portal: PortalSession, guest: str) -> None:
    channel = portal.must("POST", "/api/v1/monitor_channels/", {"guest": guest})

    with _screen(appliance, portal, f"/api/v1/monitor_channels/{channel['id']}") as screen:
        greeting = screen.recv(timeout=10)

    assert isinstance(greeting, bytes)
    assert greeting.startswith(b"RFB 003.")


def test_a_console_ticket_works_once(appliance: Appliance, portal: PortalSession, guest: str) -> None:
    channel = portal.must("POST", "/api/v1/monitor_channels/", {"guest": guest})
    path = f"/api/v1/monitor_channels/{channel['id']}"
    with _screen(appliance, portal, path) as screen:
        screen.recv(timeout=10)

    with pytest.raises(InvalidStatus) as refusal:
        _screen(appliance, portal, path)

    assert refusal.value.response.status_code in (403, 404)


def test_the_portal_answers_without_core_and_finds_it_again(appliance: Appliance, portal: PortalSession, guest: str) -> None:
    appliance.kill("core")

    alone = portal.must("GET", "/api/v1/portal/")
    status, answer = portal.call("GET", "/api/v1/compute_zone_status/")
    appliance.start("core")

    assert alone["user"] == "admin"
    assert status == 503
    assert "Core" in answer["message"] + answer["hint"]
    wait_until(lambda: portal.call("GET", f"/api/v1/guests/{guest}")[1]["data"].get("running"), 10, "the guest to be seen again")


def test_the_status_command_tells_of_each_process(appliance: Appliance) -> None:
    said = appliance.nano("status").stdout

    assert said.count("running since") == 3
    assert f"core https://{appliance.address}:{appliance.api_port}" in said


def _screen(appliance: Appliance, portal: PortalSession, path: str) -> ClientConnection:
    return connect(
        f"wss://{appliance.address}:{appliance.portal_port}{path}",
        ssl=appliance.trust(),
        subprotocols=[Subprotocol("binary")],
        origin=Origin(portal.origin),
        additional_headers={"Cookie": portal.cookie},
    )
