"""A browser without a screen: keeps the portal's cookie and CSRF token, and believes only this domain's certificates."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.running import Appliance

PASSWORD = "Correct-Horse-7"


class PortalSession:
    """Set up with the code that the appliance printed, and signed in."""

    def __init__(self, appliance: Appliance, user: str = "admin") -> None:
        self._appliance = appliance
        self.cookie = ""
        self._csrf = ""
        code = (appliance.home.data / "setup-code").read_text().strip()
        self.user = user
        self.must("POST", "/api/v1/portal/setup", {"code": code, "user": user, "password": PASSWORD})

    @property
    def origin(self) -> str:
        return f"https://{self._appliance.address}:{self._appliance.portal_port}"

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Answers the HTTP status and the envelope."""
        connection = http.client.HTTPSConnection(
            self._appliance.address, self._appliance.portal_port, timeout=30, context=self._appliance.trust()
        )
        headers = {"Cookie": self.cookie, "X-CSRF-Token": self._csrf, "Origin": self.origin, "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
            if cookie := answer.getheader("Set-Cookie"):
                self.cookie = cookie.partition(";")[0]
        finally:
            connection.close()
        told = json.loads(content) if content[:1] == b"{" else content
        if isinstance(told, dict) and isinstance(told.get("data"), dict):
            self._csrf = told["data"].get("csrf") or self._csrf
        return answer.status, told

    def must(self, method: str, path: str, body: Any = None) -> Any:
        """As `call`, for a request that must work; answers its data."""
        status, answer = self.call(method, path, body)
        assert status < 300, f"{method} {path}: {status} {answer}"
        return answer["data"]
