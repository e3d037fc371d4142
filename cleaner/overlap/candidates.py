"""Pairs of documents that share rare names, from an inverted index: no document is compared with all others.

The names of all documents are laid out in arrays (name, document, weight). Names that stand in MOST documents or fewer
make pairs; a pair's similarity is added up over them. Time grows with the documents, since a name makes at most
MOST * (MOST - 1) / 2 pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cleaner.overlap.profiles import Frequencies, Names, Profile
from cleaner.overlap.terms import name_keys

__all__ = ["MOST", "NameIndex", "index_names", "name_pairs"]

CAPITALISED = 0.6
"""Share of the documents with a word in which it is capitalised inside a sentence, from which it is a name (findings: a
name in .6 and more of 664 documents)."""
OFTEN, CAPITALISED_LEAST = 3, 0.2
"""A text that names a word so often has a name of its own there, if not most others write the word small (Tara, Hope)."""
MOST = 50
"""Documents from which a name makes no candidates: 1,225 pairs a name. Stories of the development set share names of 2 to 9."""
PRIOR, PRIOR_SEEN = 100, 3
"""Documents without the term, and with it, that are assumed beside those at hand: smooths the weights of small folders."""
PART = 4_000_000
"""Pairs held in memory at a time."""

Array = Any


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of documents. A name is known by its key, which is how it sounds."""

    documents: tuple[str, ...]
    counts: tuple[Mapping[str, int], ...]
    """Of each document: key -> how often it is named."""
    spelt: tuple[Mapping[str, str], ...]
    """Of each document: key -> how it is written there first."""
    seen: Mapping[str, int]
    """Documents that hold a key."""
    weights: Mapping[str, float]
    """Inverse document frequency of each key, in nats."""
    norms: Sequence[float]
    """Length of each document's vector of names."""
    totals: Sequence[float]
    """Sum of the weights of each document's names."""
    rows: tuple[Array, Array, Array, Array]
    """(key, document, weight, count) of every name, sorted by key and document; for `name_pairs`."""
    words: Array
    """Of each document, how many."""
    skipped: int
    """Names that stand in more than MOST documents."""


def index_names(profiles: Mapping[str, Profile], frequencies: Frequencies) -> NameIndex:
    """The index of all `profiles`; `frequencies` are of the same documents."""
    import numpy as np

    documents = tuple(sorted(profiles))
    known, words = _known((profiles[name] for name in documents), frequencies)
    keys_of = _keys_of((profiles[name].names for name in documents), known)
    numbers: dict[str, int] = {}
    counts: list[dict[str, int]] = []
    spelt: list[dict[str, str]] = []
    keys: list[int] = []
    for document, places in zip(documents, known, strict=True):
        own = profiles[document].names
        named: dict[str, int] = {}
        written: dict[str, str] = {}
        for place, times in zip(places.tolist(), own.counts[places].tolist(), strict=True):
            text = own.texts[place]
            if key := keys_of[text]:
                named[key] = named.get(key, 0) + times
                written.setdefault(key, text)
        counts.append(named)
        spelt.append(written)
        keys += [numbers.setdefault(key, len(numbers)) for key in named]
    lengths = [len(named) for named in counts]
    times = np.fromiter(chain.from_iterable(named.values() for named in counts), np.int64, len(keys))
    numbered, owner = np.array(keys, np.int64), np.repeat(np.arange(len(documents), dtype=np.int64), lengths)
    seen = np.bincount(numbered, minlength=len(numbers))
    idf = np.log((len(documents) + PRIOR) / (seen + PRIOR_SEEN))
    weights = np.sqrt(1 + np.log(times.astype(float))) * idf[numbered]
    norms = np.sqrt(np.bincount(owner, weights**2, minlength=len(documents)))
    totals = np.bincount(owner, idf[numbered], minlength=len(documents))
    order = np.argsort(numbered, kind="stable")
    return NameIndex(
        documents,
        tuple(counts),
        tuple(spelt),
        dict(zip(numbers, seen.tolist(), strict=True)),
        dict(zip(numbers, idf.tolist(), strict=True)),
        norms.tolist(),
        totals.tolist(),
        (numbered[order], owner[order], weights[order], times[order]),
        np.array(words),
        int(np.count_nonzero(seen > MOST)),
    )


