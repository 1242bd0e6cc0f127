"""Is there another cluster with the same domain triple on this LAN? It would answer our cells, and ours its cells."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from installer.checks import Finding
from installer.wording import Text
from nano_runtime.certificates import AUTHORITY, fingerprint, read_certificate
from nano_runtime.discovery import Echo, EchoBody, Found, Triple, find_core
from nano_runtime.errors import NanoError

if TYPE_CHECKING:
    from installer.questions import Answers
    from nano_runtime.home import Home

SECONDS = 1.0
ETH_P_IP = 0x0800


def neighbour(home: Home, answers: Answers) -> Finding:
    """Asks the LAN. For a host with Core another one is red; for a lone Cell none at all is amber, before the join fails on it."""
    triple = Triple(answers.domain, answers.group_address, answers.group_port)
    found = _find(triple, answers.core_address)
    if found is None:
        if answers.roles != "cell":
            return Finding("domain", "green", Text("nobody else on this LAN uses it", "本地网络中没有其他主机使用该域"))
        reason = Text("no Core of domain {domain} answers", "域 {domain} 的 Core 没有应答").format(domain=answers.domain)
        return Finding("domain", "amber", reason, Text("start Core first, or answer core_address", "请先启动 Core，或填写 core_address"))
    where = Text("Core {name} at {address}", "Core {name}（{address}）").format(name=found.name, address=found.address)
    if answers.roles == "cell" or found.authority_fingerprint == _own_authority(home):
        return Finding("domain", "green", where)
    reason = Text("{where} uses domain {domain} already", "{where} 已在使用域 {domain}").format(where=where, domain=answers.domain)
    fix = Text("choose another domain name, or install Cell only and join it", "请更换域名称，或仅安装 Cell 并加入该域")
    return Finding("domain", "red", reason, fix)


def _find(triple: Triple, known: str) -> Found | None:
    with Overheard(triple) as overheard:
        try:
            return find_core(triple, verify=None, known=known, seconds=SECONDS)
        except NanoError:
            overheard.read()
            return overheard.core


class Overheard:
    """Echoes that reach the card but not our socket: a firewall takes the answer to a multicast question for an attack.

    A packet socket sees them all the same (packet(7)). `core` is what such an echo says of itself; good enough for a warning.
    """

    def __init__(self, triple: Triple) -> None:
        self.core: Found | None = None
        self._triple = triple

    def __enter__(self) -> Overheard:
        self._socket: socket.socket | None = None
        with suppress(OSError):  # not root: what the firewall drops stays unheard
            self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
            self._socket.settimeout(0)
        return self

    def __exit__(self, *_: object) -> None:
        if self._socket:
            self._socket.close()

    def read(self) -> None:
        """Look through what has come in since the beginning."""
        with suppress(BlockingIOError):
            while self._socket and self.core is None:
                self.core = self._echo(self._socket.recv(65535))

    def _echo(self, packet: bytes) -> Found | None:
        start = (packet[0] & 0xF) * 4
        if packet[9:10] != bytes([socket.IPPROTO_UDP]) or int.from_bytes(packet[start : start + 2]) != self._triple.port:
            return None
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            body = msgspec.json.decode(msgspec.json.decode(packet[start + 8 :], type=Echo).body, type=EchoBody)
            if body.domain == self._triple.domain:
                return Found(body.core.address, body.core.port, body.core.name, body.core.authority)
        return None


def _own_authority(home: Home) -> str:
    try:
        return fingerprint(read_certificate((home.cert / f"{AUTHORITY}.crt.pem").read_text("ascii")))
    except (OSError, NanoError):
        return ""
