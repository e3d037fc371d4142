"""Verdicts on pairs that have been compared: one story, related, or none, and where a rival puts a verdict in doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Literal, NamedTuple

from cleaner.overlap.clusters import components_of

NAMES_COSINE = 0.36
"""Cosine of names in one language: film plots of the development set .47 and more, reviews of one film .39; plots of a film and of
its sequel may have .33, as many words as tellings have, and no rival in the folder. Those above it WORDS_COSINE holds back."""
NAMES_CASELESS = 0.45
"""The same in a script without capitals, where names are words like any other and texts of one field share dozens."""
WORDS_COSINE = 0.12
"""Cosine of all words but names in one language: film plots of the development set .1 and more, sequels up to .15."""
COPIED_NAMES, COPIED_MOST = 1.5, 0.35
"""What is copied, up to a third of the text, explains a likeness of names of 1.5 times its share, and one of words of its
share: tellings of the development set with copied sentences (up to .2) are more alike than that; texts that only quote the
same are not."""
MANY, MANY_NAMES, MANY_WORDS = 10, 0.45, 0.09
"""Shared rare tokens from which names weigh more and words less: a plot of a page against one of a line shares few words.
Three pairs of the development set are found by it, none wrongly; sequels share up to nine tokens."""
ACROSS_COSINE = 0.15
"""Cosine of names between languages; a short text against a long one rarely gets above .25."""
ACROSS_COVERAGE = 0.26
"""Share, by weight, of the poorer text's names that the other has, between languages."""
DILUTED_COSINE, DILUTED_COVERAGE = 0.12, 0.4
"""The same where the long text is a page of many names, which dilute the cosine, and has most of those of the other. All pairs
of the development set in two languages that share three tokens and have a cosine of .08 are tellings of one story or sequels."""
ACROSS_SHORT = {3: 0.5, 4: 0.42}
"""The same by shared tokens where both texts are short: one line about a film names whom it is about. Of 32 such pairs of our own
tellings (tests/overlap) 14 are cases of one detective, sequels, or films of one actor and director: .31 to .57."""
RELATED_COSINE = 0.2
"""Cosine of names from which a pair that is not one story is called related."""
SHARE = 0.35
"""Share of the poorer text's rare terms that count as MANY where it has few: two lines about two films of one hero share
fewer."""
HEROES, PAGE = 8, 200
"""Mentions of the shared rare names, each where it is mentioned more, from which they are heroes of a text of PAGE words and more:
product names and places that two texts mention in passing make no story."""
PASSING = 4
"""Mentions of these names that each text of a page must have: a guide to a game names the heroes of a campaign once each, whose
plot names them often. Of 414 pairs of tellings that are found none is lost by it, and 9 of 28 wrong pairs are."""
WHOLE = 0.9
"""Coverage between languages from which mentions do not count: one text names nobody else. The same is asked of the cosine where
two names are all that both have beside words of one sound, unless these are heroes in a text of any length; one name must be a
hero. Of two million pairs of texts about software 278 were stories without this and 155 are with it; of 700 tellings none is
lost."""
NAMED = 4
"""Shared names from which a line and a page in one language tell one story if the line names nobody else (WHOLE): they share few
words. Of 16 such pairs of our own tellings 13 are found, 5 without this; lines about sequels have at most .8 of their names in the
first plot. Pairs in other languages gain too, to which a line that is only related is a rival: 88 of 131, 57 without this."""
ACROSS_MANY, ACROSS_NAMES = 5, 0.22
"""Shared tokens and cosine of names from which two languages need no coverage: the highest cosine of 1,300 pairs of
different stories in two languages is .13."""
FEWEST = 3
"""Shared rare tokens below which there is no verdict: two texts that both name Marilyn Monroe tell nothing in common."""
FEWEST_CASELESS, MOST_OF = 4, 0.5
"""The same between languages where any word of one text may be a name, unless so much of the poorer text's names is met. Of two
million pairs of chance texts in ten scripts 9 fewer are stories by it, and of 49 tellings in two scripts 2."""
SMALL = 60
"""Documents below which document frequencies don't tell rare words from common ones: names alone decide, and there must
be FEWEST_SMALL of them."""
FEWEST_SMALL = 5
AMBIGUOUS = 1.15
"""Between languages only names speak, and sequels share these. Where a text matches several texts of another language
that are different stories among themselves, the best match counts only if it beats the next by this factor."""

Verdict = Literal["story", "related", "none"]


class Scored(NamedTuple):
    """A pair, compared. There are so many that a dataclass would take a tenth of the time of comparing them."""

    a: str
    b: str
    tokens: int = 0
    """Shared rare names and rare words."""
    shared_names: int = 0
    names: float = 0.0
    """Cosine of the names."""
    words: float = 0.0
    """Cosine of the other words; 0 between languages."""
    coverage: float = 0.0
    one_language: bool = True
    shown: tuple[str, ...] = ()
    """The rare names that both have, rarest first, and words that sound alike."""
    rare_words: tuple[str, ...] = ()
    """Some of the rarest words that both have, as the shorter text writes them."""
    poorer: int = 0
    """In one language, rare names and words of the text that has fewer of them."""
    mentions: int = 0
    """Of the shared rare names, each in the text that mentions it more."""
    caseless: bool = False
    """Whether the script of one has no capitals, so that any word may be a name."""
    fewer: int = 0
    """Of the shared rare names in the longer text; if both are pages or as long, in the one that mentions them less."""
    longer: int = 0
    """Words of the longer text."""
    copied: float = 0.0
    """Share of the smaller text's word 5-grams that the other has."""
    stems: tuple[int, ...] = ()
    """Those of `rare_words`, until the words are looked up."""


