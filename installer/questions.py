"""What the installer asks: each question once, as a field of Answers.

The answers file, the screens, the plain prompts and the text of --help all come from here. An empty answer means: what
the host suggests (`suggest`); a question that does not matter with the answers before it (`matters`) is not asked, and may
not be answered. Values that a pattern or a range can judge are judged by msgspec, the rest by `check`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, NamedTuple, get_type_hints

from msgspec import Meta, Struct, structs

from appliance.settings import Port
from installer.facts import Facts
from installer.wording import Text
from nano_runtime.enrolment import parse_token
from nano_runtime.errors import BadValue

NO_PORT = 9090
"""Cockpit's, which CentOS administrators expect there."""
GROUPS = ipaddress.IPv4Network("224.0.0.0/24")


class BadAnswer(BadValue):
    """An answer cannot be accepted; `field` is its question."""

    code = "bad-answer"


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


def _has_core(answers: Answers) -> bool:
    return answers.roles != "cell"


def _has_cell(answers: Answers) -> bool:
    return answers.roles != "core"


def _is_cell_only(answers: Answers) -> bool:
    return answers.roles == "cell"


def _makes_bridge(answers: Answers) -> bool:
    return _has_cell(answers) and answers.network == "bridge"


def _uses_bridge(answers: Answers) -> bool:
    return _has_cell(answers) and answers.network == "existing"


def _check_group(value: str, _: Facts, __: Answers) -> None:
    try:
        if ipaddress.IPv4Address(value) in GROUPS:
            return
    except ValueError:
        pass
    raise BadAnswer(f"group_address must be within 224.0.0.0-224.0.0.255, not {value!r}", field="group_address")


def _check_address(value: str, facts: Facts, _: Answers) -> None:
    if not value:
        raise BadAnswer(
            "this host has no IPv4 address, and Core needs one", hint="give an interface an address first", field="listen_address"
        )
    if value not in facts.addresses:
        known = ", ".join(facts.addresses)
        raise BadAnswer(
            f"listen_address must be an IPv4 address of this host, not {value!r}", hint=f"it has: {known}", field="listen_address"
        )


def _check_api_port(value: int, _: Facts, __: Answers) -> None:
    if value == NO_PORT:
        raise BadAnswer(f"api_port {value} is Cockpit's", hint="choose another one", field="api_port")


def _check_portal_port(value: int, _: Facts, answers: Answers) -> None:
    if value == NO_PORT:
        raise BadAnswer(f"portal_port {value} is Cockpit's", hint="choose another one", field="portal_port")
    if value == answers.api_port:
        raise BadAnswer(f"portal_port and api_port are both {value}", hint="choose another one", field="portal_port")


def _check_card(value: str, facts: Facts, _: Answers) -> None:
    able = [card for card in facts.cards if card.can_be_bridged]
    if not able:
        raise BadAnswer("no network interface of this host can be bridged", hint="answer network with nat", field="nic")
    card = facts.card(value)
    if card is None or card not in able:
        names = ", ".join(card.name for card in able)
        reason = f"port of {card.bridge}" if card and card.bridge else (card.kind if card else "not there")
        raise BadAnswer(f"nic {value!r} cannot be bridged: it is {reason}", hint=f"choose one of: {names}", field="nic")
    if not card.addresses and not card.addresses6:
        raise BadAnswer(f"nic {value!r} has no address", hint="choose one that is connected, or answer network with nat", field="nic")


def _check_new_bridge(value: str, facts: Facts, answers: Answers) -> None:
    taken = facts.card(value)
    ours = facts.card(answers.nic)
    if taken and not (ours and ours.bridge == value):
        hint = "choose another name, or answer network with existing" if taken.kind == "bridge" else "choose another name"
        raise BadAnswer(f"bridge_name {value!r} is taken by an interface of kind {taken.kind}", hint=hint, field="bridge_name")


def _check_existing_bridge(value: str, facts: Facts, _: Answers) -> None:
    if value not in facts.bridges:
        known = ", ".join(facts.bridges) or "none"
        raise BadAnswer(f"existing_bridge {value!r} is not a bridge of this host", hint=f"bridges here: {known}", field="existing_bridge")


def _check_token(value: str, _: Facts, __: Answers) -> None:
    if not value:
        raise BadAnswer("join_token is missing", hint="make one in the portal of Core under Hosts", field="join_token")
    try:
        parse_token(value)
    except BadValue as problem:
        raise BadAnswer(f"join_token: {problem.message}", hint=problem.hint, field="join_token") from problem


