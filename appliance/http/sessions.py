"""The portal's session cookie on the wire."""

from __future__ import annotations

from appliance.http.identify import SESSION_COOKIE


def cookie_header(session: str, *, secure: bool) -> tuple[str, str]:
    """Set the session cookie so that no script and no other site can use it; an empty session takes it away."""
    attributes = ["Path=/", "HttpOnly", "SameSite=Strict"]
    if secure:
        attributes.append("Secure")
    if not session:
        attributes.append("Max-Age=0")
    return "Set-Cookie", "; ".join([f"{SESSION_COOKIE}={session}", *attributes])
