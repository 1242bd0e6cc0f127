"""What a Cell does in several steps, as stories that are told to the end or not at all."""

from __future__ import annotations

from appliance.cell.operations.changing import ChangingGuest
from appliance.cell.operations.creating import CreatingGuest
from appliance.cell.operations.deleting import DeletingGuest
from appliance.cell.operations.disks import ResettingSystem, ResizingDisk, ShrinkingDisk

CellOperation = ChangingGuest | CreatingGuest | DeletingGuest | ResettingSystem | ResizingDisk | ShrinkingDisk

__all__ = ["CellOperation", "ChangingGuest", "CreatingGuest", "DeletingGuest", "ResettingSystem", "ResizingDisk", "ShrinkingDisk"]
