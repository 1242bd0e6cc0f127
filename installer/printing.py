"""What the installer prints line by line: findings, the plan, progress."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from installer import installation
from installer.steps.appliance import SHEET
from installer.wording import Language, Text, same
from nano_runtime.log import OneLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from installer.checks import Finding
    from installer.machine import Machine
    from installer.operations import Doing, TakeBack
    from installer.questions import Answers
    from installer.steps.change import Change
    from nano_runtime.operation import Watch

log = logging.getLogger(__name__)

LIGHTS = {"red": Text("STOP", "停止"), "amber": Text("CAUTION", "注意"), "green": Text("ok", "正常")}
NAMES = {
    "root": Text("rights", "权限"),
    "distribution": Text("distribution", "发行版"),
    "processor": Text("processor", "处理器"),
    "memory": Text("memory", "内存"),
    "disk": Text("disk", "磁盘"),
    "clock": Text("clock", "时钟"),
    "selinux": Text("SELinux", "SELinux"),
    "firewall": Text("firewall", "防火墙"),
    "ports": Text("ports", "端口"),
    "names": Text("name resolution", "域名解析"),
    "interfaces": Text("interfaces", "网卡"),
    "default route": Text("default route", "默认路由"),
    "multicast": Text("multicast", "组播"),
    "bridges": Text("bridges", "网桥"),
    "guests": Text("guests", "云主机"),
    "managers": Text("other managers", "其他管理软件"),
    "libvirt": Text("libvirt", "libvirt"),
    "programs": Text("package tool", "软件包工具"),
    "domain": Text("domain", "域"),
}
LOG = "/var/log/nano-installer.log"
PLAN = Text("What will be done:", "将执行：")
NOTHING = Text("Nothing is to be done.", "无需任何更改。")


def finding_lines(findings: Sequence[Finding], language: Language) -> list[str]:
    """What stops first, then what is to be minded, then the rest."""
    lines = []
    for each in sorted(findings, key=lambda finding: list(LIGHTS).index(finding.light)):
        name = NAMES.get(each.name, same(each.name)).say(language)
        lines.append(f"[{LIGHTS[each.light].say(language)}] {name}: {each.reason.say(language)}")
        if each.fix.en and each.light != "green":
            lines.append(f"      -> {each.fix.say(language)}")
    return lines


def plan_lines(steps: Sequence[Change], language: Language) -> list[str]:
    if not steps:
        return [NOTHING.say(language)]
    return [PLAN.say(language), *(f"{number:3}. {step.title.say(language)}" for number, step in enumerate(steps, 1))]


def print_findings(findings: Sequence[Finding], language: Language) -> None:
    print("\n".join(finding_lines(findings, language)))


def print_plan(steps: Sequence[Change], language: Language) -> None:
    print("\n".join(plan_lines(steps, language)))


def printing_watch(steps: Sequence[Change | None], language: Language) -> Watch:
    """A watch for nano_runtime.operation that prints and logs each step by its title."""

    def watch(_: str, begun: int, total: int, tag: str) -> None:
        step = steps[begun - 1] if begun <= len(steps) else None
        if step:
            print(f"[{begun}/{total}] {step.title.say(language)}", flush=True)
            log.info("step %d of %d: %s", begun, total, step.title.en)

    return watch


def log_to(host: Machine) -> None:
    """Append what is done from now on to a file that root alone can read; outside the home, so that it survives a way back."""
    path = host.path(LOG)
    path.touch(mode=0o600)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)


def carry_out(host: Machine, steps: Sequence[Doing | TakeBack], answers: Answers, language: Language) -> None:
    """Do the plan step by step before the person's eyes, and show the recovery sheet at the end."""
    log_to(host)
    installation.install(host, steps, answers, printing_watch(steps, language))
    sheet = host.home.data / SHEET
    if sheet.exists():
        host.say(f"\n{sheet.read_text()}\n({sheet})")
