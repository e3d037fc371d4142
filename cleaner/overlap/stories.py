"""Stories: different tellings of one tale, found by the rare names and rare words they share.

Candidates come from an inverted index of names (no all-pairs). A pair in one script is judged by two cosines, one of
names and one of the other words: tellings of one story share both, sequels and films of one actor share names only. A
pair in two scripts or languages is judged by its names alone, and by words that sound alike in both.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cleaner.document import Relation
from cleaner.overlap.clusters import components_of
from cleaner.overlap.terms import Terms, terms_of
from cleaner.overlap.transliterate import latin

__all__ = ["Stories", "find_stories"]

NAMES_COSINE = 0.3
"""Cosine of names in one language: film plots of the development set .58 and more, reviews of one film .39; pairs of
different stories above it are sequels and series, which WORDS_COSINE holds back."""
WORDS_COSINE = 0.12
"""Cosine of all words but names in one language."""
ACROSS_COSINE = 0.15
"""Cosine of names between languages; a short text against a long one rarely gets above .25."""
ACROSS_COVERAGE = 0.26
"""Share, by weight, of the poorer text's names that the other has, between languages."""
RELATED_COSINE = 0.2
"""Cosine of names from which a pair that is not one story is called related."""
FEWEST = 3
"""Shared rare tokens below which there is no verdict: two texts that both name Marilyn Monroe tell nothing in common."""
SMALL = 60
"""Documents below which document frequencies don't tell rare words from common ones: names alone decide, and there must
be FEWEST_SMALL of them."""
FEWEST_SMALL = 5
AMBIGUOUS = 1.5
"""Between languages only names speak, and sequels share these. Where a text matches several texts of another language
that are different stories among themselves, the best match counts only if it beats the next by this factor."""
COMMON = 0.02
"""Share of the documents from which a name makes no candidates …"""
COMMON_LEAST = 40
"""… but never at fewer documents than this."""
PRIOR, PRIOR_SEEN = 100, 3
"""Documents without the term, and with it, that are assumed beside those at hand: smooths the weights of small folders."""
ALIKE = 0.75
"""With vectors from a plug-in: cosine from which a related pair of texts counts as one story."""

