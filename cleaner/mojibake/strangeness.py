"""How strange a text is: what its pairs of characters say, and which of its lines look like garbled text.

Garbled text holds pairs that clean text does not: controls, symbols inside words, two scripts in one word, capitals in
the middle of words, rare Han and kana. `cleaner.models.gate` has the weight of each pair; here are the thresholds.
Where the pairs leave a doubt, the letters of the whole line decide: no language has both `ì` and `ř`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner.memory import cached
from cleaner.models.alphabets import HAN, one_alphabet, one_latin_alphabet
from cleaner.models.gate import LONGEST, NOT_FOR, Evidence, evidence, flagged, in_units, line_evidence, pairs_in
from cleaner.models.gate_table import LATIN_LETTERS, OTHER_LETTERS
from cleaner.models.mixups import WORD, may_hold_mixup, mixup_words
from cleaner.nfc import composed

Promise = Callable[[str, int, int, list[int]], bool]
"""Whether words that only a mix-up makes can have been others: of a text, the start and the end of a line, and where they begin."""
TOTAL = -2
"""Nats of all pairs of a line above which it is suspicious."""
BLOCK = 1_000_000
"""Most code points whose weights are in memory at once: 5 bytes each."""
RUN = 8
"""Nats of neighbouring pairs above which a line is suspicious whatever the rest of it says."""
SELDOM = 12
"""At least one in so many words beyond ASCII of a line must be a word that only mix-ups make. Of 125 garbled lines that
only such words tell, the one with the fewest has one in 10; of 27 clean ones a fifth has fewer than one in 12: a name,
or a language that the lists lack."""

ACCENT = re.compile("[\u0300-\u036f]")
FOREIGN = "Α-ωА-џא-ת"
LATIN_PAIR = re.compile("[À-ɏ][\x80-\u036f\u2000-\u2bff]")
"""A Latin letter before another one or a sign, both beyond ASCII: what Western pages show for two bytes of UTF-8."""


def with_accents(text: str) -> str:
    """`text` with its accents composed with the letters before them, as all tables know them: Macs write names apart."""
    return composed(text) if ACCENT.search(text) else text


def suspicious(text: str) -> bool:
    """Whether a line of `text` looks garbled."""
    return not text.isascii() and any_line(with_accents(text), looks_garbled)


def strangeness(text: str) -> int:
    """Nats of the evidence for garbling, whatever the evidence against it; 0 for most clean text."""
    if text.isascii():
        return 0
    text = with_accents(text)
    if len(text) <= BLOCK:
        return evidence(text).against
    return sum(evidence(text[start:end]).against for start, end in blocks(text))


def strangenesses(words: Sequence[str]) -> list[int]:
    """The strangeness of each of `words`, which hold no line ends, computed together."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    found = [0] * len(words)
    for start, _, said in line_evidence("\n".join(words)):
        found[bisect_right(starts, start) - 1] += said.against
    return found


def looks_garbled(line: str, found: Evidence) -> bool:
    """Whether the pairs of `line` are such as garbled text has."""
    against = found.against
    if against <= 0:
        return False
    # `pairs_suffice`, without calls where few pairs speak.
    if (against > RUN or against - len(found.weights.translate(None, NOT_FOR)) > TOTAL) and pairs_suffice(found):
        return True
    return letters_clash(line, found.kind)


def letters_clash(line: str, kind: int) -> bool:
    """Whether `line`, with letters of a `kind` (`Evidence`), has letters that no language has together."""
    if kind:
        if kind == LATIN_LETTERS:
            return not one_latin_alphabet(line)
        return kind == OTHER_LETTERS and _stray().search(line) is not None
    if foreign_letters().search(line) is None:
        return not one_latin_alphabet(line) or _by_latin_words(line)
    return _stray().search(line) is not None or not one_alphabet(line) or _by_latin_words(line)


