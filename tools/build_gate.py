"""Builds the gate's table of suspicious pairs of characters from a folder of text.

    python tools/build_gate.py --train TEXTS

Clean text is counted as it is; garbled text is made from the same lines, by every mix-up of two encodings that can write
them. A pair is suspicious as far as it is more frequent in garbled text than in clean text. Each language and each accident
counts alike. One line in HELD is not read: those measure the result.
Writes `cleaner/models/data/gate.bin`, whose format `cleaner.models.gate_table` owns, and `alphabets.txt` beside it.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter as Counts
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from build_character_model import WORDS, dressed
from building import asked, lines_of, seal

from cleaner.models.alphabets import LETTER
from cleaner.models.encodings import SINGLE_BYTE, page
from cleaner.models.gate_table import CLASSES, HIGHEST, LOWEST, PATH, pack

Array = Any
HELD = 10
CLEAN_LIMIT = 600_000
"""Code points of clean text read a language."""
GARBLED = 12_000
"""Code points of garbled text made for each accident and language."""
CJK = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp")
WRITES = 0.985
"""Share of the code points of a language that an encoding must be able to write."""
NOISE = 2e-7
"""Frequency that is added to both sides: a pair seen once in a language is no evidence."""
LONE, LONE_WEIGHT = 1e-6, 4
CONTROL = re.compile("[\x80-\xa0]")
ONCE = 2.0
"""Occurrences that are not counted for the share that one language gives a pair: one quotation is no habit."""
ALPHABET_LINES = 6_000
IN_USE = 0.002
"""Share of a language's sentences that must hold a letter for it to be one of its own."""
LISTED = 0.2
"""Weight of a list of words beside sentences."""
OWN = 0.1
"""What the share of a pair in one language weighs beside the mean share in all: a habit of one language is clean text."""


def held(number: int) -> bool:
    return number % HELD == 7


def texts(train: Path) -> Iterator[tuple[str, str]]:
    """Code and text of each language; of a word list, one word a line, in several cases."""
    for path in sorted((train / "sentences").glob("*.txt.xz")):
        made: list[str] = []
        size = 0
        for number, line in enumerate(lines_of(path)):
            if not held(number) and size < CLEAN_LIMIT:
                made += dressed(line, number)
                size += len(line)
        yield path.name.split(".")[0], "\n".join(made)
    for path in sorted((train / "words").glob("*.txt.xz")):
        made = []
        for number, line in enumerate(lines_of(path)):
            if number >= 2 * WORDS:
                break
            word = line.rpartition(" ")[0]
            made += [word, word.title()] + ([word.upper()] if number % 4 == 0 else [])
        random.Random(path.name).shuffle(made)
        yield path.name.split(".")[0] + " words", " ".join(made)


def shown(data: bytes, wrong: str) -> str:
    if wrong in CJK:
        return data.decode(wrong, "ignore")
    return data.decode("latin-1").translate({byte: char for byte, char in enumerate(page(wrong)) if byte > 127})


def garblings(text: str) -> Iterator[tuple[str, str, str]]:
    """(right, wrong, garbled) of every accident that `text` can have gone through."""
    pages = [codec for codec, cost in SINGLE_BYTE.items() if cost < 9.5]
    beyond = sum(not char.isascii() for char in text)
    for right in ("utf-8", *CJK, *pages):
        data = text.encode(right, "ignore")
        if right != "utf-8":
            back = data.decode(right, "ignore")
            if sum(not char.isascii() for char in back) < WRITES * beyond:
                continue
            if right in CJK and not any(unicodedata.east_asian_width(char) == "W" for char in text[:200]):
                continue
        for wrong in (*pages, *CJK):
            if wrong != right:
                made = shown(data, wrong)
                yield right, wrong, made
                if right == "utf-8" and CONTROL.search(made):
                    yield right, wrong, CONTROL.sub("", made)
        if right == "utf-8":
            twice = shown(shown(data, "cp1252").encode(), "cp1252")
            yield "utf-8 twice", "cp1252", twice


def points_of(text: str) -> Array:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


class Counter:
    """Pairs and single code units, weighted, of clean and of garbled text."""

    def __init__(self) -> None:
        self._keys: list[Array] = []
        self._weights: list[Array] = []
        self._most: list[Array] = []

    def add(self, text: str, weight: float, habit: bool) -> None:
        points = points_of(text).astype(np.uint32)
        keys = (points[:-1] << 16) | points[1:]
        keys = keys[(points[:-1] > 127) | (points[1:] > 127)]
        found, counts = np.unique(keys, return_counts=True)
        self._keys.append(found)
        self._weights.append(counts * (weight / max(1, len(points))))
        self._most.append((counts - ONCE) / max(1, len(points)) * habit)
        if len(self._keys) > 400:
            self.merge()

    def merge(self) -> tuple[Array, Array, Array]:
        """Pairs of code units, the sum of their weights, and the highest share that a text gave them."""
        keys, inverse = np.unique(np.concatenate(self._keys), return_inverse=True)
        weights = np.bincount(inverse, np.concatenate(self._weights))
        most = np.zeros(len(keys))
        np.maximum.at(most, inverse, np.concatenate(self._most))
        self._keys, self._weights, self._most = [keys], [weights], [most]
        return keys, weights, most


