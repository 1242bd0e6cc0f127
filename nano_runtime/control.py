"""The control socket of a process: how `nano status`, `stop` and `halt` reach it. See daemon.py for who asks.

Only the user who runs the process, and root, get through: the socket is 0600 in a 0700 folder, and the server looks at
the credentials the kernel gives. Sockets are reached through /proc/self/fd, because a path may have 107 bytes only.
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from nano_runtime.errors import BadRequest, NanoError, TimedOut, Unavailable, from_code

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

LINE = 64 * 1024
PATIENCE = 10.0
"""Seconds a client may take to say its line."""


Command = Literal["status", "stop", "halt"]


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of a process. `stop` and `halt` without roles mean all of them."""

    command: Command
    roles: list[str] = []


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    result: dict[str, Any] = {}
    code: str = ""
    message: str = ""
    hint: str = ""


class Obedient(Protocol):
    """Who carries out the orders. Each call comes in a thread of its own, and more than one may be under way."""

    def status(self) -> dict[str, Any]: ...

    def stop(self, roles: list[str]) -> None:
        """End these roles in order, after the work they are doing; return when they have ended."""
        ...

    def halt(self, roles: list[str]) -> None:
        """End these roles now. It need not return."""
        ...


class ControlServer:
    """Listens on <folder>/<pid>.sock from start() to stop()."""

    def __init__(self, folder: Path, obedient: Obedient) -> None:
        self._folder = folder
        self._obedient = obedient
        self._socket = socket.socket(socket.AF_UNIX)
        self._stopped = threading.Event()

    def start(self) -> None:
        name = f"{os.getpid()}.sock"
        (self._folder / name).unlink(missing_ok=True)  # of a process that had our number before
        with short_name(self._folder) as folder:
            self._socket.bind(f"{folder}/{name}")
            os.chmod(f"{folder}/{name}", 0o600)
        self._socket.listen(16)  # until here nobody could connect
        threading.Thread(target=self._accept, name="control", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        (self._folder / f"{os.getpid()}.sock").unlink(missing_ok=True)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed by stop(), or no file descriptor is left
                self._stopped.wait(0.1)
                continue
            threading.Thread(target=self._serve, args=(connection,), name="control-client", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # the client went away
            connection.settimeout(PATIENCE)
            if not _may_command(connection):
                return
            with connection.makefile("rb") as lines:
                while line := lines.readline(LINE):
                    connection.sendall(msgspec.json.encode(self._answer(line)) + b"\n")

    def _answer(self, line: bytes) -> Answer:
        try:
            return Answer(self._obey(line))
        except NanoError as problem:
            return Answer(code=problem.code, message=problem.message, hint=problem.hint)
        except Exception as problem:
            log.exception("could not obey %r", line[:200])
            return Answer(code=NanoError.code, message=f"it failed: {problem}", hint="see the log")

    def _obey(self, line: bytes) -> dict[str, Any]:
        try:
            order = msgspec.json.decode(line, type=Order)
        except (msgspec.MsgspecError, RecursionError) as problem:
            raise BadRequest(f"order not understood: {problem}") from problem
        match order.command:
            case "status":
                return self._obedient.status()
            case "stop":
                self._obedient.stop(order.roles)
            case "halt":
                self._obedient.halt(order.roles)
        return {}


def ask(folder: Path, pid: int, order: Order, seconds: float) -> dict[str, Any]:
    """Give an order and wait for its answer; a process that ends while it obeys `stop` or `halt` has answered.

    Raises Unavailable if the process does not listen, TimedOut, or the error it answered.
    """
    with socket.socket(socket.AF_UNIX) as connection, short_name(folder) as short:
        connection.settimeout(seconds)
        try:
            connection.connect(f"{short}/{pid}.sock")
            connection.sendall(msgspec.json.encode(order) + b"\n")
            line = connection.makefile("rb").readline()
        except TimeoutError as problem:
            raise TimedOut(f"process {pid} did not answer {order.command} within {seconds:g} s", hint="nano halt kills it") from problem
        except OSError as problem:
            if isinstance(problem, ConnectionResetError) and order.command != "status":
                return {}
            raise Unavailable(f"process {pid} does not listen to orders: {problem.strerror}", hint="nano halt kills it") from problem
    return _read(line, pid, order)


def _read(line: bytes, pid: int, order: Order) -> dict[str, Any]:
    if not line:
        if order.command == "status":
            raise Unavailable(f"process {pid} ended before it answered")
        return {}
    answer = msgspec.json.decode(line, type=Answer)
    if answer.code:
        raise from_code(answer.code, answer.message, hint=answer.hint)
    return answer.result


@contextmanager
def short_name(folder: Path) -> Iterator[str]:
    """Another name of the folder, short enough for a socket in it."""
    number = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{number}"
    finally:
        os.close(number)


def _may_command(connection: socket.socket) -> bool:
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return user in (0, os.geteuid())
