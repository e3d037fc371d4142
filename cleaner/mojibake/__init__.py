"""Text to text: mojibake repaired, nothing else touched.

The names are imported when they are first used, so that the gate alone costs a hook no repair.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cleaner.mojibake.context import RepairContext as RepairContext
    from cleaner.mojibake.repairing import looks_clean as looks_clean
    from cleaner.mojibake.repairing import repair as repair
    from cleaner.mojibake.repairing import repair_name as repair_name
    from cleaner.mojibake.repairing import repair_suspicious as repair_suspicious

__all__ = ["RepairContext", "looks_clean", "repair", "repair_name", "repair_suspicious"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'cleaner.mojibake' has no attribute {name!r}")
    from importlib import import_module

    home = "cleaner.mojibake.context" if name == "RepairContext" else "cleaner.mojibake.repairing"
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value
