"""Which names of users, groups, roles and menus are good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from appliance.rights import MENUS
from nano_runtime.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def require_names(**names: str) -> None:
    """Raises BadValue that names the field."""
    for field, name in names.items():
        if not _NAME.fullmatch(name) or name in (".", ".."):  # a browser would take those steps in an address
            raise BadValue(f"{field} must be 1-64 letters, digits, '_', '.' or '-', not {name[:80]!r}", field=field)


def known_menus(menus: Sequence[str]) -> list[str]:
    """The menus once each; an unknown one is a mistake that would only show when somebody misses it."""
    unknown = [menu for menu in menus if menu not in MENUS]
    if unknown:
        raise BadValue(f"there is no menu {unknown[0][:64]!r}", hint=f"known are {', '.join(MENUS)}", field="menu")
    return list(dict.fromkeys(menus))
