"""Look before changing anything: each check answers green, amber (works, but) or red (cannot work), with reason and fix."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from installer.facts import Facts
from installer.questions import Answers
from installer.wording import Text, same

Light = Literal["green", "amber", "red"]
GIB = 1 << 30
MIB = 1 << 20
NOTHING = Text("", "")
BUILT = 1_760_000_000
"""Seconds since the epoch (October 2025): a clock before it is wrong, and would make certificates nobody accepts."""


@dataclass(frozen=True)
class Finding:
    """What one check found. `fix` is empty where there is nothing to do."""

    name: str
    light: Light
    reason: Text
    fix: Text = NOTHING


Check = Callable[[Facts, Answers], Finding]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Make a function one of the checks, in the order of this file."""
    CHECKS.append(function)
    return function


def run_checks(facts: Facts, answers: Answers) -> Iterator[Finding]:
    for each in CHECKS:
        yield each(facts, answers)


@check
def root(facts: Facts, _: Answers) -> Finding:
    if facts.is_root:
        return Finding("root", "green", Text("runs as root", "以 root 运行"))
    fix = Text("start it with sudo nano-installer", "请使用 sudo nano-installer")
    return Finding("root", "red", Text("the installer changes the host, which only root may", "安装程序需要 root 权限"), fix)


@check
def distribution(facts: Facts, _: Answers) -> Finding:
    found = facts.distribution
    if found.is_el:
        return Finding("distribution", "green", same(found.name))
    if found.is_debian:
        reason = Text("{name}: accepted for development", "{name}：仅供开发使用").format(name=found.name)
        return Finding("distribution", "amber", reason)
    reason = Text("{name} is not supported", "不支持 {name}").format(name=found.name)
    fix = Text("use CentOS Stream, RHEL, Rocky or AlmaLinux 9 or 10", "请使用 CentOS Stream、RHEL、Rocky 或 AlmaLinux 9/10")
    return Finding("distribution", "red", reason, fix)


@check
def processor(facts: Facts, answers: Answers) -> Finding:
    if facts.distribution.is_el and facts.distribution.major == 10 and not facts.has_v3:
        reason = Text("the processor is older than x86-64-v3 (AVX2), which version 10 needs", "处理器不支持第 10 版所需的 x86-64-v3 (AVX2)")
        return Finding("processor", "red", reason, Text("use version 9 on this machine", "本机请使用第 9 版"))
    if answers.roles == "core":
        return Finding("processor", "green", Text("{n} cores", "{n} 核").format(n=facts.cores))
    if facts.has_virtualisation and facts.has_kvm:
        return Finding("processor", "green", Text("{n} cores, virtualisation on", "{n} 核，已启用虚拟化").format(n=facts.cores))
    if facts.has_virtualisation:
        fix = Text("modprobe kvm_intel (or kvm_amd); see dmesg", "执行 modprobe kvm_intel（或 kvm_amd），并查看 dmesg")
        return Finding("processor", "amber", Text("/dev/kvm is missing: guests will be slow", "缺少 /dev/kvm，云主机会很慢"), fix)
    reason = Text("no vmx or svm: guests run in software, many times slower", "处理器未提供 vmx/svm：云主机以软件模拟运行，速度慢很多")
    fix = Text("turn on virtualisation in the firmware (or nested virtualisation)", "请在固件中开启虚拟化（或嵌套虚拟化）")
    return Finding("processor", "amber", reason, fix)


@check
def memory(facts: Facts, answers: Answers) -> Finding:
    have = Text("{gib:.1f} GiB", "{gib:.1f} GiB").format(gib=facts.memory / GIB)
    least, good = (512 * MIB, GIB) if answers.roles == "core" else (GIB, 4 * GIB)
    fix = Text("add memory, or run few and small guests", "请增加内存，或只运行少量小型云主机")
    if facts.memory < least:
        return Finding("memory", "red", have, fix)
    return Finding("memory", "amber", have, fix) if facts.memory < good else Finding("memory", "green", have)


