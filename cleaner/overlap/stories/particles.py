"""Particles and initials before names: `van Gogh` and `O'Connor` are names of two words, of which both languages have both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain

from cleaner.memory import cached_last
from cleaner.overlap.stories.verdicts import Pair
from cleaner.overlap.words.name_keys import name_keys
from cleaner.overlap.words.transliterate import folded, latin, sounds

SAMPLE = 20_000
"""Code points of a text that are read."""
JOINED = re.compile(r"\b([^\W\d_]{1,4})([ \-'’`‘ʼ´]|\. ?)(?![a-zа-яё]+\b)(?=([^\W\d_]{2,}))")
"""A short word, what stands behind it, and the word behind that, if it is none in small letters of the most frequent scripts."""
PARTICLES = frozenset(
    re.findall(r"\w+", "af al av ben bin da das de del della den der di do dos du el fon ibn la le san ten ter van von")
)
"""Words inside names, as `latin` gives them; others count if a mark joins them to the name."""

Particles = dict[tuple[str, str], tuple[str, str]]
"""The sound of a particle and the key of the word behind it -> what stands there, and the key that the particle has as a name."""


def particles_of(texts: Iterable[str]) -> list[Particles]:
    """Particles and initials before the words at the beginning of each text.

    `von` and `фон` sound alike, and so do `O'` and `О'`.
    """
    held = [
        [
            (particle, f"{particle}{mark}{name}", name)
            for particle, mark, name in JOINED.findall(text[:SAMPLE])
            if not name.islower() and (mark != " " or _is_particle(particle))
        ]
        for text in texts
    ]
    every = list(chain.from_iterable(held))
    if not every:
        return [{} for _ in held]
    particles = [particle for particle, _, _ in every]
    heard = folded(sounds(latin("\n".join(particles)))).split("\n")
    keys = zip(heard, name_keys(particles), name_keys([name for _, _, name in every]), strict=True)
    found: list[Particles] = []
    for rows in held:
        own: Particles = {}
        for (_, shown, _), (sound, alone, key) in zip(rows, keys, strict=False):
            own.setdefault((sound, key), (shown, alone))
        found.append(own)
    return found


@cached_last(1 << 12)
def _is_particle(word: str) -> bool:
    return latin(word) in PARTICLES


def shared_particles(pair: Pair, particles: Mapping[str, Particles]) -> list[str]:
    """Particles and initials that stand before one of the names in both: `van Gogh` and `O'Connor` are names of two words.

    What counts as a name by itself (the Wi of Wi-Fi) does not count again.
    """
    mine, theirs = particles[pair.a], particles[pair.b]
    both = [row for row in sorted(mine.keys() & theirs.keys()) if row[1] in pair.rare_names]
    return [
        f"{one} = {other}"
        for (one, key), (other, its) in ((mine[row], theirs[row]) for row in both)
        if key not in pair.rare_names and its not in pair.rare_names
    ]
