"""A real window on a screen of its own (Xvfb), looked into through Chromium's own debugging port."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from websockets.sync.client import connect

from appliance.desktop.hosts import Hosts
from tests.running import ROOT, free_port
from tests.waiting import wait_until

if TYPE_CHECKING:
    from collections.abc import Sequence

SCREEN = (1400, 900)
PROGRAM = (sys.executable, "-m", "appliance.desktop")


class Screen:
    """An X server without a monitor, and a window manager: without one nothing fills the screen or has the focus."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with open(reading) as number:
            self.name = f":{number.readline().strip()}"
        self._manager = self._manage()
        try:
            wait_until(self._is_managed, 30, "the window manager")
        except AssertionError:
            self.close()
            raise

    def _manage(self) -> subprocess.Popen[bytes]:
        command = ["openbox", "--sm-disable"]
        return subprocess.Popen(command, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _is_managed(self) -> bool:
        """One that found the server not ready yet has ended; another is started."""
        if self._manager.poll() is not None:
            self._manager = self._manage()
        return "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")

    def picture(self, path: Path) -> Path:
        """Once something is painted: the page's text is there earlier than its pixels."""
        wait_until(lambda: self._colours(path) > 30, 10, f"something to see on the screen, for {path.name}")
        return path

    def _colours(self, path: Path) -> int:
        subprocess.run(["import", "-window", "root", path], env=self.environment(), check=True)
        return int(self.run("identify", "-format", "%k", str(path)))

    def xdotool(self, *words: str) -> str:
        return self.run("xdotool", *words)

    def run(self, *words: str) -> str:
        answer = subprocess.run(words, env=self.environment(), capture_output=True, text=True, check=False)
        return answer.stdout.strip()

    def windows(self, title: str) -> list[str]:
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.name}

    def close(self) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(10)


class Window:
    """The program, started for a user whose folders lie below `folder`."""

    def __init__(
        self, screen: Screen, folder: Path, *arguments: str, program: Sequence[str | Path] = PROGRAM, home: Path | None = None
    ) -> None:
        self.screen = screen
        self.folder = folder
        self._home = home or folder / "no-appliance"
        self._port = free_port()
        self._output = folder / "output"
        self._program = list(program)
        self._arguments = [*program, *arguments]
        for name in ("config", "data", "run", "tools", "Downloads"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.opened = folder / "opened-outside"
        opener = folder / "tools" / "xdg-open"
        opener.write_text(f'#!/bin/sh\necho "$1" >> {self.opened}\n')
        opener.chmod(0o755)
        self.process = self._start()

    @property
    def desk(self) -> Path:
        return self.folder / "config" / "nano-desktop" / "desk.json"

    @property
    def hosts(self) -> Hosts:
        return Hosts(self.desk)

    def environment(self) -> dict[str, str]:
        return {
            **self.screen.environment(),
            "HOME": str(self.folder),
            "LANG": "en_GB.UTF-8",
            "NANO_HOME": str(self._home),
            "PATH": f"{self.folder}/tools:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "xcb",
            "QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{self._port}",
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
        }

    def again(self, *arguments: str, display: str | None = None) -> subprocess.CompletedProcess[str]:
        """Start it a second time."""
        command = [*self._program, *arguments]
        environment = self.environment() | ({} if display is None else {"DISPLAY": display, "WAYLAND_DISPLAY": ""})
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=20, check=False)

    def pages(self) -> list[dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/json", timeout=5) as answer:
                return [page for page in json.load(answer) if page["type"] == "page"]
        except OSError:
            return []

    def url(self) -> str:
        pages = self.pages()
        return str(pages[0]["url"]) if pages else ""

    def js(self, expression: str, *, at: str = "") -> Any:
        """The value of an expression in the page whose address ends with `at`, evaluated as if a person had just clicked."""
        page = next(page for page in self.pages() if page["url"].endswith(at))
        order = {"expression": expression, "returnByValue": True, "userGesture": True, "awaitPromise": True}
        with connect(page["webSocketDebuggerUrl"], max_size=None) as link:
            link.send(json.dumps({"id": 1, "method": "Runtime.evaluate", "params": order}))
            while True:
                answer = json.loads(link.recv(10))
                if answer.get("id") == 1:
                    assert "exceptionDetails" not in answer["result"], answer
                    return answer["result"]["result"].get("value")

    def text(self) -> str:
        return str(self.js("document.body ? document.body.innerText : ''")) if self.pages() else ""

    def await_text(self, wanted: str, seconds: float = 20) -> str:
        try:
            wait_until(lambda: wanted in self.text(), seconds)
        except AssertionError as problem:
            raise AssertionError(f"waited for {wanted!r} at {self.url()}, where is: {self.text()[:2000]}\n{self.output()}") from problem
        return self.text()

    def click(self, text: str) -> None:
        """Follow the link or press the button with this text."""
        script = f"[...document.querySelectorAll('a,button')].find(e => e.innerText.trim() === {json.dumps(text)}).click()"
        self.js(script)

    def fill(self, name: str, value: str) -> None:
        self.js(f"document.querySelector('input[name={name}]').value = {json.dumps(value)}")

    def output(self) -> str:
        return self._output.read_text()

    def press(self, keys: str) -> None:
        window = self.screen.windows("Nano")[0]
        self.screen.xdotool("windowactivate", "--sync", window, "key", "--clearmodifiers", keys)

    def _start(self) -> subprocess.Popen[bytes]:
        with self._output.open("wb") as output:
            process = subprocess.Popen(self._arguments, cwd=ROOT, env=self.environment(), stdout=output, stderr=output)
        begun = time.monotonic()
        wait_until(lambda: self.pages() or process.poll() is not None, 30, "the window to come")
        self.seconds = time.monotonic() - begun
        return process

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
