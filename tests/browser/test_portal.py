"""The portal in a real browser, against a real appliance."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.visitor import NAME, PASSWORD, Visitor
from tests.running import Appliance

pytestmark = [pytest.mark.browser, pytest.mark.system, pytest.mark.timeout(120)]

Visit = Callable[..., Visitor]


def test_the_first_visitor_needs_the_set_up_code_and_is_signed_in_by_it(new_appliance: Appliance, visit: Visit) -> None:
    visitor = visit(new_appliance)
    visitor.go("/guests")
    visitor.heading("Set up Nano Appliance")

    visitor.set_up("AAAA-BBBB-CCCC")
    expect(visitor.page.get_by_text("The set-up code is wrong")).to_be_visible()

    visitor.set_up((new_appliance.home.data / "setup-code").read_text().strip().lower())
    visitor.heading("Overview")
    expect(visitor.page.get_by_text("No hosts yet")).to_be_visible()


def test_the_password_rule_is_told_before_anything_is_sent(new_appliance: Appliance, visit: Visit) -> None:
    visitor = visit(new_appliance)
    visitor.go("/setup")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.method))

    visitor.field("Set-up code").fill("AAAA-BBBB-CCCC")
    visitor.page.locator("#password").fill("short")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_text("The password does not keep the rule yet")).to_be_visible()
    assert "POST" not in asked


def test_signing_in_leads_back_to_where_one_wanted_to_go(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)

    visitor.sign_in("/guests?state=running&sort=-memory")

    visitor.heading("Guests")
    assert visitor.page.url.endswith("/guests?state=running&sort=-memory")


def test_a_wrong_password_is_refused_in_words_that_do_not_tell_which_part_was_wrong(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)

    visitor.sign_in(password=f"{PASSWORD}x")

    expect(visitor.page.get_by_text("User name or password is wrong.")).to_be_visible()


@pytest.mark.parametrize("next", ["//evil.example/", "/\\evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(appliance: Appliance, visit: Visit, next: str) -> None:
    visitor = visit(appliance)

    visitor.sign_in(f"/login?next={next}")

    visitor.heading("Overview")
    assert visitor.page.url == f"{visitor.address}/overview"


def test_signing_out_ends_the_session_on_the_server(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in()
    cookie = "; ".join(f"{each['name']}={each['value']}" for each in visitor.page.context.cookies())

    visitor.choose(f"User {NAME}", "Sign out")

    visitor.heading("Sign in")
    status, _ = appliance.ask(appliance.portal_port, "GET", "/api/v1/compute_pools/", None, {"Cookie": cookie})
    assert status == 401


def test_a_guest_is_created_through_the_form_and_runs(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in()

    visitor.create_guest("from-form")

    visitor.state("Running")
    visitor.go("/guests")
    row = visitor.page.get_by_role("row").filter(has_text="from-form")
    expect(row.get_by_text("Running")).to_be_visible()


def test_a_name_that_is_taken_offers_the_next_one(appliance: Appliance, visit: Visit) -> None:
    appliance.guest("taken-1", owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in("/guests/new")

    visitor.field("Name").fill("taken-1")
    visitor.page.get_by_role("button", name="Use taken-2").click()

    expect(visitor.field("Name")).to_have_value("taken-2")


def test_what_the_server_refuses_is_told_beside_its_field(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/guests/new")
    visitor.page.get_by_role("radio", name=re.compile("^Own")).check()
    visitor.field("Cores").fill("500")

    visitor.page.get_by_role("button", name="Create", exact=True).click()

    expect(visitor.page.get_by_text("The guest was not created").or_(visitor.page.locator("#cores-help"))).to_be_visible()
    assert visitor.page.url.endswith("/guests/new")


def test_the_state_in_the_list_follows_the_guest_without_a_reload(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("followed", owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in("/guests?q=followed")
    row = visitor.page.get_by_role("row").filter(has_text="followed")
    expect(row.get_by_text("Stopped")).to_be_visible()

    appliance.data("POST", f"/api/v1/instances/{guest}", {})

    expect(row.get_by_text("Running")).to_be_visible(timeout=10_000)


def test_several_guests_are_started_at_once_with_a_result_for_each(appliance: Appliance, visit: Visit) -> None:
    for name in ("many-1", "many-2"):
        appliance.guest(name, owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in("/guests?q=many")
    visitor.page.get_by_label("Select all rows of this page").check()

    visitor.page.get_by_role("button", name="Start", exact=True).click()
    visitor.page.get_by_role("button", name="Start 2 guests").click()

    expect(visitor.page.get_by_role("dialog").get_by_text("Done")).to_have_count(2)


def test_a_guest_is_deleted_only_after_its_name_was_typed(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("to-delete", owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/overview")
    visitor.choose(f"Actions of {NAME}.to-delete", "Delete")
    dialog = visitor.page.get_by_role("dialog")
    delete = dialog.get_by_role("button", name=f"Delete {NAME}.to-delete")
    expect(dialog.get_by_text("system disk 8 MiB")).to_be_visible()

    dialog.get_by_role("textbox").fill(f"{NAME}.to-delet")
    expect(delete).to_be_disabled()
    dialog.get_by_role("textbox").fill(f"{NAME}.to-delete")
    delete.click()

    visitor.heading("Guests")
    assert appliance.call("GET", f"/api/v1/guests/{guest}")[0] == 404


def test_an_address_opens_a_dialog_and_back_closes_it(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("asked-back", owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/overview")
    visitor.choose(f"Actions of {NAME}.asked-back", "Delete")
    expect(visitor.page.get_by_role("dialog")).to_be_visible()
    assert "do=delete" in visitor.page.url

    visitor.page.go_back()

    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    assert appliance.state_of(guest) == "stopped"


def test_the_language_changes_at_once_and_stays(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/guests")

    visitor.choose("Language", "简体中文")

    visitor.heading("云主机")
    visitor.page.reload()
    visitor.heading("云主机")
    assert visitor.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_dark_theme_is_chosen_and_there_before_the_first_paint(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in()
    visitor.choose("Theme", "Dark")
    visitor.page.reload(wait_until="commit")

    dark = visitor.page.evaluate("document.documentElement.classList.contains('pf-v6-theme-dark')")

    assert dark
    visitor.heading("Overview")


def test_text_given_by_a_guest_is_shown_as_text(appliance: Appliance, visit: Visit) -> None:
    evil = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    guest = appliance.guest("harmless", owner=NAME, group=NAME)

    def altered(route: Route) -> None:
        answer = route.fetch()
        body = json.loads(answer.text())
        for each in body["data"]["result"]:
            each |= {"name": evil, "owner": evil, "state": "crashed", "reason": evil}
        route.fulfill(response=answer, json=body)

    visitor = visit(appliance)
    visitor.page.route("**/api/v1/search/guests/", altered)
    visitor.sign_in("/guests?q=harmless")

    expect(visitor.page.locator(f"a[href='/guests/{guest}']").get_by_text(evil)).to_be_visible()
    expect(visitor.page.locator("main script, main img")).to_have_count(0)
    assert "owned" not in visitor.page.title()


def test_a_lost_connection_is_told_and_comes_back(new_appliance: Appliance, visit: Visit) -> None:
    visitor = visit(new_appliance)
    visitor.go("/setup")
    visitor.set_up((new_appliance.home.data / "setup-code").read_text().strip())
    visitor.heading("Overview")

    banner = visitor.page.locator(".nano-banner")

    new_appliance.kill("frontend")
    expect(banner).to_contain_text("Connection lost", timeout=15_000)
    new_appliance.start("core,frontend")

    expect(banner).to_have_count(0, timeout=30_000)


def test_everything_is_reached_by_keyboard(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/guests")
    visitor.heading("Guests")

    visitor.page.keyboard.press("/")
    expect(visitor.page.get_by_label("Search guests").or_(visitor.field("Search guests")).first).to_be_focused()
    visitor.page.locator("h1").focus()
    visitor.page.keyboard.press("?")
    expect(visitor.page.get_by_role("dialog", name="Keyboard keys")).to_be_visible()
    visitor.page.keyboard.press("Escape")
    visitor.page.locator("h1").focus()
    visitor.page.keyboard.press("g")
    visitor.page.keyboard.press("o")

    visitor.heading("Overview")
    expect(visitor.page.locator("h1")).to_be_focused()


def test_the_palette_finds_pages_and_guests_by_a_part_of_their_name(appliance: Appliance, visit: Visit) -> None:
    appliance.guest("found-by-part", owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in()

    visitor.page.keyboard.press("Control+k")
    expect(visitor.page.get_by_role("combobox")).to_be_focused()
    visitor.page.keyboard.type("aud")
    expect(visitor.page.get_by_role("option", name="Audit log")).to_be_visible()
    assert visitor.barriers() == []
    visitor.page.keyboard.press("Enter")
    visitor.heading("Audit log")
    visitor.page.keyboard.press("Control+k")
    expect(visitor.page.get_by_role("combobox")).to_be_focused()
    visitor.page.keyboard.type("by-part")
    expect(visitor.page.get_by_role("option", name=re.compile("found-by-part"))).to_be_visible()
    visitor.page.keyboard.press("Enter")

    visitor.heading(f"{NAME}.found-by-part")


def test_a_guest_that_was_deleted_elsewhere_is_told_to_be_gone(appliance: Appliance, visit: Visit) -> None:
    guest = appliance.guest("gone-soon", owner=NAME, group=NAME)
    visitor = visit(appliance)
    visitor.sign_in(f"/guests/{guest}/overview")
    visitor.state("Stopped")

    appliance.data("DELETE", f"/api/v1/guests/{guest}", {})

    expect(visitor.page.get_by_text("This guest is gone")).to_be_visible(timeout=10_000)


PAGES = [
    "/overview",
    "/guests",
    "/guests/new",
    "/guests/{guest}/overview",
    "/guests/{guest}/console",
    "/guests/{guest}/console?type=serial",
    "/pools",
    "/operations",
    "/nowhere",
]
DIALOGS = [
    "/hosts?do=join",
    "/pools?do=create-pool",
    "/guests/{guest}/overview?do=delete&ids={guest}",
    "/guests?do=start&ids={guest}",
    "/users?do=create",
    "/images/disk?do=upload",
    "/me/security?do=two-step",
    "/me/tokens?do=new-token",
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_barrier_that_axe_finds(appliance: Appliance, visit: Visit, theme: str) -> None:
    guest = appliance.guest(f"barriers-{theme}", owner=NAME, group=NAME)
    visitor = visit(appliance, theme=theme)
    visitor.go("/login")
    visitor.heading("Sign in")
    found = {"/login": visitor.barriers()}
    visitor.sign_in()

    for path in (page.format(guest=guest, name=NAME) for page in [*PAGES, *DIALOGS]):
        visitor.go(path)
        visitor.shown(dialog="do=" in path)
        found[path] = visitor.barriers()

    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_page_scrolls_sideways_on_a_phone(appliance: Appliance, visit: Visit, language: str) -> None:
    guest = appliance.guest(f"narrow-{language}", owner=NAME, group=NAME)
    visitor = visit(appliance, width=360, language=language)
    visitor.sign_in()
    found = {}

    for path in (page.format(guest=guest, name=NAME) for page in PAGES):
        visitor.go(path)
        visitor.shown()
        found[path] = visitor.too_wide()

    assert {path: parts for path, parts in found.items() if parts} == {}
