"""What a person does in the portal, by the names they read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NAME = "admin"
PASSWORD = "Correct9Horse"
AXE = ROOT / "webui" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]

_LIT = """
canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let lit = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] > 60) lit += 1;
  return lit;
}
"""

_TOO_WIDE = """
() => [document.documentElement, document.querySelector("main")]
  .filter(area => area && area.scrollWidth > area.clientWidth)
  .map(area => `${area.tagName} ${area.scrollWidth} > ${area.clientWidth}`)
"""


class Visitor:
    """One person with one browser window."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def go(self, path: str) -> None:
        """Open an address. Chromium drops what it is loading when another test adds a network interface; then once more."""
        self.page.goto(self.address + path)
        try:
            self.page.locator("#root > *").first.wait_for(state="attached", timeout=5_000)
        except TimeoutError:
            self.page.goto(self.address + path)

    def heading(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page shows this heading."""
        expect(self.page.get_by_role("heading", level=1, name=text)).to_be_visible(timeout=20_000)

    def shown(self, *, dialog: bool = False) -> None:
        """Wait until the page, or its dialog, has everything it was reading."""
        if dialog:
            expect(self.page.get_by_role("dialog")).to_be_visible()
        else:
            self.heading(re.compile("."))
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)

    def field(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def set_up(self, code: str) -> None:
        self.field("Set-up code").fill(code)
        self.page.locator("#password").fill(PASSWORD)
        self.page.locator("#repeat").fill(PASSWORD)
        self.page.get_by_role("button", name="Set up").click()

    def sign_in(self, path: str = "/overview", password: str = PASSWORD) -> None:
        self.go(path)
        self.page.locator("#user").fill(NAME)
        self.page.locator("#password").fill(password)
        self.page.keyboard.press("Enter")
        if password == PASSWORD:
            expect(self.page.locator("#password")).to_have_count(0)

    def choose(self, menu: str, item: str) -> None:
        """Choose from a menu of the masthead or of a row."""
        self.page.get_by_role("button", name=menu).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def create_guest(self, name: str) -> None:
        """Through the form, with the smallest sizes, from the built-in image."""
        page = self.page
        self.go("/guests/new")
        page.locator("input[name=image]:not([value=''])").first.check()
        page.get_by_role("radio", name=re.compile("^Own")).check()
        self.field("Memory").fill("32m")
        self.field("System disk").fill("8m")
        self.field("Name").fill(name)
        page.get_by_role("button", name="Create", exact=True).click()
        self.heading(f"{NAME}.{name}")

    def state(self, word: str) -> None:
        """Wait until the title line of a guest shows this state."""
        expect(self.page.locator(".nano-head").get_by_text(word, exact=True)).to_be_visible(timeout=30_000)

    def lit_pixels(self) -> int:
        """How many points of the console are not black."""
        lit: int = self.page.locator(".nano-screen canvas").evaluate(_LIT)
        return lit

    def too_wide(self) -> list[str]:
        """Parts that need scrolling sideways."""
        wide: list[str] = self.page.evaluate(_TOO_WIDE)
        return wide

    def barriers(self) -> list[str]:
        """What axe-core holds against this page, one line each."""
        self.page.evaluate(AXE.read_text())
        found: Any = self.page.evaluate("tags => axe.run({ runOnly: tags })", RULES)
        return [f"{each['id']}: {node['html'][:160]}" for each in found["violations"] for node in each["nodes"]]

    def picture(self, path: Path) -> None:
        self.page.screenshot(path=path)