@cached
def _stray() -> re.Pattern[str]:
    """A Greek, Cyrillic or Hebrew letter in a Latin word, and a capital in or after a Cyrillic one. Compiled, as `foreign_letters`,
    when it is first used: together they take a hook 2 ms.
    """
    return re.compile(
        f"[a-zß-ÿА-Я](?:(?<=[a-zß-ÿ]{{2}})[{FOREIGN}]|(?<=[{FOREIGN}][a-zß-ÿ])[a-zß-ÿ]|(?<=[а-џ][А-Я])(?![А-Я]))"
    )


@cached
def foreign_letters() -> re.Pattern[str]:
    """A Greek, Cyrillic or Hebrew letter, or a Chinese character."""
    return re.compile(f"[{FOREIGN}{HAN}]")


def _by_latin_words(line: str) -> bool:
    """Whether the pairs in the Latin words of `line` are enough, without those in words of another script."""
    if LATIN_PAIR.search(line) is None:
        return False
    rest = _beyond_latin().sub(" ", line)
    return rest != line and pairs_suffice(evidence(rest))


@cached
def _beyond_latin() -> re.Pattern[str]:
    """Letters of other scripts. Compiled when it is first used, which takes a hook 1.5 ms."""
    return re.compile("[\u0370-\u1cff\u1f00-\u1fff\u2c80-\U0010ffff]+")


def pairs_suffice(found: Evidence) -> bool:
    """Whether the sums of the pairs are enough, whatever letters they are made of."""
    return found.has_run(RUN) or (found.ceiling > TOTAL and found.total > TOTAL)


def any_line(text: str, enough: Callable[[str, Evidence], bool], promises: Promise | None = None) -> bool:
    """Whether the pairs of a line of `text` are `enough`, or it holds words that only a mix-up makes (`mixed_up`).

    Of these words, seldom ones count only where nothing is asked that they must promise, too.
    """
    for first, last in blocks(text):
        block = text[first:last]
        if not block.isascii() and any_line_of(block, *pairs_in(block), enough, promises):
            return True
    return False


def any_line_of(
    text: str, said: Evidence, flags: bytes, enough: Callable[[str, Evidence], bool], promises: Promise | None
) -> bool:
    """The same of a `text` of which `pairs_in` has `said` this, with these `flags`."""
    if any(enough(text[start:end], found) for start, end, found in line_evidence(text, said)):
        return True
    if not (flags and may_hold_mixup(in_units(text, flags), flags)):
        return False
    mixed = mixed_up(text, flagged(text, flags), seldom=promises is None)
    return any(promises is None or promises(text, *one) for one in mixed)


def mixed_up(text: str, telling: Iterable[int], *, seldom: bool = False) -> Iterator[tuple[int, int, list[int]]]:
    """The lines of `text`, of at most LONGEST code points, that hold words that only a mix-up makes; and where those
    words begin.

    Lines in which they are fewer than one in SELDOM words beyond ASCII are left out, unless `seldom`.
    """
    held: dict[tuple[int, int], list[int]] = {}
    end = -1
    for place in mixup_words(text, telling):
        if place > end:
            start = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
        held.setdefault((start, end), []).append(place)
    for (start, end), places in held.items():
        if end - start <= LONGEST and (seldom or _beyond(text[start:end]) <= SELDOM * len(places)):
            yield start, end, places


def _beyond(line: str) -> int:
    """How many words of `line` hold more than ASCII."""
    return sum(not word.isascii() for word in WORD.findall(line))


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """`text` in blocks of bounded size, cut at line ends (which are in no block), a longer line at spaces."""
    start = 0
    while len(text) - start > BLOCK:
        end = text.rfind("\n", start, start + BLOCK)
        if end >= 0:
            yield start, end
            start = end + 1
            continue
        end = text.rfind(" ", start + BLOCK // 2, start + BLOCK) + 1 or start + BLOCK
        yield start, end
        start = end
    yield start, len(text)