def _check_storage(value: str, _: Facts, __: Answers) -> None:
    path = PurePosixPath(value)
    if not path.is_absolute() or ".." in path.parts or len(path.parts) < 3:
        hint = "an absolute path at least two folders deep, such as /var/lib/nano"
        raise BadAnswer(f"storage {value!r} cannot hold guest disks", hint=hint, field="storage")
    if path.parts[1] in ("proc", "sys", "dev", "run", "tmp") or path.is_relative_to("/opt/nano"):
        raise BadAnswer(f"storage {value!r} cannot hold guest disks", hint="it must survive a restart and an upgrade", field="storage")


def _check_packages(value: str, _: Facts, answers: Answers) -> None:
    if value and not PurePosixPath(value).is_absolute():
        raise BadAnswer(f"package_folder must be an absolute path, not {value!r}", field="package_folder")


def _first_address(facts: Facts, _: Answers) -> str:
    return facts.addresses[0] if facts.addresses else ""


def _first_card(facts: Facts, _: Answers) -> str:
    """The one the default route uses; of two, the one with the lower metric."""
    able = [card.name for card in facts.cards if card.can_be_bridged and (card.addresses or card.addresses6)]
    routed = [route.card for route in facts.routes if route.card in able]
    return (routed or able or [""])[0]


def _first_bridge(facts: Facts, _: Answers) -> str:
    return next((name for name in facts.bridges if not name.startswith("virbr")), "")


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
            check=_check_group,
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
            suggest=_first_address,
            matters=_has_core,
            check=_check_address,
        ),
    ] = ""
    api_port: Annotated[
        Port,
        Question(
            Text("Port of the API (HTTPS)", "API 端口 (HTTPS)"),
            Text("The firewall opens exactly this port.", "防火墙只开放该端口。"),
            matters=_has_core,
            check=_check_api_port,
        ),
    ] = 5870
    portal_port: Annotated[
        Port,
        Question(
            Text("Port of the portal (HTTPS)", "门户端口 (HTTPS)"),
            Text("The firewall opens exactly this port.", "防火墙只开放该端口。"),
            matters=_has_core,
            check=_check_portal_port,
        ),
    ] = 5850
    join_token: Annotated[
        str,
        Meta(max_length=200),
        Question(
            Text("Join token", "加入令牌"),
            Text("nano1.…, made in the portal under Hosts. It works once.", "nano1.…，在门户“主机”页面生成，只能使用一次。"),
            matters=_is_cell_only,
            check=_check_token,
            is_secret=True,
        ),
    ] = ""
    core_address: Annotated[
        str,
        Meta(pattern=r"^[A-Za-z0-9.-]{0,253}$"),
        Question(
            Text("Address of Core (empty: find it by multicast)", "Core 地址（留空则自动发现）"),
            Text("Only where multicast is filtered between the hosts.", "仅当主机之间过滤组播时填写。"),
            matters=_is_cell_only,
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
            matters=_has_cell,
        ),
    ] = "nat"
    nic: Annotated[
        str,
        Question(
            Text("Interface to bridge", "要桥接的网卡"),
            Text("Its addresses, routes, DNS and MAC move to the bridge.", "其地址、路由、DNS 与 MAC 将转移到网桥。"),
            suggest=_first_card,
            matters=_makes_bridge,
            check=_check_card,
        ),
    ] = ""
    bridge_name: Annotated[
        str,
        Meta(pattern=r"^[a-z][a-z0-9_-]{0,14}$"),
        Question(
            Text("Name of the new bridge", "新网桥名称"),
            Text("Up to 15 small letters, digits, - and _.", "最多 15 个小写字母、数字、- 与 _。"),
            matters=_makes_bridge,
            check=_check_new_bridge,
        ),
    ] = "br0"
    bridge_seconds: Annotated[
        int,
        Meta(ge=10, le=600),
        Question(
            Text("Seconds to confirm the bridge", "确认网桥的秒数"),
            Text("Without your confirmation the network goes back to how it was.", "超时未确认则网络恢复原状。"),
            matters=_makes_bridge,
        ),
    ] = 90
    existing_bridge: Annotated[
        str,
        Question(
            Text("Bridge to use", "使用的网桥"),
            Text("It is used as it is.", "不会修改该网桥。"),
            suggest=_first_bridge,
            matters=_uses_bridge,
            check=_check_existing_bridge,
        ),
    ] = ""
    storage: Annotated[
        str,
        Question(
            Text("Folder of guest disks and images", "云主机磁盘与镜像目录"),
            Text("Guests and their disks stay there when the appliance is uninstalled.", "卸载后云主机及其磁盘仍保留在此。"),
            matters=_has_cell,
            check=_check_storage,
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
            check=_check_packages,
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
            matters=_has_core,
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
    if _makes_bridge(answers):
        _check_new_bridge(answers.bridge_name, facts, answers)
    return answers
