"""What people compare and install so that their browser trusts the portal."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from appliance.frontend.api.trust import Trust
from nano_runtime.certificates import AUTHORITY, certificate_der, expires, fingerprint, read_certificate
from nano_runtime.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path


class Authority:
    """The certificate in `folder`; read each time, for it may come later than the portal."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"{AUTHORITY}.crt.pem"

    def pem(self) -> bytes:
        """Raises NotFound on a host that is in no domain yet."""
        try:
            return self._file.read_bytes()
        except OSError as problem:
            raise NotFound("this host has no certificate of its domain yet", hint="see whether Core runs") from problem

    def shown(self) -> Trust:
        certificate = read_certificate(self.pem().decode("ascii"))
        return Trust(
            name=_common_name(certificate.subject.rfc4514_string()),
            fingerprint=fingerprint(certificate),
            sha256=hashlib.sha256(certificate_der(certificate)).hexdigest(),
            expires=expires(certificate),
        )


def _common_name(subject: str) -> str:
    return next((part[3:] for part in subject.split(",") if part.startswith("CN=")), subject)
