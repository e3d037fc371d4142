"""Is anything suspicious? One regular expression, without a model: what it passes is left alone.

Garbled text looks unlike text in a few ways: controls, symbols inside words, two scripts in one word, capitals in the
middle of words, long runs of accented letters, Han and kana that nobody uses. Clean text rarely does; where it does, the
character model decides.
"""

from __future__ import annotations

import re
from functools import cache

__all__ = ["suspicious", "suspicious_lines"]

CONTROLS = "\x80-\x9f\ufffd\ue000-\uf8ff"
SYMBOLS = "¡-©«-¹»-¿×÷˜ˆ‰†‡€™•‹›¤¬¦ƒ"
BOX = "\u2500-\u259f\u2200-\u22ff\u2320\u2321\u2302\u25a0-\u25ff"
TRAIL = "¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What the bytes 80 to BF look like in windows-1252 and its relatives."""
ACCENTED = "À-ÖØ-öø-ž"
LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0e01-\u0e5b"
THAI = "\u0e01-\u0e5b"
PARTS = (
    f"[{CONTROLS}]",
    f"[{LATIN}][{FOREIGN}]|[{FOREIGN}][{LATIN}]",
    f"[{LATIN}\u0400-\u04ff][{BOX}]|[{BOX}][{LATIN}\u0400-\u04ff]|[{BOX}]{{2}}[{LATIN}ßáíóúñ]",
    f"[Â-ß][{TRAIL}]|[à-ï][{TRAIL}]{{2}}|[ð-ô][{TRAIL}]{{3}}|[ãâ][¡-¿]|[ÂÃÄÅÐÑ×ØÙÎÏ][ ?]",
    f"[a-zß-öø-ÿ](?:[{SYMBOLS}]|[À-ÖØ-ÞŠŽŒŸ])[a-zß-öø-ÿ]",
    "[a-z][À-ÖØ-Þ]\\b|\\b[¡-©«-±´-¹»-¿×÷ƒˆ˜†‡][a-zß-ÿ]{2}|[a-z][¢-§©«-±´-¹»-¾×÷ƒˆ†‡]\\b",
    "[À-ÖØ-öø-ÿ]{3}",
    "[а-яё][А-ЯЁ]|[РСЃ][\u0080-\u00bf€„…†‡‰‹›™‘’“”•–—ЂЃђѓЉЊЌЋЏљњќћџЅѕ]|[\u0400-\u045f][¡-ª¬-¶¸º¼-¿]",
    "[А-Яа-я]*[а-я][А-Я]{2}",
    f"(?<![{THAI}])[{THAI}](?![{THAI}])|[{THAI}]{{1,3}}(?=[a-zA-Z])|[\u0e50-\u0e5b\u0e3f][{THAI}]",
    "[\u0370-\u03ff\u0590-\u05ff][¡-¿]|[¡-¿][\u0370-\u03ff]|[α-ω][Α-Ω]|[\u0590-\u05ff]{2}[\u05b0-\u05c4]",
    "[ｦ-ﾟ]",
    "[ĂĹĎŁŤ][ˇ˘¨-°´-»€-™]|[ĄąćęłńœśźżĘ][¡-¿]|[ðþ](?=[a-z]*[ýöüç])|ý[a-zöüç]*[ðþ]|[ŢţŞ][a-z]*[¡-¿]",
    "[\u0600-\u06ff][¡-ª¬-º¼-¿€™†‡‰]|(?:[طظ][^\\s\u0621-\u064a]){2}",
    "&(?:[A-Za-z]{2,8}|#\\d{2,5}|#[xX][0-9a-fA-F]{2,4});",
    "[a-zA-Z][\u3400-\u9fff\uac00-\ud7af][a-zA-Z]|[a-zA-Z][\u3400-\u9fff\uac00-\ud7af]",
)


WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
RARE = 0.08
"""Share of rare characters among the Chinese, Japanese and Korean ones of a text, from which it is suspicious: clean text has
less than 3 %, text read in the wrong encoding a third and more."""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(PARTS))


@cache
def rare_cjk() -> re.Pattern[str]:
    """Matches a Chinese or Japanese character beyond those that make up nearly all text."""
    from cleaner.models.rare import rare_ranges

    return re.compile(f"[{rare_ranges()}]")


def suspicious(text: str) -> bool:
    """Whether `text` holds anything that garbled text holds and clean text seldom does."""
    if text.isascii():
        return False
    if _pattern().search(text):
        return True
    wide = len(WIDE.findall(text))
    return wide > 0 and len(rare_cjk().findall(text)) > RARE * wide


def suspicious_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines of `text` (without their line ends) that are suspicious, in code points."""
    found = []
    start = 0
    for line in text.split("\n"):
        if suspicious(line):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
