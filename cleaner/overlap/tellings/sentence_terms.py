"""What the sentences of tellings are about: their names, by sound, and their words, by stem, each with a weight.

A word weighs by how rare it is in its language and how rare it is in the story: neither `the` nor what everyone in the
story does all the time tells one event from another. Names of actors (in parentheses behind a name) tell none at all.
All words of several stories stand in arrays; what is said of a story does not depend on what others stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cleaner.arrays import Array, among, ranges, without_repeats
from cleaner.memory import cached
from cleaner.overlap.tellings.passages import Sentences
from cleaner.overlap.tellings.story_names import LEAST_SOUND, Sounds
from cleaner.overlap.tellings.telling_words import LIMIT, TellingWords
from cleaner.overlap.words.costs import Costs
from cleaner.overlap.words.stems import SHORTEST, letters_of, stem_ends
from cleaner.overlap.words.tokens import MIXER, hashes_of

COMMON, SCALE, MOST = 6.2, 3.8, 1.2
"""Cost of a word in nats from which it says something, and how fast it says more: of a word with a cost of 11 and more
(one in 60,000) the weight in the story counts MOST times. Fitted on the pairs of the samples."""
NAME = 0.9
"""Factor on names: they say who, not what."""
CAST_WEIGHT = 0.3
"""Weight of an actor's name, however rare: the same actor in both is not an event."""
SENTENCES = 100
"""Least number of sentences that a story is taken to have where words are weighed: among ten no word would be rare.
Names must be rare in the story as it is."""
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    about above across after afterwards again against almost alone along already also although always among and another
    any anyone anything anyway are around away back because before behind being below beneath beside besides between
    beyond both but can cannot could despite did didn does doesn doing don done down during each either else enough even
    ever every everyone everything except few for from further furthermore had has have having hence her here hers herself
    him himself his how however indeed instead into its itself just least less lot many may maybe meanwhile might mine
    more moreover most much must myself neither never nevertheless next none nor not nothing now nowhere off often once
    one only onto other others otherwise our ours out over own perhaps quite rather really same several shall she should
    since some someone something sometimes somewhere soon still such than that the their theirs them themselves then there
    thereafter therefore these they this those though through throughout thus till together too toward towards two under
    unless until upon upwards very via was wasn well were what whatever when whenever where whereas whereby wherein
    whereupon wherever whether which whichever while who whoever whole whom whose why will with within without would yet
    you your yours yourself
    """,
    )
)
"""English words that only bind others together, some of them as rare as nouns. Other languages go by the cost alone."""


class Telling(NamedTuple):
    """A text that tells a story."""

    text: int
    """Its number among the texts that were read."""
    story: int
    language: str


class StoryTerms(NamedTuple):
    """The words of tellings that say something, in their order: parallel arrays.

    Tellings, sentences, words and keys are known by number. A key is a name's sound, or a word's stem with its language, in a
    story.
    """

    rows: Array
    """Of each telling the number of its first sentence; last how many there are."""
    starts: Array
    """Of every sentence, in code points of its text."""
    ends: Array
    row: Array
    """The sentence of each word."""
    place: Array
    """How many words of its sentence stand before it."""
    key: Array
    word: Array
    """What is written there, by number."""
    written: Callable[[Array], list[str]]
    """Such words."""
    texts_of: Callable[[Array], list[str]]
    """Of keys; those of names start with `~`."""
    weights: Array
    """Of each key."""
    names: Array
    """Whether each key is that of a name."""
    cast: Array
    """Whether it is that of an actor's name."""
    person: Array
    """A number for the person, equal for the names of one; another for each word."""


def story_terms(
    held: Sentences, read: TellingWords, tellings: Sequence[Telling], costs: Mapping[str, Costs]
) -> StoryTerms:
    """Terms of all `tellings`; only words of one language are compared with each other, names with all of a story.

    `held` and `read` are the sentences and words of their texts, `costs` say by language how common a word is.
    """
    told = _told(held, read, tellings)
    entries = _entries(told, read)
    named = _named(entries)
    names = entries.written(named)
    sounds = Sounds(read, [(one.text, one.story) for one in tellings], names)
    keys = _keys(entries, named, sounds, names, costs)
    key = keys.of_entry[told.entry]
    says = np.flatnonzero(key >= 0)
    row, place, key, word = told.row[says], told.place[says], key[says], told.entry[says]
    node = np.where(keys.sound < 0, -1, keys.story * len(sounds.texts) + keys.sound)
    names_too, cast = keys.sound >= 0, among(node, sounds.cast)
    person = np.unique(np.where(names_too, sounds.persons(node), -1 - np.arange(len(node))), return_inverse=True)[1]
    sizes = np.bincount([one.story for one in tellings], np.diff(told.rows)).astype(np.int64)
    weights = _weights(row, key, sizes[keys.story], keys.rare, names_too, cast, person)

    def texts_of(numbers: Array) -> list[str]:
        rows = zip(keys.sound[numbers].tolist(), entries.stems_of(keys.sample[numbers]), strict=True)
        return [sounds.texts[sound] if sound >= 0 else stem for sound, stem in rows]

    columns = (told.rows, held.starts[told.sentences], held.ends[told.sentences], row, place, key, word)
    return StoryTerms(*columns, entries.written, texts_of, weights, names_too, cast, person)


