"""Words of a line that are right because a list has them."""

from __future__ import annotations

from unicodedata import normalize

from cleaner.memory import cached_last

HELD = 4_096
"""Words of which it is kept whether a list has them."""
SHORTEST = 3
"""Letters of a word that is right because a list has it; of a shorter one a sign must come, as in `‚a` for `Ça`."""
AROUND = ".,;:!?()[]\"'“”„‘«»…–—"


def is_listed_word(text: str) -> bool:
    """Whether `text`, but for marks around it, is a listed word, and long enough to be right for that alone."""
    word = text.strip(AROUND)
    letters = word.replace("’", "")
    return letters.isalpha() and len(letters) >= SHORTEST and _is_known(word)


def was_right(before: str, after: str) -> bool:
    """Whether the word `before` is listed and `after` is not: `für` beside garbled words must not become `f¾r`."""
    word, other = before.strip(AROUND), after.strip(AROUND)
    letters = word.replace("’", "")
    if not letters.isalpha() or len(letters) < 2 or (len(letters) < SHORTEST and other.isalpha()):
        return False
    return _is_known(word) and not _is_known(other)


@cached_last(HELD)
def _is_known(word: str) -> bool:
    from cleaner.mojibake.words.lexicon import is_known

    parts = [part for part in normalize("NFC", word.lower()).split("’") if part]
    return bool(parts) and all(part.isalpha() for part in parts) and is_known(max(parts, key=len))
