"""One program for each user: a second start shows the window of the first."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 300


def default_folder() -> Path:
    """Private to the user; without a session of systemd it is the folder of the desk."""
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    if session.startswith("/") and Path(session).is_dir():
        return Path(session)
    from appliance.desktop.hosts import default_file

    return default_file().parent


class Single:
    """Held by the first; gone with its process, however that ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / "nano-desktop.sock"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def hand_over(self, host: str) -> bool:
        """Tell the one that runs already what is wanted; False where none does."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as other:
            other.settimeout(3)
            try:
                other.connect(str(self._path))
                other.send(host.encode()[:LONGEST] or b" ")
                return other.recv(1) == b"1"
            except OSError:
                return False

    def hold(self, on_call: Callable[[str], None]) -> None:
        """Be the one; `on_call` gets what others want, in a thread of its own."""
        with suppress(FileNotFoundError):
            self._path.unlink()
        self._socket.bind(str(self._path))
        self._path.chmod(0o600)
        self._socket.listen(4)
        threading.Thread(target=self._answer, args=(on_call,), name="single", daemon=True).start()

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _answer(self, on_call: Callable[[str], None]) -> None:
        while True:
            try:
                other, _ = self._socket.accept()
            except OSError:
                return
            with other, suppress(OSError):
                other.settimeout(3)
                wanted = other.recv(LONGEST).decode(errors="replace").strip()
                other.send(b"1")
                on_call(wanted)
