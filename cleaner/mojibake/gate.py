"""Is anything suspicious? A table of pairs of characters, without a model: what it passes is left alone.

Garbled text holds pairs that clean text does not: controls, symbols inside words, two scripts in one word, capitals in the
middle of words, Han and kana that nobody uses. `cleaner.models.gate` has how much each pair says; here is how much is
enough. Where the pairs leave a doubt, the letters of the whole line are asked: no language has both `ì` and `ř`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner.letting_go import cached
from cleaner.models.alphabets import HAN, one_alphabet, one_latin_alphabet, one_standard
from cleaner.models.gate import (
    FLAGGED,
    KIND,
    LATIN_LETTERS,
    LONGEST,
    LOWEST,
    NEUTRAL,
    NOT_FOR,
    OTHER_LETTERS,
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
from cleaner.models.mixups import may_hold_mixup, mixup_words

TOTAL = -2
"""Nats of all pairs of a line above which it is suspicious."""
BLOCK = 1_000_000
"""Code points whose weights are in memory at once: 5 bytes each."""
ELLIPSIS = "\N{THAI CHARACTER SARA O}\N{THAI CHARACTER KHO RAKHANG}"
"""What TIS-620 leaves of `…`; Thai words hold the pair too, so that its weight says nothing."""
RUN = 8
"""Nats of neighbouring pairs above which a line is suspicious whatever the rest of it says."""

SELDOM = 12
"""Words beyond ASCII in a line of which one at least must be known from mix-ups. Of 125 garbled lines that only such words
tell, the one with the fewest has one in 10; of 27 clean ones a fifth has fewer than one in 12: a name, or a language that the
lists have not."""

FOREIGN = "Α-ωА-џא-ת"
STRAY = re.compile(
    f"[a-zß-ÿА-Я](?:(?<=[a-zß-ÿ]{{2}})[{FOREIGN}]|(?<=[{FOREIGN}][a-zß-ÿ])[a-zß-ÿ]|(?<=[а-џ][А-Я])(?![А-Я]))"
)
"""A Greek, Cyrillic or Hebrew letter in a Latin word, and a capital in or after a Cyrillic one."""
OTHER = re.compile(f"[{FOREIGN}{HAN}]")
"""A Greek, Cyrillic or Hebrew letter, or a Chinese character."""
LATIN_PAIR = re.compile("[À-ɏ][\x80-\u036f\u2000-\u2bff]")
"""A Latin letter before another one or a sign, both beyond ASCII: what pages of the West show of two bytes of UTF-8."""
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
CASED = re.compile("[^\x00-\x7f\u0590-\u06ff\u200c-\u201f\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
"""What no line in letters without case holds."""
NO_LATIN = re.compile("[^\x00-\x7fÀ-ÖØ-öø-ɏ]")
"""What stands in no Latin word."""
KANA = re.compile("[\u3041-\u30f6]")
"""With them Chinese characters of no standard tell: Japanese read as Chinese keeps them."""
CLEAN_EACH, LITTLE = 1.5, 30
"""Nats a code point for clean text from which a line in such letters is clean, and nats of a run that it may hold all the same. Of
the lines that a mix-up made Chinese or Korean all through, in 7,880 garbled texts, none that only a run tells has more than 1.2; of
clean lines with a rare name none less than 2. A garbled word in a clean line of such letters has runs of a hundred nats."""


def _enough(line: str, found: Evidence) -> bool:
    """Whether the pairs of `line` are such as garbled text has."""
    against = found.against
    if against <= 0:
        return False
    # `_by_pairs`, without calls where few pairs speak.
    if (against > RUN or against - len(found.weights.translate(None, NOT_FOR)) > TOTAL) and _by_pairs(found):
        return True
    return _by_letters(line, found.kind)


def _by_letters(line: str, kind: int) -> bool:
    """Whether `line`, with letters of a `kind` (`Evidence`), has some that do not go together."""
    if kind:
        if kind == LATIN_LETTERS:
            return not one_latin_alphabet(line)
        return kind == OTHER_LETTERS and STRAY.search(line) is not None
    if OTHER.search(line) is None:
        return not one_latin_alphabet(line) or _by_latin_words(line)
    return STRAY.search(line) is not None or not one_alphabet(line) or _by_latin_words(line)


def _by_latin_words(line: str) -> bool:
    """Whether the pairs in Latin words among those of another script are enough: what else is in `line` says nothing of them."""
    if LATIN_PAIR.search(line) is None:
        return False
    rest = _beyond_latin().sub(" ", line)
    return rest != line and _by_pairs(evidence(rest))


@cached
def _beyond_latin() -> re.Pattern[str]:
    """Letters of other scripts. Compiled when it is first used, which takes a hook 1.5 ms."""
    return re.compile("[\u0370-\u1cff\u1f00-\u1fff\u2c80-\U0010ffff]+")


def _speaks(line: str, found: Evidence) -> bool:
    """The same, but for what is clean all the same: names in letters without case, which need no standards to be asked."""
    if line[len(line) >> 1] >= WIDE and found.against <= LITTLE and _is_name(line, found):
        return False
    return _enough(line, found)


def _by_pairs(found: Evidence) -> bool:
    """Whether the sums of the pairs are enough, whatever letters they are made of."""
    return found.has_run(RUN) or (found.ceiling > TOTAL and found.total > TOTAL)


def _is_telling(line: str, found: Evidence) -> bool:
    """Whether `line` says enough without its words that are no evidence for any chain."""
    if _telling_at_once(line, found) is not None:
        return True
    return _speaks(line, found) and _without_mute(line, found) is not None


def _telling_at_once(line: str, found: Evidence) -> int | None:
    """Where the first pairs that are enough begin, if they hold a letter with a case, and no part of a word that is no evidence."""
    place = found.first_run(RUN)
    if place is None or len(found.weights) != len(line) + 1 or "\xbb" in line:
        return None
    start, end = place
    near = _mute().search(line, max(0, start - NEAR), end + NEAR)
    return start if near is None and CASED.search(line, start, end) else None


def _without_mute(line: str, found: Evidence) -> tuple[str, Evidence] | None:
    """`line`, which `_speaks`, without its words that are no evidence for any chain, and what it says then; None where that is not
    enough.
    """
    rest = _mute().sub(" ", QUOTED.sub(r" \1 ", line) if "\xbb" in line else line)
    if rest != line:
        found = evidence(rest)
        if not _enough(rest, found):
            return None
    return None if _is_name(rest, found) else (rest, found)


@cached
def _mute() -> re.Pattern[str]:
    """Compiled when it is first used, which takes a hook 1 ms."""
    return re.compile(MUTE)


def _is_name(line: str, found: Evidence) -> bool:
    """Whether what speaks for garbling are rare words in much clean text of letters without case: a mix-up garbles all or none."""
    return (
        found.total < -CLEAN_EACH * len(line)
        and not found.has_run(LITTLE)
        and CASED.search(line) is None
        and (KANA.search(line) is None or one_standard(line))
    )


def suspicious(text: str) -> bool:
    """Whether a line of `text` holds what garbled text holds and clean text seldom does."""
    return not text.isascii() and _any(text, _enough, seldom=True)


def worth_a_search(text: str) -> bool:
    """Whether a line of `text` is suspicious by words that can be evidence. What a search makes must not be suspicious at all."""
    if len(text) > LONGEST:
        return _any(text, _promises, seldom=False)
    weights = reader()(text)
    if weights.isascii():
        return False
    if "\n" in text:
        return _any_line(text, *heard(weights), _promises, seldom=False)
    # What `heard` and `_enough` ask, most of it without calls.
    speaking = weights.translate(PLAIN, NEUTRAL)
    if speaking:
        against, kind = sum(speaking) + LOWEST * len(speaking), weights[0] & KIND
        if (
            not kind
            or against > RUN
            or against - len(weights.translate(None, NOT_FOR)) > TOTAL
            or _by_letters(text, kind)
        ):
            found = Evidence(against, weights, kind)
            if _speaks(text, found) and _bears_out(text, found):
                return True
        if kind & OTHER_LETTERS:  # no pair of them tells
            return False
    flags = weights.translate(FLAGGED)
    if not may_hold_mixup(in_units(text, flags), flags):
        return False
    return any(_mixups_promise(text, *mixed) for mixed in _mixed_up(text, flagged(text, flags)))


def _promises(line: str, found: Evidence) -> bool:
    """Whether `line` is worth a search, also by what the words that its pairs speak against can have been."""
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
    if not _by_pairs(found):
        return True
    from cleaner.mojibake.prospects import any_prospect, words_of_pairs

    return any_prospect(line, words_of_pairs(rest, found.data))


def _mixups_promise(text: str, start: int, end: int, places: Iterable[int]) -> bool:
    """Whether the words at `places` in the line `text[start:end]`, which only a mix-up makes, can have been others."""
    from cleaner.mojibake.prospects import any_prospect, words_at

    return any_prospect(text[start:end], words_at(text, places))


def _any(text: str, enough: Callable[[str, Evidence], bool], *, seldom: bool) -> bool:
    """Whether the pairs of a line of `text` are `enough`, or it holds words that only a mix-up makes (`_mixed_up`)."""
    for first, last in _blocks(text):
        block = text[first:last]
        if not block.isascii() and _any_line(block, *pairs_in(block), enough, seldom=seldom):
            return True
    return False


def _any_line(
    text: str, said: Evidence, flags: bytes, enough: Callable[[str, Evidence], bool], *, seldom: bool
) -> bool:
    """The same of a `text` of which `pairs_in` has `said` this, with these `flags`."""
    if any(enough(text[start:end], found) for start, end, found in line_evidence(text, said)):
        return True
    if not (flags and may_hold_mixup(in_units(text, flags), flags)):
        return False
    mixed = _mixed_up(text, flagged(text, flags), seldom=seldom)
    return any(seldom or _mixups_promise(text, *one) for one in mixed)


def strangeness(text: str) -> int:
    """Nats that speak for garbling, whatever speaks against it; 0 for most clean text."""
    if text.isascii():
        return 0
    if len(text) <= BLOCK:
        return evidence(text).against
    return sum(evidence(text[start:end]).against for start, end in _blocks(text))


def strangenesses(words: Sequence[str]) -> list[int]:
    """The strangeness of each of `words`, which hold no line ends, in one look."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    found = [0] * len(words)
    for start, _, said in line_evidence("\n".join(words)):
        found[bisect_right(starts, start) - 1] += said.against
    return found


