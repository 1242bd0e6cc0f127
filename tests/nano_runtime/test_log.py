"""Each role finds its whole story in its own file, one record per line."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Iterator

import pytest

from nano_runtime import log
from nano_runtime.home import Home


@pytest.fixture(autouse=True)
def _restored_logging() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, threading.excepthook, sys.excepthook
    yield
    for handler in root.handlers:
        if handler not in before[0]:
            handler.close()
    root.handlers[:], threading.excepthook, sys.excepthook = before[0], before[2], before[3]
    root.setLevel(before[1])


def lines(home: Home, role: str) -> list[str]:
    return (home.log / f"{role}.log").read_text().splitlines()


def test_a_record_goes_to_the_file_of_its_role(home: Home) -> None:
    log.set_up(home, ["core", "cell"])

    logging.getLogger("appliance.core.cells").warning("lost cell-2")
    logging.getLogger("appliance.cell.hypervisor.connection").warning("libvirtd is gone")

    assert [line.rpartition(": ")[2] for line in lines(home, "core")] == ["lost cell-2"]
    assert [line.rpartition(": ")[2] for line in lines(home, "cell")] == ["libvirtd is gone"]


@pytest.mark.parametrize("name", ["nano_runtime.operation", "appliance.http.server", "appliance.node", "cherrypy.error", "appliance"])
def test_what_belongs_to_no_role_is_in_every_file(home: Home, name: str) -> None:
    log.set_up(home, ["core", "cell"])

    logging.getLogger(name).warning("could not take back")

    assert len(lines(home, "core")) == len(lines(home, "cell")) == 1


def test_a_line_tells_when_in_utc_how_bad_in_which_thread_and_who(home: Home) -> None:
    log.set_up(home, ["core"])
    record = logging.getLogger("appliance.core.cells").makeRecord(
        "appliance.core.cells", logging.WARNING, "", 0, "lost %s", ("cell-2",), None
    )
    record.created, record.msecs = 1700000000.0125, 12.5

    logging.getLogger().handle(record)

    assert lines(home, "core") == ["2023-11-14T22:13:20.012Z WARNING MainThread appliance.core.cells: lost cell-2"]


def test_text_of_a_guest_cannot_forge_a_line_or_steer_a_terminal(home: Home) -> None:
    log.set_up(home, ["core"])

    logging.getLogger("appliance.core").warning("guest %s", "x\n2023-11-14T22:13:20Z CRITICAL \x1b[2J\u202e\ud800密")

    [line] = lines(home, "core")
    assert line.endswith(r"guest x\n2023-11-14T22:13:20Z CRITICAL \x1b[2J\u202e\ud800密")


def test_a_traceback_follows_its_record_behind_bars(home: Home) -> None:
    log.set_up(home, ["core"])

    try:
        raise ValueError("first\nsecond")
    except ValueError:
        logging.getLogger("appliance.core").exception("it failed")

    head, *rest = lines(home, "core")
    assert head.endswith("it failed")
    assert rest
    assert all(line.startswith("  | ") for line in rest)


def test_ours_tell_changes_of_state_and_others_only_problems(home: Home) -> None:
    log.set_up(home, ["core"])

    logging.getLogger("nano_runtime.link").info("link is up")
    logging.getLogger("quic").info("ack")
    logging.getLogger("appliance.core").debug("detail")

    assert [line.rpartition(": ")[2] for line in lines(home, "core")] == ["link is up"]


def test_setting_up_again_does_not_write_twice(home: Home) -> None:
    log.set_up(home, ["core"])
    log.set_up(home, ["core"])

    logging.getLogger("appliance.core").warning("once")

    assert len(lines(home, "core")) == 1


def test_files_are_turned_over_and_the_oldest_is_dropped(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE", 1000)
    log.set_up(home, ["core"])

    for number in range(200):
        logging.getLogger("appliance.core").warning("%d %s", number, "x" * 100)

    files = sorted(path.name for path in home.log.iterdir())
    assert files == ["core.log", *[f"core.log.{copy}" for copy in range(1, 6)]]
    assert all(path.stat().st_size <= 1000 for path in home.log.iterdir())


def test_a_thread_that_dies_leaves_its_reason(home: Home) -> None:
    log.set_up(home, ["core"])

    thread = threading.Thread(target=lambda: 1 // 0, name="core-scheduler")
    thread.start()
    thread.join()

    text = (home.log / "core.log").read_text()
    assert re.search(r"CRITICAL .*core-scheduler died\n", text)
    assert "ZeroDivisionError" in text


def test_in_the_foreground_records_are_on_stderr_too(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(home, ["core"], console=True)

    logging.getLogger("appliance.core").warning("seen")

    assert capsys.readouterr().err.endswith("appliance.core: seen\n")