def _known(profiles: Iterable[Profile], frequencies: Frequencies) -> tuple[list[Array], list[int]]:
    """Of each document the places of the words that are names, by the capitals of all together; and how many words it has.

    The profiles are looked at one after the other; none is kept.
    """
    import numpy as np

    parts: list[tuple[Array, Array, Array]] = []
    words = []
    for profile in profiles:
        own = profile.names
        parts.append((own.hashes.copy(), own.inside.copy(), own.counts.copy()))
        words.append(profile.words)
    if not parts:
        return [], []
    hashes, inside, counts = (np.concatenate([part[place] for part in parts]) for place in range(3))
    distinct, of = np.unique(hashes, return_inverse=True)
    capital = np.bincount(of, inside, minlength=len(distinct))
    share = (capital / np.maximum(1, capital + frequencies.lowered_counts(distinct)))[of]
    often = (counts >= OFTEN) & (share > CAPITALISED_LEAST)
    good = (hashes == 0) | (share > CAPITALISED) | often
    cuts = np.cumsum([len(part[0]) for part in parts])[:-1]
    return [np.flatnonzero(part) for part in np.split(good, cuts)], words


def _keys_of(names: Iterable[Names], known: Iterable[Array]) -> dict[str, str]:
    """The key of each name, empty where it says nothing.

    Words in capitals throughout are abbreviations (README, CF), which texts of all kinds share.
    """
    cased: dict[str, bool] = {}
    for own, places in zip(names, known, strict=True):
        for place, code in zip(places.tolist(), own.hashes[places].tolist(), strict=True):
            cased.setdefault(own.texts[place], code != 0)
    return {
        text: "" if (upper and text.isupper()) or len(key) <= (2 if upper else 3) else key
        for (text, upper), key in zip(cased.items(), name_keys(cased), strict=True)
    }


def name_pairs(index: NameIndex, least: float, heroes: int, page: int, sure: float) -> list[tuple[int, int]]:
    """Pairs of numbers of documents, sorted, whose cosine of rare names is `least` or more.

    Where one text has `page` words and more, there must be `heroes` mentions of the names, each counted in the text
    that mentions it more, or the cosine must reach `sure`.
    """
    import numpy as np

    key, owner, weights, counts = index.rows
    if not len(key):
        return []
    heads = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    sizes = np.diff(np.concatenate([heads, [len(key)]]))
    norms = np.array(index.norms)
    parts: list[tuple[Array, Array, Array]] = []
    width, waiting = len(index.documents), 0
    for size in range(2, MOST + 1):
        own = heads[sizes == size]
        if not len(own):
            continue
        left, right = np.triu_indices(size, 1)
        for start in range(0, len(own), max(1, PART // len(left))):
            part = own[start : start + max(1, PART // len(left)), None]
            one, other = (part + left).ravel(), (part + right).ravel()
            dots, mentions = weights[one] * weights[other], np.maximum(counts[one], counts[other])
            parts.append((owner[one] * width + owner[other], dots, mentions))
            waiting += len(one)
            if waiting > 2 * PART:
                parts = [_summed(parts)]
                waiting = len(parts[0][0])
    if not parts:
        return []
    code, dot, mentions = _summed(parts)
    one, other = code // width, code % width
    cosine = dot / (norms[one] * norms[other])
    short = np.maximum(index.words[one], index.words[other]) < page
    good = (cosine >= least) & (short | (mentions >= heroes) | (cosine >= sure))
    return list(zip(one[good].tolist(), other[good].tolist(), strict=True))


def _summed(parts: Sequence[tuple[Array, Array, Array]]) -> tuple[Array, Array, Array]:
    """Each code once, sorted, with the sums of what belongs to it."""
    import numpy as np

    code, dot, mentions = (np.concatenate([part[place] for part in parts]) for place in range(3))
    order = np.argsort(code, kind="stable")
    code, dot, mentions = code[order], dot[order], mentions[order]
    heads = np.flatnonzero(np.concatenate([[True], code[1:] != code[:-1]]))
    return code[heads], np.add.reduceat(dot, heads), np.add.reduceat(mentions, heads)
