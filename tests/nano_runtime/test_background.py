"""A start in the background ends when the daemon is ready, or says why it is not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from nano_runtime.command import Output, run
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]


def start(folder: Path, work: str, *, seconds: float = 20) -> Output:
    """Run a program that detaches and then does `work`, and give back what its caller sees."""
    program = f"""
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from nano_runtime.background import detach
folder = Path({str(folder)!r})
starting = detach(folder / "out", seconds={seconds})
{work}
(folder / "went-on").write_text(f"{{os.getpid()}} {{os.getsid(0)}} {{os.getppid()}} {{os.getcwd()}}")
"""
    return run([sys.executable, "-c", program], check=False, seconds=30)


def test_the_caller_goes_on_when_the_daemon_is_ready(tmp_path: Path) -> None:
    said = start(tmp_path, "starting.done('portal: https://here')")

    assert (said.code, said.stdout, said.stderr) == (0, "portal: https://here\n", "")


def test_the_daemon_leaves_the_session_and_the_folder_of_its_caller(tmp_path: Path) -> None:
    start(tmp_path, "starting.done()")

    wait_until(lambda: (tmp_path / "went-on").exists() and (tmp_path / "went-on").read_text())
    pid, session, _, folder = (tmp_path / "went-on").read_text().split()
    assert session not in (pid, str(os.getsid(0)))
    assert folder == "/"


def test_a_failed_start_tells_its_reason_and_code(tmp_path: Path) -> None:
    said = start(tmp_path, "starting.failed('port 5850 is taken', code=6); sys.exit()")

    assert (said.code, said.stdout, said.stderr) == (6, "", "port 5850 is taken\n")


@pytest.mark.parametrize("death", ["os.kill(os.getpid(), signal.SIGKILL)", "raise RuntimeError('no luck')"])
def test_a_daemon_that_dies_before_it_is_ready_is_a_failed_start(tmp_path: Path, death: str) -> None:
    said = start(tmp_path, death)

    assert said.code == 1
    assert said.stderr == f"it died before it was ready; see {tmp_path}/out\n"


def test_what_a_dying_daemon_printed_is_in_its_output_file(tmp_path: Path) -> None:
    start(tmp_path, "raise RuntimeError('no luck')")

    wait_until(lambda: "no luck" in (tmp_path / "out").read_text())


def test_the_caller_does_not_wait_for_ever(tmp_path: Path) -> None:
    said = start(tmp_path, "import time; time.sleep(1)", seconds=0.2)

    assert said.code == 1
    assert said.stderr.startswith("it is not ready yet")


def test_detaching_beside_threads_is_refused(tmp_path: Path) -> None:
    program = f"""
import sys, threading
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from nano_runtime.background import detach
threading.Thread(target=threading.Event().wait, daemon=True).start()
detach(Path({str(tmp_path)!r}) / "out")
"""

    said = run([sys.executable, "-c", program], check=False)

    assert "before the first thread" in said.stderr
