"""Is there another cluster with the same domain triple on this LAN? It would answer our cells, and ours its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.checks import Finding
from installer.wording import Text
from nano_runtime.certificates import AUTHORITY, fingerprint, read_certificate
from nano_runtime.discovery import Triple, find_core
from nano_runtime.errors import NanoError

if TYPE_CHECKING:
    from installer.questions import Answers
    from nano_runtime.home import Home

SECONDS = 1.0


def neighbour(home: Home, answers: Answers) -> Finding:
    """Asks the LAN. For a host with Core another one is red; for a lone Cell none at all is amber, before the join fails on it."""
    triple = Triple(answers.domain, answers.group_address, answers.group_port)
    try:
        found = find_core(triple, verify=None, known=answers.core_address, seconds=SECONDS)
    except NanoError:
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


def _own_authority(home: Home) -> str:
    try:
        return fingerprint(read_certificate((home.cert / f"{AUTHORITY}.crt.pem").read_text("ascii")))
    except (OSError, NanoError):
        return ""
