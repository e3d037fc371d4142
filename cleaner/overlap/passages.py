"""Where two texts overlap: the same sentences in copies, the same events in tellings of one story."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cleaner.document import Passage, Span
from cleaner.overlap.sentences import Sentence, sentences_of

__all__ = ["same_events", "same_sentences", "summarise"]

MOST = 60
"""Passages of a pair that are listed, the best first found."""
EVENT = 2
"""Words beside names that two sentences must share to tell one event."""
SHARED = 3
"""Words, names among them, that they must share in all. On the samples it left 15 pairs of 20: four wrong ones went, one right."""
SCORE = 0.2
"""Similarity of two sentences from which they are listed."""
LIMIT = 1500
"""Sentences of a text that are aligned; what lies behind is left out."""
STEM = 5
"""Letters of a word that count: endings differ between tellings."""
SHORTEST = 30
"""Code points of a sentence that counts as the same text: shorter ones are alike by chance."""
CAST = re.compile(r"\([^()]{3,40}\)")
"""`(Kristen Stewart)` behind a name: the cast, which tells no event."""
WORD = re.compile(r"[^\W\d_]{3,}")
STOP = frozenset(
    WORD.findall("""
    about across after again against ago all almost along already also although always among and another any anyone
    anything are around away back band because become becomes been before begins being between both but can come
    could did didn does doesn doing don down each else enough even ever every everyone everything few film first for
    from get girl girls give goes going good got group had has have her here herself him himself his how however
    into isn its just know later let life like little long look lot make makes man many may might more most movie
    much must name named names never new next nor not nothing now off old once one only onto other others our out
    over own part per plot quite rather really same say says see seen set she should since some someone something
    soon start starts still story such take takes tell tells than that the their them then there these they thing
    things this those through time together too toward towards two under until upon use used very via want wants was
    wasn way well were what when where whether which while who whole whom whose why will with within without woman
    won world would year years yes yet you young your
    """)
)
"""Function words and words of any plot. Without `and`, `all` and the like here the samples listed 35 pairs, with them 20."""


def same_sentences(a: str, b: str) -> tuple[Passage, ...]:
    """Sentences that stand in both texts, neighbours joined."""
    places: dict[str, list[Sentence]] = defaultdict(list)
    for sentence, key in _keyed(b):
        places[key].append(sentence)
    found: list[Passage] = []
    for sentence, key in _keyed(a):
        if len(key) < SHORTEST or not places.get(key):
            continue
        other = places[key].pop(0)
        last = found[-1] if found else None
        if (
            last
            and last.b.end <= other.start
            and not (a[last.a.end : sentence.start] + b[last.b.end : other.start]).strip()
        ):
            found[-1] = Passage(Span(last.a.start, sentence.end), Span(last.b.start, other.end), "same_text", 1.0)
        else:
            found.append(Passage(Span(sentence.start, sentence.end), Span(other.start, other.end), "same_text", 1.0))
    return tuple(found[:MOST])


@lru_cache(maxsize=64)
def _keyed(text: str) -> tuple[tuple[Sentence, str], ...]:
    """The sentences of `text` with their words; a text stands in many pairs and need not be cut for each."""
    return tuple((sentence, _plain(text[sentence.start : sentence.end])) for sentence in sentences_of(text))


def _plain(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.lower()))


def same_events(a: str, b: str, names: Iterable[str]) -> tuple[Passage, ...]:
    """Pairs of sentences of two tellings that share rare words, best first; each sentence in one pair only.

    With two shared words beside names (`names` are those of the story) and three in all a pair tells the same event, with fewer it is about
    the same people. The shared words are the evidence.
    """
    people = {name.lower()[:STEM] for name in names}
    left, right = _stems(a), _stems(b)
    weights = _weights([*left.values(), *right.values()])
    postings: dict[str, list[Sentence]] = defaultdict(list)
    for sentence, stems in right.items():
        for stem in stems:
            postings[stem].append(sentence)
    scored = []
    for sentence, stems in left.items():
        near: Counter[Sentence] = Counter()
        for stem in stems:
            for other in postings.get(stem, ()):
                near[other] += 1
        for other, count in near.items():
            if count >= 2:
                pair = _scored(stems, right[other], weights, people)
                if pair is not None:
                    scored.append((*pair, sentence, other))
    scored.sort(key=lambda row: (row[0] != "same_event", -row[1], row[3].start, row[4].start))
    return _one_to_one(scored)


Scored = tuple[str, float, tuple[str, ...], Sentence, Sentence]


def _one_to_one(scored: list[Scored]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    used_a: set[int] = set()
    used_b: set[int] = set()
    for kind, score, evidence, one, other in scored:
        if one.start in used_a or other.start in used_b:
            continue
        used_a.add(one.start)
        used_b.add(other.start)
        named = "same_event" if kind == "same_event" else "same_people"
        found.append(Passage(Span(one.start, one.end), Span(other.start, other.end), named, score, evidence))  # type: ignore[arg-type]
        if len(found) == MOST:
            break
    return tuple(found)


def _stems(text: str) -> dict[Sentence, dict[str, str]]:
    """Sentence -> stem -> the word it was."""
    found = {}
    for sentence in sentences_of(text)[:LIMIT]:
        shown = CAST.sub(" ", text[sentence.start : sentence.end])
        words = {word.lower() for word in WORD.findall(shown)} - STOP
        found[sentence] = {word[:STEM]: word for word in sorted(words)}
    return found


def _weights(sentences: list[dict[str, str]]) -> dict[str, float]:
    """Inverse frequency of each stem among the sentences of both texts: the main cast counts little."""
    counts = Counter(stem for stems in sentences for stem in stems)
    return {stem: math.log((1 + len(sentences)) / count) for stem, count in counts.items()}


def _scored(
    one: Mapping[str, str], other: Mapping[str, str], weights: Mapping[str, float], people: set[str]
) -> tuple[str, float, tuple[str, ...]] | None:
    shared = sorted(set(one) & set(other), key=lambda stem: (-weights[stem], stem))
    events = [stem for stem in shared if stem not in people]
    total = sum(weights[stem] for stem in shared)
    size = math.sqrt(sum(weights[s] for s in one) * sum(weights[s] for s in other)) or 1.0
    score = round(total / size, 4)
    if score < SCORE:
        return None
    kind = "same_event" if len(events) >= EVENT and len(shared) >= SHARED else "same_people"
    return kind, score, tuple(one[stem] for stem in shared)


def summarise(a: str, b: str, passages: Iterable[Passage]) -> dict[str, list[str]]:
    """For a person: sentences that both tell (as `a` has them), that only `a` tells, and that only `b` tells."""
    events = [p for p in passages if p.kind in ("same_text", "same_event")]

    def alone(text: str, spans: list[Span]) -> list[str]:
        sentences = sentences_of(text)
        return [text[s.start : s.end] for s in sentences if not any(p.start < s.end and s.start < p.end for p in spans)]

    return {
        "both": [a[p.a.start : p.a.end] for p in sorted(events, key=lambda p: p.a.start)],
        "only_a": alone(a, [p.a for p in events]),
        "only_b": alone(b, [p.b for p in events]),
    }
