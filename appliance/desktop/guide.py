"""Which page the window shows: answers the links of its own pages, and decides whether a host's portal may be opened.

Knows nothing of Qt: `go` is how it sends the window elsewhere, `start` how it does something that takes a while.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from appliance.desktop import contact, pages
from appliance.desktop.contact import Shown
from appliance.desktop.hosts import Host, read_host
from appliance.settings import DomainSettings
from nano_runtime.discovery import Triple
from nano_runtime.errors import BadValue, NanoError

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.desktop.hosts import Hosts
    from appliance.desktop.wording import Words


class Guide:
    """One for each window, whose own pages lie at `base`. `find` and `look` reach the network; they run in threads of their own."""

    def __init__(
        self,
        base: str,
        hosts: Hosts,
        words: Words,
        *,
        go: Callable[[str], None],
        start: Callable[[Callable[[], None]], None],
        local: Callable[[], Host | None],
        sign_in: Callable[[Host], None] = lambda _: None,
        look: Callable[[Host], Shown] = contact.look,
        find: Callable[[Triple], str] = contact.find,
    ) -> None:
        self.base = base
        self._hosts = hosts
        self._words = words
        self._go = go
        self._start = start
        self._local = local
        self._sign_in = sign_in
        self._look = look
        self._find = find
        defaults = DomainSettings()
        self._triple = Triple(defaults.domain, defaults.group_address, defaults.group_port)
        self._page = ""
        self.host: Host | None = None

    def answer(self, url: str) -> str:
        """The page for one of our own addresses. What it takes from the address was written by a person: it may be wrong."""
        parts = urlsplit(url)
        fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            return self._answer(parts.path.strip("/"), fields)
        except NanoError as problem:
            return self._list(note=str(problem))

    def open(self, host: Host) -> str:
        """Begin to connect; answers the page until then."""
        host = self._known(host)
        local = self._local()
        if local and local.name == host.name:
            self._hosts.remember(local)  # so that nobody takes its place while it is down
        self.host = host
        self._start(lambda: self._connect(host))
        return pages.busy(self._words.connecting.format(host=host.name))

    def judge(self, origin: str, fingerprint: str) -> bool:
        """Whether the key that the window met at an origin is the one we know. Shows both keys if not."""
        host = self._known(self._host_of(origin))
        shown = Shown(fingerprint, host.fingerprint)
        if not shown.is_right:
            self._show(pages.new_key(self._words, host, shown) if shown.is_new else pages.other_key(self._words, host, shown))
        return shown.is_right

    def lost(self, origin: str, reason: str) -> None:
        """The window could not load the portal."""
        self._show(pages.away(self._words, self._host_of(origin), reason))

    def _answer(self, action: str, fields: dict[str, str]) -> str:
        match action:
            case "shown":
                return self._page or self._list()
            case "open" | "add":
                return self.open(read_host(fields.get("host", "")))
            case "trust":
                return self._trust(read_host(fields.get("host", "")), fields.get("fingerprint", ""))
            case "forget":
                self._hosts.forget(read_host(fields.get("host", "")))
            case "find":
                return self._search(fields)
        return self._list()

    def _list(self, note: str = "") -> str:
        local = self._local()
        known = [host for host in self._hosts.list() if not local or host.name != local.name]
        return pages.hosts(self._words, known, local, self._triple, note=note)

    def _trust(self, host: Host, fingerprint: str) -> str:
        """Only a host that is not known yet: one with another key must be forgotten first, by a second decision."""
        if self._known(host).fingerprint:
            return self.open(host)
        if not re.fullmatch(r"[0-9a-f]{64}", fingerprint):
            raise BadValue("this is no fingerprint of a key")
        trusted = Host(address=host.address, port=host.port, fingerprint=fingerprint)
        self._hosts.remember(trusted)
        return self.open(trusted)

    def _search(self, fields: dict[str, str]) -> str:
        port = fields.get("port", "")
        if not port.isdigit():
            raise BadValue(f"{port[:20]!r} is no UDP port")
        self._triple = Triple(fields.get("domain", ""), fields.get("group", ""), int(port))
        self._start(self._look_for)
        return pages.busy(self._words.searching)

    def _look_for(self) -> None:
        try:
            host = self._known(Host(address=self._find(self._triple)))
        except NanoError as problem:
            self._show(self._list(note=str(problem)))
            return
        if not any(each.name == host.name for each in self._hosts.list()):
            self._hosts.remember(host)
        self._show(self._list(note=f"{self._words.found}: {host.name}"))

    def _connect(self, host: Host) -> None:
        try:
            shown = self._look(host)
        except NanoError as problem:
            self._show(pages.away(self._words, host, str(problem)))
            return
        if shown.is_right:
            if (local := self._local()) and local.name == host.name:
                self._sign_in(local)
            self._go(f"{host.origin}/")
        else:
            self.judge(host.origin, shown.fingerprint)

    def _known(self, host: Host) -> Host:
        """This computer is known by what its own appliance says, which is better than what was remembered."""
        local = self._local()
        return local if local and local.name == host.name and local.fingerprint else self._hosts.known(host)

    def _host_of(self, origin: str) -> Host:
        return read_host(origin)

    def _show(self, page: str) -> None:
        self._page = page
        self._go(f"{self.base}shown")
