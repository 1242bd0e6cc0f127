"""The appliance of this computer: what its portal is known by, and the way in for those whom the host vouches for."""

from __future__ import annotations

import http.client
import json
import logging
from typing import TYPE_CHECKING

from appliance.desktop.hosts import Host
from nano_runtime.door import ask
from nano_runtime.errors import NanoError
from nano_runtime.tls import client_context

if TYPE_CHECKING:
    from nano_runtime.home import Home

log = logging.getLogger(__name__)

SECONDS = 5.0
COOKIE = "Set-Cookie"


class ThisHost:
    """Content with a computer that runs no appliance, or one that does not know this user."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def host(self) -> Host | None:
        """The portal with the key it has now, told by the appliance itself."""
        try:
            facts = ask(self._home.door, "portal")
            return Host(address=facts["address"], port=facts["port"], fingerprint=facts["fingerprint"])
        except (NanoError, OSError):
            return None

    def sign_in(self, host: Host) -> str:
        """The session's cookie as the portal wrote it; "" where the person has to sign in with a password."""
        try:
            facts = ask(self._home.door, "token")
            return self._redeem(host, facts["user"], facts["token"])
        except (NanoError, OSError, http.client.HTTPException) as problem:
            log.info("no sign-in without a password: %s", problem)
            return ""

    def _redeem(self, host: Host, user: str, token: str) -> str:
        """Over a connection that shows the key the appliance told, and no other: the token is as good as a password."""
        context = client_context("", pinned=host.fingerprint)
        connection = http.client.HTTPSConnection(host.address, host.port, timeout=SECONDS, context=context)
        try:
            body = json.dumps({"user": user, "token": token}).encode()
            connection.request("POST", "/api/v1/portal/local", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            return (answer.getheader(COOKIE) or "") if answer.status == 200 else ""
        finally:
            connection.close()
