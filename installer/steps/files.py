"""Files and folders of the host: written as a whole, and put back to the byte."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from installer.machine import Machine, read, replace
from installer.steps.change import Change
from installer.wording import Text
from nano_runtime.errors import Conflict

if TYPE_CHECKING:
    from pathlib import Path


class Kept(Struct, frozen=True):
    """A file as it was before: enough to bring it back to the byte."""

    content: bytes
    mode: int
    user: int
    group: int


def keep(path: Path) -> Kept | None:
    """None where there is no file. Raises Conflict for what is no plain file: it is never followed or replaced."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise Conflict(f"{path} is not a plain file, so it cannot be changed safely", hint="move it away and start again")
    return Kept(path.read_bytes(), stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid)


class MakeFolder(Change, frozen=True, tag="make-folder"):
    """A folder that was not there. Taken back only while empty: what others put there stays."""

    path: str
    mode: int

    @property
    def title(self) -> Text:
        return Text("make folder {path}", "创建目录 {path}").format(path=self.path)

    @property
    def subject(self) -> str:
        return self.path

    def do(self, host: Machine) -> None:
        folder = host.path(self.path)
        folder.mkdir(exist_ok=True)
        folder.chmod(self.mode)

    def undo(self, host: Machine) -> None:
        with suppress(OSError):
            host.path(self.path).rmdir()


class WriteFile(Change, frozen=True, tag="write-file"):
    """The whole content of a file. `before` is what was there when the plan was made."""

    path: str
    content: bytes
    mode: int = 0o644
    before: Kept | None = None

    @property
    def title(self) -> Text:
        verb = Text("change file {path}", "修改文件 {path}") if self.before else Text("write file {path}", "写入文件 {path}")
        return verb.format(path=self.path)

    @property
    def subject(self) -> str:
        return self.path

    def do(self, host: Machine) -> None:
        """Raises Conflict when somebody else changed the file after the plan was made."""
        path = host.path(self.path)
        now = read(path)
        if now not in (self.content, self.before.content if self.before else None):
            raise Conflict(f"{path} was changed by somebody else meanwhile", hint="start the installer again; it makes a new plan")
        replace(path, self.content, mode=self.mode, owner=(self.before.user, self.before.group) if self.before else None)

    def undo(self, host: Machine) -> None:
        """An edit of the administrator is kept beside the file that comes back."""
        path = host.path(self.path)
        now = read(path)
        with suppress(FileNotFoundError):
            path.with_name(f".{path.name}.nano-new").unlink()
        if now not in (None, self.content, self.before.content if self.before else None):
            os.replace(path, path.with_name(f"{path.name}.nano-saved"))
        if self.before:
            replace(path, self.before.content, mode=self.before.mode, owner=(self.before.user, self.before.group))
        else:
            path.unlink(missing_ok=True)


class InsertText(Change, frozen=True, tag="insert-text"):
    """Some text into a file that others change too; `after` is the file with the text in it."""

    path: str
    text: bytes
    after: bytes
    before: Kept | None = None

    @property
    def title(self) -> Text:
        text = self.text.decode(errors="replace").strip()
        return Text("add {text} to {path}", "在 {path} 中加入 {text}").format(path=self.path, text=text)

    @property
    def subject(self) -> str:
        return f"{self.path}:{self.text!r}"

    def do(self, host: Machine) -> None:
        WriteFile(self.path, self.after, self.before.mode if self.before else 0o644, self.before).do(host)

    def undo(self, host: Machine) -> None:
        """Back to the byte if nobody else changed the file since; otherwise only our text goes."""
        path = host.path(self.path)
        now = read(path)
        if now is not None and now != self.after and (not self.before or now != self.before.content):
            replace(path, now.replace(self.text, b"", 1), mode=stat.S_IMODE(path.stat().st_mode))
            return
        WriteFile(self.path, self.after, before=self.before).undo(host)
