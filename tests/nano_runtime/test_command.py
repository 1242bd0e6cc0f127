"""Programs of the host run with their own environment, within limits, and leave nothing behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nano_runtime.command import OUTPUT_LIMIT, CommandFailed, CommandTimedOut, Limits, Output, clean_environment, run, spawn
from tests.waiting import wait_until

SECRET = "hunter2-hunter2"


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def failure(work: Callable[[], object]) -> CommandFailed:
    with pytest.raises(CommandFailed) as caught:
        work()
    return caught.value


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_what_a_program_says_comes_back() -> None:
    said = run(["sh", "-c", "echo out; echo err >&2"])

    assert said == Output("out\n", "err\n", 0)


def test_a_failure_carries_the_name_and_the_last_words() -> None:
    problem = failure(lambda: run(["sh", "-c", "for i in 1 2 3 4 5 6 7; do echo line $i >&2; done; exit 3"]))

    assert str(problem) == "sh failed with exit code 3: line 3; line 4; line 5; line 6; line 7"
    assert problem.exit_code == 3


def test_a_failure_may_be_an_answer() -> None:
    assert run(["false"], check=False).code == 1


def test_a_program_that_a_signal_ended_says_which() -> None:
    assert "sh was ended by SIGTERM" in str(failure(lambda: run(["sh", "-c", "kill -TERM $$"])))


def test_a_program_that_is_not_there_is_named() -> None:
    problem = failure(lambda: run(["no-such-program"]))

    assert "no-such-program is not installed on this host" in str(problem)
    assert problem.exit_code == 127


def test_an_argument_with_a_nul_is_refused() -> None:
    assert "cannot be started" in str(failure(lambda: run(["echo", "a\0b"])))


@pytest.mark.parametrize("odd", ["$(id)", "; id", "-o", "a b", "'", "\n", "*", "\u202e"])
def test_an_argument_is_never_read_by_a_shell(odd: str) -> None:
    assert run(["printf", "%s", odd]).stdout == odd


def test_the_environment_is_not_that_of_our_bundle() -> None:
    ours = {
        "PATH": "/bin",
        "HOME": "/root",
        "LD_LIBRARY_PATH": "/opt/nano/bin/_internal",
        "LD_LIBRARY_PATH_ORIG": "/usr/local/lib",
        "_PYI_APPLICATION_HOME_DIR": "/opt/nano/bin",
        "NOTIFY_SOCKET": "/run/systemd/notify",
        "LC_ALL": "de_DE.UTF-8",
    }

    assert clean_environment(ours) == {"PATH": "/bin", "HOME": "/root", "LD_LIBRARY_PATH": "/usr/local/lib", "LC_ALL": "C"}
    assert "LD_LIBRARY_PATH" not in clean_environment({"LD_LIBRARY_PATH": "/opt/nano"})


def test_programs_are_found_without_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PATH")

    assert run(["true"]).code == 0


def test_programs_speak_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    assert run(["sh", "-c", "echo $LC_ALL"]).stdout == "C\n"


def test_input_larger_than_any_pipe_is_fed_while_output_is_read() -> None:
    said = run(["cat"], input="x" * 1_000_000)

    assert len(said.stdout) == 1_000_000


def test_a_program_that_does_not_want_its_input_is_no_failure() -> None:
    assert run(["true"], input=b"x" * 1_000_000).code == 0


def test_without_input_there_is_none_to_wait_for() -> None:
    assert run(["cat"], seconds=5).stdout == ""


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    assert run(["printf", r"a\377b"]).stdout == "a\ufffdb"


def test_a_secret_reaches_the_program_and_no_message() -> None:
    assert run(["cat", "/dev/stdin"], secret=SECRET).stdout == SECRET

    problem = failure(lambda: run(["sh", "-c", "cat >&2; exit 1"], secret=f"{SECRET}\nsecond-line"))

    assert SECRET not in str(problem)
    assert "second-line" not in str(problem)
    assert "***" in str(problem)
    assert run(["sh", "-c", "cat >&2"], secret=SECRET).stderr == "***"


def test_a_secret_is_not_in_the_arguments_anybody_can_read() -> None:
    assert SECRET not in run(["sh", "-c", "cat /proc/$$/cmdline /proc/$$/environ; cat >/dev/null"], secret=SECRET).stdout


def test_input_and_secret_cannot_share_the_standard_input() -> None:
    with pytest.raises(ValueError, match="one standard input"):
        run(["cat"], input="x", secret="y")


def test_too_much_output_is_cut_and_said_to_be() -> None:
    said = run(python("import sys; sys.stdout.write('a' * 3_000_000); sys.stderr.write('b' * 3_000_000 + 'end')"))

    assert said.truncated
    assert len(said.stdout) == OUTPUT_LIMIT
    assert len(said.stderr) == OUTPUT_LIMIT
    assert said.stderr.endswith("bend")


def test_a_program_that_takes_too_long_is_killed_with_its_children(tmp_path: Path) -> None:
    children = tmp_path / "children"

    with pytest.raises(CommandTimedOut, match=r"sh did not finish within 0\.3 s"):
        run(["sh", "-c", f"sleep 100 & sleep 101 & jobs -p > {children}; wait"], seconds=0.3)

    pids = [int(pid) for pid in children.read_text().split()]
    assert len(pids) == 2
    wait_until(lambda: not any(alive(pid) for pid in pids))


def test_a_program_that_closes_its_outputs_still_has_to_finish() -> None:
    with pytest.raises(CommandTimedOut):
        run(["sh", "-c", "exec >&- 2>&-; sleep 100"], seconds=0.2)


def test_a_daemon_that_keeps_the_outputs_open_is_not_waited_for(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    begun = time.monotonic()

    said = run(["sh", "-c", f"setsid sleep 20 & echo $! > {pid}; echo started"], seconds=15)

    assert said.stdout == "started\n"
    assert time.monotonic() - begun < 10
    os.kill(int(pid.read_text()), 9)


def test_limits_hold_from_the_first_instruction() -> None:
    said = run(["sh", "-c", "ulimit -v; ulimit -t; ulimit -c"], limits=Limits(memory=64 << 20, cpu_seconds=7))

    assert said.stdout.split() == [str(64 << 10), "7", "0"]


def test_a_program_that_wants_too_much_memory_fails() -> None:
    problem = failure(lambda: run(python("x = bytearray(1 << 30)"), limits=Limits(memory=512 << 20, cpu_seconds=10)))

    assert "MemoryError" in str(problem)


def test_a_program_that_burns_too_much_cpu_is_ended() -> None:
    problem = failure(lambda: run(["sh", "-c", "while :; do :; done"], limits=Limits(memory=1 << 30, cpu_seconds=1), seconds=30))

    assert problem.exit_code < 0


def test_no_open_file_of_ours_reaches_a_program(tmp_path: Path) -> None:
    with (tmp_path / "key").open("w") as key:
        said = run(["sh", "-c", f"ls -l /proc/$$/fd; echo {key.fileno()}"])

    assert str(tmp_path) not in said.stdout.replace("echo", "")


def test_a_program_that_stays_writes_to_its_file_and_stops_when_told(tmp_path: Path) -> None:
    running = spawn(["sh", "-c", "echo ready; echo warning >&2; sleep 100"], output=tmp_path / "out")
    wait_until(lambda: (tmp_path / "out").read_text() == "ready\nwarning\n")
    assert running.code() is None
    assert running.wait(0.01) is None

    assert running.stop() == -15

    assert running.stop() == -15
    assert not alive(running.pid)


def test_a_program_that_will_not_stop_is_killed_with_its_children(tmp_path: Path) -> None:
    running = spawn(["sh", "-c", "trap '' TERM; sleep 100 & echo $!; while :; do wait; done"], output=tmp_path / "out")
    child = int(wait_until(lambda: (tmp_path / "out").read_text()))

    assert running.stop(0.1) == -9

    wait_until(lambda: not alive(child))


def test_a_program_that_ended_by_itself_gives_its_code() -> None:
    running = spawn(["sh", "-c", "exit 4"])

    assert running.wait(10) == 4
    assert running.stop() == 4