Judged = tuple[Scored, Verdict]


def is_hopeless(one: Scored, small: bool, strictness: float) -> bool:
    """Whether a pair's names alone say that it is none: its words need not be looked at."""
    passing = one.mentions < HEROES or one.fewer < PASSING
    if one.longer >= PAGE and passing and (one.one_language or one.coverage < WHOLE):
        return True
    return one.one_language and not small and one.names < min(NAMES_COSINE, RELATED_COSINE) * strictness


def at_most(one: Scored, strictness: float) -> Verdict:
    """The best verdict that a pair of one language may get, whatever its words are; of a folder that is not small."""
    likeness = one.names - COPIED_NAMES * min(one.copied, COPIED_MOST)
    if likeness >= min(NAMES_COSINE, NAMES_CASELESS, MANY_NAMES) * strictness:
        return "story"
    return "related" if likeness >= RELATED_COSINE * strictness else "none"


def doubted(verdicts: Sequence[Judged], apart: Iterable[tuple[str, str]]) -> list[Judged]:
    """The verdicts when all are known: a story in two languages that a rival puts in doubt is a related pair.

    `verdicts` are those that are not `none`; `apart` pairs in one language that tell different stories.
    """
    doubtful = _doubtful(verdicts, apart)
    return [
        (one, "related" if kind == "story" and not one.one_language and (one.a, one.b) in doubtful else kind)
        for one, kind in verdicts
    ]


def _doubtful(verdicts: Sequence[Judged], different: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Pairs between languages that a rival puts in doubt: see AMBIGUOUS. Tellings in one language stand as one."""
    group = {name: name for one, _ in verdicts for name in (one.a, one.b)}
    for members in components_of((one.a, one.b) for one, kind in verdicts if kind == "story" and one.one_language):
        group |= dict.fromkeys(members, members[0])
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for one, kind in verdicts:
        if not one.one_language and kind != "none":
            for mine, theirs in ((group[one.a], group[one.b]), (group[one.b], group[one.a])):
                best[mine][theirs] = max(one.names, best[mine].get(theirs, 0.0))
    related = ((one.a, one.b) for one, kind in verdicts if one.one_language and kind != "story")
    pairs = ((group.get(a), group.get(b)) for a, b in chain(different, related))
    apart = {frozenset(pair) for pair in pairs if pair[0] in best and pair[1] in best}
    found = set()
    for one, kind in verdicts:
        if kind == "story" and not one.one_language:
            for mine, theirs in ((group[one.a], group[one.b]), (group[one.b], group[one.a])):
                score = best[mine][theirs]
                rivals = [rival for rival in best[mine] if frozenset((rival, theirs)) in apart and rival != theirs]
                if any(score < AMBIGUOUS * best[mine][rival] for rival in rivals):
                    found.add((one.a, one.b))
    return found


def verdict_on(one: Scored, small: bool, strictness: float) -> Verdict:
    """The verdict on a pair by itself, in a folder that is `small` or not; `strictness` multiplies every border."""
    if one.tokens < FEWEST or not one.shared_names:
        return "none"
    copied = min(one.copied, COPIED_MOST)
    likeness = one.names - COPIED_NAMES * copied
    if is_hopeless(one, small, strictness):
        return "none"
    related: Verdict = "related" if likeness >= RELATED_COSINE * strictness else "none"
    if small:
        if (
            one.shared_names >= FEWEST_SMALL
            and one.names >= ACROSS_COSINE * strictness
            and one.coverage >= ACROSS_COVERAGE
        ):
            return "story"
    elif one.one_language:
        if one.tokens < min(MANY, SHARE * one.poorer):
            return related
        words = one.words - copied
        least = NAMES_CASELESS if one.caseless else NAMES_COSINE
        if likeness >= least * strictness and words >= WORDS_COSINE * strictness:
            return "story"
        named = one.longer >= PAGE and one.shared_names >= NAMED and one.coverage >= WHOLE
        if named and likeness >= least * strictness:
            return "story"
        if one.tokens >= MANY and likeness >= MANY_NAMES * strictness and words >= MANY_WORDS * strictness:
            return "story"
    else:
        if one.caseless and one.tokens < FEWEST_CASELESS and one.coverage < MOST_OF:
            return related
        if one.shared_names < FEWEST and one.mentions < HEROES and (one.shared_names < 2 or one.names < WHOLE):
            return related
        lines = one.longer < PAGE and not one.caseless
        coverage = ACROSS_SHORT.get(one.tokens, ACROSS_COVERAGE) if lines else ACROSS_COVERAGE
        covered = one.names >= ACROSS_COSINE * strictness and one.coverage >= coverage * strictness
        diluted = (
            one.longer >= PAGE
            and one.names >= DILUTED_COSINE * strictness
            and one.coverage >= DILUTED_COVERAGE * strictness
        )
        if covered or diluted or (one.tokens >= ACROSS_MANY and one.names >= ACROSS_NAMES * strictness):
            return "story"
    return related
