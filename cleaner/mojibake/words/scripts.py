"""The script of a letter, by its Unicode name."""

from __future__ import annotations

from unicodedata import name

from cleaner.memory import cached_last

CJK_NAMES = frozenset(["HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH", "IDEOGRAPHIC", "BOPOMOFO", "HANGUL"])
"""First words of the names of letters that stand beside Chinese characters, as one script with them."""
ANY = frozenset(["MASCULINE", "FEMININE", "MICRO", "MODIFIER", "SUPERSCRIPT", "SUBSCRIPT", "OHM", "KELVIN", "ANGSTROM"])
HELD = 4_096
"""Characters whose script is kept."""


@cached_last(HELD)
def script(char: str) -> str:
    """The script of a letter by its Unicode name; "" for what may stand beside any letter: powers, `º`, `µ`, modifiers."""
    found = name(char, "").partition(" ")[0] if char.isalpha() else ""
    return "CJK" if found in CJK_NAMES else "" if found in ANY else found
