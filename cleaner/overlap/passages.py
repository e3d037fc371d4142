"""Sentences that stand in two texts word for word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection

from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.sentences import Sentence, sentences_of

__all__ = ["Keyed", "keyed_sentences", "plain_sentence", "same_sentences"]

MOST = 60
"""Passages of a pair that are listed."""
SHORTEST = 30
"""Code points of a sentence that counts as the same text: shorter ones are alike by chance."""
WORD = re.compile(r"\w+")


Keyed = tuple[tuple[Sentence, str], ...]


def keyed_sentences(text: str) -> Keyed:
    """The sentences of `text` with their words."""
    return tuple((sentence, plain_sentence(text[sentence.start : sentence.end])) for sentence in sentences_of(text))


def same_sentences(
    a: str, b: str, boilerplate: Collection[str] = (), keyed: Callable[[str], Keyed] = keyed_sentences
) -> tuple[Passage, ...]:
    """Sentences that stand in both texts, in the order of `a`, neighbours joined; never part of a sentence.

    Those of `boilerplate` (as `plain_sentence` gives them) are named as such. `keyed` may remember what it gave for a text.
    """
    places: dict[str, list[Sentence]] = defaultdict(list)
    for sentence, key in keyed(b):
        places[key].append(sentence)
    found: list[Passage] = []
    for sentence, key in keyed(a):
        if len(key) < SHORTEST or not places.get(key):
            continue
        other = places[key].pop(0)
        kind: PassageKind = "boilerplate" if key in boilerplate else "same_text"
        last = found[-1] if found else None
        if last and last.kind == kind and _adjoin(a, last.a, sentence) and _adjoin(b, last.b, other):
            found[-1] = Passage(Span(last.a.start, sentence.end), Span(last.b.start, other.end), kind, 1.0)
        else:
            found.append(Passage(Span(sentence.start, sentence.end), Span(other.start, other.end), kind, 1.0))
    return tuple(found[:MOST])


def _adjoin(text: str, last: Span, following: Sentence) -> bool:
    return last.end <= following.start and not text[last.end : following.start].strip()


def plain_sentence(sentence: str) -> str:
    """The words of a sentence in lower case, one space between them: what two sentences are compared by."""
    return " ".join(WORD.findall(sentence.lower()))
