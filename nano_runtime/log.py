"""Logs: one file per role, one line per record.

Which file a record goes to: `appliance.core...` to core.log, `appliance.cell...` to cell.log and so on; what belongs
to no role (links, HTTP, operations, other libraries) to the files of all the roles of this process, so that each file
tells the whole story of its role. Two processes never share a file, because a role runs once per home.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nano_runtime.home import Home

SIZE = 10 * 1000 * 1000
COPIES = 5
OURS = ("appliance", "nano_runtime", "installer")

log = logging.getLogger(__name__)


def set_up(home: Home, roles: Sequence[str], *, console: bool = False) -> None:
    """Send records from now on to home.log/<role>.log, and to stderr where `console` is set; may be called again."""
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if getattr(handler, "is_ours", False)]:
        root.removeHandler(handler)
        handler.close()
    home.log.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [_RoleFile(home, role) for role in roles]
    if console:
        handlers.append(logging.StreamHandler())
    for handler in handlers:
        handler.is_ours = True  # type: ignore[attr-defined]  # how the next call knows what to replace
        handler.setFormatter(OneLine())
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for package in OURS:
        logging.getLogger(package).setLevel(logging.INFO)
    threading.excepthook = _thread_died
    sys.excepthook = _program_died


class OneLine(logging.Formatter):
    """`2026-11-20T11:09:37.123Z WARNING cell-events appliance.cell.service: text`, UTC (RFC 3339).

    Control characters of the text are escaped, for part of it may come from a guest; the lines of a traceback follow,
    each after a bar.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return f"{time.strftime(datefmt or '', time.gmtime(record.created))}.{int(record.msecs):03d}Z"

    def format(self, record: logging.LogRecord) -> str:
        record.message = record.getMessage()
        record.asctime = self.formatTime(record, self.datefmt)
        lines = [self.formatMessage(record)]
        if record.exc_info:  # never record.exc_text, which another formatter may have left there
            lines += [f"  | {line}" for line in self.formatException(record.exc_info).splitlines()]
        return "\n".join(_printable(line) for line in lines)


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


class _RoleFile(RotatingFileHandler):
    def __init__(self, home: Home, role: str) -> None:
        super().__init__(home.log / f"{role}.log", maxBytes=SIZE, backupCount=COPIES, encoding="utf-8", errors="backslashreplace")
        self._role = role
        self.addFilter(self._concerns)

    def _concerns(self, record: logging.LogRecord) -> bool:
        package, _, rest = record.name.partition(".")
        owner = rest.partition(".")[0] if package == "appliance" else ""
        return owner == self._role or owner not in _ROLES


_ROLES = ("core", "cell", "frontend")


def _thread_died(died: threading.ExceptHookArgs) -> None:
    if died.exc_value and not isinstance(died.exc_value, SystemExit):
        name = died.thread.name if died.thread else "a thread"
        log.critical("%s died", name, exc_info=died.exc_value)


def _program_died(kind: type[BaseException], problem: BaseException, trace: Any) -> None:
    if issubclass(kind, Exception):
        log.critical("the program died", exc_info=problem)
    sys.__excepthook__(kind, problem, trace)
