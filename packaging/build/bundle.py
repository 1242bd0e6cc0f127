"""What goes into a frozen program and what does not; read by the PyInstaller specs of packaging/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Entry = tuple[str, str, str]
    """One row of PyInstaller's tables: name in the bundle, path here, kind."""

ROOT = Path(__file__).resolve().parents[2]

HIDDEN = ["_cffi_backend"]
"""Imported by compiled code, where PyInstaller cannot see it."""

UNUSED = [
    "_uuid",  # would bring libuuid for what os.urandom does as well
    "curses",
    "IPython",
    "lib2to3",
    "numpy",
    "pip",
    "pydantic",
    "pydoc",
    "pydoc_data",
    "pygments",
    "readline",
    "rich",
    "setuptools",
    "pkg_resources",
    "test",
    "tkinter",
    "typer",
    "unittest",
    "win32ctypes",
    "yaml",
]
WINDOW = ["webview", "qtpy", "PySide6", "shiboken6"]
"""Only nano-desktop has these."""

SERVICES = ["aioquic", "argon2", "cheroot", "cherrypy", "libvirt", "libvirtmod", "websockets"]
"""Only nano has these."""

_BUNDLED = re.compile(r"lib(python3|sqlite3|bz2|xcb-cursor)[.\d]")
"""Libraries of this machine that go along: those that CentOS 9 and 10 lack, name otherwise, or have too old."""

_NOT_NEEDED = re.compile(
    r"Qt/translations/(?!qtwebengine_locales/(en-US|zh-CN)|qt(base)?_(en|zh_CN))"
    r"|Qt/qml/|Qt/metatypes/"
    r"|Qt6?(3D|Bluetooth|Charts|DataVis|Designer|Graphs|Help|Labs|Location|Multimedia|Nfc|Pdf|Quick3D|RemoteObjects|Scxml|Sensors|SerialBus)"
    r"|Qt6?(SerialPort|ShaderTools|SpatialAudio|Sql|StateMachine|Test|TextToSpeech|UiTools|VirtualKeyboard|WebSockets|WebView|Xml)\b"
    r"|Qt6?Quick(Controls|Dialogs|Effects|Layouts|Particles|Shapes|Templates|Test|Timeline|VectorImage)"
    r"|qtwebengine_devtools_resources|\.debug\.|libav|libsw|libgtk-3|platformthemes/libqgtk3"
    r"|plugins/(assetimporters|designer|egldevice|geometryloaders|multimedia|position|qmltooling|renderers|sceneparsers|sqldrivers|virtualkeyboard|webview)"
)


def ours(binaries: Sequence[Entry]) -> list[Entry]:
    """Without the libraries of the host: what libvirt loads there must be what it was built against.

    libvirt.so and all that it drags in, OpenSSL, libstdc++, libexpat and so on have the same names on CentOS 9 and 10;
    a second, older copy beside them is what breaks.
    """
    return [entry for entry in binaries if not _is_of_host(entry)]


def needed_by_window(entries: Sequence[Entry]) -> list[Entry]:
    """Qt without what a window with one web page never uses."""
    return [entry for entry in ours(entries) if not _NOT_NEEDED.search(entry[0])]


def _is_of_host(entry: Entry) -> bool:
    name, path, _ = entry
    library = re.match(r"/(usr/)?lib(64|/|$)", path) and ".so" in Path(path).name and not name.startswith(("python3", "lib-dynload"))
    return bool(library) and not _BUNDLED.match(Path(path).name)