@check
def disk(facts: Facts, answers: Answers) -> Finding:
    place = {"gib": facts.free / GIB, "folder": answers.storage}
    have = Text("{gib:.1f} GiB free for {folder}", "{folder} 可用 {gib:.1f} GiB").format(**place)
    fix = Text("free some space, or choose another storage folder", "请清理空间或选择其他目录")
    if facts.free < 2 * GIB:
        return Finding("disk", "red", have, fix)
    return Finding("disk", "amber", have, fix) if facts.free < 20 * GIB else Finding("disk", "green", have)


@check
def clock(facts: Facts, _: Answers) -> Finding:
    fix = Text("dnf install chrony; systemctl enable --now chronyd", "执行 dnf install chrony; systemctl enable --now chronyd")
    if facts.now < BUILT:
        reason = Text("the clock is years behind; certificates made now would not be valid", "系统时间落后数年，此时签发的证书无效")
        return Finding("clock", "red", reason, fix)
    if not facts.is_clock_synchronised:
        reason = Text("nothing keeps the clock right; hosts of a domain must agree on the time", "未启用时间同步；同一域的主机时间须一致")
        return Finding("clock", "amber", reason, fix)
    return Finding("clock", "green", Text("synchronised", "已同步"))


@check
def selinux(facts: Facts, _: Answers) -> Finding:
    texts = {
        "enforcing": Text("enforcing; the storage folder gets its label", "强制模式；存储目录将被标记"),
        "permissive": Text("permissive; the storage folder gets its label", "宽容模式；存储目录将被标记"),
    }
    if facts.selinux in texts:
        return Finding("selinux", "green", texts[facts.selinux])
    light: Light = "amber" if facts.distribution.is_el else "green"
    return Finding("selinux", light, Text("disabled; guests are separated by user only", "已禁用；云主机仅以用户身份隔离"))


@check
def firewall(facts: Facts, answers: Answers) -> Finding:
    if facts.firewalld == "running":
        return Finding("firewall", "green", Text("firewalld runs; exactly our ports are opened", "firewalld 运行中；只开放所需端口"))
    if facts.firewalld == "installed":
        reason = Text("firewalld is installed but does not run", "firewalld 已安装但未运行")
        return Finding("firewall", "amber", reason, Text("systemctl enable --now firewalld", "执行 systemctl enable --now firewalld"))
    return Finding("firewall", "amber", Text("no firewalld; whatever filters here is yours to open", "没有 firewalld；请自行开放端口"))


@check
def ports(facts: Facts, answers: Answers) -> Finding:
    """An appliance that runs already has them itself; its receipt makes the caller leave this check out."""
    wanted = [("tcp", answers.api_port), ("tcp", answers.portal_port)] if answers.roles != "cell" else []
    taken = [f"{kind} {port}" for kind, port in wanted if (kind, port) in facts.ports]
    if taken:
        reason = Text("taken by another program: {taken}", "已被其他程序占用：{taken}").format(taken=", ".join(taken))
        fix = Text("see who with: ss -tlnp; stop that, or choose other ports", "用 ss -tlnp 查看；停止该程序或选择其他端口")
        return Finding("ports", "red", reason, fix)
    return Finding("ports", "green", Text("free", "空闲"))


@check
def names(facts: Facts, answers: Answers) -> Finding:
    if facts.resolves or answers.package_folder:
        return Finding(
            "names", "green", Text("names resolve", "域名解析正常") if facts.resolves else Text("not needed off-line", "离线安装无需解析")
        )
    reason = Text("names of the Internet do not resolve", "无法解析互联网域名")
    servers = ", ".join(facts.name_servers)
    fix = Text("check /etc/resolv.conf ({servers}), or carry the packages", "检查 /etc/resolv.conf（{servers}），或使用离线软件包")
    return Finding("names", "amber", reason, fix.format(servers=servers or "-"))


