"""The portal as its first user meets it: set-up with the code, signing in, and the list of guests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError

import browser
import demo_guest
from nano_runtime import certificates, secrets
from progress import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from demo_home import DemoHome

USER = "admin"


def show_guests(home: DemoHome, picture: Path) -> None:
    """Do all that a person does up to the list of guests, and take a picture of it.

    The password is made here, typed twice and forgotten; the browser trusts the key of this portal and no other.
    """
    password = f"{secrets.password(20)}aA1"
    with browser.open_page(fingerprint(home)) as page:
        try:
            page.goto(home.portal)
            _set_up(page, home.setup_code_file.read_text().strip(), password)
            page.context.clear_cookies()
            page.goto(home.portal)
            _sign_in(page, password)
            _open_guests(page)
        except PlaywrightError as problem:
            page.screenshot(path=picture)
            raise Failed(f"the portal did not do as expected at {page.url}: {problem}\n  {picture} shows it") from problem
        page.screenshot(path=picture)


def fingerprint(home: DemoHome) -> str:
    """Of the public key that the portal shows."""
    return certificates.fingerprint(home.portal_certificate.read_text())


def _set_up(page: Page, code: str, password: str) -> None:
    page.locator("#code").fill(code)
    page.locator("#user").fill(USER)
    page.locator("#password").fill(password)
    page.locator("#repeat").fill(password)
    page.locator("button[type=submit]").click()
    page.get_by_role("link", name="Guests", exact=True).first.wait_for()


def _sign_in(page: Page, password: str) -> None:
    page.locator("#user").fill(USER)
    page.locator("#password").fill(password)
    page.locator("button[type=submit]").click()
    page.get_by_role("link", name="Guests", exact=True).first.wait_for()


def _open_guests(page: Page) -> None:
    page.get_by_role("link", name="Guests", exact=True).first.click()
    row = page.get_by_role("row").filter(has_text=re.compile(re.escape(demo_guest.NAME)))
    row.filter(has_text="Running").first.wait_for()
