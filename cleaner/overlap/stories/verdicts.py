"""What is known of a pair, and the verdict on it: one story, related, or none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, NamedTuple

from cleaner.arrays import Array
from cleaner.overlap.words.scripts import CASELESS_SCRIPTS, KANA_SCRIPT

NAMES_COSINE = 0.36
"""Cosine of names in one language: film plots of the development set have .47 and more, reviews of one film .39; plots
of a film and of its sequel may have .33, as many words as tellings have, and no rival in the folder. Sequels above it
fail WORDS_COSINE."""
NAMES_CASELESS = 0.45
"""The same in a script without capitals, where names are words like any other and texts of one field share dozens."""
LINES_CASELESS = 0.25
"""The same of texts below PAGE words that share MANY rare terms and STRONG_WORDS of their words. Each among 400 texts of random
sentences, 7 of 15 pairs of tellings in Arabic, Georgian, Hebrew, Hindi, Korean and Persian are found without it, 13 with it, and no
other pair: those have at most .22, and texts of one field (computer help, 200 documents) less than .2 of their words."""
WORDS_COSINE = 0.09
"""Cosine of all words but names and those that are frequent in a language: film plots of the development set .1 and more, sequels
up to .15. With .12 9 of 700 pairs of our own are lost, and one wrong one. With frequent words, and .12, two more of 1,240 are
found, and 12 more are wrong; 76 pairs of random sentences in one language of 135 are a story then instead of 25."""
COPIED_NAMES, COPIED_MOST = 1.5, 0.35
"""What is copied, up to a third of the text, explains a likeness of names of 1.5 times its share, and one of words of its
share: tellings of the development set with copied sentences (up to .2) are more alike than that; texts that only quote the
same are not."""
MANY = 10
"""Rare names and words that two texts in one language must share, if neither has few of them (SHARE): sequels share up to nine."""
ACROSS_COSINE = 0.15
"""Cosine of names between languages; a short text against a long one rarely gets above .25."""
ACROSS_CASELESS = 0.2
"""The same where any word of one text may be a name. Of 1,039 pairs of our own tellings (those of the results) none is lost by it,
and of 65 stories in a folder of 5 MB in 75 languages, most of them of computer help, 38 are left."""
ACROSS_COVERAGE = 0.3
"""Share, by weight, of the names that the other text has, for the text with fewer names (the "poorer"), between languages. With
.26 no pair of our own tellings more is found, and 14 pairs of manual pages in 397 files are wrong instead of 11."""
ONE_SCRIPT_COVERAGE = 0.45
"""The same for two languages of one script with capitals, which write most names alike. Of pairs of our own tellings in two files
alone whose names would do, 10 of 274 right ones have less, and 44 of 100 wrong ones: sequels, lives, other news of a region. From
.5 on 11 wrong ones fewer are left, and 8 right ones are lost."""
DILUTED_COSINE, DILUTED_COVERAGE = 0.12, 0.4
"""The same where the long text is a page of many names, which dilute the cosine, and has most of those of the other. All pairs
of the development set in two languages that share three tokens and have a cosine of .08 are tellings of one story or sequels."""
ACROSS_SHORT = {3: 0.5, 4: 0.42}
"""The same by shared tokens where both texts are short: one line about a film names whom it is about. Of 32 such pairs of our own
tellings (tests/overlap) 14 are cases of one detective, sequels, or films of one actor and director: .31 to .57."""
RELATED_COSINE = 0.2
"""Cosine of names from which a pair that is not one story is called related."""
SHARE = 0.45
"""Share of the poorer text's rare terms that count as MANY where it has few: two lines about two films of one hero share fewer.
From .42 to .5 a line about a sequel is no story with one about the first film, nor are four pairs with it; nothing is lost."""
NAMES_MANY = 0.3
"""Cosine of names in one language where MANY rare names and STRONG_WORDS are shared: in a folder of a few tellings of one film its
heroes stand in all of them, so that they weigh less than what one text names alone. No pair of other texts is a story by it.
Of two files alone a pair of the samples is found by it; in larger folders it changes nothing."""
STRONG_NAMES, STRONG_WORDS = 0.6, 0.18
"""Cosines of names and of words in one language that make fewer terms a story: a tale of one or two heroes (Cinderella, Hansel and
Gretel) in two tellings has .2 and more of its words, and so have two notes of one lecture. Of 72 pairs of our own five more are
found by it, none wrongly: pairs of other texts with as few terms have .17 of their words, or .57 of their names."""
HEROES, PAGE = 8, 200
"""Mentions of the shared rare names, each where it is mentioned more, from which they are heroes of a text of PAGE words and more:
product names and places that two texts mention in passing make no story."""
PASSING = 4
"""Mentions of these names that each text of a page must have: a guide to a game names the heroes of a campaign once each, whose
plot names them often. Of 414 pairs of tellings that are found none is lost by it, and 9 of 28 wrong pairs are."""
SPREAD = 0.003
"""The same as a share of the words of the longer text, which tells beyond 1,300 words: tellings of the development set that are no
lines have .9 % and more of their words; technical pages of 5,000 words that share three names of products, .1 or .2 %."""
WHOLE = 0.9
"""Coverage between languages from which mentions do not count: one text names nobody else. The same is asked of the cosine where
two names are all that both have beside words of one sound, unless these are heroes in a text of any length; one name must be a
hero. Of two million pairs of texts about software 278 were stories without this and 155 are with it; of 700 tellings none is
lost."""
NAMED = 4
"""Shared names from which a line and a page in one language tell one story if the line names nobody else (WHOLE): they share few
words. Of 16 such pairs of our own tellings 13 are found, 5 without this; lines about sequels have at most .8 of their names in the
first plot. Pairs in other languages gain too, to which a line that is only related is a rival: 88 of 131, 57 without this."""
RICHER_COVERAGE, RICHER_PAGE = 0.11, 300
"""Share, by weight, of the richer text's names that the other has, where the longer has fewer words than RICHER_PAGE: a life, or
a guide, that names the heroes of one work among many others is no telling of it. Of 446 such pairs of our own tellings in two
languages one is lost by it, and 14 of 46 wrong pairs are; longer texts name more than a line does."""
ENOUGH = 5
"""Shared tokens from which more of them change no verdict on a pair in two languages."""
FEWEST = 3
"""Shared rare tokens below which there is no verdict: two texts that both name Marilyn Monroe need not have more in common."""
FEWEST_CASELESS, MOST_OF = 4, 0.5
"""The same between languages where any word of one text may be a name, unless so much of the poorer text's names is met. Of two
million pairs of chance texts in ten scripts 9 fewer are stories by it, and of 49 tellings in two scripts 2."""

NUMBERS = 2
"""Numbers that each of two texts must have to be told apart where they have none in common: reports of two matches of the same
teams, two models of a product. Of 819 pairs of our own tellings none is lost by it, and 16 wrong ones are gone (each in a folder of
its own); in the development set all 9 stories with as many numbers share one. With one number each 9 of its 53 pairs are lost."""

EVIDENCE = 24
"""Most names and words that are shown for a pair."""

Holds = Literal["story", "related", "denied"]
"""What would be a story by names and words is `denied` where a text is no prose, or the numbers differ: it is shown as related, and
is no rival to other pairs."""
Verdict = Holds | Literal["none"]


class Columns(NamedTuple):
    """What the names of many pairs say: the first fields of `Pair`, each an array of all pairs."""

    one: Array
    other: Array
    names: Array
    coverage: Array
    balance: Array
    mentions: Array
    fewer: Array
    longer: Array
    rare: Array
    known: Array
    one_language: Array
    copied: Array


class Pair(NamedTuple):
    """Two documents and what is known of them: first by their names, then by the rest.

    A tuple, since there are so many that a dataclass would take a tenth of the time of comparing them.
    """

    one: int
    other: int
    """Their numbers."""
    names: float
    """Cosine of the names."""
    coverage: float
    """Share, by weight, of the poorer text's names that the other has."""
    balance: float
    """Weight of all names of the poorer text by that of the richer one."""
    mentions: int
    """Mentions of the shared rare names, each in the text that mentions it more."""
    fewer: int
    """Their mentions in the longer text; if both are pages or equally long, in the one that mentions them less."""
    longer: int
    """Words of the longer text."""
    rare: int
    """How many rare names both have."""
    known: bool
    """Whether it is known if they are in one language; else the texts must tell."""
    one_language: bool
    copied: float
    """Share of the smaller text's word 5-grams that the other has, up to COPIED_MOST; 0 between languages."""
    a: str
    b: str
    """Their ids."""
    scripts: tuple[str, str]
    is_copy: bool = False
    """Whether one is a copy of the other, so that the pair is not a story as well: then nothing need be shown."""
    rich: tuple[int, int] = (0, 0)
    """How many rare names each of them has."""
    rows: tuple[int, int] = (0, 0)
    """Its rows of `measuring.Met`."""
    rare_names: tuple[str, ...] = ()
    """The keys of the shared rare names, rarest first; empty, like the next two, for a pair in one language."""
    shown: tuple[str, ...] = ()
    """The same, as they are written, and words that sound alike."""
    shared: tuple[str, ...] = ()
    """All shared names, as both write them."""
    more: int = 0
    """Shared rare words; between languages words that sound alike."""
    words: float = 0.0
    """Cosine of all words but names; 0 between languages."""
    stems: tuple[int, ...] = ()
    """Of some of the shared words, rarest first."""
    poorer: int = 0
    """In one language, rare names and words of the text that has fewer of them."""

    @property
    def tokens(self) -> int:
        """Shared rare names and words."""
        return self.rare + self.more

    @property
    def caseless(self) -> bool:
        """Whether the script of one has no capitals, so that any word may be a name."""
        return not CASELESS_SCRIPTS.isdisjoint(self.scripts) or self.scripts in (
            ("han", "han"),
            (KANA_SCRIPT, KANA_SCRIPT),
        )

    @property
    def telling(self) -> bool:
        """Whether the names say enough for two languages."""
        return self.coverage >= ACROSS_COVERAGE