def suspicious_lines(text: str) -> list[tuple[int, int]]:
    """Ranges of the lines of `text` (without their line ends) that are suspicious by words that can be evidence, in code points.

    Unlike in `worth_a_search` these words are not looked at alone: that would halve the time of lines with words that clean text
    has, but of lines whose words are all new it takes three times as long as the search, which most of them need all the same.
    Of a line of more than `LONGEST` these are its suspicious pieces, some sentences each; two that touch are not joined.
    """
    return [] if text.isascii() else list(_suspicious(text))


def _suspicious(text: str) -> Iterator[tuple[int, int]]:
    for first, last in _blocks(text):
        block = text[first:last]
        if not block.isascii():
            said, flags = pairs_in(block)
            telling = flagged(block, flags)
            lines = {
                start: end for start, end, found in line_evidence(block, said) if _is_telling(block[start:end], found)
            }
            if lines:  # of those that are suspicious already no word need be looked up
                telling = _outside(telling, lines)
            mixed = {start: end for start, end, _ in _mixed_up(block, telling)}
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


def _mixed_up(text: str, telling: Iterable[int], *, seldom: bool = False) -> Iterator[tuple[int, int, list[int]]]:
    """The lines of `text`, of at most LONGEST code points, that hold words which only a mix-up makes; and where those begin.

    A line in which they are rarer than one in SELDOM words beyond ASCII is none of them, unless `seldom`.
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
    return sum(not word.isascii() for word in re.findall(r"[^\W\d_]+", line))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
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
