"""What users say about themselves, and how they like the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from appliance.frontend.api.me import Profile
    from appliance.rights import Caller
    from nano_runtime.store import Execute, Store


class Profiles:
    def __init__(self, store: Store) -> None:
        self._store = store

    def modify(self, caller: Caller, body: Profile) -> None:
        def change(execute: Execute) -> None:
            for name, text in (("nick", body.nick), ("mail", body.mail)):
                if text is not None:
                    execute(f"update user set {name} = :text where name = :user", text=text, user=caller.user)

        self._store.write(change)

    def preferences(self, caller: Caller) -> str:
        rows = self._store.read("select preferences from user where name = :user", user=caller.user)
        return rows[0]["preferences"] if rows else "{}"

    def save_preferences(self, caller: Caller, text: str) -> None:
        """Raises BadValue for what is no JSON object; what was saved before stays then."""
        try:
            msgspec.json.decode(text, type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError, UnicodeError) as problem:
            raise BadValue("preferences must be a JSON object", field="preferences") from problem
        self._store.write(lambda execute: execute("update user set preferences = :text where name = :user", text=text, user=caller.user))
