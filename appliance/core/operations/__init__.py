"""Changes of several steps, told as stories."""

from __future__ import annotations

from appliance.core.operations.creating import CreatingGuest
from appliance.core.operations.deleting import DeletingGuest

__all__ = ["CoreOperation", "CreatingGuest", "DeletingGuest"]

CoreOperation = CreatingGuest | DeletingGuest
"""Everything Core's journal may hold."""
