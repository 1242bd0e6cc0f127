"""./build.py demo, as the README tells it: proved once, interrupted, and killed half-way."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import signal
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import demo_home
import pictures
from nano_runtime.home import Home
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
RESULTS, HOME, GUESTS = ROOT / "build" / "demo", demo_home.FOLDER, demo_home.GUESTS

pytestmark = [pytest.mark.system, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.usefixtures("libvirt_uri")]


@contextlib.contextmanager
def demo(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The demo with all that it prints in a pipe; it does not outlive the test."""
    command = [sys.executable, str(ROOT / "packaging" / "build" / "demo.py"), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def printed_until(process: subprocess.Popen[str], last: str) -> str:
    """Everything printed up to the line that contains `last`."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if last in line:
            return "".join(lines)
    raise AssertionError(f"the demo ended without saying {last!r}:\n{''.join(lines)}")


VIRSH = ("virsh", "-q", "-c", "qemu:///system")


def virsh(*arguments: str) -> str:
    return subprocess.run([*VIRSH, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout


def demo_guests() -> list[str]:
    return [uuid for uuid in virsh("list", "--all", "--uuid").split() if f"{GUESTS}/" in virsh("dumpxml", uuid)]


def processes() -> str:
    return subprocess.run(["pgrep", "-af", f"--home {HOME}"], capture_output=True, text=True, check=False).stdout


def assert_nothing_is_left() -> None:
    assert not HOME.exists()
    assert not GUESTS.exists()
    assert demo_guests() == []
    wait_until(lambda: not processes(), 5, "the appliance to end")


def test_once_it_proves_itself_and_leaves_pictures_and_a_report_and_nothing_else() -> None:
    with demo("--once") as process:
        said, _ = process.communicate()

    assert process.returncode == 0, said
    report = json.loads((RESULTS / "report.json").read_text())
    assert report["guest"]["state"] == "running"
    assert report["accelerator"] in ("kvm", "tcg")
    assert all(step["seconds"] >= 0 for step in report["steps"])
    assert pictures.size((RESULTS / "portal.png").read_bytes()) == (1280, 800)
    screen = pictures.background((RESULTS / "console.png").read_bytes())
    assert screen.blue > screen.red + screen.green
    assert_nothing_is_left()


def test_it_serves_until_interrupted_and_says_where() -> None:
    with demo() as process:
        said = printed_until(process, "Ctrl-C stops")
        address = re.search(r"https://\S+", said)
        code = re.search(r"set-up code: (\S+)", said)
        assert address
        assert code
        file = Home(HOME).data / "setup-code"
        assert file.read_text().strip() == code[1]
        assert file.stat().st_mode & 0o777 == 0o600
        trust = ssl.create_default_context(cafile=str(Home(HOME).cert / "nano_ca.crt.pem"))
        with urllib.request.urlopen(address[0], context=trust, timeout=10) as answer:
            assert b"<html" in answer.read()

        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=60)

    assert process.returncode == 0, rest
    assert_nothing_is_left()


def test_what_a_killed_run_left_is_gone_after_the_next() -> None:
    with demo() as process:
        printed_until(process, "Ctrl-C stops")
        process.kill()
        process.wait(10)
    assert len(demo_guests()) == 1

    with demo("--once") as process:
        said, _ = process.communicate()

    assert process.returncode == 0, said
    assert "clear away an earlier demo" in said
    assert_nothing_is_left()


def test_an_appliance_that_somebody_runs_by_hand_is_left_alone() -> None:
    assert not HOME.exists()
    HOME.mkdir(parents=True)
    (HOME / "config").mkdir()
    with demo("--once") as process:
        said, _ = process.communicate()
    left = sorted(path.name for path in HOME.iterdir()) if HOME.exists() else []
    shutil.rmtree(HOME, ignore_errors=True)

    assert process.returncode == 1
    assert "started by hand" in said
    assert left == ["config"]


def test_a_second_demo_is_refused_while_the_first_runs() -> None:
    with demo_home.alone(), demo("--once") as process:
        said, _ = process.communicate()

    assert process.returncode == 1
    assert "running in this checkout already" in said
