"""The authority of the domain, for browsers that are to trust the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from appliance.http.routes import Blob, Routes

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/trust", tag="Certificates")


class Trust(Struct, kw_only=True, frozen=True):
    """`fingerprint` is what the installer and hosts print (of the key), `sha256` what browsers and systems show (of the certificate).

    Both in lowercase hex; `expires` in seconds since the epoch.
    """

    name: str
    fingerprint: str
    sha256: str
    expires: float


@routes.get("/", needs=None, signed_in=False)
def get_trust(front: FrontEnd) -> Trust:
    """Read name and fingerprints of the domain's authority."""
    return front.trust.shown()


@routes.get("/certificate", needs=None, signed_in=False)
def download_authority(front: FrontEnd) -> Blob:
    """Download the certificate of the domain's authority (PEM), which every connection shows anyway."""
    return Blob("application/x-x509-ca-cert", front.trust.pem())
