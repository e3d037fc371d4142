"""Relations of copies, from keys: exact, near, contained."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import tee
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, heads_of
from cleaner.document import RelationKind
from cleaner.markup import without_markup
from cleaner.overlap.copies.near import (
    BUCKET,
    Limits,
    Measured,
    asked_keys,
    candidate_pairs,
    hits_in,
    numbers_of,
    pairs_of_hits,
    shared_at_least,
    sketch,
)
from cleaner.overlap.documents.keys import Keys, normalized_digest, robust_bytes, robust_keys
from cleaner.overlap.documents.survey import Survey
from cleaner.overlap.relations import Found, Relations
from cleaner.overlap.words.tokens import Plain
from cleaner.plurals import counted

SAME_SIZE = 0.7
"""Jaccard from which a pair is not called contained as well: the two are one text then, without a direction."""
ROBUST_SHARE = 0.99
"""Factor on figures by robust keys: these are fewer, since they join what punctuation parts. On 330 garbled copies they
gave up to .006 more than the texts had before they were garbled; without the factor ten pairs slipped over a border."""

SEARCHED = 256
"""Texts in a task of searching by robust keys."""
COMPARED = 512
"""Pairs in a task of counting shared keys."""
PARTNER = 0.3
"""Share of a garbled text's plain keys that another text must have for it to count as found: the worst of 330 garbled
copies of the development set kept .38."""


class Copies(NamedTuple):
    """Pairs of copies and what a person should know about the search."""

    pairs: Relations
    notes: tuple[str, ...]


Candidates = Callable[[Array, Limits], tuple[Iterable[Array], int]]
"""Pairs of the documents with these numbers that are worth comparing, by their places among these, some at a time, and how many
keys were in too many texts: see `near.candidate_pairs`."""
Searching = Callable[[Sequence[tuple[str, ...]], Keys], Iterable[list[tuple[int, Array, int]]]]
"""Does `robust_hits` for several lists of documents, perhaps in other processes, and gives the results in order."""
Counting = Callable[[Iterable[Array]], Iterable[Sequence[int]]]
"""How many keys pairs of documents share (`near.shared_at_least`); a part has a row a pair: two numbers, and how many they must be.
Perhaps found in other processes; the results in order."""
TextOf = Callable[[str], str]
"""The text of a document by its id; asked for few documents only."""


def find_copies(
    survey: Survey,
    keys_of: Callable[[str], Keys],
    text_of: TextOf,
    *,
    near: float,
    contained: float,
    digests: Mapping[str, str] | None = None,
    candidates: Candidates | None = None,
    searching: Searching | None = None,
    counting: Counting | None = None,
) -> Copies:
    """Exact, near and contained pairs of the documents of `survey`, in the order of their ids.

    `keys_of` gives the keys of a document. `candidates` finds the pairs worth comparing where the keys are more than memory holds
    (`cleaner.overlap.copies.bands`). `searching` goes through all texts elsewhere, such as in worker processes, and `counting`
    compares the keys of pairs there.
    """
    groups, notes = _same_text(survey, text_of)
    limits = Limits(groups.sizes, np.frombuffer(groups.garbled, bool), near, contained)
    found = Found(survey.documents)
    fewer = 0
    _exact(groups, found, text_of, digests or {})
    candidates = candidates or partial(_candidates, keys_of=lambda number: keys_of(survey.documents[number]))
    worth, common = candidates(groups.numbers, limits)
    counting = counting or partial(map, partial(_shared, keys_of=lambda number: keys_of(survey.documents[number])))
    garbled: dict[tuple[int, int], Measured] = {}
    for one in _counted(worth, groups.numbers, limits, counting):
        if groups.garbled[one.a] or groups.garbled[one.b]:
            garbled[one.a, one.b] = one
        else:
            fewer += _spread(_relations(one, near, contained, "words"), groups, found)
    robust = _robust(groups, text_of, garbled, searching)
    for pair in sorted(garbled.keys() | robust.keys()):
        plain, other = garbled.get(pair), robust.get(pair)
        rows = _relations(plain, near, contained, "words") if plain else []
        if other and (not plain or other.jaccard > plain.jaccard):
            more = _relations(other, near, contained, "letters and digits")
            rows = _joined(rows, more)
        fewer += _spread(rows, groups, found)
    if fewer:
        notes.append(
            f"{counted(fewer, 'relation')} of texts with many copies each: a copy is paired with the first of the other text only"
        )
    if common:
        runs = counted(common, "run of words stands", "runs of words stand")
        notes.append(
            f"{runs} in more than {BUCKET} texts; by it, each of those texts was compared with some of the others only, which are "
            "the next larger ones"
        )
    return Copies(found.relations(), tuple(notes))


class _Groups(NamedTuple):
    """Documents by their texts."""

    documents: Sequence[str]
    """Ids of all documents, sorted."""
    numbers: Array
    """The first document with each text, by number."""
    heads: Sequence[str]
    """Their ids."""
    garbled: bytes
    """Of each of them, whether its text shows signs of a wrong decoding: 1 or 0."""
    sizes: Array
    """Of each of them, how many keys."""
    alike: Mapping[int, list[int]]
    """Number of a first document -> those of all with its text, sorted, where there are several."""

    def of(self, number: int) -> list[int]:
        """The documents with the text of head `number`; the first one only where they are too many."""
        head = int(self.numbers[number])
        group = self.alike.get(head, [head])
        return group if len(group) <= BUCKET else group[:1]

    def pairs(self, one: int, other: int) -> tuple[list[tuple[int, int]], bool]:
        """The documents with the text of head `one` beside those of `other`; where that were more than BUCKET pairs, each beside
        the first of the other text only, and whether it is so. 50 texts that are near, 40 times each, have 2.7 million pairs.
        """
        left, right = self.of(one), self.of(other)
        few = len(left) > 1 < len(right) and len(left) * len(right) > BUCKET
        return [(a, b) for a in left for b in (right[:1] if few and a != left[0] else right)], few


def _same_text(survey: Survey, text_of: TextOf) -> tuple[_Groups, list[str]]:
    """Texts that are the same but for layout; only texts with the same keys can be."""
    worded = np.flatnonzero(survey.words)
    order = worded[np.argsort(survey.marks[worded], kind="stable")]
    marks = survey.marks[order]
    cuts = heads_of(marks)
    sizes = np.diff(np.concatenate([cuts, [len(marks)]]))
    head: Array = np.ones(len(survey.documents), bool)
    head[survey.words == 0] = False
    alike: dict[int, list[int]] = {}
    for first, size in zip(cuts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        for group in _by_text(order[first : first + size].tolist(), lambda number: text_of(survey.documents[number])):
            if len(group) > 1:
                head[group[1:]] = False
                alike[group[0]] = group
    heads = np.flatnonzero(head)
    groups = _Groups(
        survey.documents,
        heads,
        [survey.documents[number] for number in heads.tolist()],
        survey.garbled[heads].tobytes(),
        (survey.marks[heads] >> np.uint64(32)).astype(np.uint32),
        dict(sorted(alike.items())),
    )
    notes = [
        f"{len(group):,} documents have the same text; each is paired with the first, {survey.documents[group[0]]}, only"
        for group in groups.alike.values()
        if len(group) > BUCKET
    ]
    return groups, notes


def _by_text(numbers: Sequence[int], text_of: Callable[[int], str]) -> Iterable[list[int]]:
    """`numbers`, ascending, in lists of those whose texts are the same but for layout."""
    first = text_of(numbers[0])
    same = [number for number in numbers if text_of(number) == first]
    if len(same) == len(numbers):  # as most often: no text has to be normalised
        return [same]
    held = set(same)
    by_digest: dict[str, list[int]] = defaultdict(list, {normalized_digest(first): same})
    for number in numbers:
        if number not in held:
            by_digest[normalized_digest(text_of(number))].append(number)
    return map(sorted, by_digest.values())


def _exact(groups: _Groups, found: Found, text_of: TextOf, digests: Mapping[str, str]) -> None:
    for group in groups.alike.values():
        for place, one in enumerate(group if len(group) <= BUCKET else group[:1]):
            a = groups.documents[one]
            for other in group[place + 1 :]:
                b = groups.documents[other]
                if a in digests and digests[a] == digests.get(b):
                    why = "same bytes"
                elif text_of(a) == text_of(b):
                    why = "same text"
                else:
                    why = "same text but for spaces or the form of accents"
                found.add(one, other, "exact", 1.0, (why,))


def _candidates(documents: Array, limits: Limits, keys_of: Callable[[int], Keys]) -> tuple[Iterable[Array], int]:
    pairs, common = candidate_pairs(lambda number: keys_of(documents[number]), limits)
    return [pairs], common


def _counted(pairs: Iterable[Array], documents: Array, limits: Limits, counting: Counting) -> Iterator[Measured]:
    """The pairs with exact figures, where `counting` says how many keys each shares; those that share too few are left out.

    A pair is of places in `documents`.
    """
    parts, again = tee(some[at : at + COMPARED] for some in pairs for at in range(0, len(some), COMPARED))

    def asked() -> Iterator[Array]:
        for large, small in map(numbers_of, parts):
            yield np.stack([documents[large], documents[small], limits.least(large, small)], axis=1)

    for counts, part in zip(counting(asked()), again, strict=False):
        rows = np.flatnonzero(counts)
        pair = np.sort(np.stack(numbers_of(part[rows])), axis=0)
        columns = (*pair, *limits.sizes[pair], np.asarray(counts)[rows])
        for a, b, size, other, shared in zip(*(own.tolist() for own in columns), strict=True):
            yield Measured.of(a, b, (size, other), shared)


def _shared(rows: Array, keys_of: Callable[[int], Keys]) -> list[int]:
    return shared_at_least(rows.tolist(), keys_of)


def _robust(
    groups: _Groups, text_of: TextOf, found: Mapping[tuple[int, int], Measured], searching: Searching | None
) -> dict[tuple[int, int], Measured]:
    """Pairs with a garbled side, measured by keys that garbling leaves alone.

    Most garbled copies share enough plain keys to be candidates already. Only where one has no likely partner, all texts
    are searched by robust keys.
    """
    names, garbled = groups.heads, groups.garbled
    if not any(garbled):
        return {}
    pairs = sorted(pair for pair in found if garbled[pair[0]] or garbled[pair[1]])
    partnered = {number for pair in pairs if found[pair].containment >= PARTNER for number in pair}
    alone = [number for number, sign in enumerate(garbled) if sign and number not in partnered]
    if alone and len(names) > 1:
        pairs += _searched(alone, names, text_of, searching)
    keys = dict(_robust_keys(sorted({number for pair in pairs for number in pair}), names, text_of))
    pairs = sorted({pair for pair in pairs if pair[0] in keys and pair[1] in keys})
    measured = {}
    for (a, b), shared in zip(pairs, shared_at_least([(a, b, 1) for a, b in pairs], keys.__getitem__), strict=True):
        if shared:
            one = Measured.of(a, b, (len(keys[a]), len(keys[b])), shared)
            jaccard, containment = one.jaccard * ROBUST_SHARE, one.containment * ROBUST_SHARE
            measured[a, b] = one._replace(jaccard=jaccard, containment=containment)
    return measured


def _searched(
    alone: Sequence[int], names: Sequence[str], text_of: TextOf, searching: Searching | None
) -> list[tuple[int, int]]:
    """Pairs of one of `alone` and any text that may be its copy by robust keys; of the others no key is kept."""
    probes = {number: sketch(keys) for number, keys in _robust_keys(alone, names, text_of)}
    if not probes:
        return []
    asked = asked_keys(probes.values())
    parts = [tuple(names[at : at + SEARCHED]) for at in range(0, len(names), SEARCHED)]
    results = searching(parts, asked) if searching else (robust_hits(part, asked, text_of) for part in parts)
    numbers, hits, sizes = [], [], []
    for place, found in enumerate(results):
        for number, own, size in found:
            numbers.append(place * SEARCHED + number)
            hits.append(own)
            sizes.append(size)
    limits = Limits(np.array(sizes, np.uint32), np.ones(len(sizes), bool), 0.0, 0.0)
    pairs, _ = pairs_of_hits(asked, [probes.get(number, asked[:0]) for number in numbers], hits, limits)
    columns = (column.tolist() for column in numbers_of(pairs))
    return [(numbers[min(pair)], numbers[max(pair)]) for pair in zip(*columns, strict=True)]


def robust_hits(names: Sequence[str], asked: Keys, text_of: TextOf) -> list[tuple[int, Array, int]]:
    """Which of the `asked` robust keys each text has: its place in `names`, what `near.hits_in` finds, and how many keys it has.

    Texts in other letters are left out.
    """
    read: deque[tuple[int, int]] = deque()

    def robust() -> Iterator[Keys]:
        for number, keys in _robust_keys(range(len(names)), names, text_of):
            read.append((number, len(keys)))
            yield keys

    return [
        (number, hits, size) for hits, (number, size) in ((own, read.popleft()) for own in hits_in(robust(), asked))
    ]


def _robust_keys(numbers: Iterable[int], names: Sequence[str], text_of: TextOf) -> Iterator[tuple[int, Keys]]:
    """The robust keys of these texts, but of those that are in other letters."""
    read: deque[int] = deque()

    def texts() -> Iterator[Plain]:
        for number in numbers:
            if (own := robust_bytes(without_markup(text_of(names[number])))) is not None:
                read.append(number)
                yield own

    for keys in robust_keys(texts()):
        yield read.popleft(), keys


class _Row(NamedTuple):
    """A relation of two texts, and what they are compared by."""

    one: Measured
    relation: RelationKind
    score: float
    kind: str


def _relations(one: Measured, near: float, contained: float, kind: str) -> list[_Row]:
    rows = []
    if one.jaccard >= near:
        rows.append(_Row(one, "near", one.jaccard, kind))
    if one.containment >= contained and one.jaccard < SAME_SIZE:
        rows.append(_Row(one, "contained", one.containment, kind))
    return rows


def _joined(rows: Sequence[_Row], more: Sequence[_Row]) -> list[_Row]:
    """What plain keys say, with the better Jaccard of robust keys; containment by these only where nothing else holds.

    A garbled copy that is near says enough; by robust keys a copy with a few edits slips over the border of containment.
    """
    near = [row for row in more if row.relation == "near"]
    if near:
        alike = near[0].score >= SAME_SIZE
        return [*near, *(row for row in rows if row.relation != "near" and not alike)]
    return list(rows or more)


def _spread(rows: Iterable[_Row], groups: _Groups, found: Found) -> int:
    """Notes a row for the pairs of documents with these texts, of which each may stand in several; of how many rows not for all."""
    fewer = 0
    for one, relation, score, kind in rows:
        runs = counted(one.shared, "run of words", "runs of words")
        said = (f"{runs} in common, compared by {kind}",)
        pairs, few = groups.pairs(one.a, one.b)
        fewer += few
        for first, second in pairs:
            inner = (first if one.smaller == one.a else second) if relation == "contained" else None
            found.add(first, second, relation, round(score, 6), said, inner)
    return fewer
