"""Chinese, Japanese and Korean characters that running text seldom holds: what garbling turns text into."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["rare_ranges"]

PATH = Path(__file__).parent / "data" / "rare_cjk.txt"


@cache
def rare_ranges() -> str:
    """The characters as ranges for a regular expression's class: `a-bc-d`. Built by `tools/build_character_model.py`."""
    return PATH.read_text(encoding="utf-8").strip()
