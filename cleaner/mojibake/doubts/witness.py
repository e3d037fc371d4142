"""Do the words of a text support a mix-up of two single-byte pages, or is it in a language that no table has?

A mix-up turns letters into letters, and leaves no proof as UTF-8 does. The character model takes a language that it has
never seen for one that it knows, read in a wrong page: Friulian `eliminâ` for `eliminā`, Adyghe for Arabic. A right
repair gives words: most of those changed are listed, and the line around them is in a language that has them.

[unseen]: 1,660,000 true texts that no table was made of (declarations of human rights in 530 languages, programs'
messages in 200, names of countries and languages in 300, dictionaries, manuals), in 920 of which a mix-up was undone
wrongly, and 2,628 garbled texts, of the judge and held back, in which one was undone rightly:
benchmarks/results/mojibake.md.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple
from unicodedata import combining, normalize

from cleaner.document import Edit
from cleaner.memory import cached, cached_last
from cleaner.mojibake.accidents.steps import BEYOND, CJK, chars_beyond, other_steps
from cleaner.mojibake.readings.evidence import LOOKALIKES, MIXED, likelihoods
from cleaner.mojibake.words.lexicon import SCRIPTS, is_known, languages_of, script_of
from cleaner.mojibake.words.support import changed_runs
from cleaner.nfc import composed

ASKED, AROUND = 24, 40
"""Most distinct words that are looked up: of those changed, and of those around them."""
HALF = 0.5
"""Share of the changed words that must be known to support the mix-up, and of the words around them that a language must have."""
FAR = 2_000
"""Code points of its line on each side of a change in which the words around it are looked for."""
SOME, NEARLY = 4, 0.75
"""Words around the changed ones from which they tell the language of the line; and the share of the likeliest
language's words that another must have to be possible as well, since lists hold words of their neighbours."""
ENOUGH, LEAST = 12, 4
"""Letters of known words that suffice by themselves, and that suffice where the line around them tells no language:
nearly every word of three letters is one in some language."""
GOOD, LONG, FEW, COMMON = 3.75, 7, 2, 12.0
"""Conditions where no list has any of the changed words and nothing else tells: most nats a letter, least letters of
the longest word, most words in the same script, most cost of the mix-up's step."""
SHORT = 3
"""Most letters of an abbreviation, and least of each part of a word that a sign splits, unless it is an apostrophe."""
HELD = 4_096
"""Changed runs whose evidence is cached: the words of a document are repeated."""
RARE = 14.0
"""Most cost of a mix-up for which LEAST letters of known words suffice: a rarer one needs ENOUGH, or a line in their
language around them."""
CONTROL = re.compile("[\x80-\x9f]")
WORD = re.compile(r"[^\W\d_²³¹¼-¾⁰-₉]+")
"""A run of letters; without powers and fractions, as a number of a note may follow a word."""
CODE = re.compile(
    r"<[^<>]*>|\\[nrt]|(?:(?<![\w.])|(?<=\\[nrt]))[\w.]+\(|(?:(?<!\w)|(?<=\\[nrt]))\w*_\w*"
    r"|(?:(?<![A-Za-z])|(?<=\\[nrt]))[A-Za-z]*[a-z][A-Z]\w*"
)
"""Parts of a line of code or mark-up that are not words of a language: tags, escapes, names of functions and of variables."""
JOINING = "´ʹʻʼ·״׳\xad‐-―‘’…•"
TORN = re.compile(
    f"[^\\W\\d_](?:(?![{JOINING}][^\\W\\d_])[^\\w\\s\u0300-\u036f!-/:-@\\[-`{{-~]+|[ªº¼½¾ƒˆ˜ﬁﬂ])[^\\W\\d_]"
    "|[^\\W\\d_]{3}[²³¹ⁿ][^\\W\\d_]{3}"
    f"|[^\\W\\d_][\u2500-\u259f]|[\u2500-\u259f][^\\W\\d_]"
    f"|[A-Za-z](?![{''.join(map(chr, LOOKALIKES))}])[\u0370-\u0e7f]+[A-Za-z]"
)
"""Surely garbled, whatever it was: a sign between letters that does not join words, a piece of a frame beside a letter,
and a letter of another script among Latin ones that looks like none of them. A power must have three letters on both
sides, since it stands in formulas and units too (`a²b`, `ft²hr`)."""
PALOCHKA = "ІӀ"
"""Capitals that stand among small letters: languages of the Caucasus have the second, often written as the first."""
OPERATORS = frozenset("±×÷¬")
"""Signs that stand between short names in formulas."""
ALIEN = re.compile("(?<![^\\W\\d_])[À-ÖØ-öø-ɏ]{5,}(?![^\\W\\d_])")
"""A Latin word without ASCII letters: no language has two of them together, but rows of letters may look so."""
REPEATED = re.compile("^(.+?)\\1+$")
ELIDED = re.compile("(?<![^\\W\\d_])[^\\W\\d_]’(?=[^\\W\\d_])")
"""A letter and the apostrophe that joins it to a word."""
ORDINARY = frozenset("´·\xad«»¡¿°¹²³§¶±×©®™†‡–—‘’‚“”„‹›•…¨¸")
"""Marks that texts have as they are."""
CJK_STEPS = frozenset(f"{way} {page}" for page in CJK for way in ("encode", "decode"))


