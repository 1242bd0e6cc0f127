# pyright: reportMissingImports=false
"""The window itself: pywebview as the frame, Qt WebEngine in it. Only this file and page.py know either.

pywebview's own page trusts nobody but the system's authorities, offers its JavaScript bridge to every page, and cannot
download with Qt 6 (its qt.py, 6.2.1, calls QWebEngineDownloadRequest.setPath, which is gone). So the page is ours.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import webview
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineProfile, QWebEngineSettings, QWebEngineUrlScheme

from appliance.desktop.page import OwnPages, Page, in_background

if TYPE_CHECKING:
    from appliance.desktop.hosts import Host, Hosts
    from appliance.desktop.this_host import ThisHost
    from appliance.desktop.wording import Words

log = logging.getLogger(__name__)

TITLE = "Nano"


class Desktop:
    """The program: one profile, one list of hosts, any number of windows."""

    def __init__(self, hosts: Hosts, words: Words, this_host: ThisHost, storage: Path) -> None:
        self.hosts = hosts
        self.words = words
        self.this_host = this_host
        self._storage = storage
        self._wanted: deque[tuple[Host | None, str]] = deque()

    def run(self, host: Host | None) -> None:
        """Show the first window until the last one is closed."""
        _prepare_environment()
        scheme = QWebEngineUrlScheme(b"nano")
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme)
        QWebEngineUrlScheme.registerScheme(scheme)
        QtCore.QCoreApplication.setApplicationName("nano-desktop")
        QtGui.QGuiApplication.setDesktopFileName("nano-desktop")
        from webview.platforms import qt

        self._application = QtWidgets.QApplication.instance() or QtWidgets.QApplication(sys.argv[:1])
        for name in ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH") if getattr(sys, "frozen", False) else ():
            os.environ.pop(name, None)  # PyInstaller's, read by now; another program with Qt would load our plugins
        self.profile = self._make_profile()
        frame: Any = qt.BrowserView
        frame.WebPage = partial(Page, self)
        frame._set_js_api = lambda _: None  # no bridge into our process for pages of a host
        self.open(host)
        webview.start(gui="qt", private_mode=True)

    def open(self, host: Host | None, url: str = "") -> None:
        """A window with the list of hosts, the portal of one of them, or an address within the portal of a window before."""
        size = self.hosts.desk
        self._wanted.append((host, url))
        webview.create_window(
            TITLE, html=" ", width=size.width, height=size.height, maximized=size.maximized, min_size=(640, 480), background_color="#f2f2f2"
        )

    def begin(self, page: Page, view: Any) -> None:
        """Called in Qt's thread for each new window. pywebview's own event would be over before another thread could subscribe to it."""
        host, url = self._wanted.popleft()
        view.pywebview_window.events.closing += partial(self._may_close, view)
        page.titleChanged.connect(lambda title: view.setWindowTitle(title if TITLE in title else f"{title} - {TITLE}" if title else TITLE))
        self._add_menu(view, page)
        page.begin(host, url)

    def raise_window(self) -> None:
        """Bring the window to the front; may be called in any thread."""
        for window in list(webview.windows)[:1]:
            QtCore.QTimer.singleShot(0, self._application, partial(_raise, window))

    def _add_menu(self, view: Any, page: Page) -> None:
        """Keys with Shift, because a guest's console wants the plain ones."""
        words, menu = self.words, view.menuBar().addMenu(self.words.menu)
        for text, keys, action in (
            (words.hosts, "Ctrl+Shift+H", lambda: page.setUrl(QtCore.QUrl(page.start_at(None)))),
            (words.new_window, "Ctrl+Shift+N", lambda: in_background(lambda: self.open(None))),
            (words.reload, "Ctrl+Shift+R", page.load_again),
            (words.full_screen, "Ctrl+Shift+F", page.toggle_full_screen),
            (words.close, "Ctrl+Shift+W", view.close),
        ):
            entry = menu.addAction(text)
            entry.setShortcut(QtGui.QKeySequence(keys))
            entry.setShortcutContext(QtCore.Qt.ShortcutContext.WindowShortcut)
            entry.triggered.connect(lambda _=False, do=action: do())
            view.addAction(entry)  # so that the keys work while the menu is hidden

    def _may_close(self, view: Any) -> bool | None:
        """False keeps the window; its size is remembered otherwise."""
        transfers = [each for each in self.profile.findChildren(QWebEngineDownloadRequest) if not each.isFinished()]
        running = view.webview.page().running_tasks()
        if transfers and not _agrees(view, self.words, self.words.close_transfers.format(count=len(transfers))):
            return False
        if running and not _agrees(view, self.words, self.words.close_running.format(count=running)):
            return False
        if not view.isFullScreen():
            normal = view.normalGeometry() if view.isMaximized() else view.geometry()
            self.hosts.remember_size(normal.width(), normal.height(), maximized=view.isMaximized())
        return None

    def _make_profile(self) -> QWebEngineProfile:
        """Language and theme are kept; cookies are not, so a session ends with the program."""
        profile = QWebEngineProfile("nano", self._application)
        profile.setPersistentStoragePath(str(self._storage))
        profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        profile.setHttpAcceptLanguage(QtCore.QLocale.system().bcp47Name())
        settings = profile.settings()
        for attribute, value in SETTINGS.items():
            settings.setAttribute(attribute, value)
        profile.downloadRequested.connect(self._save)
        self.pages = OwnPages(self._application)
        profile.installUrlSchemeHandler(b"nano", self.pages)
        return profile

    def _save(self, download: QWebEngineDownloadRequest) -> None:
        folder = QtCore.QStandardPaths.writableLocation(QtCore.QStandardPaths.StandardLocation.DownloadLocation)
        parent = QtWidgets.QApplication.activeWindow()
        name = Path(download.suggestedFileName()).name or "download"
        chosen, _ = QtWidgets.QFileDialog.getSaveFileName(parent, self.words.save, str(Path(folder) / name))
        if not chosen:
            download.cancel()
            return
        download.setParent(self.profile)
        download.setDownloadDirectory(str(Path(chosen).parent))
        download.setDownloadFileName(Path(chosen).name)
        download.accept()


SETTINGS = {
    QWebEngineSettings.WebAttribute.ErrorPageEnabled: False,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled: True,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard: True,
    QWebEngineSettings.WebAttribute.JavascriptCanPaste: True,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls: False,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls: False,
    QWebEngineSettings.WebAttribute.PluginsEnabled: False,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled: False,
}


def _prepare_environment() -> None:
    """Chromium has no sandbox for root; everybody else keeps it, whatever pywebview thinks of their distribution."""
    if os.geteuid() == 0:
        flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} --no-sandbox".strip()
        log.warning("the window runs as root, without the browser's sandbox; start it as a user of group nano instead")


def _agrees(view: Any, words: Words, question: str) -> bool:
    """No is what a key pressed in haste means."""
    yes, no = QtWidgets.QMessageBox.StandardButton.Yes, QtWidgets.QMessageBox.StandardButton.No
    return bool(QtWidgets.QMessageBox.question(view, words.close_title, question, yes | no, no) == yes)


def _raise(window: Any) -> None:
    view = window.native
    view.setWindowState(view.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
    view.show()
    view.raise_()
    view.activateWindow()
