"""The window as a person meets it: real Qt, real Chromium, a real portal, and pictures of what was on the screen."""

from __future__ import annotations

import http.server
import json
import shutil
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import freeze
from appliance.desktop.hosts import Host
from nano_runtime.certificates import Authority, Identity, fingerprint_lines
from nano_runtime.tls import server_context
from tests.desktop.driving import SCREEN, Screen, Window
from tests.portal_session import PortalSession
from tests.running import ROOT, Appliance
from tests.waiting import wait_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(180)]

PICTURES = ROOT / "build" / "desktop"
DAYS = 86400.0


class Portal:
    """A stand-in for the portal on one port: its key can be changed, it can go away, and it notes what is asked of it."""

    PAGE = b"<!doctype html><title>Stand-in</title><h1>Portal of a test</h1><a href='/file'>Save</a><a href='https://example.org/x'>Out</a>"

    def __init__(self) -> None:
        self.authority = Authority.create("test")
        self.asked: list[str] = []
        self.connections: list[socket.socket] = []
        self.running_tasks = 0
        self.port = 0
        self._server: http.server.ThreadingHTTPServer | None = None
        self.identity = self._issue()

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def host(self) -> Host:
        return Host(address="127.0.0.1", port=self.port, fingerprint=self.identity.fingerprint)

    def change_key(self) -> None:
        """What a man in the middle, or an installation anew, looks like."""
        self.stop()
        self.identity = self._issue()
        self.start()

    def start(self) -> None:
        portal = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                portal.connections.append(self.connection)

            def do_GET(self) -> None:
                portal.asked.append(self.path)
                status, headers, body = portal.answer(self.path)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler, bind_and_activate=True)
        self.port = self._server.server_address[1]
        context: ssl.SSLContext = server_context(self.identity)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/file":
            return 200, {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment; filename=../notes.txt"}, b"kept"
        if path.startswith("/api/v1/operations/"):
            return 200, {"Content-Type": "application/json"}, json.dumps({"data": {"total": self.running_tasks}}).encode()
        return 200, {"Content-Type": "text/html"}, self.PAGE

    def _issue(self) -> Identity:
        return self.authority.issue(role="portal", name="test", domain="test", addresses=["127.0.0.1"], dns=["localhost"])


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal()
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, because the name of a socket may have 107 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="nano-desktop-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def know(folder: Path, host: Host) -> None:
    from appliance.desktop.hosts import Hosts

    Hosts(folder / "config" / "nano-desktop" / "desk.json").remember(host)


@pytest.fixture
def window(screen: Screen, folder: Path, portal: Portal) -> Iterator[Window]:
    """A window in which the stand-in's portal is open."""
    know(folder, portal.host)
    with Window(screen, folder, "--host", portal.name) as window:
        window.await_text("Portal of a test")
        yield window


def test_from_the_list_of_hosts_to_the_portal_of_a_new_one(screen: Screen, folder: Path, tmp_path: Path, libvirt_uri: str) -> None:
    with Appliance(tmp_path / "home", uri=libvirt_uri) as appliance, Window(screen, folder) as window:
        appliance.start()
        window.await_text("Hosts")
        screen.picture(PICTURES / "hosts.png")

        window.fill("host", f"{appliance.address}:{appliance.portal_port}")
        window.click("Add")
        text = window.await_text("Compare the fingerprint")
        screen.picture(PICTURES / "new-key.png")
        window.click("It is the same: trust it")
        wait_until(lambda: window.url().startswith(f"https://{appliance.address}:{appliance.portal_port}/"), 20, "the portal")
        wait_until(lambda: len(window.text()) > 100, 20, "the portal to draw its first page")
        screen.picture(PICTURES / "portal.png")

        known = window.hosts.list()[0].fingerprint
        assert all(line in text for line in fingerprint_lines(known))
        assert "set-up code" in window.text().lower() or "setup code" in window.text().lower()


def test_root_gets_into_the_portal_of_this_computer_without_a_password(
    screen: Screen, folder: Path, tmp_path: Path, libvirt_uri: str
) -> None:
    with Appliance(tmp_path / "home", uri=libvirt_uri) as appliance:
        appliance.start()
        PortalSession(appliance, user="alice")
        with Window(screen, folder, home=appliance.home.path) as window:
            window.await_text("this computer")

            window.click("Open")
            wait_until(lambda: window.url().startswith("https://"), 20, "the portal")
            window.await_text("alice")
            screen.picture(PICTURES / "signed-in.png")

            state = json.loads(window.js("fetch('/api/v1/portal/').then(answer => answer.text())"))["data"]
            assert (state["user"], state["step"]) == ("alice", "")
            assert window.hosts.list()[0].fingerprint
            assert window.js("document.cookie") == ""


def test_another_key_is_refused_with_both_fingerprints(screen: Screen, window: Window, portal: Portal) -> None:
    before = portal.identity.fingerprint
    portal.change_key()
    portal.asked.clear()

    window.js("location.reload()")
    text = window.await_text("shows another key")
    screen.picture(PICTURES / "other-key.png")

    for key in (before, portal.identity.fingerprint):
        assert all(line in text for line in fingerprint_lines(key))
    assert portal.asked == []
    assert window.hosts.list()[0].fingerprint == before


def test_a_host_that_is_away_gets_a_page_and_comes_back_by_a_click(screen: Screen, window: Window, portal: Portal) -> None:
    portal.stop()
    window.js("location.reload()")
    window.await_text("does not answer")
    screen.picture(PICTURES / "away.png")

    portal.start()
    window.click("Try again")

    window.await_text("Portal of a test")


def test_a_link_to_elsewhere_opens_in_the_browser(window: Window, portal: Portal) -> None:
    window.click("Out")
    wait_until(lambda: window.opened.exists(), 10, "the browser to be asked")

    assert window.opened.read_text() == "https://example.org/x\n"
    assert window.url() == f"https://{portal.name}/"


def test_a_link_to_a_new_window_gets_one_of_ours_with_the_same_session(window: Window) -> None:
    window.js("document.cookie = 'mark=1'; open('/second'); 1")
    wait_until(lambda: len(window.screen.windows("Nano")) == 2, 20, "the second window")
    wait_until(lambda: len(window.pages()) == 2 and any(page["url"].endswith("/second") for page in window.pages()), 20, "its page")

    assert window.js("document.cookie", at="/second") == "mark=1"


def test_a_page_of_a_host_cannot_command_the_window(window: Window, portal: Portal) -> None:
    window.js(f"location.href = 'nano://w1/forget?host={portal.name}'")
    window.js(f"fetch('nano://w1/forget?host={portal.name}').catch(() => 0)")
    window.js("window.frame = document.createElement('iframe'); frame.src = 'nano://w1/'; document.body.append(frame); 1")

    wait_until(lambda: window.js("1") == 1, 10, "the page to answer")
    assert [host.name for host in window.hosts.list()] == [portal.name]
    assert window.js("typeof window.pywebview") == "undefined"
    assert window.js("typeof window.qt") == "undefined"


def test_a_download_is_saved_where_the_person_says_and_nowhere_else(window: Window) -> None:
    window.click("Save")
    dialog = wait_until(lambda: window.screen.windows("Save"), 10, "the dialog")
    window.screen.xdotool("windowactivate", "--sync", dialog[0], "key", "--clearmodifiers", "Return")

    saved = wait_until(lambda: [path for path in window.folder.rglob("notes.txt") if path.read_bytes() == b"kept"], 15, "the file")
    assert saved[0].parent in (window.folder, window.folder / "Downloads")


def test_the_page_may_fill_the_screen(window: Window) -> None:
    window.js("document.documentElement.requestFullscreen(); 1")

    wait_until(lambda: tuple(window.js("[innerWidth, innerHeight]")) == SCREEN, 10, "the whole screen")
    window.js("document.exitFullscreen(); 1")
    wait_until(lambda: tuple(window.js("[innerWidth, innerHeight]")) != SCREEN, 10, "the window again")


def test_its_size_is_remembered(screen: Screen, folder: Path, portal: Portal) -> None:
    know(folder, portal.host)
    with Window(screen, folder, "--host", portal.name) as window:
        window.await_text("Portal of a test")
        screen.xdotool("windowsize", "--sync", screen.windows("Nano")[0], "1000", "700")
        window.press("ctrl+shift+w")
        assert window.process.wait(15) == 0

    with Window(screen, folder) as window:
        wait_until(lambda: window.js("innerWidth") == 1000, 10, "the width of before")
        assert (window.hosts.desk.width, window.hosts.desk.height) == (1000, 700)


def test_closing_while_a_task_runs_asks_first(screen: Screen, window: Window, portal: Portal) -> None:
    portal.running_tasks = 2

    window.press("ctrl+shift+w")
    wait_until(lambda: screen.windows("Close Nano"), 10, "the question")
    screen.picture(PICTURES / "close.png")
    screen.xdotool("windowactivate", "--sync", screen.windows("Close Nano")[0], "key", "Return")
    wait_until(lambda: not screen.windows("Close Nano"), 10, "the question to go")
    assert window.process.poll() is None
    assert window.text().startswith("Portal of a test")

    portal.running_tasks = 0
    window.press("ctrl+shift+w")
    assert window.process.wait(15) == 0


def test_a_second_start_ends_at_once_and_shows_what_was_asked_for(window: Window, portal: Portal) -> None:
    answer = window.again()
    assert (answer.returncode, answer.stderr) == (0, "")
    assert len(window.pages()) == 1

    window.screen.xdotool("windowminimize", "--sync", window.screen.windows("Nano")[0])
    wait_until(lambda: not window.screen.windows("Nano"), 10, "the window to be minimised")
    window.again()
    wait_until(lambda: window.screen.windows("Nano"), 10, "the window to come back")

    window.again("--host", portal.name)
    wait_until(lambda: len(window.pages()) == 2, 20, "a window for the host")


def test_without_a_display_it_says_what_to_do(folder: Path, window: Window) -> None:
    window.close()

    answer = window.again(display="")

    assert answer.returncode == 1
    assert "there is no display here; open the portal in a browser" in answer.stderr


def test_the_frozen_window_does_the_same_and_keeps_its_libraries_to_itself(screen: Screen, folder: Path, portal: Portal) -> None:
    program = freeze.ensure("nano-desktop") / "nano-desktop"
    know(folder, portal.host)
    with Window(screen, folder, "--host", portal.name, program=[program]) as window:
        window.await_text("Portal of a test")
        screen.picture(PICTURES / "frozen.png")
        opener = folder / "tools" / "xdg-open"
        opener.write_text(f'#!/bin/sh\nenv > {folder}/seen\necho "$1" >> {window.opened}\n')

        window.click("Out")
        wait_until(lambda: window.opened.exists(), 10, "the browser to be asked")

        assert [line for line in (folder / "seen").read_text().splitlines() if "_internal" in line or "_MEI" in line] == []
        window.press("ctrl+shift+w")
        assert window.process.wait(15) == 0
