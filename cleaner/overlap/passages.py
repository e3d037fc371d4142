"""Sentences that stand in two texts word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from cleaner.document import Passage, PassageKind, Span
from cleaner.overlap.sentences import Sentence, sentences_of, with_words_alone

__all__ = ["Keyed", "keyed_sentences", "plain_sentence", "same_sentences"]

MOST = 60
"""Passages of a pair that are listed."""
SHORTEST = 30
"""Code points of a sentence that counts as the same text: shorter ones are alike by chance."""
WORD = re.compile(r"\w+")


NO_WORD = re.compile(r"[^\w\n](?:(?<! )[^\w\n]*|(?<= )[^\w\n]+)")
"""What stands between words, but a single space, which stays as it is."""
SPACES = re.compile(b"  +")
WORDS_ONLY = bytes(byte if byte >= 0x80 or chr(byte).isalnum() or byte in b"_\n" else 0x20 for byte in range(256))


@dataclass(frozen=True, slots=True)
class Keyed:
    """The sentences of a text, and where those stand that are long enough to count."""

    sentences: tuple[Sentence, ...]
    places: Mapping[str, list[int]]
    """The words of a sentence (`plain_sentence`) -> its numbers, ascending."""


def keyed_sentences(text: str, sentences: tuple[Sentence, ...] | None = None) -> Keyed:
    """The sentences of `text` by their words; `sentences` where they are known already."""
    if sentences is None:
        sentences = sentences_of(text)
    places: dict[str, list[int]] = {}
    joined = "\n".join([text[start:end].replace("\n", " ") for start, end in sentences])
    for number, key in enumerate(_keys(joined)):
        if len(key) >= SHORTEST and len(key := key.strip()) >= SHORTEST:
            places.setdefault(key, []).append(number)
    return Keyed(sentences, places)


def _keys(sentences: str) -> list[str]:
    """`plain_sentence` of each line."""
    sentences = sentences.lower()
    words = with_words_alone(sentences, WORDS_ONLY)
    if words is None:
        return NO_WORD.sub(" ", sentences).split("\n")
    return SPACES.sub(b" ", words).decode().split("\n")


def same_sentences(
    a: str, b: str, boilerplate: Collection[str] = (), keyed: Callable[[str], Keyed] = keyed_sentences
) -> tuple[Passage, ...]:
    """Sentences that stand in both texts, in the order of `a`, neighbours joined; never part of a sentence.

    Those of `boilerplate` (as `plain_sentence` gives them) are named as such. `keyed` may remember what it gave for a text.
    """
    one, other = keyed(a), keyed(b)
    pairs = sorted(
        (mine, theirs, key)
        for key in one.places.keys() & other.places.keys()
        for mine, theirs in zip(one.places[key], other.places[key], strict=False)
    )
    found: list[Passage] = []
    for mine, theirs, key in pairs:
        own, its = one.sentences[mine], other.sentences[theirs]
        kind: PassageKind = "boilerplate" if key in boilerplate else "same_text"
        last = found[-1] if found else None
        if last and last.kind == kind and _adjoin(a, last.a, own) and _adjoin(b, last.b, its):
            found[-1] = Passage(Span(last.a.start, own.end), Span(last.b.start, its.end), kind, 1.0)
        else:
            found.append(Passage(Span(own.start, own.end), Span(its.start, its.end), kind, 1.0))
    return tuple(found[:MOST])


def _adjoin(text: str, last: Span, following: Sentence) -> bool:
    return last.end <= following.start and not text[last.end : following.start].strip()


def plain_sentence(sentence: str) -> str:
    """The words of a sentence in lower case, one space between them: what two sentences are compared by."""
    return " ".join(WORD.findall(sentence.lower()))