class Judged(NamedTuple):
    """A verdict on a pair, and what is shown of it; small, to be sent back by a worker."""

    one: int
    other: int
    """The numbers of the documents."""
    verdict: Holds
    names: float
    """Cosine of the names."""
    one_language: bool
    shown: tuple[str, ...]
    """The rare names that both have, rarest first, and words that sound alike."""
    rare_words: tuple[str, ...]
    """Some of the rarest words that both have, as the shorter text writes them."""

    @property
    def pair(self) -> tuple[int, int]:
        """Both numbers."""
        return self.one, self.other


def likeness(pairs: Pair | Columns) -> Any:
    """The cosine of the names, less what copied text explains; for one pair or by arrays."""
    return pairs.names - COPIED_NAMES * pairs.copied


def are_hopeless(pairs: Pair | Columns, strictness: float) -> Any:
    """Whether the names of pairs alone rule out a relation, so that their words need not be compared; for one pair or by arrays."""
    passing = (pairs.mentions < HEROES) | (pairs.fewer < PASSING) | (pairs.fewer < SPREAD * pairs.longer)
    passing &= (pairs.longer >= PAGE) & (pairs.one_language | (pairs.coverage < WHOLE))
    return passing | (pairs.one_language & (likeness(pairs) / strictness < RELATED_COSINE))


