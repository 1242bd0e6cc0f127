"""x"""

from __future__ import annotations

from typing import Any


def confirm_bridge(lang: str, *, plain: bool) -> Any: ...
