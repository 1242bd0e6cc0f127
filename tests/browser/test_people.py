"""Accounts, the audit log, settings and one's own profile, in a real browser."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from appliance.frontend import totp
from tests.browser.visitor import NAME, PASSWORD, Visitor
from tests.running import Appliance

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.timeout(120)]

Visit = Callable[..., Visitor]
OTHER = "Another9Horse"


def create_user(visitor: Visitor, name: str, *groups: str) -> None:
    """Through the dialog; the user must choose another password."""
    page = visitor.page
    visitor.go("/users?do=create")
    visitor.field("Name").fill(name)
    page.get_by_label("First password").fill(PASSWORD)
    for group in groups:
        page.get_by_role("dialog").get_by_label(re.compile(rf"^{group}\b")).check()
    page.get_by_role("dialog").get_by_role("button", name="Create user").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text=name)).to_be_visible()


def sign_in_as(visitor: Visitor, name: str, password: str) -> None:
    visitor.go("/login")
    visitor.page.locator("#user").fill(name)
    visitor.page.locator("#password").fill(password)
    visitor.page.keyboard.press("Enter")


def test_a_new_user_chooses_a_password_and_sees_only_what_the_role_allows(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/roles?do=create")
    visitor.field("Name").fill("watcher")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Create role").click()
    visitor.heading("watcher")
    visitor.page.get_by_label("See guests").check()
    visitor.page.get_by_role("button", name="Save").click()
    expect(visitor.page.get_by_text("Saved")).to_be_visible()
    visitor.go("/groups?do=create")
    visitor.field("Name").fill("watchers")
    visitor.page.get_by_label("watcher", exact=True).check()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Create group").click()
    visitor.heading("watchers")
    create_user(visitor, "wanda", "watchers")

    wanda = visit(appliance)
    sign_in_as(wanda, "wanda", PASSWORD)
    wanda.heading("Choose a new password")
    wanda.page.locator("#old-password").fill(PASSWORD)
    wanda.page.locator("#new-password").fill(OTHER)
    wanda.page.locator("#repeat-password").fill(OTHER)
    wanda.page.get_by_role("button", name="Change password").click()

    wanda.heading("Overview")
    menu = wanda.page.get_by_role("navigation", name="Navigation")
    expect(menu.get_by_role("link", name="Guests")).to_be_visible()
    expect(menu.get_by_role("link", name="Users")).to_have_count(0)
    wanda.go("/users")
    expect(wanda.page.get_by_text("This needs the right “See users and groups”")).to_be_visible()


def test_a_disabled_user_is_signed_out_at_once(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in()
    create_user(visitor, "sam", NAME)
    appliance_status, _ = appliance.ask(appliance.portal_port, "GET", "/api/v1/portal/", None, {})
    assert appliance_status == 200
    sam = visit(appliance)
    sign_in_as(sam, "sam", PASSWORD)
    sam.heading("Choose a new password")

    visitor.choose("Actions of sam", "Disable")
    visitor.page.get_by_role("button", name="Disable sam").click()
    expect(visitor.page.get_by_role("row").filter(has_text="sam").get_by_text("Disabled")).to_be_visible()

    sam.page.reload()
    sam.heading("Sign in")


def test_two_step_sign_in_asks_for_a_code_and_takes_a_recovery_code(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in()
    create_user(visitor, "tina", NAME)
    visitor.choose("Actions of tina", "Edit")
    visitor.page.get_by_label("Must choose another password").uncheck()
    visitor.page.get_by_role("button", name="Save").click()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)

    tina = visit(appliance)
    sign_in_as(tina, "tina", PASSWORD)
    tina.heading("Overview")
    tina.go("/me/security?do=two-step")
    tina.page.locator("#two-step-password").fill(PASSWORD)
    tina.page.get_by_role("button", name="Go on").click()
    expect(tina.page.get_by_role("img", name=re.compile("^QR code"))).to_be_visible()
    secret = tina.page.get_by_role("dialog").locator("code").inner_text()
    tina.page.locator("#first-code").fill(totp.code_at(secret, int(time.time() // 30)))
    tina.page.get_by_role("dialog").get_by_role("button", name="Switch on").click()
    codes = tina.page.locator(".nano-codes code")
    expect(codes).to_have_count(10)
    recovery = codes.first.inner_text()

    again = visit(appliance)
    sign_in_as(again, "tina", PASSWORD)
    again.heading("Two-step sign-in")
    again.page.get_by_role("button", name="Use a recovery code").click()
    again.page.locator("#code").fill(recovery)
    again.page.keyboard.press("Enter")

    again.heading("Overview")


def test_a_token_is_shown_once_and_works_within_its_rights(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/me/tokens?do=new-token")
    visitor.field("Name").fill("backup script")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Make token").click()
    token = visitor.page.get_by_role("dialog").locator("code").first.inner_text()

    headers = {"Authorization": f"Bearer {token}"}
    assert appliance.ask(appliance.portal_port, "GET", "/api/v1/compute_pools/", None, headers)[0] == 200
    assert appliance.ask(appliance.portal_port, "POST", "/api/v1/compute_pools/by-token", b"{}", headers)[0] == 403
    visitor.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    visitor.page.get_by_role("button", name="Revoke backup script").click()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Revoke backup script").click()
    expect(visitor.page.get_by_text("No API tokens")).to_be_visible()

    assert appliance.ask(appliance.portal_port, "GET", "/api/v1/compute_pools/", None, headers)[0] == 401


def test_the_audit_log_tells_who_did_what_and_that_nothing_was_altered(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/groups?do=create")
    visitor.field("Name").fill("audited")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Create group").click()
    visitor.heading("audited")

    visitor.go("/audit?q=audited")
    row = visitor.page.get_by_role("row").filter(has_text="Create group")
    expect(row).to_contain_text(NAME)
    expect(row.get_by_text("Succeeded")).to_be_visible()
    visitor.page.get_by_role("button", name="Check the chain").click()
    expect(visitor.page.get_by_text("The chain is whole up to entry")).to_be_visible()

    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("link", name="Export CSV").click()
    assert "audited" in saved.value.path().read_text()


def test_the_authority_is_downloaded_and_has_the_fingerprint_of_the_page(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/settings/trust")
    with visitor.page.expect_download() as saved:
        visitor.page.get_by_role("link", name="Download CA").click()

    assert saved.value.suggested_filename == "nano-ca.crt"
    assert saved.value.path().read_bytes() == (appliance.home.cert / "nano_ca.crt.pem").read_bytes()
    expect(visitor.page.get_by_text("How to trust it")).to_be_visible()


def test_a_changed_setting_counts_at_once(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/settings/general")

    visitor.field("Days the audit log is kept").fill("many")
    expect(visitor.page.get_by_text("A whole number from 0 to 36500")).to_be_visible()
    visitor.field("Days the audit log is kept").fill("400")
    visitor.page.get_by_role("button", name="Save").click()
    expect(visitor.page.get_by_text("Saved")).to_be_visible()
    visitor.page.reload()

    expect(visitor.field("Days the audit log is kept")).to_have_value("400")


def test_before_a_session_ends_for_lack_of_input_one_is_asked(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in()
    told: list[str] = []
    visitor.page.on("request", lambda request: told.append(request.url) if request.url.endswith("/portal/activity") else None)

    def nearly_over(route: Route) -> None:
        answer = route.fetch()
        body = json.loads(answer.text())
        body["data"]["idle_ends"] = body["data"]["server_time"] + (100 if not told else 1800)
        route.fulfill(response=answer, json=body)

    visitor.page.route("**/api/v1/portal/", nearly_over)
    visitor.page.reload()
    dialog = visitor.page.get_by_role("dialog", name="Still there?")
    expect(dialog).to_contain_text("1 min")
    dialog.get_by_role("button", name="Stay signed in").click()

    expect(dialog).to_have_count(0)
    assert told