def verdict_on(pair: Pair, strictness: float) -> Verdict:
    """The verdict on a pair by itself; `strictness` multiplies every threshold."""
    if pair.tokens < FEWEST or not pair.rare or are_hopeless(pair, strictness):
        return "none"
    tells_one = _in_one_language if pair.one_language else _between_languages
    if tells_one(pair, strictness):
        return "story"
    return "related" if likeness(pair) / strictness >= RELATED_COSINE else "none"


def tell_apart(one: Collection[int], other: Collection[int]) -> bool:
    """Whether the numbers of two texts say that they tell different things: both have NUMBERS, and none in common."""
    return min(len(one), len(other)) >= NUMBERS and frozenset(one).isdisjoint(other)


def _in_one_language(pair: Pair, strictness: float) -> bool:
    names, words = likeness(pair) / strictness, (pair.words - pair.copied) / strictness
    strong = words >= STRONG_WORDS
    if pair.rare < FEWEST or pair.tokens < min(MANY, SHARE * pair.poorer):
        return bool(strong and names >= STRONG_NAMES)
    if pair.caseless:
        lines = strong and pair.longer < PAGE and pair.tokens >= MANY
        least = LINES_CASELESS if lines else NAMES_CASELESS
    else:
        least = NAMES_MANY if strong and pair.rare >= MANY else NAMES_COSINE
    names_nobody_else = pair.longer >= PAGE and pair.rare >= NAMED and pair.coverage >= WHOLE
    return bool(names >= least and (words >= WORDS_COSINE or names_nobody_else))


def _between_languages(pair: Pair, strictness: float) -> bool:
    if pair.caseless and pair.tokens < FEWEST_CASELESS and pair.coverage < MOST_OF:
        return False
    if pair.rare < FEWEST and pair.mentions < HEROES and (pair.rare < 2 or pair.names < WHOLE):
        return False
    names, coverage = pair.names / strictness, pair.coverage / strictness
    if pair.longer < RICHER_PAGE and coverage * pair.balance < RICHER_COVERAGE:
        return False
    least = ACROSS_COVERAGE
    if not pair.caseless:
        least = ONE_SCRIPT_COVERAGE if pair.scripts[0] == pair.scripts[1] else ACROSS_COVERAGE
        least = max(least, ACROSS_SHORT.get(pair.tokens, 0.0)) if pair.longer < PAGE else least
    covered = names >= (ACROSS_CASELESS if pair.caseless else ACROSS_COSINE) and coverage >= least
    diluted = pair.longer >= PAGE and not pair.caseless and names >= DILUTED_COSINE and coverage >= DILUTED_COVERAGE
    return covered or diluted