@check
def interfaces(facts: Facts, answers: Answers) -> Finding:
    able = [card for card in facts.cards if card.can_be_bridged]
    if not able and not facts.bridges:
        reason = Text("this host has no network interface", "本机没有网卡")
        return Finding("interfaces", "red", reason, Text("see: ip link", "查看 ip link"))
    if answers.roles != "cell" and not facts.addresses:
        only6 = any(card.addresses6 for card in facts.cards)
        reason = Text("only IPv6 addresses; Core needs an IPv4 one", "只有 IPv6 地址；Core 需要 IPv4") if only6 else NOTHING
        reason = reason if only6 else Text("no interface has an address", "没有网卡配置地址")
        return Finding(
            "interfaces",
            "red",
            reason,
            Text("nmcli connection modify NAME ipv4.method auto", "执行 nmcli connection modify NAME ipv4.method auto"),
        )
    told = ", ".join(f"{card.name} ({card.kind})" for card in (able or facts.cards))
    return Finding("interfaces", "green", same(told))


@check
def default_route(facts: Facts, _: Answers) -> Finding:
    told = ", ".join(f"{route.card} via {route.gateway} metric {route.metric}" for route in facts.routes)
    if not facts.routes:
        return Finding("default route", "amber", Text("none; only this LAN is reached", "没有默认路由，只能访问本地网络"))
    if len(facts.routes) > 1:
        reason = Text("{n}: {told}; the first is used", "{n} 条：{told}；使用第一条").format(n=len(facts.routes), told=told)
        return Finding("default route", "amber", reason)
    return Finding("default route", "green", same(told))


@check
def multicast(facts: Facts, answers: Answers) -> Finding:
    if answers.core_address or any(card.has_multicast and card.is_up and card.addresses for card in facts.cards):
        return Finding("multicast", "green", Text("hosts can find each other", "主机可以互相发现"))
    reason = Text("no interface that is up carries multicast", "没有启用的网卡支持组播")
    return Finding("multicast", "amber", reason, Text("answer core_address on hosts that join", "加入的主机请填写 core_address"))


@check
def bridges(facts: Facts, _: Answers) -> Finding:
    told = ", ".join(facts.bridges)
    return Finding("bridges", "green", Text("there is {told}", "已有 {told}").format(told=told) if told else Text("none yet", "暂无"))


@check
def guests(facts: Facts, _: Answers) -> Finding:
    count = len(facts.guests)
    if not count:
        return Finding("guests", "green", Text("none", "暂无"))
    return Finding("guests", "green", Text("{n} in libvirt; they are left alone", "libvirt 中有 {n} 个云主机，不会改动").format(n=count))


@check
def managers(facts: Facts, _: Answers) -> Finding:
    if not facts.other_managers:
        return Finding("managers", "green", Text("no other one", "没有其他虚拟化管理软件"))
    told = ", ".join(facts.other_managers)
    reason = Text("{told} manages guests here, too", "{told} 也在管理本机的虚拟机").format(told=told)
    return Finding("managers", "amber", reason, Text("run one of them only, or mind the memory both give away", "建议只运行其中之一"))


@check
def libvirt(facts: Facts, answers: Answers) -> Finding:
    if facts.libvirt == "monolithic" and facts.guests and facts.distribution.is_el:
        return Finding("libvirt", "amber", Text("monolithic libvirtd with guests; it stays", "libvirtd 单体模式且有云主机，保持不变"))
    texts = {"absent": Text("will be installed", "将会安装"), "modular": Text("modular daemons", "模块化守护进程")}
    return Finding("libvirt", "green", texts.get(facts.libvirt, Text("monolithic libvirtd", "单体 libvirtd")))


def programs() -> Finding:
    """What the installer itself calls; asked of the live host."""
    manager = next((name for name in ("dnf", "apt-get") if shutil.which(name)), "")
    if manager:
        return Finding("programs", "green", same(manager))
    return Finding("programs", "red", Text("neither dnf nor apt-get", "没有 dnf 或 apt-get"))
