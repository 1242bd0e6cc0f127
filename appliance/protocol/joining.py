"""Join tokens: a secret that approves one new host, and the fingerprint by which that host knows the right Core."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import NamedTuple

from nano_runtime.errors import BadValue

_VERSION = "nano1"


class JoinSecret(NamedTuple):
    """`authority` is the fingerprint (hex SHA-256 of the SPKI) of the domain's authority; `secret` at least 16 bytes."""

    id: str
    secret: bytes
    authority: str

    def text(self) -> str:
        """What a person carries to the new host: nano1.<id>.<secret and fingerprint>."""
        packed = base64.urlsafe_b64encode(self.secret + bytes.fromhex(self.authority)).decode().rstrip("=")
        return f"{_VERSION}.{self.id}.{packed}"

    @classmethod
    def parse(cls, text: str) -> JoinSecret:
        """Raises BadValue for anything `text()` did not write."""
        try:
            version, id, packed = text.strip().split(".")
            data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            version, id, data = "", "", b""
        if version != _VERSION or not id or len(data) < 48:
            raise BadValue("this is not a join token", hint="copy the whole token, it begins with nano1.", field="token")
        return cls(id, data[:-32], data[-32:].hex())

    def proof(self, fingerprint: str) -> str:
        """Shows that the holder of this key has the secret, without showing the secret (Enrol.proof)."""
        return proof(self.secret, fingerprint)


def proof(secret: bytes, fingerprint: str) -> str:
    """Hex HMAC-SHA256 of a key fingerprint under a token's secret."""
    return hmac.new(secret, fingerprint.encode(), hashlib.sha256).hexdigest()
