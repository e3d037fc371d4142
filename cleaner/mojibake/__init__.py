"""Text to text: mojibake repaired, nothing else touched."""

from __future__ import annotations

from cleaner.mojibake.context import RepairContext
from cleaner.mojibake.repair import repair, repair_name

__all__ = ["RepairContext", "repair", "repair_name"]
