"""What the installer asks: each question once, as a field of Answers.

The answers file, the screens, the plain prompts and the text of --help all come from here. An empty answer means: what
the host suggests (`suggest`); a question that does not matter with the answers before it (`matters`) is not asked, and may
not be answered. Values that a pattern or a range can judge are judged by msgspec, the rest by `check`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, get_type_hints

import msgspec
from msgspec import Meta, Struct, structs

from appliance.settings import Port
from installer import answer_rules
from installer.answer_rules import BadAnswer
from installer.facts import Facts
from installer.wording import Text


class Choice(NamedTuple):
    value: str
    title: Text


Suggest = Callable[[Facts, "Answers"], Any]
Matters = Callable[["Answers"], bool]
Checker = Callable[[Any, Facts, "Answers"], None]


@dataclass(frozen=True)
class Question:
    """How one answer is asked for and judged. `check` raises BadAnswer."""

    title: Text
    help: Text
    choices: tuple[Choice, ...] = ()
    suggest: Suggest | None = None
    matters: Matters = lambda _: True
    check: Checker = lambda *_: None
    is_secret: bool = False


class Answers(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """All answers, in the order they are asked for."""

    roles: Annotated[
        str,
        Meta(pattern="^(all|core|cell)$"),
        Question(
            Text("What shall run on this host?", "本机运行哪些模块？"),
            Text(
                "The first host of a domain runs everything. Hosts that are added later run Cell only.",
                "域的第一台主机运行全部模块；之后加入的主机只运行 Cell。",
            ),
            (
                Choice("all", Text("everything: Core, Cell and portal", "全部：Core、Cell 与门户")),
                Choice("core", Text("Core and portal, no guests here", "仅 Core 与门户，本机不运行云主机")),
                Choice("cell", Text("Cell only, joins a domain by token", "仅 Cell，使用令牌加入已有域")),
            ),
        ),
    ] = "all"
    domain: Annotated[
        str,
        Meta(pattern=r"^[A-Za-z0-9_-]{1,63}$"),
        Question(
            Text("Name of the domain", "域名称"),
            Text("Modules with the same name, group address and port find each other.", "名称、组播地址与端口都相同的模块会互相发现。"),
        ),
    ] = "nano"
    group_address: Annotated[
        str,
        Question(
            Text("Multicast address of the domain", "组播地址"),
            Text("224.0.0.0-224.0.0.255; such packets never leave the LAN.", "224.0.0.0-224.0.0.255，不会离开本地网络。"),
            check=answer_rules.check_group,
        ),
    ] = "224.0.0.226"
    group_port: Annotated[
        Port,
        Question(
            Text("UDP port of the domain", "组播端口"), Text("1-65535; the default suits nearly everybody.", "1-65535，一般使用默认值。")
        ),
    ] = 5599
    listen_address: Annotated[
        str,
        Question(
            Text("Address of this host that Core listens on", "Core 监听地址"),
            Text("An IPv4 address that the other hosts and your browser reach.", "其他主机和浏览器可以访问的 IPv4 地址。"),
            suggest=answer_rules.first_address,
            matters=answer_rules.has_core,
            check=answer_rules.check_address,
        ),
    ] = ""
    api_port: Annotated[
        Port,
        Question(
            Text("Port of the API (HTTPS)", "API 端口 (HTTPS)"),
            Text("The firewall opens exactly this port.", "防火墙只开放该端口。"),
            matters=answer_rules.has_core,
            check=answer_rules.check_api_port,
        ),
    ] = 5870
    portal_port: Annotated[
        Port,
        Question(
            Text("Port of the portal (HTTPS)", "门户端口 (HTTPS)"),
            Text("The firewall opens exactly this port.", "防火墙只开放该端口。"),
            matters=answer_rules.has_core,
            check=answer_rules.check_portal_port,
        ),
    ] = 5850
    join_token: Annotated[
        str,
        Meta(max_length=200),
        Question(
            Text("Join token", "加入令牌"),
            Text("nano1.…, made in the portal under Hosts. It works once.", "nano1.…，在门户“主机”页面生成，只能使用一次。"),
            matters=answer_rules.is_cell_only,
            check=answer_rules.check_token,
            is_secret=True,
        ),
    ] = ""
    core_address: Annotated[
        str,
        Meta(pattern=r"^[A-Za-z0-9.-]{0,253}$"),
        Question(
            Text("Address of Core (empty: find it by multicast)", "Core 地址（留空则自动发现）"),
            Text("Only where multicast is filtered between the hosts.", "仅当主机之间过滤组播时填写。"),
            matters=answer_rules.is_cell_only,
        ),
    ] = ""
    network: Annotated[
        str,
        Meta(pattern="^(nat|bridge|existing)$"),
        Question(
            Text("How do guests reach the network?", "云主机如何接入网络？"),
            Text(
                "NAT never touches this host's own network. A bridge puts guests on your LAN; "
                "it can be made over SSH, because it is taken back unless you confirm it.",
                "NAT 不改动本机网络。网桥让云主机直接接入局域网；可以通过 SSH 操作，未确认时会自动恢复。",
            ),
            (
                Choice("nat", Text("NAT only (recommended)", "仅 NAT（推荐）")),
                Choice("bridge", Text("a new bridge on one of this host's interfaces", "在本机网卡上新建网桥")),
                Choice("existing", Text("a bridge that is there already", "使用已有网桥")),
            ),
            matters=answer_rules.has_cell,
        ),
    ] = "nat"
    nic: Annotated[
        str,
        Question(
            Text("Interface to bridge", "要桥接的网卡"),
            Text("Its addresses, routes, DNS and MAC move to the bridge.", "其地址、路由、DNS 与 MAC 将转移到网桥。"),
            suggest=answer_rules.first_card,
            matters=answer_rules.makes_bridge,
            check=answer_rules.check_card,
        ),
    ] = ""
    bridge_name: Annotated[
        str,
        Meta(pattern=r"^[a-z][a-z0-9_-]{0,14}$"),
        Question(
            Text("Name of the new bridge", "新网桥名称"),
            Text("Up to 15 small letters, digits, - and _.", "最多 15 个小写字母、数字、- 与 _。"),
            matters=answer_rules.makes_bridge,
            check=answer_rules.check_new_bridge,
        ),
    ] = "br0"
    bridge_seconds: Annotated[
        int,
        Meta(ge=10, le=600),
        Question(
            Text("Seconds to confirm the bridge", "确认网桥的秒数"),
            Text("Without your confirmation the network goes back to how it was.", "超时未确认则网络恢复原状。"),
            matters=answer_rules.makes_bridge,
        ),
    ] = 90
    existing_bridge: Annotated[
        str,
        Question(
            Text("Bridge to use", "使用的网桥"),
            Text("It is used as it is.", "不会修改该网桥。"),
            suggest=answer_rules.first_bridge,
            matters=answer_rules.uses_bridge,
            check=answer_rules.check_existing_bridge,
        ),
    ] = ""
    storage: Annotated[
        str,
        Question(
            Text("Folder of guest disks and images", "云主机磁盘与镜像目录"),
            Text("Guests and their disks stay there when the appliance is uninstalled.", "卸载后云主机及其磁盘仍保留在此。"),
            matters=answer_rules.has_cell,
            check=answer_rules.check_storage,
        ),
    ] = "/var/lib/nano"
    package_folder: Annotated[
        str,
        Question(
            Text(
                "Folder with packages for an off-line host (empty: the distribution's repositories)",
                "离线软件包目录（留空则使用发行版软件源）",
            ),
            Text("A repository made by createrepo_c for this distribution and version.", "由 createrepo_c 为本发行版生成的仓库。"),
            check=answer_rules.check_packages,
        ),
    ] = ""
    trust: Annotated[
        bool,
        Question(
            Text("Let this host's own programs trust the domain's certificate authority?", "是否让本机程序信任该域的证书颁发机构？"),
            Text(
                "Puts it into the system trust store. Browsers on other computers are not affected.",
                "写入系统信任库，不影响其他电脑的浏览器。",
            ),
            matters=answer_rules.has_core,
        ),
    ] = False
    start: Annotated[
        bool,
        Question(
            Text("Start now, and whenever this host starts?", "现在启动并设为开机启动？"),
            Text("Otherwise: nano start.", "否则请执行 nano start。"),
        ),
    ] = True


def _collect() -> dict[str, Question]:
    hints = get_type_hints(Answers, include_extras=True)
    return {name: next(part for part in hints[name].__metadata__ if isinstance(part, Question)) for name in Answers.__struct_fields__}


QUESTIONS = _collect()
"""Every question by the name of its answer, in order."""


def suggestion(name: str, facts: Facts, answers: Answers) -> Any:
    """What an empty answer stands for: the answer so far, or what the host suggests."""
    given = getattr(answers, name)
    suggest = QUESTIONS[name].suggest
    return suggest(facts, answers) if suggest and given == "" else given


def complete(answers: Answers, facts: Facts) -> Answers:
    """Fill in what the host suggests, and judge every answer. Raises BadAnswer for the first that cannot stand."""
    untouched = Answers()
    for name, question in QUESTIONS.items():
        if not question.matters(answers):
            if getattr(answers, name) != getattr(untouched, name):
                raise BadAnswer(f"{name} does not go with the other answers", hint=f"leave it out with roles {answers.roles}", field=name)
            continue
        answers = structs.replace(answers, **{name: suggestion(name, facts, answers)})
        if name != "bridge_name":
            question.check(getattr(answers, name), facts, answers)
    if answer_rules.makes_bridge(answers):
        answer_rules.check_new_bridge(answers.bridge_name, facts, answers)
    return answers


def judge(name: str, text: str, facts: Facts, answers: Answers) -> Answers:
    """The answers with one more, typed by a person. Raises BadAnswer with the rule it breaks."""
    value = _read(name, text.strip())
    made = structs.replace(answers, **{name: value})
    try:
        msgspec.convert(msgspec.to_builtins(made), Answers)
    except msgspec.ValidationError as problem:
        raise BadAnswer(f"{text.strip()!r} cannot be accepted: {problem}".partition(" - at ")[0], field=name) from problem
    QUESTIONS[name].check(value, facts, made)
    return made


def _read(name: str, text: str) -> Any:
    kind = type(getattr(Answers(), name))
    if kind is bool:
        words = {"y": True, "yes": True, "true": True, "是": True, "n": False, "no": False, "false": False, "否": False}
        if text.lower() not in words:
            raise BadAnswer(f"answer yes or no, not {text!r}", field=name)
        return words[text.lower()]
    if kind is int:
        if not (text.isascii() and text.isdigit()):
            raise BadAnswer(f"this must be a whole number, not {text!r}", field=name)
        return int(text)
    return text