def unworded(text: str, edits: Sequence[Edit]) -> bool:
    """Whether `edits`, of one chain, undo a mix-up of two single-byte pages and no word speaks for it."""
    chain = edits[0].chain
    return "decode utf-8" not in chain and CJK_STEPS.isdisjoint(chain) and not _speak(text, edits, chain)


def _speak(text: str, edits: Sequence[Edit], chain: tuple[str, ...]) -> bool:
    """Whether the words that `edits`, all of one `chain`, change support it."""
    pairs = turned(text, edits)
    if len(pairs) == 1 and _is_accent(*pairs[0]):
        return False
    if any(CONTROL.search(edit.before) for edit in edits):
        return chain[-1] == "decode cp1252" or _tell(text, edits, pairs)
    if is_sure(pairs):
        return True
    told = Told(pairs)
    if not told.made:
        return any(not ORDINARY.issuperset(chars_beyond(edit.before) - set(edit.after)) for edit in edits)
    script = _script(told.made)
    if script is None:
        return True
    known = told.known
    letters = sum(map(len, known))
    if known and len(known) <= told.lost_known and (len(known) < told.lost_known or letters < LONG):
        return False
    many = len(known) >= HALF * len(told.made)
    if many and letters >= ENOUGH:
        return True
    around = [word for word in islice(words_around(text, edits, script), AROUND) if word not in told.old]
    near = languages_near(script, around)
    native = any(near.intersection(languages_of(script, word.lower())) for word in known)
    if len(around) >= SOME:
        if not near or (many and not native):
            return False
        if native:
            return True
    elif known and around and not native and all(_base(before) == _base(after) for before, after in pairs):
        return False
    elif known and (
        (native and (letters >= SHORT or len(known) == len(told.made)))
        or (many and (_is_long_enough(known) or _is_foreign(told, script)) and not told.torn and _cost(chain) <= RARE)
    ):
        return True
    return _is_good(told, chain, script)


def _is_accent(before: str, after: str) -> bool:
    """Whether `before` differs from `after` only in the accent of its first capital: `Ìndice` for `Índice` is a typing error."""
    one, other = (WORD.search(text) for text in (before, after))
    if one is None or other is None or before[one.start() + 1 :] != after[other.start() + 1 :]:
        return False
    first, made = one[0][0], other[0][0]
    return first.isupper() and made.islower() and _base(first.lower()) == _base(made)


def _base(text: str) -> str:
    """`text` without accents."""
    return "".join([char for char in normalize("NFD", text) if not combining(char)])


