"""General categories of characters, the same in every Python's version of Unicode where it matters: for emoji."""

from __future__ import annotations

import unicodedata

TO_COME = (range(0x1F6D0, 0x1F700), range(0x1F7E0, 0x1F800), range(0x1FA70, 0x1FB00))
"""Code points set aside for emoji, those without a character as well: they have the property Extended_Pictographic (Unicode,
UTS #51, `emoji-data.txt`). Every emoji since Unicode 12 stands there. Python 3.11 knows Unicode 14, and so not the pink heart."""


def category(char: str) -> str:
    """The category of `char`, as `unicodedata` has it; that of a symbol also where it is an emoji of a later Unicode."""
    found = unicodedata.category(char)
    return "So" if found == "Cn" and any(ord(char) in one for one in TO_COME) else found
