"""A person at a terminal: sees what is on the screen, and types."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]")
CLEAR = "\x1b[2J"
ENTER, ESCAPE, UP, DOWN = "\r", "\x1b", "\x1b[A", "\x1b[B"


class Person:
    """Runs a program on a pseudo terminal of 100 columns and 34 lines."""

    def __init__(self, arguments: Sequence[str | Path], *, term: str = "xterm", lines: int = 34) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, 100, 0, 0))
        environment = {**os.environ, "TERM": term, "LC_ALL": "C.UTF-8"}
        words = ["setsid", "--ctty", *arguments]  # a terminal of its own, so that Ctrl-C reaches it
        self._process = subprocess.Popen(words, stdin=slave, stdout=slave, stderr=slave, env=environment)
        os.close(slave)
        self._said = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait(10)
        os.close(self._master)

    @property
    def screen(self) -> str:
        """What was drawn since the screen was last cleared, without colours."""
        return SEQUENCE.sub("", self._said.rpartition(CLEAR)[2]).replace("\r", "")

    def see(self, text: str, seconds: float = 20) -> str:
        """Wait until the screen shows the text; answers the screen. Raises AssertionError with what it shows instead."""
        deadline = time.monotonic() + seconds
        while text not in self.screen:
            left = deadline - time.monotonic()
            assert left > 0, f"no {text!r} within {seconds} s, but:\n{self.screen}"
            if not self._listen(left):
                assert text in self.screen, f"it ended without {text!r}, but with:\n{self.screen}"
        return self.screen

    def type(self, *keys: str) -> None:
        for key in keys:
            os.write(self._master, key.encode())
            if key == ESCAPE:  # as slow as a finger, or it is the beginning of an arrow key
                self._listen(0.2)

    def answer(self, question: str, *keys: str) -> str:
        """See a question, and answer it; answers the screen with the question."""
        screen = self.see(question)
        self.type(*keys)
        return screen

    def code(self, seconds: float = 20) -> int:
        """Exit code of the program, once it has ended."""
        deadline = time.monotonic() + seconds
        while self._process.poll() is None:
            assert time.monotonic() < deadline, f"it goes on:\n{self.screen}"
            self._listen(0.1)
        return self._process.returncode

    def _listen(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has gone
            return False
        self._said += data.decode(errors="replace")
        return bool(data)