Verdict = Literal["story", "related", "none"]
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Stories:
    """Pairs with the relation story or related, in the order of their ids, and notes for a person."""

    pairs: tuple[Relation, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair, compared."""

    a: str
    b: str
    tokens: int
    """Shared rare names and rare words."""
    shared_names: int
    names: float
    """Cosine of the names."""
    words: float
    """Cosine of the other words; 0 between languages."""
    coverage: float
    one_language: bool
    evidence: tuple[str, ...]


class Weights:
    """Document frequencies of all terms, and what a term weighs."""

    def __init__(self, terms: Mapping[str, Terms]) -> None:
        self.count = len(terms)
        self.names = Counter(key for one in terms.values() for key in one.names)
        self.words = Counter(key for one in terms.values() for key in one.words)
        self.sounds = Counter(key for one in terms.values() for key in one.sounds)

    def weight(self, seen: int) -> float:
        """Inverse document frequency, in nats."""
        return math.log((self.count + PRIOR) / (seen + PRIOR_SEEN))

    def rare(self, seen: int) -> bool:
        """Whether a term stands in so few documents that sharing it means something."""
        return seen <= max(COMMON_LEAST / 2, COMMON * self.count)


def find_stories(
    texts: Mapping[str, str],
    *,
    languages: Mapping[str, str] | None = None,
    strictness: float = 1.0,
    embed: Embed | None = None,
) -> Stories:
    """Pairs of `texts` (id to text) that tell one story, or related ones; `strictness` multiplies every border."""
    terms = terms_of(texts)
    weights = Weights(terms)
    pairs, skipped = _candidates(terms, weights)
    norms = {name: _norm(one.names, weights.names, weights) for name, one in terms.items()}
    word_norms = {name: _norm(one.words, weights.words, weights) for name, one in terms.items()}
    scored = []
    for a, b in pairs:
        one = _compare(a, b, terms, weights, norms, word_norms, languages or {})
        if one.names >= ACROSS_COSINE * strictness:
            scored.append(one)
    verdicts = _judge(scored, weights.count, strictness)
    if embed is not None:
        verdicts = _with_vectors(verdicts, texts, embed)
    rows = [
        Relation(one.a, one.b, kind, round(min(1.0, one.names), 4), evidence=one.evidence)
        for one, kind in verdicts
        if kind != "none"
    ]
    notes = [f"{skipped} names stand in too many documents to look for stories by them"] if skipped else []
    return Stories(tuple(sorted(rows, key=lambda row: (row.a, row.b))), tuple(notes))


def _candidates(terms: Mapping[str, Terms], weights: Weights) -> tuple[list[tuple[str, str]], int]:
    """Pairs that share a name which is not too common, sorted, and how many names were."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(terms):
        for key in terms[name].names:
            holders[key].append(name)
    most = max(COMMON_LEAST, int(COMMON * weights.count))
    counts: Counter[tuple[str, str]] = Counter()
    skipped = 0
    for names in holders.values():
        if len(names) > most:
            skipped += 1
            continue
        for place, a in enumerate(names):
            for b in names[place + 1 :]:
                counts[a, b] += 1
    return sorted(counts), skipped


def _tf(count: int) -> float:
    return math.sqrt(1 + math.log(count))


def _norm(counts: Mapping[str, int], seen: Mapping[str, int], weights: Weights) -> float:
    return math.sqrt(sum((_tf(count) * weights.weight(seen[key])) ** 2 for key, count in counts.items()))


def _dot(
    one: Mapping[str, int], other: Mapping[str, int], keys: Iterable[str], seen: Mapping[str, int], w: Weights
) -> float:
    return sum(_tf(one[key]) * _tf(other[key]) * w.weight(seen[key]) ** 2 for key in keys)


def _compare(
    a: str,
    b: str,
    terms: Mapping[str, Terms],
    weights: Weights,
    norms: Mapping[str, float],
    word_norms: Mapping[str, float],
    languages: Mapping[str, str],
) -> Scored:
    one, other = terms[a], terms[b]
    same_script = one.script == other.script
    names = sorted(one.names.keys() & other.names.keys())
    if same_script:
        names = [key for key in names if _same_word(one.shown[key], other.shown[key])]
    words = one.words.keys() & other.words.keys() if same_script else set()
    dot = _dot(one.words, other.words, sorted(words), weights.words, weights)
    word_cosine = dot / (word_norms[a] * word_norms[b]) if dot else 0.0
    known = languages.get(a, "und"), languages.get(b, "und")
    one_language = known[0] == known[1] if "und" not in known else same_script and _speak_alike(one, other)
    sounds = set() if one_language else one.sounds.keys() & other.sounds.keys()
    sounds = {key for key in sounds if key not in names and weights.rare(weights.sounds[key])}
    dot = _dot(one.names, other.names, names, weights.names, weights)
    cosine = dot / (norms[a] * norms[b]) if dot else 0.0
    shared = sum(weights.weight(weights.names[key]) for key in names)
    poorer = min(sum(weights.weight(weights.names[key]) for key in own.names) for own in (one, other))
    rare_names = [key for key in names if weights.rare(weights.names[key])]
    rare_words = sorted(key for key in words if weights.rare(weights.words[key]) and weights.count >= SMALL)
    shown = [
        one.shown[key]
        if one.shown[key].lower() == other.shown[key].lower()
        else f"{one.shown[key]} = {other.shown[key]}"
        for key in sorted(rare_names, key=lambda key: (weights.names[key], key))
    ]
    shown += [f"{one.sounds[key]} = {other.sounds[key]}" for key in sorted(sounds)]
    shown += [one.shown[key].lower() for key in sorted(rare_words, key=lambda key: (weights.words[key], key))][:8]
    return Scored(
        a,
        b,
        len(rare_names) + len(sounds) + (len(rare_words) if one_language else 0),
        len(rare_names),
        cosine,
        word_cosine,
        shared / poorer if poorer else 0.0,
        one_language,
        tuple(shown[:24]),
    )


def _same_word(one: str, other: str) -> bool:
    """Whether two words of one script are one name but for its ending: sound alone joins Kurtz and Curtis."""
    left, right = latin(one).lower(), latin(other).lower()
    if left == right:
        return True
    short = min(len(left), len(right))
    return short >= 3 and abs(len(left) - len(right)) <= 3 and left[: max(3, short - 2)] == right[: max(3, short - 2)]


def _speak_alike(one: Terms, other: Terms) -> bool:
    """Whether two texts of one script seem to be in one language, where nobody has said which.

    In Latin script: whether a third of their short, frequent words are the same. Other scripts serve few languages.
    """
    mine, theirs = one.little, other.little
    if one.script != "latin" or not mine or not theirs:
        return True
    return len(mine & theirs) * 3 >= min(len(mine), len(theirs))


def _judge(scored: Sequence[Scored], count: int, strictness: float) -> list[tuple[Scored, Verdict]]:
    small = count < SMALL
    verdicts = [(one, _verdict(one, small, strictness)) for one in scored]
    doubtful = _doubtful(verdicts)
    return [
        (one, "related" if kind == "story" and not one.one_language and (one.a, one.b) in doubtful else kind)
        for one, kind in verdicts
    ]


def _doubtful(verdicts: Sequence[tuple[Scored, Verdict]]) -> set[tuple[str, str]]:
    """Pairs between languages that a rival puts in doubt: see AMBIGUOUS. Tellings in one language stand as one."""
    group = {name: name for one, _ in verdicts for name in (one.a, one.b)}
    for members in components_of((one.a, one.b) for one, kind in verdicts if kind == "story" and one.one_language):
        group |= dict.fromkeys(members, members[0])
    apart = {frozenset((group[one.a], group[one.b])) for one, kind in verdicts if one.one_language and kind != "story"}
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for one, kind in verdicts:
        if not one.one_language and kind != "none":
            for mine, theirs in ((group[one.a], group[one.b]), (group[one.b], group[one.a])):
                best[mine][theirs] = max(one.names, best[mine].get(theirs, 0.0))
    found = set()
    for one, kind in verdicts:
        if kind == "story" and not one.one_language:
            for mine, theirs in ((group[one.a], group[one.b]), (group[one.b], group[one.a])):
                score = best[mine][theirs]
                rivals = [rival for rival in best[mine] if frozenset((rival, theirs)) in apart and rival != theirs]
                if any(score < AMBIGUOUS * best[mine][rival] for rival in rivals):
                    found.add((one.a, one.b))
    return found


def _verdict(one: Scored, small: bool, strictness: float) -> Verdict:
    if one.tokens < FEWEST or not one.shared_names:
        return "none"
    if small:
        if (
            one.shared_names >= FEWEST_SMALL
            and one.names >= ACROSS_COSINE * strictness
            and one.coverage >= ACROSS_COVERAGE
        ):
            return "story"
    elif one.one_language:
        if one.names >= NAMES_COSINE * strictness and one.words >= WORDS_COSINE * strictness:
            return "story"
    elif one.names >= ACROSS_COSINE * strictness and one.coverage >= ACROSS_COVERAGE * strictness:
        return "story"
    return "related" if one.names >= RELATED_COSINE * strictness else "none"


def _with_vectors(
    verdicts: Sequence[tuple[Scored, Verdict]], texts: Mapping[str, str], embed: Embed
) -> list[tuple[Scored, Verdict]]:
    """Related pairs whose vectors lie close count as one story; a plug-in never takes a story away."""
    wanted = sorted({name for one, kind in verdicts if kind == "related" for name in (one.a, one.b)})
    vectors = dict(zip(wanted, embed([texts[name] for name in wanted]), strict=True)) if wanted else {}
    made = []
    for one, kind in verdicts:
        verdict: Verdict = kind
        if kind == "related":
            left, right = vectors[one.a], vectors[one.b]
            dot = sum(x * y for x, y in zip(left, right, strict=True))
            size = math.sqrt(sum(x * x for x in left) * sum(y * y for y in right))
            if size and dot / size >= ALIKE:
                verdict = "story"
        made.append((one, verdict))
    return made
