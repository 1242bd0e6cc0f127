"""The appliance on this host: join its domain, see that it answers, and write down what the administrator needs."""

from __future__ import annotations

import http.client
import json
import time
from contextlib import suppress
from typing import Any

from installer.machine import Machine, replace
from installer.recovery import Access, recovery_sheet
from installer.steps.change import Change
from installer.wording import Language, Text
from nano_runtime.certificates import AUTHORITY
from nano_runtime.errors import TimedOut, Unavailable
from nano_runtime.tls import client_context

SHEET = "recovery.txt"
CELL_FILES = ("cell.crt.pem", "cell.key.pem")


class StopAppliance(Change, frozen=True, tag="stop-appliance"):
    """Before its settings change; taken back, it runs again with the old ones. Planned only where it runs."""

    unit: str
    roles: str = ""

    @property
    def title(self) -> Text:
        return Text("stop the appliance; guests go on running", "停止应用；云主机继续运行")

    @property
    def subject(self) -> str:
        return "stop"

    def do(self, host: Machine) -> None:
        if self.unit:
            host.systemctl("stop", self.unit)
        else:
            host.nano("stop")

    def undo(self, host: Machine) -> None:
        if self.unit:
            host.systemctl("start", self.unit)
        else:
            host.nano("start", *(["--roles", self.roles] if self.roles else []))


class JoinDomain(Change, frozen=True, tag="join-domain"):
    """Enrol this host's Cell with a join token. Taken back, this host forgets its certificate.

    Core goes on showing it, as lost, until it is removed there. `fresh` are settings files that are not there yet: the
    appliance writes its defaults when it joins.
    """

    token: str
    fresh: list[str]

    @property
    def title(self) -> Text:
        return Text("join the domain with the token", "使用令牌加入域")

    @property
    def subject(self) -> str:
        return "join"

    def do(self, host: Machine) -> None:
        """Raises CommandFailed with Core's reason: a wrong token, a used one, or one of another Core."""
        if self.token and not (host.home.cert / CELL_FILES[0]).exists():
            host.nano("join", "-", secret=self.token + "\n")

    def undo(self, host: Machine) -> None:
        for name in (*CELL_FILES, f"{AUTHORITY}.crt.pem"):
            (host.home.cert / name).unlink(missing_ok=True)
        for name in self.fresh:
            (host.home.config / name).unlink(missing_ok=True)


class CheckHealth(Change, frozen=True, tag="check-health"):
    """See that the appliance answers: over HTTPS with its own certificate, as a browser would; a lone Cell by its status."""

    access: Access
    seconds: int = 60

    @property
    def title(self) -> Text:
        return Text("see that the appliance answers", "检查应用是否正常")

    @property
    def subject(self) -> str:
        return "health"

    def do(self, host: Machine) -> None:
        """Raises TimedOut with the last reason."""
        deadline = time.monotonic() + self.seconds
        while (problem := self._problem(host)) is not None:
            if time.monotonic() > deadline:
                raise TimedOut(f"the appliance does not answer: {problem}", hint=f"see {host.home.log}, then start again")
            time.sleep(0.25)

    def _problem(self, host: Machine) -> str | None:
        if not self.access.has_core:
            return _cell_problem(host)
        for port, path in ((self.access.api_port, "/api/v1/openapi.json"), (self.access.portal_port, "/")):
            try:
                _get(host, self.access.address, port, path)
            except (OSError, http.client.HTTPException, Unavailable) as problem:
                return f"https://{self.access.address}:{port}{path}: {problem}"
        return None


class WriteRecoverySheet(Change, frozen=True, tag="write-recovery-sheet"):
    """Addresses, fingerprint, set-up code, and how to reset and remove it all: in a file that root alone can read."""

    access: Access
    language: Language

    @property
    def title(self) -> Text:
        return Text("write the recovery sheet", "写入恢复说明")

    @property
    def subject(self) -> str:
        return SHEET

    def do(self, host: Machine) -> None:
        replace(host.home.data / SHEET, recovery_sheet(host.home, self.access, self.language).encode(), mode=0o600)

    def undo(self, host: Machine) -> None:
        (host.home.data / SHEET).unlink(missing_ok=True)


def _get(host: Machine, address: str, port: int, path: str) -> None:
    """Trusts the domain's authority and nothing else."""
    context = client_context((host.home.cert / f"{AUTHORITY}.crt.pem").read_text())
    connection = http.client.HTTPSConnection(address, port, timeout=5, context=context)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status >= 400:
            raise Unavailable(f"it answers with status {answer.status}")
    finally:
        connection.close()


def _cell_problem(host: Machine) -> str | None:
    output = host.nano("status", "--json", "--roles", "cell", check=False).stdout
    told: dict[str, Any] = {}
    with suppress(ValueError):
        told = json.loads(output).get("cell", {})
    if not told.get("running"):
        return "the Cell does not run"
    return None if told.get("link") == "up" else f"the Cell has no link to Core: {told.get('problem') or told.get('waiting') or 'not yet'}"