class _Told(NamedTuple):
    """All words of tellings, in order, and their sentences."""

    rows: Array
    """Of each telling the number of its first sentence; last how many there are."""
    sentences: Array
    """Of each row the number of the sentence among those of all texts."""
    row: Array
    place: Array
    word: Array
    """Its place among the words that were read."""
    group: Array
    """Of each word, which of `groups`."""
    groups: list[tuple[int, str]]
    """Stories and languages."""
    entry: Array
    """Of each word the number of what is written so in its group."""
    sample: Array
    """Of each such entry the first word."""


def _told(held: Sentences, read: TellingWords, tellings: Sequence[Telling]) -> _Told:
    words = read.words()
    texts = [one.text for one in tellings]
    first = np.searchsorted(held.owner, texts)
    sizes = np.minimum(np.searchsorted(held.owner, texts, side="right") - first, LIMIT)
    rows = np.concatenate([[0], np.cumsum(sizes)])
    begun = np.searchsorted(words.text, texts)
    counts = np.searchsorted(words.text, texts, side="right") - begun
    word = ranges(begun, counts)
    row = words.sentence[word] + np.repeat(rows[:-1], counts)
    place = np.arange(len(row)) - np.searchsorted(row, np.arange(rows[-1]))[row]
    groups = sorted({(one.story, one.language) for one in tellings})
    number = {group: at for at, group in enumerate(groups)}
    group = np.repeat([number[one.story, one.language] for one in tellings], counts)
    _, sample, entry = np.unique(words.hash[word] + _apart(group), return_index=True, return_inverse=True)
    return _Told(rows, ranges(first, sizes), row, place, word, group, groups, entry, sample)


def _apart(number: Array) -> Array:
    """What is added to hashes of things of different number."""
    return number.astype(np.uint64) * np.uint64(MIXER)


class _Entries(NamedTuple):
    """What is written in a story, in a language, once each: parallel arrays."""

    read: TellingWords
    word: Array
    """One word of those that were read that is written so."""
    lower: Array
    """The code points of all of them in lower case, one behind the other."""
    starts: Array
    """Where each stands in `lower`, and where its stem and the word end."""
    stems: Array
    ends: Array
    hash: Array
    """Of the letters as they are written."""
    low: Array
    """Of those in lower case, and of the stem."""
    stem: Array
    group: Array
    story: Array
    languages: list[str]
    """Of each group."""
    times: Array
    inside: Array
    """How often it stands in the story, and how often inside a sentence."""
    first: Array
    """Its first letter."""
    sample: Array
    """Its first place among the words of all tellings."""

    def stems_of(self, numbers: Array) -> list[str]:
        """The stems of entries behind their languages."""
        sizes = (self.stems - self.starts)[numbers]
        letters = self.lower[ranges(self.starts[numbers], sizes)].tobytes().decode("utf-32-le", "surrogatepass")
        rows = zip(self.group[numbers].tolist(), np.cumsum(sizes).tolist(), sizes.tolist(), strict=True)
        return [f"{self.languages[group]}:{letters[end - size : end]}" for group, end, size in rows]

    def written(self, numbers: Array) -> list[str]:
        """Entries as they are written."""
        words, rows = self.read.words(), self.word[numbers]
        return self.read.written(words.part[rows], words.begun[rows], words.ended[rows])


