"""Roles, their pid files, the control socket and the way into the background, with real processes."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nano_runtime import control, daemon
from nano_runtime.control import ControlServer, Order
from nano_runtime.daemon import Hold
from nano_runtime.errors import Conflict, Forbidden, NoRoom, TimedOut, Unavailable
from nano_runtime.home import Home
from tests.waiting import wait_until

NOW = 1700000000.0


class Node:
    """Holds roles and gives them back when told to; `deaf` to orders if wanted."""

    def __init__(self, hold: Hold, *, deaf: bool = False) -> None:
        self.hold = hold
        self.deaf = deaf
        self.orders: list[str] = []

    def status(self) -> dict[str, Any]:
        if self.deaf:
            raise NoRoom("no room for an answer", hint="come back")
        return {"core": {"running": True}}

    def stop(self, roles: list[str]) -> None:
        self.orders.append(f"stop {roles}")
        if not self.deaf:
            self.hold.release(*roles)

    def halt(self, roles: list[str]) -> None:
        self.orders.append(f"halt {roles}")
        if not self.deaf:
            self.hold.release(*roles)


@pytest.fixture
def other(home: Home) -> Iterator[Callable[..., int]]:
    """Starts another process that runs roles in the same home; it is killed after the test."""
    children: list[int] = []

    def start(*roles: str, deaf: bool = False) -> int:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                ControlServer(home.run, Node(Hold(home, roles, now=NOW), deaf=deaf)).start()
                os.write(writing, b"!")
                signal.pause()
            finally:
                os._exit(1)  # never back into pytest
        os.close(writing)
        assert os.read(reading, 1) == b"!"
        os.close(reading)
        children.append(child)
        return child

    yield start
    for child in children:
        kill(child)


def kill(child: int) -> None:
    try:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    except (ProcessLookupError, ChildProcessError):
        return


@pytest.fixture
def node(home: Home) -> Iterator[Node]:
    """This process, running core and cell and listening to orders."""
    node = Node(Hold(home, ["core", "cell"], now=NOW))
    server = ControlServer(home.run, node)
    server.start()
    yield node
    server.stop()
    node.hold.release()


def test_nothing_runs_in_a_fresh_home(home: Home) -> None:
    assert daemon.running(home) == {}
    assert daemon.status_code(home, "core") == daemon.NOT_RUNNING


def test_who_runs_what_is_known_to_everybody(home: Home, other: Callable[..., int]) -> None:
    child = other("core", "cell")

    assert daemon.running(home) == {"cell": (child, NOW), "core": (child, NOW)}
    assert daemon.status_code(home, "core") == daemon.RUNNING
    assert daemon.status_code(home, "frontend") == daemon.NOT_RUNNING


def test_a_role_runs_once_per_home(home: Home, other: Callable[..., int]) -> None:
    child = other("cell")

    with pytest.raises(Conflict, match=f"cell is running already .*process {child}"):
        Hold(home, ["core", "cell"], now=NOW)

    assert list(daemon.running(home)) == ["cell"]  # and what it had taken before is given back


def test_two_processes_share_a_home_if_they_run_different_roles(home: Home, other: Callable[..., int]) -> None:
    child = other("cell")

    hold = Hold(home, ["core"], now=NOW)

    assert {role: holder.pid for role, holder in daemon.running(home).items()} == {"cell": child, "core": os.getpid()}
    hold.release()


def test_a_killed_process_leaves_a_dead_role_that_can_be_started_again(home: Home, other: Callable[..., int]) -> None:
    kill(other("core"))
    assert daemon.running(home) == {}
    assert daemon.status_code(home, "core") == daemon.DEAD

    hold = Hold(home, ["core"], now=NOW)

    assert daemon.status_code(home, "core") == daemon.RUNNING
    hold.release()
    assert daemon.status_code(home, "core") == daemon.NOT_RUNNING


def test_a_stale_pid_file_that_names_a_living_process_fools_nobody(home: Home) -> None:
    (home.run / "core.pid").write_text(f"{os.getpid()} {NOW}\n")

    assert daemon.running(home) == {}
    Hold(home, ["core"], now=NOW).release()


def test_somebody_who_looks_at_a_role_does_not_keep_it_from_starting(home: Home) -> None:
    with (home.run / "core.pid").open("w") as looked_at:
        fcntl.flock(looked_at, fcntl.LOCK_SH)
        threading.Timer(0.05, fcntl.flock, (looked_at, fcntl.LOCK_UN)).start()

        Hold(home, ["core"], now=NOW).release()


def test_the_status_is_asked_over_the_socket(home: Home, node: Node) -> None:
    assert daemon.ask(home, "cell", "status") == {"core": {"running": True}}


def test_the_error_of_the_node_reaches_who_asked(home: Home, node: Node) -> None:
    node.deaf = True

    with pytest.raises(NoRoom, match="no room for an answer; come back"):
        daemon.ask(home, "cell", "status")


def test_asking_a_role_that_does_not_run_says_how_to_start_it(home: Home) -> None:
    with pytest.raises(Unavailable, match="core is not running; start it with"):
        daemon.ask(home, "core", "status")


def test_stop_waits_until_the_roles_are_given_back(home: Home, node: Node) -> None:
    assert daemon.stop(home, ["cell", "frontend"]) == ["cell"]

    assert node.orders == ["stop ['cell']"]
    assert list(daemon.running(home)) == ["core"]


def test_stop_of_what_does_not_run_is_content(home: Home) -> None:
    assert daemon.stop(home, ["core"]) == []


def test_stop_that_is_not_obeyed_times_out(home: Home, node: Node) -> None:
    node.deaf = True

    with pytest.raises(TimedOut, match="core did not end in time"):
        daemon.stop(home, ["core"], seconds=0.1)


def test_halt_kills_a_process_that_does_not_obey(home: Home, other: Callable[..., int]) -> None:
    child = other("core", "cell", deaf=True)

    assert daemon.halt(home, ["core", "cell"], seconds=0.2) == ["cell", "core"]

    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert daemon.running(home) == {}


def test_halt_does_not_kill_roles_that_were_not_named(home: Home, other: Callable[..., int]) -> None:
    other("core", "cell", deaf=True)

    with pytest.raises(TimedOut):
        daemon.halt(home, ["core"], seconds=0.2)

    assert list(daemon.running(home)) == ["cell", "core"]


def test_a_home_with_a_long_path_has_a_control_socket_too(tmp_path: Path) -> None:
    home = Home(tmp_path / ("deep" * 30) / "home")
    home.create()
    hold = Hold(home, ["core"], now=NOW)
    server = ControlServer(home.run, Node(hold))
    server.start()

    assert daemon.ask(home, "core", "status") == {"core": {"running": True}}

    server.stop()
    hold.release()


def test_the_socket_is_for_its_owner_alone_and_goes_with_the_server(home: Home, node: Node) -> None:
    path = home.run / f"{os.getpid()}.sock"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    server = ControlServer(home.run, node)
    server.start()  # takes the place of the one that is there, as after a crash

    server.stop()

    assert not path.exists()


def test_a_client_that_says_nothing_does_not_keep_others_waiting(home: Home, node: Node) -> None:
    silent = connect(home)

    assert daemon.ask(home, "core", "status", seconds=2)

    silent.close()


@pytest.mark.parametrize("line", [b"hello", b"{}", b'{"command":"format"}', b'{"command":"stop","role":"core"}', b"[" * 60000])
def test_an_order_that_is_none_is_refused_and_changes_nothing(home: Home, node: Node, line: bytes) -> None:
    with connect(home) as client:
        client.sendall(line + b"\n")
        answer = client.makefile("rb").readline()

    assert b'"code":"bad-request"' in answer
    assert node.orders == []


def test_a_process_that_ends_while_it_halts_has_answered(tmp_path: Path) -> None:
    class Abrupt(Node):
        def halt(self, roles: list[str]) -> None:
            os._exit(7)

    home = Home(tmp_path)
    home.create()
    child = os.fork()
    if not child:
        ControlServer(home.run, Abrupt(Hold(home, ["core"], now=NOW))).start()
        signal.pause()
    wait_until(lambda: (home.run / f"{child}.sock").exists() and daemon.running(home))

    assert daemon.halt(home, ["core"]) == ["core"]

    assert os.WEXITSTATUS(os.waitpid(child, 0)[1]) == 7


def test_a_process_without_a_socket_is_unavailable(home: Home) -> None:
    with pytest.raises(Unavailable, match="does not listen"):
        control.ask(home.run, 4194305, Order("status"), 1)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_another_user_is_told_that_he_may_not_know(home: Home, node: Node) -> None:
    child = os.fork()
    if not child:
        try:
            os.setresuid(65534, 65534, 65534)
            with pytest.raises(Forbidden, match="run it as root"):
                daemon.running(home)
            os._exit(daemon.status_code(home, "core"))
        finally:
            os._exit(99)

    assert os.WEXITSTATUS(os.waitpid(child, 0)[1]) == daemon.UNKNOWN


def test_a_home_that_was_never_started_is_not_running(tmp_path: Path) -> None:
    home = Home(tmp_path / "nowhere")

    assert daemon.running(home) == {}
    assert daemon.status_code(home, "core") == daemon.NOT_RUNNING


def connect(home: Home) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(5)
    folder = os.open(home.run, os.O_PATH)
    client.connect(f"/proc/self/fd/{folder}/{os.getpid()}.sock")
    os.close(folder)
    return client
