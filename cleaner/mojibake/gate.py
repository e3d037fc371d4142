"""Is anything suspicious? Which texts and lines are searched: without a model, by the table of pairs of characters.

`strangeness` says what garbled text holds; here is what is no evidence for any chain all the same: signs apart from letters,
names, words that no mix-up can have made of others (`prospects`). What the gate passes is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cleaner.memory import cached
from cleaner.models.alphabets import one_standard
from cleaner.models.gate import (
    FLAGGED,
    LONGEST,
    NEUTRAL,
    NOT_FOR,
    PLAIN,
    Evidence,
    evidence,
    flagged,
    heard,
    in_units,
    line_evidence,
    pairs_in,
    reader,
)
from cleaner.models.gate_table import KIND, LOWEST, OTHER_LETTERS
from cleaner.models.mixups import may_hold_mixup
from cleaner.mojibake.strangeness import (
    RUN,
    TOTAL,
    any_line,
    any_line_of,
    blocks,
    letters_clash,
    looks_garbled,
    mixed_up,
    pairs_suffice,
)

ELLIPSIS = "\N{THAI CHARACTER SARA O}\N{THAI CHARACTER KHO RAKHANG}"
"""What TIS-620 leaves of `…`; Thai words hold the pair too, so that its weight says nothing."""
SIGN, LETTER = "[^\\w\\s\x00-\xa0¬┬\ufffd\u0e00-\u0e7f]", "[^\\W\\d_]"
"""Not `¬` and `┬`, which Mac and DOS pages show of the first byte of signs."""
MUTE = (
    f"[\\W²³À-ÁÄ-ÖØ-öø-ɏ](?<=[^\x00-\x9f])(?:(?<=\\d\xa0){SIGN}{{1,3}}(?!{LETTER}|{SIGN})|(?<={SIGN})(?<!{LETTER}.){SIGN}{{0,2}}(?!{LETTER}|{SIGN})"
    "|(?:(?<=[km]m[²³])|(?<= m[²³])|(?<=[A-Za-z][®™]))(?!\\w)|(?<=[À-ÁÄ-ÖØ-öø-ɏ])(?<!\\S.)(?!\\S)"
    "|(?<=([ß-öø-ɏ]))\\1\\1+)"
)
"""Words that are no evidence for any chain: signs apart from letters, the power of a unit, the mark of a name, a Latin letter that
is a word, unless it may be the first byte of a sequence, and one that is drawn out (`nööööö`). What begins none of them, as most
letters, is passed over first."""
NEAR = 3
"""Code points beside others that tell whether one of MUTE has a part in them: it is of four at most, or drawn out."""
QUOTED = re.compile("(?<!\\w)»(\\w[^»«\n]*)«(?!\\w)")
"""Quotation marks as German and Danish books have them: beside letters they are rare, in pairs they are no evidence."""
WIDE = "\u2e80"
"""Chinese, Japanese and Korean characters begin here."""
NO_LATIN = re.compile("[^\x00-\x7fÀ-ÖØ-öø-ɏ]")
"""What stands in no Latin word."""
KANA = re.compile("[\u3041-\u30f6]")
"""With them Chinese characters of no standard tell: Japanese read as Chinese keeps them."""
CLEAN_EACH, LITTLE = 1.5, 30
"""Nats a code point for clean text from which a line in such letters is clean, and nats of a run that it may hold all the same. Of
the lines that a mix-up made Chinese or Korean all through, in 7,880 garbled texts, none that only a run tells has more than 1.2; of
clean lines with a rare name none less than 2. A garbled word in a clean line of such letters has runs of a hundred nats."""


def _speaks(line: str, found: Evidence) -> bool:
    """Whether `line` looks garbled, and not only for a rare name in a script without case, which is cheaper to ask first."""
    if line[len(line) >> 1] >= WIDE and found.against <= LITTLE and _is_name(line, found):
        return False
    return looks_garbled(line, found)


def _is_telling(line: str, found: Evidence) -> bool:
    """Whether `line` still looks garbled without its words that are no evidence (MUTE)."""
    if _telling_at_once(line, found) is not None:
        return True
    return _speaks(line, found) and _without_mute(line, found) is not None


def _telling_at_once(line: str, found: Evidence) -> int | None:
    """Where the first run of pairs begins that is enough by itself: none of it in a word that is no evidence, a letter with case in
    it. None where there is no such run, and the words have to be taken out (`_without_mute`).
    """
    place = found.first_run(RUN)
    if place is None or len(found.weights) != len(line) + 1 or "\xbb" in line:
        return None
    start, end = place
    near = _mute().search(line, max(0, start - NEAR), end + NEAR)
    return start if near is None and _cased().search(line, start, end) else None


def _without_mute(line: str, found: Evidence) -> tuple[str, Evidence] | None:
    """`line`, which `_speaks`, without its words that are no evidence, and what its pairs say then; None where the rest no longer
    looks garbled.
    """
    rest = _mute().sub(" ", QUOTED.sub(r" \1 ", line) if "\xbb" in line else line)
    if rest != line:
        found = evidence(rest)
        if not looks_garbled(rest, found):
            return None
    return None if _is_name(rest, found) else (rest, found)


@cached
def _cased() -> re.Pattern[str]:
    """What no line in letters without case holds. Compiled when it is first used, which takes a hook 2 ms."""
    return re.compile("[^\x00-\x7f\u0590-\u06ff\u200c-\u201f\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")


@cached
def _mute() -> re.Pattern[str]:
    """Compiled when it is first used, which takes a hook 1 ms."""
    return re.compile(MUTE)


def _is_name(line: str, found: Evidence) -> bool:
    """Whether `line` is clean text in a script without case but for a rare word or two: a mix-up would have garbled all of it."""
    return (
        found.total < -CLEAN_EACH * len(line)
        and not found.has_run(LITTLE)
        and _cased().search(line) is None
        and (KANA.search(line) is None or one_standard(line))
    )


def worth_a_search(text: str) -> bool:
    """Whether a line of `text` is suspicious by words that can be evidence. What a search makes must not be suspicious at all."""
    if len(text) > LONGEST:
        return any_line(text, _promises, _mixups_promise)
    weights = reader()(text)
    if weights.isascii():
        return False
    if "\n" in text:
        return any_line_of(text, *heard(weights), _promises, _mixups_promise)
    # What `heard` and `looks_garbled` ask, most of it without calls.
    speaking = weights.translate(PLAIN, NEUTRAL)
    if speaking:
        against, kind = sum(speaking) + LOWEST * len(speaking), weights[0] & KIND
        if (
            not kind
            or against > RUN
            or against - len(weights.translate(None, NOT_FOR)) > TOTAL
            or letters_clash(text, kind)
        ):
            found = Evidence(against, weights, kind)
            if _speaks(text, found) and _bears_out(text, found):
                return True
        if kind & OTHER_LETTERS:  # no pair of them tells
            return False
    flags = weights.translate(FLAGGED)
    if not may_hold_mixup(in_units(text, flags), flags):
        return False
    return any(_mixups_promise(text, *mixed) for mixed in mixed_up(text, flagged(text, flags)))


def _promises(line: str, found: Evidence) -> bool:
    """Whether `line` looks garbled, and a mix-up can have made one of the words for which it does (`prospects`)."""
    return _speaks(line, found) and _bears_out(line, found)


def _bears_out(line: str, found: Evidence) -> bool:
    """The same of a line that `_speaks`."""
    start = _telling_at_once(line, found)
    if start is not None and NO_LATIN.search(line, start, start + 2):
        return True  # what is no Latin word is not looked at alone (`prospects`)
    telling = _without_mute(line, found)
    if telling is None:
        return False
    rest, found = telling
    if not pairs_suffice(found):
        return True
    from cleaner.mojibake.prospects import any_prospect, words_of_pairs

    return any_prospect(line, words_of_pairs(rest, found.data))


def _mixups_promise(text: str, start: int, end: int, places: Iterable[int]) -> bool:
    """Whether the words at `places` in the line `text[start:end]`, which only a mix-up makes, can have been others."""
    from cleaner.mojibake.prospects import any_prospect, words_at

    return any_prospect(text[start:end], words_at(text, places))


def suspicious_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines of `text` (without their line ends) that are suspicious by words that can be evidence, in code points.

    Unlike in `worth_a_search` these words are not looked at alone: that would halve the time of lines with words that clean text
    has, but of lines whose words are all new it takes three times as long as the search, which most of them need all the same.
    Of a line of more than `LONGEST` these are its suspicious pieces, some sentences each; two that touch are not joined.
    """
    return [] if text.isascii() else list(_suspicious(text))


def _suspicious(text: str) -> Iterator[tuple[int, int]]:
    for first, last in blocks(text):
        block = text[first:last]
        if not block.isascii():
            said, flags = pairs_in(block)
            telling = flagged(block, flags)
            lines = {
                start: end for start, end, found in line_evidence(block, said) if _is_telling(block[start:end], found)
            }
            if lines:  # of those that are suspicious already no word need be looked up
                telling = _outside(telling, lines)
            mixed = {start: end for start, end, _ in mixed_up(block, telling)}
            for start, end in sorted({**mixed, **lines}.items()):
                yield first + start, first + end


def _outside(places: Sequence[int], lines: dict[int, int]) -> list[int]:
    """Those of `places`, in order, that are in none of `lines`, start -> end in order."""
    found: list[int] = []
    done = 0
    for start, end in lines.items():
        found += places[done : bisect_left(places, start, done)]
        done = bisect_right(places, end, done)
    return [*found, *places[done:]]
