"""What a caller may do, declared once; routes name the right they need, menus and roles follow from here."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable


class Right(StrEnum):
    OVERVIEW_READ = "overview.read"
    POOL_READ = "pool.read"
    POOL_WRITE = "pool.write"
    CELL_READ = "cell.read"
    CELL_WRITE = "cell.write"
    GUEST_READ = "guest.read"
    GUEST_CREATE = "guest.create"
    GUEST_POWER = "guest.power"
    GUEST_CONSOLE = "guest.console"
    GUEST_DELETE = "guest.delete"
    GUEST_CHANGE = "guest.change"
    GUEST_ALL = "guest.all"
    """See and change the guests of every owner and group, not only one's own."""
    IMAGE_READ = "image.read"
    IMAGE_WRITE = "image.write"
    """Make, fill, change and delete one's own images."""
    IMAGE_ALL = "image.all"
    """See and change the images of every owner and group; take in files of the server."""
    TEMPLATE_READ = "template.read"
    TEMPLATE_WRITE = "template.write"
    OPERATION_READ = "operation.read"
    OPERATION_ALL = "operation.all"
    """See the operations of every user."""
    USER_READ = "user.read"
    USER_WRITE = "user.write"
    """Also groups and their members; nobody gives more than they have themselves, unless they may write roles."""
    ROLE_READ = "role.read"
    ROLE_WRITE = "role.write"
    """Say what a role may do: whoever has this can give every right."""
    VISIBILITY_READ = "visibility.read"
    VISIBILITY_WRITE = "visibility.write"
    """Let the members of one's own groups see each other's guests and images."""
    SESSION_READ = "session.read"
    """See the sessions of every user; one's own need no right."""
    SESSION_WRITE = "session.write"
    AUDIT_READ = "audit.read"
    SETTINGS_READ = "settings.read"
    SETTINGS_WRITE = "settings.write"


MENUS: dict[str, frozenset[Right]] = {
    "dashboard": frozenset({Right.OVERVIEW_READ}),
    "compute_pool": frozenset(
        {Right.POOL_READ, Right.POOL_WRITE, Right.CELL_READ, Right.CELL_WRITE, Right.GUEST_ALL, Right.IMAGE_ALL, Right.OPERATION_ALL}
    ),
    "address_pool": frozenset(),
    "storage_pool": frozenset(),
    "instance": frozenset(
        {
            Right.POOL_READ,
            Right.CELL_READ,
            Right.GUEST_READ,
            Right.GUEST_CREATE,
            Right.GUEST_POWER,
            Right.GUEST_CONSOLE,
            Right.GUEST_DELETE,
            Right.GUEST_CHANGE,
            Right.IMAGE_READ,
            Right.TEMPLATE_READ,
            Right.OPERATION_READ,
        }
    ),
    "image": frozenset({Right.IMAGE_READ, Right.IMAGE_WRITE}),
    "media": frozenset({Right.IMAGE_READ, Right.IMAGE_WRITE}),
    "templates": frozenset({Right.TEMPLATE_READ, Right.TEMPLATE_WRITE}),
    "policies": frozenset(),
    "user": frozenset(
        {
            Right.USER_READ,
            Right.USER_WRITE,
            Right.ROLE_READ,
            Right.ROLE_WRITE,
            Right.SESSION_READ,
            Right.SESSION_WRITE,
            Right.SETTINGS_READ,
            Right.SETTINGS_WRITE,
        }
    ),
    "log": frozenset({Right.AUDIT_READ}),
    "visibility": frozenset({Right.VISIBILITY_READ, Right.VISIBILITY_WRITE}),
}
"""The original portal grants menus; each carries the rights a member of it had there (frontend-api.yaml, `menus`)."""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """The groups of a user that share guests, disk images or media images with their members."""

    guests: frozenset[str] = frozenset()
    disk_images: frozenset[str] = frozenset()
    media_images: frozenset[str] = frozenset()


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """On whose behalf a call is made. An empty `user` is a program with Nano credentials of its own, or nobody yet.

    `session` is the portal session, `address` the client's IP; both empty where there is none. `expires` is when the bearer
    token ends that proved it, in seconds since the epoch; 0 where no token did.
    """

    user: str = ""
    group: str = ""
    rights: frozenset[Right] = frozenset()
    session: str = ""
    address: str = ""
    expires: float = 0.0
    groups: tuple[str, ...] = ()
    shared: Shared | None = None
    once: str = ""
    """The Idempotency-Key of this request: what was asked for under it before is not done again."""

    def may(self, right: Right) -> bool:
        return right in self.rights

    def owns(self, owner: str, group: str) -> bool:
        """Whether a guest of this owner and group is visible to the caller."""
        return Right.GUEST_ALL in self.rights or self._sees(owner, group, self.shared.guests if self.shared else None)

    def sees_disk_image(self, owner: str, group: str) -> bool:
        return self._sees(owner, group, self.shared.disk_images if self.shared else None)

    def sees_media_image(self, owner: str, group: str) -> bool:
        return self._sees(owner, group, self.shared.media_images if self.shared else None)

    def acts_for(self, owner: str, group: str) -> bool:
        """Whether something new may belong to this owner and group without any further right."""
        return self.user == owner and group in (self.group, *self.groups)

    def _sees(self, owner: str, group: str, sharing: frozenset[str] | None) -> bool:
        return self.user == owner or (bool(group) and group in (sharing if sharing is not None else {self.group}))


ROOT = Caller(rights=frozenset(Right))
"""The local administrator and holders of Nano credentials: everything."""


NOBODY = Caller()
"""Somebody without credentials, on a route that is open."""


def rights_of(menus: Iterable[str]) -> frozenset[Right]:
    """The rights that a list of menu keys carries; unknown keys carry none."""
    return frozenset().union(*(MENUS.get(menu, frozenset()) for menu in menus))


def areas(rights: Iterable[Right]) -> dict[str, list[str]]:
    """Rights by what they are about, e.g. {"guest": ["power", "read"]}, sorted."""
    found: dict[str, list[str]] = {}
    for right in sorted(rights):
        area, _, verb = right.value.partition(".")
        found.setdefault(area, []).append(verb)
    return found
