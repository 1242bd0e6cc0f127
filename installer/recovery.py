"""The recovery sheet: what an administrator needs when the portal is not there to ask."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from installer.wording import Language, Text
from nano_runtime.certificates import AUTHORITY, fingerprint, fingerprint_lines, read_certificate

if TYPE_CHECKING:
    from nano_runtime.home import Home


class Access(Struct, frozen=True, kw_only=True):
    """How this host's appliance is reached. On a lone Cell the ports are 0 and there is no portal."""

    domain: str
    address: str = ""
    api_port: int = 0
    portal_port: int = 0
    storage: str = ""
    has_core: bool = True


def recovery_sheet(home: Home, access: Access, language: Language) -> str:
    """Text of some 25 lines of at most 78 columns."""
    lines = [Text("NANO APPLIANCE - RECOVERY SHEET", "NANO 应用 — 恢复说明").say(language), "=" * 40]
    for title, value in _rows(home, access):
        lines += [f"{title.say(language)}:", *(f"    {line}" for line in value.splitlines())]
    return "\n".join(lines) + "\n"


def _rows(home: Home, access: Access) -> list[tuple[Text, str]]:
    rows = [(Text("Domain", "域"), access.domain)]
    if access.has_core:
        rows.append((Text("Portal", "门户"), f"https://{access.address}:{access.portal_port}/"))
        rows.append((Text("API", "API"), f"https://{access.address}:{access.api_port}/api/v1/"))
    rows += _certificate_rows(home)
    with suppress(OSError):
        code = (home.data / "setup-code").read_text("ascii").strip()
        rows.append((Text("Set-up code for the first visit of the portal (works once)", "首次访问门户的设置码（仅一次）"), code))
    if access.storage:
        rows.append((Text("Guest disks and images", "云主机磁盘与镜像"), access.storage))
    return rows + _commands(home)


def _certificate_rows(home: Home) -> list[tuple[Text, str]]:
    with suppress(OSError):
        authority = read_certificate((home.cert / f"{AUTHORITY}.crt.pem").read_text("ascii"))
        title = Text(
            "Key of the certificate authority (SHA-256); compare before you trust it", "证书颁发机构公钥指纹 (SHA-256)，信任前请核对"
        )
        return [(title, "\n".join(fingerprint_lines(fingerprint(authority))))]
    return []


def _commands(home: Home) -> list[tuple[Text, str]]:
    return [
        (Text("Settings, certificates, data, logs", "配置、证书、数据、日志"), f"{home.path}/{{config,cert,data,log}}"),
        (Text("Change answers, or mend the installation", "修改设置或修复安装"), "nano-installer\nnano-installer repair"),
        (Text("State of the services", "服务状态"), "nano status"),
        (
            Text("A new set-up code, while no user exists", "尚无用户时重新生成设置码"),
            f"nano stop; rm {home.data}/setup-code; nano start; cat {home.data}/setup-code",
        ),
        (Text("Remove the appliance; guests and their disks stay", "卸载应用；云主机及磁盘保留"), "nano-installer --uninstall"),
        (Text("... and remove guests, by name", "……并按名称删除云主机"), "nano-installer --uninstall --with-guest NAME"),
    ]
