# pyright: reportMissingImports=false
"""What one window shows: the pages of its own, and the portal of a host whose key is the right one."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore, QtGui, QtNetwork
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from appliance.desktop.guide import Guide
from nano_runtime.certificates import fingerprint, read_certificate

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.desktop.hosts import Host
    from appliance.desktop.window import Desktop

ABORTED = -3
"""net::ERR_ABORTED: a load that another one took the place of, or that became a download."""

BUSY = "(r => { r.open('GET', '/api/v1/operations/?state=running&limit=1', false); r.send(); return r.responseText })(new XMLHttpRequest())"
"""Asked by the portal's own page with its own session; synchronous, because runJavaScript waits for no promise."""


class OwnPages(QWebEngineUrlSchemeHandler):
    """Answers nano://<window>/ from the guide of that window, and to that window alone: no page of a host may command it."""

    def __init__(self, parent: QtCore.QObject) -> None:
        super().__init__(parent)
        self._guides: dict[str, Guide] = {}

    def add(self, make: Callable[[str], Guide]) -> Guide:
        name = f"w{len(self._guides) + 1}"
        self._guides[name] = make(f"nano://{name}/")
        return self._guides[name]

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:  # Qt's name
        name, asks = job.requestUrl().host(), job.initiator()
        is_own = asks.scheme() == "nano" and asks.host() == name
        guide = self._guides.get(name)
        if guide is None or not (is_own or asks.isEmpty()):
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        content = QtCore.QBuffer(job)
        content.setData(guide.answer(job.requestUrl().toString(QtCore.QUrl.ComponentFormattingOption.FullyEncoded)).encode())
        job.reply(b"text/html; charset=utf-8", content)


