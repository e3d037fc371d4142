"""The key of a name: how it sounds (`transliterate`) without its ending, so that Шеннон and Shannon meet."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np

from cleaner.arrays import Array, code_points, ranges
from cleaner.memory import cached
from cleaner.overlap.grouping import in_parts
from cleaner.overlap.words.tokens import LINE_END, cut_out, lines_in
from cleaner.overlap.words.transliterate import folded, latin, open_vowels, skeletons, sounds

CASE_ENDINGS = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ом|ем|ём|ой|ей|ою|ею|ым|им|ых|их|ую|юю|ая|яя|ах|ях|ов|ев|[аеёиоуыэюяйьъ])$",
    re.MULTILINE,
)
"""Endings of Slavic declension; what is left is the stem that a name in the nominative has as well."""
ARABIC_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)", re.MULTILINE)
GREEK_ENDINGS = re.compile(r"(?:ους|ος|ης|ής|ός|ας|άς|ις|ου|ού|ων|ών|[αάεέηήιίοόω])$", re.MULTILINE)
GEORGIAN_ENDINGS = re.compile(r"(?:იდან|თან|ისა|ის|ით|მა|ად|ში|ზე|[სიმ])$", re.MULTILINE)
ARMENIAN_ENDINGS = re.compile(r"(?:ներ(?:ից|ին|ի|ով|ը)?|ից|ով|ում|ը)$", re.MULTILINE)
"""Without the article ն and the case in ին, in which names end as well (Napoleon, Martin)."""
BENGALI_ENDINGS = re.compile("(?:য়ের|দের|ের|কে|তে)$", re.MULTILINE)
TAMIL_ENDINGS = re.compile(
    "(?:(?:ு?க்கு|ிலிருந்து|[வய]?ின்|[வய]?ிடம்|[வய]?ுடன்|[வய]?ால்|[வய]?ில்)(?:ும்)?|[வய]?ும்|[வய]?ை)$", re.MULTILINE
)
ENDINGS = (
    ("а", "ё", 3, CASE_ENDINGS),
    ("α", "ώ", 4, GREEK_ENDINGS),
    ("ა", "ჰ", 4, GEORGIAN_ENDINGS),
    ("ա", "ֆ", 4, ARMENIAN_ENDINGS),
    ("অ", "ৱ", 4, BENGALI_ENDINGS),
    ("அ", "ஹ", 4, TAMIL_ENDINGS),
)
"""First and last letter of a script, length of a word up to which it keeps its ending, and the endings."""
BONES = 4
"""Consonants from which a name is known by them alone."""
KOREAN_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에게서|에게|에서|으로|이라는|라는|은|는|이|가|을|를|의|와|과|도|로|에)$", re.MULTILINE
)
CUTS = (*((endings,) for _, _, _, endings in ENDINGS), (ARABIC_ARTICLE,), (ARABIC_ARTICLE, KOREAN_PARTICLE))
"""What may be cut from words that begin with certain letters; last, from those that end in Hangul."""
ARTICLE_LETTERS = "وبكفلا"
"""Those with which ARABIC_ARTICLE begins."""
FIRST_ENDED = "\u0370"
"""Words have endings and articles from Greek on."""

HEARD_AT_ONCE = 1 << 12
"""Words whose endings are cut off together: 1 KB a word while it lasts."""


def name_keys(words: Collection[str]) -> list[str]:
    """How each of the names `words` sounds without its ending: consonants, and the vowels where there are few consonants.

    A thousand at once cost a tenth of what they cost one by one.
    """
    return keys_of_sounds(bare_sounds(words)).split("\n") if words else []


def bare_sounds(words: Collection[str]) -> str:
    """How each of `words` sounds letter by letter, without article and ending; one a line."""
    return bare_sounds_of(_lines(words))


def bare_sounds_of(lines: str) -> str:
    """`bare_sounds` of words that stand one a line."""
    return sounds(latin(_bare(lines.lower())))


def keys_of_sounds(sound: str) -> str:
    """The key of each line of `bare_sounds`, one a line."""
    bones = skeletons(sound)
    vowels, bare = open_vowels(sound)
    octets = [np.frombuffer(part.encode("ascii"), np.uint8) for part in (bones, folded(bones), bare, vowels)]
    lines = [(begins, ends - begins) for begins, ends in map(lines_in, octets)]
    chosen = np.where(lines[0][1] >= BONES, 0, np.where(lines[2][1] > 1, 1, 2))
    begins, sizes = (np.choose(chosen, own) for own in zip(*lines[1:], strict=True))
    shifts = np.concatenate([[0], np.cumsum(list(map(len, octets[1:-1])))])
    ends = np.cumsum(sizes + 2)
    starts = ends - sizes - 1  # behind the mark
    places = ranges(0, sizes)
    keys: Array = np.full(int(ends[-1]), ord("~"), np.uint8)
    keys[ends - 1] = ord("\n")
    letters = np.concatenate(octets[1:])
    keys[places + np.repeat(starts, sizes)] = letters[places + np.repeat(begins + shifts[chosen], sizes)]
    return str(keys[:-1].tobytes(), "ascii")


def name_sounds(words: Sequence[str], bare: Sequence[str]) -> tuple[list[int], list[str]]:
    """How names sound letter by letter: places in `words`, and the sound of each.

    Each word without its ending, as `bare_sounds` has it; behind these, words with their endings where that differs.
    """
    places, found = list(range(len(words))), list(bare)
    every = (place for place, word in enumerate(words) if word >= FIRST_ENDED)
    for part in in_parts(every, HEARD_AT_ONCE):
        lines = _lines([words[place] for place in part]).lower()
        rows = np.flatnonzero(_cuts(*bounds_of(lines))).tolist()
        others, lower = [part[row] for row in rows], "\n".join(map(lines.split("\n").__getitem__, rows))
        pairs = zip(others, lower.split("\n"), _bare(lower).split("\n"), strict=bool(others))
        ended = [(place, whole) for place, whole, cut in pairs if whole != cut]
        if not ended:
            continue
        wholes = sounds(latin("\n".join([whole for _, whole in ended]))).split("\n")
        for (place, _), whole in zip(ended, wholes, strict=True):
            if whole != bare[place]:
                places.append(place)
                found.append(whole)
    return places, found


def _lines(words: Collection[str]) -> str:
    """`words`, one a line."""
    lines = "\n".join(words)
    if lines.count("\n") >= len(words):  # a word that holds a line end
        lines = "\n".join([word.replace("\n", " ") for word in words])
    return lines


def _bare(lower: str) -> str:
    """Words in lower case, one a line, without article and ending."""
    if lower.isascii():
        return lower
    codes, starts, stops = bounds_of(lower)
    cuts = _cuts(codes, starts, stops)
    changed, size = [codes], len(codes)
    for cut, expressions in enumerate(CUTS, 1):
        rows = np.flatnonzero(cuts == cut)
        if not len(rows):
            continue
        text = str(cut_out(codes, starts[rows], stops[rows])[0], "utf-32-le", "surrogatepass")
        for expression in expressions:
            text = expression.sub("", text)
        own = code_points(text)
        stops[rows] = np.flatnonzero(own == LINE_END) + size
        starts[rows] = np.concatenate([[size], stops[rows[:-1]] + 1])
        changed.append(own)
        size += len(own)
    return str(cut_out(np.concatenate(changed), starts, stops)[0], "utf-32-le", "surrogatepass")[:-1]


def bounds_of(lines: str) -> tuple[Array, Array, Array]:
    """The code points of `lines`, and where each of them begins and ends."""
    codes = code_points(lines)
    return codes, *lines_in(codes)


def _cuts(codes: Array, starts: Array, stops: Array) -> Array:
    """Which of CUTS each word may need, from 1 on; 0 for none."""
    table, least = _first_letters()
    sizes = stops - starts
    held = np.flatnonzero(sizes)
    first, last = np.zeros(len(sizes), np.uint32), np.zeros(len(sizes), np.uint32)
    first[held], last[held] = codes[starts[held]], codes[stops[held] - 1]
    cuts = table[np.minimum(first, len(table) - 1)]
    cuts[sizes <= least[cuts]] = 0
    cuts[(last >= 0xAC00) & (last <= 0xD7A3) & (sizes > 2)] = len(CUTS)
    return cuts


@cached
def _first_letters() -> tuple[Array, Array]:
    """By the first letter of a word which of CUTS it may need; and how many letters a word has at most that keeps all."""
    table = np.zeros(0x1101, np.uint8)
    for number, (first, last, _, _) in enumerate(ENDINGS, 1):
        table[ord(first) : ord(last) + 1] = number
    table[[ord(letter) for letter in ARTICLE_LETTERS]] = len(ENDINGS) + 1
    return table, np.array([0, *(least for _, _, least, _ in ENDINGS), 0, 0])


def without_case(word: str) -> str:
    """`word` of a Slavic language in lower case, without the ending of its case."""
    return CASE_ENDINGS.sub("", word)
