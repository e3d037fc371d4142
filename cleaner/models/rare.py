"""Chinese, Japanese and Korean characters that running text seldom holds: what garbling turns text into."""

from __future__ import annotations

import re
from pathlib import Path

from cleaner.memory import cached

PATH = Path(__file__).parent / "data" / "rare_cjk.txt"


@cached
def rare_cjk() -> re.Pattern[str]:
    """Matches one such character. The list is built by `tools/build_character_model.py`."""
    return re.compile(f"[{PATH.read_text(encoding='utf-8').strip()}]")
