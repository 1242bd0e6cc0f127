"""A real appliance and a real Chromium for the portal's tests."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.visitor import NAME, PASSWORD, Visitor
from tests.running import ROOT, Appliance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FLAGS = (
    "--no-sandbox",  # Chromium refuses its sandbox as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome-stable"))), None)
    if program is None:
        pytest.fail("no Chromium here; run the tests with ./build.py test, which installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built_portal() -> Path:
    page = ROOT / "webui" / "dist" / "index.html"
    if not page.is_file():
        pytest.fail("the portal is not built; run ./build.py webui")
    return page.parent


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """pytest's own folders are closed to others, and QEMU runs as a user of its own."""
    with tempfile.TemporaryDirectory(prefix="nano-portal-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def appliance(open_folder: Path, libvirt_uri: str, built_portal: Path) -> Iterator[Appliance]:
    """One for all tests, with its host in the default pool and an administrator; its guests go at the end."""
    assert built_portal
    with Appliance(open_folder / "home", uri=libvirt_uri, wait=40) as running:
        running.start()
        if not running.data("GET", "/api/v1/compute_pool_cells/default"):
            running.add_cell()
        running.await_room()
        code = (running.home.data / "setup-code").read_text().strip()
        body = b'{"code": "%s", "user": "%s", "password": "%s"}' % (code.encode(), NAME.encode(), PASSWORD.encode())
        status, answer = running.ask(running.portal_port, "POST", "/api/v1/portal/setup", body, {})
        assert status == 200, answer
        yield running
        running.remove_guests()


@pytest.fixture
def new_appliance(tmp_path: Path, built_portal: Path) -> Iterator[Appliance]:
    """Core and portal of an appliance that nobody has set up."""
    assert built_portal
    with Appliance(tmp_path / "home", wait=40) as running:
        running.start("core,frontend")
        yield running


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open a page as somebody new: `visit(appliance, width=360, language="zh-CN")`. Faults of a page fail the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open(appliance: Appliance, *, width: int = 1280, language: str = "en", theme: str = "light") -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 800}, ignore_https_errors=True, locale=language)
        context.add_init_script(f"localStorage.getItem('nano.theme') ?? localStorage.setItem('nano.theme', {theme!r})")
        context.set_default_timeout(20_000)
        contexts.append(context)
        return Visitor(_watched(context.new_page(), faults), f"https://{appliance.address}:{appliance.portal_port}")

    yield open
    for context in contexts:
        context.close()
    assert faults == []


def _watched(page: Page, faults: list[str]) -> Page:
    """An exception in the page, or something that its security policy had to stop, is a fault; a refused request is not."""
    page.on("pageerror", lambda problem: faults.append(str(problem)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None)
    return page