def _tell(text: str, edits: Sequence[Edit], pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the controls among what `edits` change prove the mix-up, as no text has any. One or two of them prove it
    only if they become part of a word of SHORT or more letters, a common mark, or the script of the words around.
    """
    made = [word for _, after in pairs for word in WORD.findall(after)]
    if len({char for edit in edits for char in BEYOND.findall(edit.before)}) > FEW or any(map(_is_long, made)):
        return True
    if not made:
        return ORDINARY.issuperset(BEYOND.findall("".join([after for _, after in pairs])))
    script = _script(made)
    return script is not None and next(words_around(text, edits, script), None) is not None


def _is_long_enough(known: Sequence[str]) -> bool:
    """Whether `known` words have LEAST letters together, and one of them more than two."""
    return any(map(_is_long, known)) and sum(map(len, known)) >= LEAST


def _is_long(word: str) -> bool:
    return len(word) >= SHORT


def _is_foreign(told: Told, script: str) -> bool:
    """Whether Latin letters became those of another alphabet, each of which is evidence."""
    return script != "latin" and bool(told.old) and _script([*told.old]) == "latin"


def _is_good(told: Told, chain: tuple[str, ...], script: str) -> bool:
    """Whether words that no list has are so likely that undoing `chain` is right all the same."""
    if told.torn or max(map(len, told.made)) < (LEAST if _is_foreign(told, script) else LONG):
        return False
    if told.lost_known or (script == "latin" and _cost(chain) > COMMON):
        return False
    if len(told.made) > FEW and not told.known and script == _script([*told.old]):
        return False
    words, old = f" {' '.join(told.made)} ", f" {' '.join(told.old)} "
    good, small, before = likelihoods([words, words.lower(), old])
    # The model knows less of words in capitals than of others.
    return good >= -GOOD * len(words) and (small > before or not words.isupper() or _script([*told.old]) != script)


class Told:
    """The evidence of changed words. `made`: the new words; `known`: those of them that are listed; `lost_known`: how
    many of the words that are gone were listed; `old`: the words before, in small letters; `torn`: whether a sign took
    the place of a letter.
    """

    __slots__ = ("known", "lost_known", "made", "old", "torn")

    def __init__(self, turned: Sequence[tuple[str, str]]) -> None:
        """`turned`: words as they are and as they become."""
        pairs = [_told(before, after) for before, after in turned]
        self.made = [word for pair in pairs for word in pair.made]
        self.known = [word for pair in pairs for word in pair.known]
        self.old = dict.fromkeys([word for pair in pairs for word in pair.old])
        self.lost_known = sum([pair.lost_known for pair in pairs])
        self.torn = any(pair.torn for pair in pairs)


def is_sure(turned: Sequence[tuple[str, str]], *, shrinks: bool = False) -> bool:
    """Whether one of `turned`, words as they are and as they become, is surely garbled as it is, so that no list need
    be asked.

    `shrinks`: the chain makes fewer characters, so that fewer letters are no sign of a wrong one.
    """
    if any(_is_garbled(before, after, shrinks) for before, after in turned):
        return True
    alien = [word for before, _ in turned for word in ALIEN.findall(before)]
    return len(alien) > 1 and not all(map(_is_row, alien))


def _is_row(word: str) -> bool:
    """Whether no letter occurs twice in `word`, but for the repetition of all of it."""
    once = REPEATED.sub(r"\1", word)
    return len(set(once)) == len(once)


def _is_garbled(before: str, after: str, shrinks: bool) -> bool:
    """Whether `before` mixes scripts, has a sign for a letter, or a capital after a small letter, and `after` does not
    and is not an abbreviation.
    """
    mixed = MIXED.search(before) is not None
    if mixed and _is_typed(before):
        return False
    if mixed and not MIXED.search(after) and (shrinks or _letters(after) >= _letters(before)):
        return not _is_short(after)
    return (_is_torn(before, after) or (not shrinks and _mends_case(before, after))) and not _is_short(after)


def _is_typed(word: str) -> bool:
    """Whether `word`, which mixes scripts, was typed carelessly (`KБ`): each of its Latin letters looks like one of the
    other script.
    """
    latin = {char for char in word if script_of(char) == "latin"}
    others = {script_of(char) for char in word if char.isalpha()} - {"latin"}
    return len(others) == 1 and latin <= _latin_alike(others.pop())


@cached
def _latin_alike(script: str | None) -> frozenset[str]:
    """Latin letters that look like some of `script`."""
    return frozenset(chr(latin) for char, latin in LOOKALIKES.items() if script_of(chr(char)) == script)


def _is_torn(before: str, after: str) -> bool:
    """Whether a sign splits a word of `before` as no text does; in formulas operators stand between short names."""
    sign = TORN.search(before)
    if sign is None or len(TORN.findall(after)) >= len(TORN.findall(before)):
        return False
    if OPERATORS.isdisjoint(sign[0]):
        return True
    return any(len(word) > SHORT for word in WORD.findall(after))


class _Pair(NamedTuple):
    """The evidence of one changed run, as in `Told`."""

    old: tuple[str, ...]
    made: tuple[str, ...]
    known: tuple[str, ...]
    lost_known: int
    torn: bool


@cached_last(HELD)
def _told(before: str, after: str) -> _Pair:
    old, new = words_of(before), words_of(after)
    lost = sum([not word.isascii() and len(word) > 2 and _is_known(word) for word in old - new])
    small = tuple(sorted({word.lower() for word in old}))
    torn = _letters(after) < _letters(before)
    if not torn:
        whole = " ".join(old)
        made = tuple(sorted([word for word in new - old if word not in whole]))  # a part of an old word is not new
        return _Pair(small, made, tuple(filter(_is_known, made)), lost, torn)
    parts = sorted([part for part in WORD.findall(ELIDED.sub("", _plain(after))) if part not in old], key=len)
    longest = parts[-1] if parts else ""
    stands = len(longest) >= SHORT and _is_known(longest)
    known = stands and all("’" in after if len(part) < SHORT else _is_known(part) for part in parts[:-1])
    return _Pair(small, (longest,), (longest,) if known else (), lost, torn)


def _mends_case(before: str, after: str) -> bool:
    """Whether `before` has a capital beyond ASCII after a small letter, and `after` has letters with case and no such capital."""
    wrong = any(
        one.islower() and two.isupper() and two > "\x7f" and two not in PALOCHKA for one, two in pairwise(before)
    )
    return wrong and after != after.upper() and not any(one.islower() and two.isupper() for one, two in pairwise(after))


def _is_short(text: str) -> bool:
    """Whether all words of `text` are abbreviations in capitals."""
    return all(word.isupper() and len(word) <= SHORT for word in WORD.findall(text))


def turned(text: str, edits: Sequence[Edit]) -> list[tuple[str, str]]:
    """The distinct runs without spaces that `edits` change, as they are and as they become; ASKED or a few more at most."""
    pairs: dict[tuple[str, str], None] = {}
    for start, end, after in changed_runs(text, edits):
        before = text[start:end]
        old, new = before.split(), after.split()
        alike = zip(old, new, strict=True) if len(old) == len(new) else [(before, after)]
        pairs.update({pair: None for pair in alike if pair[0] != pair[1]})
        if len(pairs) >= ASKED:
            break
    return list(pairs)


def words_of(token: str) -> set[str]:
    """The words of two or more letters in `token`."""
    return {word for word in WORD.findall(_plain(token)) if len(word) > 1}


def _plain(text: str) -> str:
    """`text` in NFC without the combining marks that are left, as the lists have Arabic and Hebrew."""
    whole = composed(text)
    return "".join([char for char in whole if not combining(char)]) if any(map(combining, whole)) else whole


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text)) + sum(map(bool, map(combining, text)))  # no mark that combines is a letter


def is_cased(word: str) -> bool:
    """Whether `word` is in normal case: no capital but PALOCHKA after its first letter, or all capitals."""
    rest = word[1:]
    return rest == rest.lower() or word.isupper() or not any(char.isupper() and char not in PALOCHKA for char in rest)


def _is_known(word: str) -> bool:
    """Whether `word` is listed, and in normal case."""
    small = _plain(word.lower())
    if not is_cased(_plain(word)):
        return False
    forms = {small, _plain(word.replace("I", "ı").lower())} if word.isupper() else {small}
    return any(map(is_known, forms))


def _cost(chain: tuple[str, ...]) -> float:
    """The cost of the most expensive step of `chain`."""
    costs = _costs()
    return max(costs.get((chain[at], chain[at + 1]), math.inf) for at in range(0, len(chain) - 1, 2))


@cached
def _costs() -> dict[tuple[str, ...], float]:
    return {step.chain: step.cost for step in other_steps()}


def languages_near(script: str, around: Sequence[str]) -> set[str]:
    """The languages of `script` that the words `around`, in small letters, can be in."""
    languages = Counter(code for word in around for code in languages_of(script, word))
    most = max(HALF * len(around), NEARLY * max(languages.values(), default=0))
    return {code for code, count in languages.items() if count >= most}


def words_around(text: str, edits: Sequence[Edit], script: str) -> Iterator[str]:
    """The distinct words of `script` with three or more letters in the lines of `edits`, in small letters."""
    seen: set[str] = set()
    done = -1
    for edit in edits:
        if edit.start < done:
            continue
        start, last = max(0, edit.start - FAR), min(len(text), edit.end + FAR)
        start = text.rfind("\n", start, edit.start) + 1 or start
        done = text.find("\n", edit.end, last)
        done = last if done < 0 else done
        for word in WORD.findall(_plain(CODE.sub(" ", text[start:done]).lower())):
            if len(word) > 2 and word not in seen and script_of(word[0]) == script:
                seen.add(word)
                yield word


def _script(words: Sequence[str]) -> str | None:
    """The script of most letters of `words`; None where it has no lists."""
    scripts = Counter(script_of(char) for word in words for char in word if not combining(char))
    script = max(scripts, key=scripts.__getitem__) if scripts else "latin"
    return script if script in SCRIPTS else None
