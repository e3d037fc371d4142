"""Builds the word lists from a folder of text.

    python tools/build_word_lists.py --train TEXTS [--nine-tenths]

The folder has `words/<code>.txt.xz` (`word count` a line) and `sentences/<code>.txt.xz` (one item a line). Where a language
has both, each counts for half. Writes `cleaner/models/data/words.zip`. docs/explanation/word-lists.md says more.
"""

from __future__ import annotations

import json
import math
import re
import zipfile
from collections import Counter
from pathlib import Path
from unicodedata import normalize

from building import asked, lines_of, seal

from cleaner.models.words import FREQUENT, PATH, STEP, compress, pack

MOST = 40_000
"""Words kept of a language, the most frequent."""
LONGEST = 24
LETTERS = 250
"""Characters of a language's alphabet, the most frequent, so that a list's places fit a byte; Chinese and Japanese have more."""
FEWEST = 5_000
"""A language with fewer words in all has no list: it would say more about its few texts than about the language."""
SKIPPED = frozenset({"ze_en", "ze_zh", "th"})
"""Halves of bilingual subtitles, and a list of phrases."""
UNSPACED = frozenset({"zh", "zh-Hant", "ja", "th", "lo", "km", "my", "yue", "wuu", "lzh"})
"""Languages that put no space between words: their sentences are not counted."""
WIDE = frozenset({"zh", "ja"})
LONGEST_WIDE = 4
FREQUENT_WORDS = 60
DATE = (2026, 1, 1, 0, 0, 0)
"""Written for every member, so that the same text gives the same file."""
SAME = {"pt_br": "pt", "no": "nb", "zh_cn": "zh", "zh_tw": "zh"}
MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0900-\u0dff\u200c\u200d"
WORD = re.compile(rf"[^\W\d_]+(?:[{MARKS}][^\W\d_]*)*")


def counted(train: Path, *, whole: bool = True) -> dict[str, list[Counter[str]]]:
    """Language -> the counts of its words in each kind of source."""
    found: dict[str, list[Counter[str]]] = {}
    for path in sorted((train / "words").glob("*.txt.xz")):
        code = path.name.split(".")[0]
        if code in SKIPPED:
            continue
        counts: Counter[str] = Counter()
        for line in lines_of(path):
            text, _, count = normalize("NFC", line).rpartition(" ")
            for word in WORD.findall(text.lower()):
                counts[word] += int(count)
        found.setdefault(SAME.get(code, code), []).append(counts)
    for path in sorted((train / "sentences").glob("*.txt.xz")):
        code = path.name.split(".")[0]
        if code in UNSPACED:
            continue
        counts = Counter()
        for line in lines_of(path, whole=whole):
            counts.update(WORD.findall(normalize("NFC", line).lower()))
        found.setdefault(SAME.get(code, code), []).append(counts)
    return found


def costs_of(sources: list[Counter[str]], *, wide: bool) -> dict[str, int]:
    """Word -> cost in steps, of the most frequent words of all `sources` together."""
    shares: Counter[str] = Counter()
    for counts in sources:
        total = sum(counts.values())
        for word, count in counts.items():
            shares[word] += count / total / len(sources)  # type: ignore[assignment]
    letters: Counter[str] = Counter()
    for word, share in shares.items():
        for char in word:
            letters[char] += share
    if wide:
        letters = Counter({char: share for char, share in letters.items() if char > "\u2e7f"})
    alphabet = {char for char, _ in letters.most_common(None if wide else LETTERS)}
    longest = LONGEST_WIDE if wide else LONGEST
    kept = [(share, word) for word, share in shares.items() if len(word) <= longest and alphabet.issuperset(word)]
    kept.sort(key=lambda row: (-row[0], row[1]))
    return {word: min(255, round(-math.log(share) / STEP)) for share, word in kept[:MOST]}


def main() -> None:
    options = asked(__doc__, PATH, tenths=True).parse_args()
    telling: dict[str, list[str]] = {}
    with zipfile.ZipFile(options.out, "w", zipfile.ZIP_STORED) as held:
        for code, sources in sorted(counted(options.train, whole=not options.nine_tenths).items()):
            words = costs_of(sources, wide=code in WIDE)
            if len(words) >= FEWEST:
                data = pack(words)
                held.writestr(zipfile.ZipInfo(code, DATE), data)
                print(code, len(words), len(data))
                short = sorted(words, key=lambda word: (words[word], word))
                telling[code] = [word for word in short if len(word) > 1][:FREQUENT_WORDS]
        listed = json.dumps(telling, ensure_ascii=False, separators=(",", ":"))
        held.writestr(zipfile.ZipInfo(FREQUENT, DATE), compress(listed.encode()))
    seal(options.out)
    print(options.out.stat().st_size)


if __name__ == "__main__":
    main()
