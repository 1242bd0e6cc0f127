"""Run the programs of the host: argument vectors, a clean environment, limits, and never a shell.

run(["qemu-img", "create", "-f", "qcow2", path, str(size)], limits=Limits(memory=1 << 30, cpu_seconds=60))
"""

from __future__ import annotations

import os
import select
import selectors
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from nano_runtime.errors import NanoError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

OUTPUT_LIMIT = 1 << 20
"""Bytes kept: the first of stdout, the last of stderr. The rest is read and dropped, so that no program is stopped by its own words."""

_LAST_LINES = 5
_SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_OURS_ALONE = ("LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG", "LD_PRELOAD", "LANGUAGE", "NOTIFY_SOCKET", "PYTHONHOME", "PYTHONPATH")


@dataclass(frozen=True)
class Limits:
    """What a program that reads files of strangers may use: bytes of address space, seconds of CPU."""

    memory: int
    cpu_seconds: int


@dataclass(frozen=True)
class Output:
    """What a program said. `code` is its exit code, or minus the signal that ended it; `truncated` if 1 MiB was too little."""

    stdout: str
    stderr: str
    code: int
    truncated: bool = False


class CommandFailed(NanoError):
    """A program of the host failed; the message carries its name and its last words. `exit_code` as in Output."""

    code = "command-failed"

    def __init__(self, message: str, *, exit_code: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.exit_code = exit_code


class CommandTimedOut(CommandFailed):
    """It did not finish in its time and was killed, with all that it had started."""

    code = "command-timed-out"


def run(
    arguments: Sequence[str | Path],
    *,
    input: str | bytes | None = None,
    secret: str | None = None,
    seconds: float = 60,
    limits: Limits | None = None,
    check: bool = True,
) -> Output:
    """Run a program to its end. Raises CommandFailed where it cannot start, or fails and `check` is set; CommandTimedOut.

    `secret` goes to its standard input like `input`, but is taken out of stderr and every message; a program that
    wants a file is given /dev/stdin. What it leaves running in its process group ends with it.
    """
    if input is not None and secret is not None:
        raise ValueError("a program has one standard input: give it an input or a secret")
    given = secret if secret is not None else input
    fed = given.encode() if isinstance(given, str) else given
    name = os.path.basename(os.fspath(arguments[0]))
    with _start(arguments, limits=limits, stdin=subprocess.DEVNULL if fed is None else subprocess.PIPE) as process:
        talk = _Talk(process, fed or b"")
        try:
            talk.until_the_end(time.monotonic() + seconds)
        except TimeoutError as problem:
            raise CommandTimedOut(f"{name} did not finish within {seconds:g} s and was stopped", exit_code=-signal.SIGKILL) from problem
        finally:
            _kill_group(process)
    output = Output(
        talk.stdout.decode(errors="replace"), _hide(talk.stderr.decode(errors="replace"), secret), process.wait(), talk.truncated
    )
    if check and output.code:
        raise CommandFailed(f"{name} {_ending(output.code)}{_last_words(output, secret)}", exit_code=output.code)
    return output


class Running:
    """A program that goes on beside us, in a process group of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def code(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self._process.poll()

    def wait(self, seconds: float) -> int | None:
        """Its exit code; None if it still runs after `seconds`."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self, seconds: float = 10) -> int:
        """Ask it to end, kill it and its children if it does not within `seconds`; answers its exit code."""
        if self.code() is None:
            self._process.terminate()
            _wait_unreaped(self._process, seconds)
            _kill_group(self._process)
        return self._process.wait()


def spawn(arguments: Sequence[str | Path], *, output: Path | None = None, limits: Limits | None = None) -> Running:
    """Start a program that stays; what it prints is appended to the file `output`, or dropped."""
    if output is None:
        return Running(_start(arguments, limits=limits, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
    with output.open("ab") as file:
        return Running(_start(arguments, limits=limits, stdout=file, stderr=subprocess.STDOUT))


def clean_environment(ours: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program of the host, without what is meant for us or our bundle alone.

    PyInstaller puts its folder into LD_LIBRARY_PATH and the host's value into LD_LIBRARY_PATH_ORIG (its manual,
    "LD_LIBRARY_PATH / LIBPATH considerations"); with ours, a program of the host would load our libraries.
    """
    theirs = {name: value for name, value in ours.items() if name not in _OURS_ALONE and not name.startswith(("_PYI", "_MEIPASS"))}
    if "LD_LIBRARY_PATH_ORIG" in ours:
        theirs["LD_LIBRARY_PATH"] = ours["LD_LIBRARY_PATH_ORIG"]
    return {"PATH": _SEARCH} | theirs | {"LC_ALL": "C"}


def _start(
    arguments: Sequence[str | Path],
    *,
    limits: Limits | None,
    stdin: int = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.PIPE,
    stderr: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    environment = clean_environment(os.environ)
    words = [os.fspath(argument) for argument in arguments]
    words[0] = _find(words[0], environment)
    if limits:
        words = [_find("prlimit", environment), *_options(limits), "--", *words]
    try:
        return subprocess.Popen(words, stdin=stdin, stdout=stdout, stderr=stderr, env=environment, process_group=0)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in an argument
        raise CommandFailed(f"{os.path.basename(words[0])} cannot be started: {problem}", exit_code=126) from problem


def _find(program: str, environment: Mapping[str, str]) -> str:
    found = shutil.which(program, path=environment["PATH"])
    if found is None:
        raise CommandFailed(f"{program} is not installed on this host", exit_code=127, hint="install the package it belongs to")
    return found


def _options(limits: Limits) -> list[str]:
    """For prlimit of util-linux: it becomes the program it starts, so no instruction of that runs without limits.

    resource.prlimit after the start would come too late, and preexec_fn may deadlock in a process with threads.
    """
    return [f"--as={limits.memory}", f"--cpu={limits.cpu_seconds}", "--core=0"]


class _Talk:
    """Feeds a program and listens to it until it has ended; whoever else holds its pipes is not waited for."""

    def __init__(self, process: subprocess.Popen[bytes], fed: bytes) -> None:
        self.stdout = bytearray()
        self.stderr = bytearray()
        self.truncated = False
        self._process = process
        self._rest = memoryview(fed)

    def until_the_end(self, deadline: float) -> None:
        ended = os.pidfd_open(self._process.pid)
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(ended, selectors.EVENT_READ)
                self._register(selector)
                while not self._take_turns(selector, ended, deadline):
                    pass
        finally:
            os.close(ended)

    def _register(self, selector: selectors.BaseSelector) -> None:
        for pipe, event in (
            (self._process.stdin, selectors.EVENT_WRITE),
            (self._process.stdout, selectors.EVENT_READ),
            (self._process.stderr, selectors.EVENT_READ),
        ):
            if pipe:
                os.set_blocking(pipe.fileno(), False)
                selector.register(pipe, event)

    def _take_turns(self, selector: selectors.BaseSelector, ended: int, deadline: float) -> bool:
        """Wait for the next things to do and do them; True when the program has ended and all it said is here."""
        left = deadline - time.monotonic()
        ready = {key.fd: key.fileobj for key, _ in selector.select(max(left, 0))}
        if not ready and left <= 0:
            raise TimeoutError
        for number, pipe in ready.items():
            if number != ended and not (self._feed() if pipe is self._process.stdin else self._listen(number)):
                selector.unregister(pipe)
        if ended not in ready:
            return False
        for number in [key.fd for key in selector.get_map().values() if key.events == selectors.EVENT_READ and key.fd != ended]:
            self._listen(number)
        return True

    def _feed(self) -> bool:
        """Write what fits; False when there is no more, or nobody who wants it."""
        pipe = self._process.stdin
        assert pipe
        try:
            self._rest = self._rest[os.write(pipe.fileno(), self._rest[:65536]) :]
        except BrokenPipeError:
            self._rest = self._rest[:0]
        if not self._rest:
            pipe.close()
        return bool(self._rest)

    def _listen(self, number: int) -> bool:
        """Read all that is in the pipe, at most 1 MiB, the most a pipe may hold; False at its end."""
        try:
            said = os.read(number, OUTPUT_LIMIT)
        except BlockingIOError:
            return True
        kept = self.stdout if self._process.stdout and number == self._process.stdout.fileno() else self.stderr
        kept += said
        if len(kept) > OUTPUT_LIMIT:
            self.truncated = True
            del kept[slice(OUTPUT_LIMIT, None) if kept is self.stdout else slice(None, -OUTPUT_LIMIT)]
        return bool(said)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of its process group; only while the process is not reaped, or the number may be another's."""
    if process.returncode is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


def _wait_unreaped(process: subprocess.Popen[bytes], seconds: float) -> None:
    ended = os.pidfd_open(process.pid)
    try:
        watch = select.poll()
        watch.register(ended, select.POLLIN)
        watch.poll(seconds * 1000)
    finally:
        os.close(ended)


def _hide(text: str, secret: str | None) -> str:
    for line in (secret or "").splitlines():
        if line:
            text = text.replace(line, "***")
    return text


def _ending(code: int) -> str:
    if code >= 0:
        return f"failed with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _last_words(output: Output, secret: str | None) -> str:
    said = [line.strip() for line in (output.stderr.strip() or output.stdout.strip()).splitlines() if line.strip()]
    return _hide(": " + "; ".join(said[-_LAST_LINES:])[-1000:], secret) if said else ""
