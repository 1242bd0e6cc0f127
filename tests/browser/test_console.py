"""The console of a guest in a real browser: screen, serial line, typed text and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import NAME, Visitor
from tests.running import Appliance
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.timeout(120)]

Visit = Callable[..., Visitor]


def test_the_console_shows_the_screen_of_the_guest_and_gives_the_keyboard_back(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("with-screen", owner=NAME, group=NAME)
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/console")
    expect(visitor.page.get_by_text("Connected", exact=True)).to_be_visible()
    wait_until(lambda: visitor.lit_pixels() > 100, 20, "something on the screen")

    visitor.page.locator(".nano-screen canvas").click()
    expect(visitor.page.get_by_text("Keyboard is in the guest")).to_be_visible()
    visitor.page.keyboard.down("ControlLeft")
    visitor.page.keyboard.down("AltLeft")
    visitor.page.keyboard.up("AltLeft")
    visitor.page.keyboard.up("ControlLeft")

    expect(visitor.page.get_by_role("button", name="Full screen")).to_be_focused()


def test_the_serial_line_is_a_terminal(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("with-line", owner=NAME, group=NAME)
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/console")

    visitor.page.get_by_role("button", name="Serial").click()

    expect(visitor.page.get_by_text("Connected", exact=True)).to_be_visible()
    expect(visitor.page.locator(".xterm-rows")).to_contain_text(re.compile(r"\S"))
    assert visitor.page.url.endswith("?type=serial")


def test_text_is_typed_into_the_guest_and_what_its_keyboard_lacks_is_told(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("typed-into", owner=NAME, group=NAME)
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/console")
    expect(visitor.page.get_by_text("Connected", exact=True)).to_be_visible()
    visitor.page.get_by_role("button", name="Type text").click()

    visitor.field("Text to type").fill("Straße")
    expect(visitor.page.get_by_text("This layout cannot type: ß")).to_be_visible()
    visitor.page.get_by_label("Keyboard layout of the guest").select_option("de")
    visitor.page.get_by_role("button", name="Type", exact=True).click()

    expect(visitor.page.get_by_text(re.compile("[1-6] left"))).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Type", exact=True)).to_be_visible()


def test_the_picture_of_the_screen_is_saved_as_a_file(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("pictured", owner=NAME, group=NAME)
    appliance.data("POST", f"/api/v1/instances/{guest}", {})
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/console")

    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("button", name="Save picture").click()

    assert re.fullmatch(rf"{NAME}\.pictured-\d{{8}}-\d{{6}}\.png", saved.value.suggested_filename)
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