def count(train: Path) -> list[Array]:
    """Keys, weights and highest shares of the pairs of clean text, then of garbled text."""
    clean, garbled = Counter(), Counter()
    for code, text in texts(train):
        if not text or text.isascii():
            continue
        listed = code.endswith("words")  # film subtitles hold garbled words too
        clean.add(text, LISTED if listed else min(1.0, len(text) / 100_000), habit=not listed)
        lines = [line for line in text.split("\n") if not line.isascii()] or [text]
        random.Random(code).shuffle(lines)
        sample = "\n".join(lines)[:GARBLED]
        made = [row for row in garblings(sample) if row[2]]
        for right, wrong, result in made:
            common = 4.0 if right == "utf-8" else 1.0
            common *= 2.0 ** -(SINGLE_BYTE.get(wrong, 2.0) / 10)
            garbled.add(result, common / 20, habit=False)
        print(code, len(text), len(made), flush=True)
    return [*clean.merge(), *garbled.merge()]


def classes(clean: tuple[Array, Array], garbled: tuple[Array, Array]) -> Array:
    """Class of each of the 65,536 code units: of its own where it is frequent, else shared with others like it."""
    use = np.zeros((2, 65536))
    for row, (keys, weights) in enumerate((clean, garbled)):
        for side in (keys >> 16, keys & 0xFFFF):
            np.add.at(use[row], side, weights)
    use /= use.sum(1, keepdims=True)
    ratio = np.log((use[1] + NOISE) / (use[0] + NOISE))
    table = np.zeros(65536, np.int64)
    shared: dict[str, int] = {}
    single: list[int] = []
    groups: dict[int, tuple[object, ...]] = {}
    for code in range(65536):
        kind = group(code, float(ratio[code]))
        if kind is None:
            single.append(code)
        else:
            groups[code] = kind
    single.sort(key=lambda code: (-max(use[0, code], use[1, code]), code))
    kinds = sorted({str(kind) for kind in groups.values()})
    room = CLASSES - len(kinds) - 40
    number = 0
    for code in single[:room]:
        table[code] = number = number + 1
    for code in single[room:]:
        groups[code] = ("rest", unicodedata.category(chr(code))[0], int(np.clip(ratio[code] / 3, -1, 2)))
    for code, kind in sorted(groups.items()):
        if str(kind) not in shared:
            shared[str(kind)] = number = number + 1
        table[code] = shared[str(kind)]
    if number >= CLASSES:
        raise SystemExit(f"{number} classes")
    print(f"{number} classes, {min(room, len(single))} of one character")
    return table


def group(code: int, ratio: float) -> tuple[object, ...] | None:
    """Names the class that `code` shares with others like it; None if it has its own, as long as there is room."""
    if 0x30 <= code <= 0x39:
        return ("digit",)
    if code in (9, 10, 13, 32):
        return ("space",)
    if code < 32 or code == 0x7F:
        return ("control",)
    if (0x80 <= code <= 0x9F and code != 0x85) or code == 0xFFFD:
        return ("garbled",)
    if 0xD800 <= code <= 0xDFFF:
        return ("surrogate", "low" if code >= 0xDC00 else "emoji" if 0xD83C <= code <= 0xD83E else "high")
    wide = int(np.clip(np.round(ratio / 1.5), -3, 3))
    if 0x3400 <= code <= 0x9FFF:
        return ("han", wide)
    if 0xAC00 <= code <= 0xD7AF:
        return ("hangul", wide)
    if 0x3040 <= code <= 0x30FF:
        return ("kana", code >= 0x30A0, wide)
    if unicodedata.category(chr(code)) in ("Cn", "Co"):
        return ("none",)
    if code < 0x0530 or 0x0590 <= code <= 0x06FF or 0x0E00 <= code <= 0x0E7F or 0x1E00 <= code <= 0x26FF:
        return None
    if 0xFF00 <= code <= 0xFFFF or 0x3000 <= code <= 0x303F:
        return None
    return ("block", code >> 7)


