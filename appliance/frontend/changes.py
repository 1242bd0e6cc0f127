"""Changes of users, groups and roles: checked, made and checked again in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from appliance.frontend.account import has_keeper, nobody_left, require_standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from appliance.rights import Caller, Right
    from nano_runtime.store import Execute, Store

T = TypeVar("T")


class Changes:
    """`on_change` hears after each one, because what somebody may do could be another now."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.on_change: Callable[[], None] = _nothing

    def make(self, caller: Caller, right: Right | None, change: Callable[[Execute], T]) -> T:
        """Make a change on behalf of a caller who still has this right, unless nobody would be left to manage users.

        Raises Unauthenticated or Forbidden where the caller lost account or right meanwhile, Conflict for the last
        administrator, and what `change` raises; nothing is changed then.
        """

        def guarded(execute: Execute) -> T:
            require_standing(execute, caller, right)
            kept = has_keeper(execute)
            result = change(execute)
            if kept and not has_keeper(execute):
                raise nobody_left()
            return result

        result = self.store.write(guarded)
        self.on_change()
        return result


def _nothing() -> None:
    """Before there is an application."""
