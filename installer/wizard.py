"""x"""

from __future__ import annotations

from typing import Any


def guide(host: Any, lang: str, *, plain: bool) -> int: ...
