"""What the demo does, in order, once everything it needs is installed."""

from __future__ import annotations

import contextlib
import json
import platform
import signal
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import demo_api
import demo_guest
import demo_home
import demo_portal
from appliance import __version__
from nano_runtime.errors import NanoError
from progress import BUILD, ROOT, Failed, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from appliance.http.client import Client
    from demo_home import DemoHome
    from hypervisor_daemon import Started

RESULTS = BUILD / "demo"


@dataclass
class Report:
    """What build/demo/report.json will say."""

    begun: float = field(default_factory=time.monotonic)
    steps: list[dict[str, Any]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[None]:
        with self.time(title), step(title):
            yield

    @contextlib.contextmanager
    def time(self, title: str) -> Iterator[None]:
        """For what prints a line of its own."""
        begun = time.monotonic()
        yield
        self.steps.append({"step": title, "seconds": round(time.monotonic() - begun, 3)})

    def write(self) -> None:
        content = self.facts | {"steps": self.steps, "seconds": round(time.monotonic() - self.begun, 3)}
        (RESULTS / "report.json").write_text(json.dumps(content, indent=2) + "\n")


def tell(*, once: bool, libvirt: Started) -> int:
    """Run the demo and remove what it made, however it ends. Answers the exit code."""
    try:
        with demo_home.alone():
            return _tell(once=once)
    finally:
        libvirt.stop()


def _tell(*, once: bool) -> int:
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.iterdir():
        old.unlink()
    report = Report()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        home = _started(report)
        with demo_api.connect(home) as api:
            guest = _first_guest(api, report)
            if once:
                _prove(home, api, guest, report)
                _take_back(api, guest, report)
            else:
                _serve(home)
    except NanoError as problem:
        raise Failed(f"{problem}\n  the appliance's logs are in build/log/demo") from problem
    except KeyboardInterrupt:
        print()
        if once:
            return 130
    finally:
        _leave_nothing()
    if once:
        report.write()
        print(f"\nproved: {', '.join(sorted(str(file.relative_to(ROOT)) for file in RESULTS.iterdir()))}")
    return 0


def _started(report: Report) -> DemoHome:
    home = demo_home.prepare()
    with report.time("start the appliance"):
        demo_home.start()
    return home


def _first_guest(api: Client, report: Report) -> str:
    with report.step("add this host to the default pool"):
        cell = demo_guest.add_local_cell(api)
    with report.step("create the first guest"):
        guest = demo_guest.create(api)
    with report.step("start the first guest"):
        running = demo_guest.start(api, guest)
    report.facts |= {
        "guest": {"id": guest, "name": running.name, "state": running.state, "cell": running.cell},
        "accelerator": cell.accelerator,
        "versions": {"appliance": __version__, "python": platform.python_version(), "system": _system(), **demo_home.hypervisor_versions()},
    }
    return guest


def _prove(home: DemoHome, api: Client, guest: str, report: Report) -> None:
    with report.step("look at the guest's screen"):
        (RESULTS / "console.png").write_bytes(demo_guest.picture(api, guest))
    with report.step("set up the portal and look at its list of guests"):
        demo_portal.show_guests(home, RESULTS / "portal.png")


def _take_back(api: Client, guest: str, report: Report) -> None:
    with report.step("delete the first guest"):
        demo_guest.delete(api, guest)


def _serve(home: DemoHome) -> None:
    print(WELCOME.format(portal=home.portal, code=home.setup_code_file.read_text().strip(), file=home.setup_code_file.relative_to(ROOT)))
    threading.Event().wait()


WELCOME = """
The first guest is running. Open the portal:

  {portal}
  set-up code: {code}   (it is also in {file})

1. The browser does not know the certificate, which was made a moment ago on this host: go on anyway.
2. Type the set-up code, choose a name and a password for the administrator, and click "Set up".
3. Click "Guests", then "first-guest", then "Console" to see its screen. "Stop" presses its power button.

Ctrl-C stops the appliance and removes the guest and everything else the demo made.
"""


def _leave_nothing() -> None:
    """Not to be interrupted by a second Ctrl-C half-way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with step("stop and clean up"):
        demo_home.remove()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", platform.platform())
