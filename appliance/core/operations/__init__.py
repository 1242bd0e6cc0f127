"""Changes of several steps, told as stories."""

from __future__ import annotations

from appliance.core.operations.creating import CreatingGuest
from appliance.core.operations.deleting import DeletingGuest
from appliance.core.operations.disks import ResettingSystem, ResizingDisk, ShrinkingDisk

__all__ = ["CoreOperation", "CreatingGuest", "DeletingGuest", "DiskOperation", "ResettingSystem", "ResizingDisk", "ShrinkingDisk"]

DiskOperation = ResettingSystem | ResizingDisk | ShrinkingDisk

CoreOperation = CreatingGuest | DeletingGuest | DiskOperation
"""Everything Core's journal may hold."""
