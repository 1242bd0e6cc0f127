"""The door for users of this host: they are who the kernel says."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nano_runtime.door import MOST, Door, ask
from nano_runtime.errors import Conflict, Unavailable

NOBODY = 65534
GROUP = "nano-test-no-such-group"


def answer(wanted: str, who: str) -> dict[str, Any]:
    if wanted == "trouble":
        raise Conflict("not now", hint="later")
    if wanted == "bug":
        raise ZeroDivisionError
    return {"wanted": wanted, "who": who}


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    door = Door(tmp_path / "door.sock", GROUP, answer)
    door.open()
    yield tmp_path / "door.sock"
    door.close()


def as_nobody(path: Path, group: int = NOBODY) -> bytes:
    """What another user of this host hears: b"" if the kernel does not let them connect."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(NOBODY)
        heard = b""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(str(path))
                connection.sendall(b"token\n")
                heard = connection.recv(4096)
        except OSError:
            heard = b""
        os.write(writing, heard)
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as pipe:
        return pipe.read()


def test_the_owner_is_answered_by_name(path: Path) -> None:
    assert ask(path, "token") == {"wanted": "token", "who": "root"}


def test_the_socket_is_closed_to_everybody_else(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_stranger_is_refused_even_where_the_mode_would_let_them_in(path: Path) -> None:
    for folder in path.parents[:3]:
        folder.chmod(0o755)
    path.chmod(0o666)

    heard = as_nobody(path)

    assert b'"code": "forbidden"' in heard
    assert b"who" not in heard.replace(b"nobody", b"")


def test_a_member_of_the_group_is_let_in(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    door = Door(tmp_path / "door.sock", "mail", answer)
    door.open()
    mail = (tmp_path / "door.sock").stat()
    try:
        assert stat.S_IMODE(mail.st_mode) == 0o660
        assert b'"wanted": "token"' in as_nobody(tmp_path / "door.sock", group=mail.st_gid)
        assert as_nobody(tmp_path / "door.sock") == b""
    finally:
        door.close()


def test_a_refusal_keeps_its_kind_and_its_hint(path: Path) -> None:
    with pytest.raises(Conflict, match="not now; later"):
        ask(path, "trouble")


def test_a_mistake_of_ours_is_told_without_details_and_the_door_stays_open(path: Path) -> None:
    with pytest.raises(Exception, match="see the log"):
        ask(path, "bug")
    assert ask(path, "x")["wanted"] == "x"


def test_silent_callers_do_not_keep_others_out_for_ever(path: Path) -> None:
    silent = [socket.socket(socket.AF_UNIX) for _ in range(MOST)]
    for each in silent:
        each.connect(str(path))

    for each in silent:
        each.close()

    assert ask(path, "x")["who"] == "root"


def test_a_closed_door_says_that_nobody_is_there(tmp_path: Path) -> None:
    door = Door(tmp_path / "door.sock", GROUP, answer)
    door.open()
    door.close()

    with pytest.raises(Unavailable, match="nobody answers"):
        ask(tmp_path / "door.sock", "x")
    with pytest.raises(Unavailable):
        ask(tmp_path / "no-folder" / "door.sock", "x")


def test_the_name_of_the_folder_may_be_long(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    door = Door(folder / "door.sock", GROUP, answer)
    door.open()

    assert ask(folder / "door.sock", "x")["who"] == "root"
    door.close()
