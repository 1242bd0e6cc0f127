"""What the members of a group see of each other: guests, disk images, media images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appliance.frontend.account import require_group, require_reach, rights_of_group
from appliance.frontend.api.visibilities import Visibility
from appliance.rights import Right
from nano_runtime.errors import Conflict, NotFound

if TYPE_CHECKING:
    from appliance.frontend.api.visibilities import VisibilityBody
    from appliance.frontend.changes import Changes
    from appliance.rights import Caller
    from nano_runtime.store import Execute


class Visibilities:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def get(self, caller: Caller) -> Visibility:
        """What the caller's main group shares. Raises Conflict for somebody without a group."""
        rows = self._changes.store.read("select * from user_group where name = :group", group=_main(caller))
        if not rows:
            raise NotFound(f"there is no group {caller.group!r} any more")
        return Visibility(
            instance_visible=bool(rows[0]["instance_visible"]),
            disk_image_visible=bool(rows[0]["disk_image_visible"]),
            media_image_visible=bool(rows[0]["media_image_visible"]),
        )

    def replace_own(self, caller: Caller, body: VisibilityBody) -> None:
        group = _main(caller)
        self._changes.make(caller, Right.VISIBILITY_WRITE, lambda execute: _replace(execute, group, body))

    def replace(self, caller: Caller, group: str, body: VisibilityBody) -> None:
        """Those of any group, for whoever manages users. Raises NotFound."""

        def change(execute: Execute) -> None:
            require_group(execute, group)
            require_reach(caller, rights_of_group(execute, group), f"group {group!r}")
            _replace(execute, group, body)

        self._changes.make(caller, Right.USER_WRITE, change)


def _main(caller: Caller) -> str:
    if not caller.group:
        raise Conflict("you are in no group", hint="ask an administrator to add you to one")
    return caller.group


def _replace(execute: Execute, group: str, body: VisibilityBody) -> None:
    execute(
        """update user_group set instance_visible = :guests, disk_image_visible = :disks, media_image_visible = :media
           where name = :group""",
        guests=int(body.instance_visible),
        disks=int(body.disk_image_visible),
        media=int(body.media_image_visible),
        group=group,
    )