def _entries(told: _Told, read: TellingWords) -> _Entries:
    words = read.words()
    samples = told.word[told.sample]
    sizes = words.lower_end[samples] - words.lower[samples]
    codes = read.lower()[ranges(words.lower[samples], sizes)]
    ends = np.cumsum(sizes)
    starts = ends - sizes
    stems = stem_ends(codes, starts, ends)
    group = told.group[told.sample]
    return _Entries(
        read,
        samples,
        codes,
        starts,
        stems,
        ends,
        words.hash[samples],
        hashes_of(codes, starts, ends),
        hashes_of(codes, starts, stems),
        group,
        np.array([story for story, _ in told.groups])[group],
        [language for _, language in told.groups],
        np.bincount(told.entry, minlength=len(samples)),
        np.bincount(told.entry[told.place > 0], minlength=len(samples)),
        words.first[samples],
        told.sample,
    )


def _named(entries: _Entries) -> Array:
    """Which entries are names: words that are capitalised inside sentences of the story, mostly."""
    letters, letter = np.unique(entries.first, return_inverse=True)
    chars = [chr(code) for code in letters.tolist()]
    upper = np.array([char.isupper() for char in chars], bool)[letter]
    words, word = np.unique(entries.low + _apart(entries.story), return_inverse=True)
    small = np.bincount(word, entries.times * (entries.hash == entries.low), len(words))
    large = np.bincount(word, entries.inside * upper, len(words))
    return np.flatnonzero(upper & ((large > 0) & (large > 2 * small))[word])


class _Keys(NamedTuple):
    """The keys of stories: those of one in the order in which they come first."""

    of_entry: Array
    """The key of each entry; -1 where it says nothing."""
    sample: Array
    """Of each key the first entry."""
    story: Array
    sound: Array
    """Of a name's key the number of the sound; -1 for others."""
    rare: Array
    """Cost of the word, 0 for names."""


def _keys(entries: _Entries, named: Array, sounds: Sounds, names: Sequence[str], costs: Mapping[str, Costs]) -> _Keys:
    plain = np.flatnonzero((entries.ends - entries.starts >= SHORTEST) & ~among(entries.low, _function_words()))
    stems, stem = np.unique(entries.stem[plain] + _apart(entries.group[plain]), return_inverse=True)
    cost = np.zeros(len(plain))
    for language in sorted(set(entries.languages)):
        groups = [number for number, own in enumerate(entries.languages) if own == language]
        own = np.flatnonzero(among(entries.group[plain], groups))
        cost[own] = costs[language](entries.low[plain[own]], entries.stem[plain[own]])
    cheapest = np.full(len(stems), np.inf)
    np.minimum.at(cheapest, stem, cost)
    code = np.full(len(entries.low), -1)
    code[plain] = np.where(cheapest[stem] > COMMON, stem, -1)
    sound = np.array([sounds.number[name] for name in names], np.int64)
    known = np.array([len(sounds.texts[number]) >= LEAST_SOUND for number in sound.tolist()], bool)
    code[named] = np.where(known, len(stems) + entries.story[named] * len(sounds.texts) + sound, -1)
    held = np.flatnonzero(code >= 0)
    held = held[np.lexsort((entries.sample[held], code[held] >= len(stems), entries.group[held]))]
    codes, first, place = np.unique(code[held], return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(codes), np.int64)
    number[order] = np.arange(len(codes))
    of_entry = np.full(len(code), -1)
    of_entry[held] = number[place]
    codes, sample = codes[order], held[first[order]]
    is_name = codes >= len(stems)
    rare = np.where(is_name, 0.0, np.append(cheapest, 0.0)[np.minimum(codes, len(stems))])
    heard = np.where(is_name, (codes - len(stems)) % max(1, len(sounds.texts)), -1)
    return _Keys(of_entry, sample, entries.story[sample], heard, rare)


@cached
def _function_words() -> Array:
    return hashes_of(*letters_of(sorted(FUNCTION_WORDS)))


def _weights(row: Array, key: Array, sentences: Array, rare: Array, names: Array, cast: Array, person: Array) -> Array:
    """Of each key; `sentences` are those of its story."""
    width = max(1, len(rare))
    seen = np.bincount(without_repeats(np.sort(row * width + key)) % width, minlength=len(rare))
    named = names[key]
    people = np.bincount(
        without_repeats(np.sort(row[named] * width + person[key[named]])) % width, minlength=len(rare)
    )[person]
    count = 1 + sentences
    words = np.log(np.maximum(SENTENCES, count) / np.maximum(1, seen)) * np.minimum(MOST, (rare - COMMON) / SCALE)
    weights = np.where(names, NAME * np.log(count / np.maximum(1, people)), words)
    return np.where(cast, CAST_WEIGHT, weights)
