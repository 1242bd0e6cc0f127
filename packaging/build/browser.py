"""A real Chromium, driven by Playwright, that trusts the appliance's certificate and no other unknown one."""

from __future__ import annotations

import base64
import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from progress import Failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PLACES = ("/usr/lib/chromium/chromium", "/usr/lib64/chromium-browser/chromium-browser")
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # Chromium refuses its sandbox as root; it shows nothing but our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS = 20


def executable() -> str:
    """The distribution's Chromium. Raises Failed where there is none."""
    found = next((path for path in map(shutil.which, PROGRAMS) if path), None) or next(
        (place for place in PLACES if Path(place).exists()), None
    )
    if found is None:
        raise Failed("no Chromium here; install the package chromium and try again")
    return found


@contextlib.contextmanager
def open_page(fingerprint: str, *, language: str = "en", width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A page with a profile of its own. `fingerprint` is the hex SHA-256 of the public key (SPKI) to trust.

    Whatever the page waits for is waited for 20 s at most.
    """
    pin = base64.b64encode(bytes.fromhex(fingerprint)).decode()
    with tempfile.TemporaryDirectory(prefix="nano-browser-") as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=executable(),
            headless=False,  # Playwright's own headless mode is another, older one
            args=[*FLAGS, f"--ignore-certificate-errors-spki-list={pin}"],
            locale=language,
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(SECONDS * 1000)
        try:
            yield context.pages[0] if context.pages else context.new_page()
        finally:
            context.close()
