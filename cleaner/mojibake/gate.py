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
ACCENTED = "À-ÖØ-öø-ž"
LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0e01-\u0e5b"
THAI = "\u0e01-\u0e5b"
PARTS = (
    f"[{CONTROLS}]",
    f"[{LATIN}][{FOREIGN}]|[{FOREIGN}][{LATIN}]",
    f"[{LATIN}\u0400-\u04ff][{BOX}]|[{BOX}][{LATIN}\u0400-\u04ff]|[{BOX}]{{2}}[{LATIN}ßáíóúñ]",
    "[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßâãäåæçèéêëìíîïð][¡-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ?]",
    f"[a-zß-öø-ÿ](?:[{SYMBOLS}]|[À-ÖØ-ÞŠŽŒŸ])[a-zß-öø-ÿ]",
    "[a-z][À-ÖØ-Þ]\\b|\\b[¡-©«-±´-¹»-¿×÷ƒˆ˜†‡][a-zß-ÿ]{2}|[a-z][¢-§©«-±´-¹»-¾×÷ƒˆ†‡]\\b",
    "[À-ÖØ-öø-ÿ]{3}",
    "[а-яё][А-ЯЁ]|[Ѐ-ЏѐђѓєѕіїјљњћќўџҐґА-я][\u0080-\u00bf„…†‡€‰‹‘’“”•–—™›]|[а-я]\\W?[°±Ђ-Џ№»«]|[РС][\u00a0-\u00bf\u0400-\u040f\u0450-\u045f]",
    "[А-Яа-я]*[а-я][А-Я]{2}",
    f"(?<![{THAI}])[{THAI}](?![{THAI}])|[{THAI}]{{1,3}}(?=[a-zA-Z])|[\u0e50-\u0e5b\u0e3f][{THAI}]",
    "[\u0370-\u03ff\u0590-\u05ff][¡-¿]|[¡-¿][\u0370-\u03ff]|[α-ω][Α-Ω]|[\u0590-\u05ff]{2}[\u05b0-\u05c4]",
    "[ｦ-ﾟ]",
    "[ĂĹĎŁŤ][ˇ˘¨-°´-»€-™]|[ĄąćęłńœśźżĘ][¡-¿]|[şţŞŢðþýÞÐÝ]",
    "[؀-ۿ][¡-¿€-™]|[طظع][\u00a0-\u00bf€-™\u0600-\u06ff]",
    "&(?:[A-Za-z]{2,8}|#\\d{2,5}|#[xX][0-9a-fA-F]{2,4});",
    "[a-zA-Z][\u3400-\u9fff\uac00-\ud7af][a-zA-Z]|[a-zA-Z][\u3400-\u9fff\uac00-\ud7af]",
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(PARTS))


@cache
def _rare_cjk() -> re.Pattern[str]:
    return re.compile(
        "[\u2e80-\u2fff\u3105-\u312f\u3200-\u4dff\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe6f]{2}"
    )


def suspicious(text: str) -> bool:
    """Whether `text` holds anything that garbled text holds and clean text seldom does."""
    return not text.isascii() and bool(_pattern().search(text) or _rare_cjk().search(text))


def suspicious_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines of `text` (without their line ends) that are suspicious, in code points."""
    found = []
    start = 0
    for line in text.split("\n"):
        if suspicious(line):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
