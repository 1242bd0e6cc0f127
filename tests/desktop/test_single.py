"""A second start of the window's program."""

from __future__ import annotations

import queue
import socket
import stat
from pathlib import Path

from appliance.desktop.single import Single


def test_the_first_has_nobody_to_hand_over_to(tmp_path: Path) -> None:
    assert Single(tmp_path).hand_over("") is False


def test_a_second_start_tells_the_first_what_is_wanted(tmp_path: Path) -> None:
    calls: queue.Queue[str] = queue.Queue()
    first = Single(tmp_path)
    first.hold(calls.put)
    try:
        assert Single(tmp_path).hand_over("192.0.2.7")
        assert Single(tmp_path).hand_over("")
        assert [calls.get(timeout=5), calls.get(timeout=5)] == ["192.0.2.7", ""]
    finally:
        first.release()


def test_only_the_user_can_reach_it(tmp_path: Path) -> None:
    first = Single(tmp_path / "made")
    first.hold(lambda _: None)

    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "made" / "nano-desktop.sock").stat().st_mode) == 0o600
    first.release()


def test_what_a_killed_one_left_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as killed:
        killed.bind(str(tmp_path / "nano-desktop.sock"))
    calls: queue.Queue[str] = queue.Queue()

    new = Single(tmp_path)
    assert new.hand_over("") is False
    new.hold(calls.put)

    assert Single(tmp_path).hand_over("a")
    assert calls.get(timeout=5) == "a"
    new.release()
