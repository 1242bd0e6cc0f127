"""One's own account: profile, preferences, two-step sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from appliance.frontend.api.users import Mail, Nick, UserDetails
from appliance.http.routes import Body, Routes
from appliance.rights import Caller

if TYPE_CHECKING:
    from appliance.frontend.front_end import FrontEnd

routes = Routes("/me", tag="My account")

OldPassword = Annotated[str, Meta(max_length=256, description="One's present password")]


class Profile(Body, frozen=True):
    """What is left out stays; an empty text clears."""

    nick: Nick | None = None
    mail: Mail | None = None


class Me(Struct, kw_only=True, frozen=True):
    """`recovery_codes` is how many are left."""

    details: UserDetails
    recovery_codes: int


class Preferences(Body, frozen=True):
    """A JSON object of the portal's own, as text: language, theme, columns, saved filters; at most 16 KiB."""

    preferences: Annotated[str, Meta(max_length=16384)]


class SavedPreferences(Struct, kw_only=True, frozen=True):
    """The JSON object as text, as it was saved; "{}" at first."""

    preferences: str


class PasswordProof(Body, frozen=True):
    password: OldPassword


class CodeProof(Body, frozen=True):
    code: Annotated[str, Meta(max_length=64)]


class TwoStepSecret(Struct, kw_only=True, frozen=True):
    """`secret` in Base32, for typing; `address` for a QR code. Nothing is switched on before the first code is given."""

    secret: str
    address: str


class RecoveryCodes(Struct, kw_only=True, frozen=True):
    """Told this once; each works once instead of a code of the app."""

    codes: list[str]


@routes.get("/", needs=None)
def get_me(front: FrontEnd, caller: Caller) -> Me:
    """Read one's own account."""
    return Me(details=front.users.get(caller.user), recovery_codes=front.two_step.codes_left(caller.user))


@routes.put("/", needs=None)
def modify_me(front: FrontEnd, caller: Caller, body: Profile) -> None:
    """Change one's own nick name or mail."""
    front.profiles.modify(caller, body)


@routes.get("/preferences", needs=None)
def get_preferences(front: FrontEnd, caller: Caller) -> SavedPreferences:
    """Read one's own preferences."""
    return SavedPreferences(preferences=front.profiles.preferences(caller))


@routes.put("/preferences", needs=None, audited=False)
def save_preferences(front: FrontEnd, caller: Caller, body: Preferences) -> None:
    """Replace one's own preferences."""
    front.profiles.save_preferences(caller, body.preferences)


@routes.post("/two_step", needs=None)
def prepare_two_step(front: FrontEnd, caller: Caller, body: PasswordProof) -> TwoStepSecret:
    """Make a secret for an authenticator app; the password proves that it is really the owner."""
    return front.two_step.prepare(caller, body.password)


@routes.put("/two_step", needs=None)
def switch_two_step_on(front: FrontEnd, caller: Caller, body: CodeProof) -> RecoveryCodes:
    """Switch two-step sign-in on with the first code; answers ten recovery codes."""
    return front.two_step.confirm(caller, body.code)


@routes.post("/two_step/off", needs=None)
def switch_two_step_off(front: FrontEnd, caller: Caller, body: PasswordProof) -> None:
    """Switch two-step sign-in off."""
    front.two_step.switch_off(caller, body.password)


@routes.post("/two_step/recovery_codes", needs=None)
def renew_recovery_codes(front: FrontEnd, caller: Caller, body: PasswordProof) -> RecoveryCodes:
    """Make ten new recovery codes; the old ones are worth nothing then."""
    return front.two_step.renew_codes(caller, body.password)