def levels(table: Array, clean: tuple[Array, Array, Array], garbled: tuple[Array, Array, Array]) -> Array:
    """int8[CLASSES, CLASSES]: nats by which garbled text holds each pair more often than clean text."""
    place = [table[keys >> 16] * CLASSES + table[keys & 0xFFFF] for keys in (clean[0], garbled[0])]
    seen = np.bincount(place[0], clean[1] / clean[1].sum(), CLASSES * CLASSES)
    most = np.bincount(place[0], np.maximum(0, clean[2]), CLASSES * CLASSES)
    wrong = np.bincount(place[1], balanced(clean, garbled), CLASSES * CLASSES)
    ratio = np.log((wrong + NOISE) / (seen + OWN * most + NOISE))
    found = np.clip(np.round(ratio), LOWEST, HIGHEST).astype(np.int8).reshape(CLASSES, CLASSES)
    found[table[0x80], :] = found[:, table[0x80]] = HIGHEST
    # Thai letters right beside ASCII ones are what TIS-620 shows of UTF-8; of the few that it shows, most are lone.
    rare = (seen + OWN * most < LONE).reshape(CLASSES, CLASSES)
    for code in range(0x0E01, 0x0E5C):
        for ascii_ in (*range(0x21, 0x30), *range(0x3A, 0x7F)):
            for pair in ((table[code], table[ascii_]), (table[ascii_], table[code])):
                if rare[pair]:
                    found[pair] = max(found[pair], LONE_WEIGHT)
    return found


def balanced(clean: tuple[Array, Array, Array], garbled: tuple[Array, Array, Array]) -> Array:
    """Weights of the garbled keys, their sum 1 before each script was made as likely to be garbled as to be clean.

    Few accidents make Chinese, many make Greek letters; how many languages a script has is no evidence.
    """
    scripts = np.array([script(int(code)) for code in range(65536)])
    kinds = [_kind(keys, scripts) for keys in (clean[0], garbled[0])]
    weights = garbled[1] / garbled[1].sum()
    for kind in range(1, scripts.max() + 1):
        mass = clean[1][kinds[0] == kind].sum() / clean[1].sum(), weights[kinds[1] == kind].sum()
        weights[kinds[1] == kind] *= mass[0] / max(mass[1], 1e-9)
    return weights


def _kind(keys: Array, scripts: Array) -> Array:
    """The script of the first code unit of each key that is beyond ASCII."""
    first = keys >> 16
    return np.where(first > 127, scripts[first], scripts[keys & 0xFFFF])


SCRIPTS = (
    (0xC0, 0x24F),
    (0x370, 0x3FF),
    (0x400, 0x52F),
    (0x590, 0x5FF),
    (0x600, 0x6FF),
    (0xE00, 0xE7F),
    (0x3040, 0x9FFF),
    (0xAC00, 0xD7AF),
)
"""Latin, Greek, Cyrillic, Hebrew, Arabic, Thai, kana and Han, Hangul."""


def script(code: int) -> int:
    """Number of the script of `code`, from 1; 0 for signs and what no page has."""
    return next((n for n, (low, high) in enumerate(SCRIPTS, 1) if low <= code <= high and code not in (0xD7, 0xF7)), 0)


def alphabets(train: Path) -> list[str]:
    """The letters beyond ASCII that the Latin sentences of a language hold, one small and capital alphabet a language."""
    found = set()
    for path in sorted((train / "sentences").glob("*.txt.xz")):
        counts: Counts[str] = Counts()
        lines = 0
        for number, line in enumerate(lines_of(path)):
            if lines == ALPHABET_LINES:
                break
            if not held(number):
                counts.update(set(LETTER.findall(line)))
                lines += 1
        letters = {char for char, count in counts.items() if count >= max(3, IN_USE * lines)}
        letters |= {case for char in letters for case in (char.lower(), char.upper()) if LETTER.fullmatch(case)}
        if len(letters) > 1:
            found.add("".join(sorted(letters)))
    return sorted(found)


def main() -> None:
    parser = asked(__doc__, Path(PATH))
    parser.add_argument("--counts", type=Path, help="a file that keeps what was counted, and is read if it is there")
    options = parser.parse_args()
    if options.counts and options.counts.exists():
        with np.load(options.counts) as kept:
            counted = [kept[f"a{n}"] for n in range(6)]
    else:
        counted = count(options.train)
        if options.counts:
            np.savez(options.counts, **{f"a{n}": part for n, part in enumerate(counted)})
    table = classes((counted[0], counted[1]), (counted[3], counted[4]))
    found = levels(table, tuple(counted[:3]), tuple(counted[3:]))
    packed = pack(table, found)
    options.out.write_bytes(packed)
    seal(options.out)
    listed = options.out.parent / "alphabets.txt"
    listed.write_text("\n".join(alphabets(options.train)) + "\n", encoding="utf-8")
    seal(listed)
    print(f"{options.out}: {len(packed):,} bytes; {int((found > 0).sum()):,} suspicious pairs")


if __name__ == "__main__":
    main()
