"""What a caller may do, declared once; routes name the right they need, menus and roles follow from here."""

from __future__ import annotations

from enum import StrEnum

import msgspec


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
    GUEST_ALL = "guest.all"
    """See and change the guests of every owner and group, not only one's own."""
    IMAGE_READ = "image.read"
    TEMPLATE_READ = "template.read"
    OPERATION_READ = "operation.read"
    OPERATION_ALL = "operation.all"
    """See the operations of every user."""


MENUS: dict[str, frozenset[Right]] = {
    "dashboard": frozenset({Right.OVERVIEW_READ}),
    "compute_pool": frozenset({Right.POOL_READ, Right.POOL_WRITE, Right.CELL_READ, Right.CELL_WRITE, Right.GUEST_ALL, Right.OPERATION_ALL}),
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
            Right.IMAGE_READ,
            Right.TEMPLATE_READ,
            Right.OPERATION_READ,
        }
    ),
    "image": frozenset({Right.IMAGE_READ}),
    "media": frozenset({Right.IMAGE_READ}),
    "templates": frozenset({Right.TEMPLATE_READ}),
    "policies": frozenset(),
    "user": frozenset(),
    "log": frozenset(),
    "visibility": frozenset(),
}
"""The original portal grants menus; each carries the rights a member of it had there (frontend-api.yaml, `menus`)."""


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

    def may(self, right: Right) -> bool:
        return right in self.rights

    def owns(self, owner: str, group: str) -> bool:
        """Whether a guest of this owner and group is visible to the caller."""
        return Right.GUEST_ALL in self.rights or self.user == owner or (bool(group) and self.group == group)


ROOT = Caller(rights=frozenset(Right))
"""The local administrator and holders of Nano credentials: everything."""


NOBODY = Caller()
"""Somebody without credentials, on a route that is open."""


def rights_of(menus: list[str]) -> frozenset[Right]:
    """The rights that a list of menu keys carries; unknown keys carry none."""
    return frozenset().union(*(MENUS.get(menu, frozenset()) for menu in menus))
