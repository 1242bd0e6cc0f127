"""Go on in the background, and let the caller wait until the start has worked."""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from pathlib import Path


class Starting:
    """Held by the process in the background; its parent waits for one of the two calls."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def done(self, text: str = "") -> None:
        """Say that all is ready: the parent prints the text and exits with 0."""
        self._tell(0, text)

    def failed(self, text: str, *, code: int = 1) -> None:
        """Say why the start failed: the parent prints the text to stderr and exits with `code`."""
        self._tell(code, text)

    def _tell(self, code: int, text: str) -> None:
        try:
            os.write(self._pipe, f"{code}\n{text}".encode()[: select.PIPE_BUF])
        except BrokenPipeError:
            return  # the parent had enough of waiting
        finally:
            os.close(self._pipe)


def detach(output: Path, *, seconds: float = 60) -> Starting:
    """Return in a new process without terminal, whose stdout and stderr are appended to `output`.

    The calling process never returns: it waits until the new one is ready or has failed, and exits with its code.
    To be called before any thread is started and any lock is taken.
    """
    if threading.active_count() > 1:
        raise RuntimeError("detach() must come before the first thread")
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        os.waitpid(child, 0)
        _leave(reading, output, seconds)
    os.setsid()
    if os.fork():
        os._exit(0)  # so that the daemon leads no session and never gets a terminal
    os.close(reading)
    os.chdir("/")
    os.umask(0o022)
    _redirect(output)
    return Starting(writing)


def _leave(reading: int, output: Path, seconds: float) -> NoReturn:
    code, text = _listen(reading, time.monotonic() + seconds)
    if code is None:
        code, text = 1, f"{text}; see {output}"
    if text:
        print(text, file=sys.stderr if code else sys.stdout, flush=True)
    sys.exit(code)


def _listen(reading: int, deadline: float) -> tuple[int | None, str]:
    """What the daemon says before it closes the pipe; no code if it says nothing in time, or dies."""
    said = b""
    while select.select([reading], [], [], max(deadline - time.monotonic(), 0))[0]:
        more = os.read(reading, select.PIPE_BUF)
        said += more
        if not more:
            code, _, text = said.decode(errors="replace").partition("\n")
            return (int(code), text) if code else (None, "it died before it was ready")
    return None, "it is not ready yet"


def _redirect(output: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(nothing)
    os.close(log)
