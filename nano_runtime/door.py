"""A door for the users of this host: a socket whose callers are named by the kernel, not by themselves.

The portal tells them here what it is known by, and lets them in without a password. See control.py for orders to a process.
"""

from __future__ import annotations

import grp
import json
import logging
import os
import pwd
import socket
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from nano_runtime.control import short_name
from nano_runtime.errors import Forbidden, NanoError, Unavailable, from_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = logging.getLogger(__name__)

LONGEST = 4096
PATIENCE = 3.0
MOST = 16
"""Callers at once: each has a thread for a moment."""


class Door:
    """`answer` gets what is wanted and the name of the user who wants it. Root, our own user and members of `group` are let in."""

    def __init__(self, path: Path, group: str, answer: Callable[[str, str], dict[str, Any]]) -> None:
        self._path = path
        self._group = group
        self._answer = answer
        self._free = threading.BoundedSemaphore(MOST)
        self._socket: socket.socket | None = None

    def open(self) -> None:
        self._path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX)
        with short_name(self._path.parent) as folder:
            listening.bind(f"{folder}/{self._path.name}")
            os.chmod(f"{folder}/{self._path.name}", 0o600)
            self._give_to_group(f"{folder}/{self._path.name}")
        listening.listen(MOST)  # until here nobody could connect
        self._socket = listening
        threading.Thread(target=self._accept, args=(listening,), name="door", daemon=True).start()

    def close(self) -> None:
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
            self._socket = None
            self._path.unlink(missing_ok=True)

    def _give_to_group(self, path: str) -> None:
        with suppress(KeyError, PermissionError):  # a host without the group, or no root: for our own user only
            os.chown(path, -1, grp.getgrnam(self._group).gr_gid)
            os.chmod(path, 0o660)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            if self._free.acquire(blocking=False):
                threading.Thread(target=self._serve, args=(connection,), name="door-caller", daemon=True).start()
            else:
                connection.close()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with connection, suppress(OSError):
                connection.settimeout(PATIENCE)
                wanted = connection.makefile("rb").readline(LONGEST).decode(errors="replace").strip()
                connection.sendall(json.dumps(self._answer_to(wanted, connection)).encode() + b"\n")
        finally:
            self._free.release()

    def _answer_to(self, wanted: str, connection: socket.socket) -> dict[str, Any]:
        try:
            return self._answer(wanted, self._judge(connection))
        except NanoError as problem:
            return {"code": problem.code, "message": problem.message, "hint": problem.hint}
        except Exception:
            log.exception("could not answer %r", wanted[:100])
            return {"code": NanoError.code, "message": "it failed; see the log of the portal", "hint": ""}

    def _judge(self, connection: socket.socket) -> str:
        """The caller's name. Raises Forbidden; the mode of the socket would keep most away already."""
        _, user, group = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        try:
            name = pwd.getpwuid(user).pw_name
        except KeyError:
            name = f"user {user}"
        if user in (0, os.geteuid()) or self._is_member(name, group):
            return name
        raise Forbidden(f"{name} is not in the group {self._group!r}", hint=f"as root: usermod -a -G {self._group} {name}")

    def _is_member(self, name: str, group: int) -> bool:
        """By what the host says now, so that leaving the group counts at once."""
        try:
            wanted = grp.getgrnam(self._group)
        except KeyError:
            return False
        return group == wanted.gr_gid or name in wanted.gr_mem


def ask(path: Path, wanted: str) -> dict[str, Any]:
    """What the service behind a door answers. Raises Unavailable where nobody answers, or may be asked, and the error it answered."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        try:
            with short_name(path.parent) as folder:
                connection.connect(f"{folder}/{path.name}")
            connection.sendall(wanted.encode() + b"\n")
            answer: dict[str, Any] = json.loads(connection.makefile("rb").readline(LONGEST))
        except (OSError, ValueError) as problem:
            raise Unavailable(f"nobody answers at {path}: {problem}") from problem
    if "code" in answer:
        raise from_code(answer["code"], answer["message"], hint=answer["hint"])
    return answer