class Page(QWebEnginePage):
    """What one window shows, and what it may do."""

    moved = QtCore.Signal(str)
    signed_in = QtCore.Signal(str, str)

    def __init__(self, desktop: Desktop, parent: Any = None, profile: Any = None) -> None:
        """`profile` is pywebview's, which is left alone: all windows share ours."""
        super().__init__(desktop.profile, parent.webview)
        self._desktop = desktop
        self._view = parent
        self._guide = desktop.pages.add(self._make_guide)
        self.signed_in.connect(self._keep_session)
        self.moved.connect(lambda url: self.setUrl(QtCore.QUrl(url)), QtCore.Qt.ConnectionType.QueuedConnection)
        self.certificateError.connect(self._judge)
        self.fullScreenRequested.connect(self._full_screen)
        self.loadingChanged.connect(self._loading)
        self.renderProcessTerminated.connect(lambda *_: self._guide.lost(self._origin(self.url()), "the page ended unexpectedly"))
        self.permissionRequested.connect(self._permit)
        QtCore.QTimer.singleShot(0, self, lambda: desktop.begin(self, parent))  # when the window around it is complete

    def begin(self, host: Host | None, url: str) -> None:
        """Show the list of hosts, connect to one of them, or go on in a portal that another window has open."""
        if url:
            self._guide.host = host
        self.setUrl(QtCore.QUrl(url or self.start_at(host)))

    def start_at(self, host: Host | None) -> str:
        return f"{self._guide.base}open?host={host.name}" if host else self._guide.base

    def load_again(self) -> None:
        """The portal; from one of our own pages the way to it, because that page is about a try that is over."""
        if self.url().scheme() == "https" or not self._guide.host:
            self.triggerAction(QWebEnginePage.WebAction.Reload)
        else:
            self.setUrl(QtCore.QUrl(self.start_at(self._guide.host)))

    def toggle_full_screen(self) -> None:
        if self._view.isFullScreen():
            self.triggerAction(QWebEnginePage.WebAction.ExitFullScreen)
        self._fill_screen(whole=not self._view.isFullScreen())

    def setWebChannel(self, *_: Any, **__: Any) -> None:  # Qt's name
        """pywebview would offer its bridge to every page; ours talk through addresses."""

    def acceptNavigationRequest(self, url: QtCore.QUrl | str, kind: Any, is_main_frame: bool) -> bool:  # noqa: FBT001  # Qt's
        """Our own pages, and the portal of the host that was chosen; everything else belongs into the browser."""
        wanted = QtCore.QUrl(url)
        if kind == QWebEnginePage.NavigationType.NavigationTypeFormSubmitted and {wanted.scheme(), self.url().scheme()} == {"nano"}:
            self.moved.emit(wanted.toString(QtCore.QUrl.ComponentFormattingOption.FullyEncoded))
            return False  # Qt 6.12 lets no form through to a scheme of one's own
        if not is_main_frame or wanted.scheme() == "nano" or self._is_of_host(wanted):
            return True
        _open_outside(wanted)
        return False

    def createWindow(self, _kind: Any) -> QWebEnginePage:  # Qt's name
        """A link to a new window: the portal's gets one of ours, any other is for the browser."""
        return _Doorway(self, self._new_window)

    def running_tasks(self) -> int:
        """How many tasks of the host's the person would leave behind; 0 if the page does not say within a second."""
        if self.url().scheme() != "https":
            return 0
        answers: list[Any] = []
        loop = QtCore.QEventLoop()

        def told(answer: Any) -> None:
            answers.append(answer)
            loop.quit()

        self.runJavaScript(BUSY, 0, told)
        QtCore.QTimer.singleShot(1000, loop, loop.quit)
        loop.exec()
        return _total(answers[0] if answers else "")

    def _make_guide(self, base: str) -> Guide:
        desktop = self._desktop
        this_host = desktop.this_host
        return Guide(
            base,
            desktop.hosts,
            desktop.words,
            go=self.moved.emit,
            start=in_background,
            local=this_host.host,
            sign_in=lambda host: self.signed_in.emit(host.origin, this_host.sign_in(host)),
        )

    def _keep_session(self, origin: str, cookie: str) -> None:
        """Before the page is loaded: signals of one thread come in the order in which they were sent."""
        for parsed in QtNetwork.QNetworkCookie.parseCookies(cookie.encode()) if cookie else []:
            self.profile().cookieStore().setCookie(parsed, QtCore.QUrl(origin))

    def _new_window(self, url: QtCore.QUrl) -> None:
        if self._is_of_host(url):
            in_background(lambda: self._desktop.open(self._guide.host, url.toString()))
        else:
            _open_outside(url)

    def _judge(self, error: QWebEngineCertificateError) -> None:
        """Called for every certificate that no authority of this machine vouches for, which ours are; decides by the key alone."""
        chain = error.certificateChain()
        key = fingerprint(read_certificate(bytes(chain[0].toDer().data()))) if chain else ""
        if error.isOverridable() and self._guide.judge(self._origin(error.url()), key):
            error.acceptCertificate()
        else:
            error.rejectCertificate()

    def _loading(self, info: QWebEngineLoadingInfo) -> None:
        failed = info.status() == QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus
        refused = info.errorDomain() == QWebEngineLoadingInfo.ErrorDomain.CertificateErrorDomain  # told by _judge
        if failed and not refused and info.errorCode() != ABORTED and info.url().scheme() == "https":
            reason = info.errorString().removeprefix("net::ERR_").replace("_", " ").lower()
            self._guide.lost(self._origin(info.url()), reason)

    def _full_screen(self, request: Any) -> None:
        request.accept()
        self._fill_screen(whole=request.toggleOn())

    def _fill_screen(self, *, whole: bool) -> None:
        self._view.menuBar().setVisible(not whole)
        if whole:
            self._view.showFullScreen()
        else:
            self._view.showNormal()

    def _permit(self, permission: Any) -> None:
        kind = type(permission.permissionType())
        wanted = permission.permissionType() in (kind.ClipboardReadWrite, kind.Notifications, kind.PointerLock)
        if wanted and self._is_of_host(permission.origin()):
            permission.grant()
        else:
            permission.deny()

    def _is_of_host(self, url: QtCore.QUrl) -> bool:
        host = self._guide.host
        return host is not None and self._origin(url) == host.origin

    @staticmethod
    def _origin(url: QtCore.QUrl) -> str:
        address = f"[{url.host()}]" if ":" in url.host() else url.host()
        return f"{url.scheme()}://{address}:{url.port(443)}"


class _Doorway(QWebEnginePage):
    """A page that exists only to learn where a new window would go."""

    def __init__(self, page: Page, tell: Callable[[QtCore.QUrl], None]) -> None:
        super().__init__(page.profile(), page)
        self._tell = tell

    def acceptNavigationRequest(self, url: QtCore.QUrl | str, kind: Any, is_main_frame: bool) -> bool:  # noqa: FBT001  # Qt's
        self._tell(QtCore.QUrl(url))
        self.deleteLater()
        return False


def in_background(work: Callable[[], Any]) -> None:
    threading.Thread(target=work, name="contact", daemon=True).start()


def _open_outside(url: QtCore.QUrl) -> None:
    if url.scheme() in ("https", "http", "mailto"):
        QtGui.QDesktopServices.openUrl(url)


def _total(answer: str) -> int:
    """From the envelope of the API; nobody who is not signed in has tasks."""
    try:
        return int(json.loads(answer)["data"]["total"])
    except (ValueError, KeyError, TypeError):
        return 0
