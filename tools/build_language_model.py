"""Builds the language tables from a folder of text and the counts that lingua 1.x ships.

    python tools/build_language_model.py --train TEXTS --lingua FOLDER

`FOLDER` is `lingua/language-models` of the pure-Python wheel (`pip download "lingua-language-detector<2" --no-deps`,
Apache-2.0; needs `pip install brotli`). Lingua counts sequences inside words only; as its counts are complete, what a
sequence has in excess of its continuations is what stands at a word's border. The three sources (lingua, sentences, word list)
are made shares and mixed. Writes `cleaner/models/data/languages.bin`.
"""

from __future__ import annotations

import json
import lzma
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from building import asked, seal

from cleaner.models.languages import (
    BUCKET_BITS,
    FLOOR,
    HIGHEST,
    LENGTHS,
    PATH,
    SCRIPTS,
    SLOT_BITS,
    STEP,
    WEIGHTS,
    WIDTH,
    alphabet,
    mixed_up,
    sequence_hashes,
    slots_of,
)

LANGUAGES = {
    "Latn": "af az bs ca cs cy da de en eo es et eu fi fr ga hr hu id is it la lg lt lv mi ms nb nl nn pl pt ro sk sl sn so sq sr"
    " st sv sw tl tn tr ts vi xh yo zu gl br fo fy gd mt oc uz",
    "Cyrl": "be bg kk mk mn ru sr uk tt ky tg mhr",
    "Arab": "ar fa ur ug sd skr",
    "Deva": "hi mr ne sa",
}
"""Lingua's languages and those beyond that the training text holds enough of; a script that one language writes needs no row."""
KEPT = {"Latn": 340_000, "Cyrl": 90_000, "Arab": 35_000, "Deva": 28_000}
"""Sequences kept of each script: those that tell most. 200,000 Latin ones cost 1.3 points on the development words."""
LEAST = 1e-6
"""Share from which a sequence counts as known in a language; 3e-7 gains nothing, and costs a quarter more entries."""
MIX = (0.5, 0.3, 0.2)
"""Weights of lingua's counts, sentences, word list."""
ENOUGH = 20_000
"""Running words from which sentences have their full weight."""
BARE = 0.12
"""Share of text written without its accents, as people do."""
TELLING = 0.7
"""Exponent of a sequence's frequency where its worth is reckoned; 1 and .5 are worse by 0.3 points on words."""
FARTHEST = 255
"""Columns from one level to the next that a byte can say."""
NAMES = ("uni", "bi", "tri", "quadri", "five")
SAME = {"nb": ("no",), "pt": ("pt_br",)}
NO_LINGUA = frozenset({"hi", "mr"})
"""Where lingua breaks words at their vowel signs."""


def words_of(text: str) -> list[str]:
    folded = alphabet()[0]
    points = np.frombuffer(unicodedata.normalize("NFC", text).encode("utf-16-le", "surrogatepass"), np.uint16)
    points = folded[points]
    words: str = points[points > 0].tobytes().decode("utf-16-le")
    return words.split(" ")


def padded(words: Counter[str] | dict[str, float]) -> dict[str, float]:
    """Sequences of all lengths with their weights."""
    found: dict[str, float] = {}
    for word, weight in words.items():
        text = f" {word} "
        for length in LENGTHS:
            for start in range(len(text) - length + 1):
                sequence = text[start : start + length]
                found[sequence] = found.get(sequence, 0.0) + weight
    return found


def own_counts(train: Path, code: str) -> tuple[Counter[str], Counter[str]]:
    """Words of the sentences, and of the word list."""
    sentences: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    for name in (code, *SAME.get(code, ())):
        path = train / "sentences" / f"{name}.txt.xz"
        if path.is_file():
            sentences.update(words_of(lzma.decompress(path.read_bytes()).decode().replace("\n", " ")))
        path = train / "words" / f"{name}.txt.xz"
        if path.is_file():
            for line in lzma.decompress(path.read_bytes()).decode().splitlines():
                word, _, count = line.rpartition(" ")
                for part in words_of(word):
                    listed[part] += int(count)
    sentences.pop("", None)
    listed.pop("", None)
    return sentences, listed


def lingua_counts(folder: Path) -> dict[str, float]:
    """Weights of sequences with borders, from lingua's conditional shares."""
    import brotli

    joint: dict[str, float] = {}
    for length, name in enumerate(NAMES, 1):
        path = folder / f"{name}grams.json.br"
        if not path.is_file():
            return {}
        for fraction, sequences in json.loads(brotli.decompress(path.read_bytes()))["ngrams"].items():
            above, _, below = fraction.partition("/")
            share = int(above) / int(below)
            for sequence in sequences.split(" "):
                joint[sequence] = share * joint.get(sequence[:-1], 0.0) if length > 1 else share
    first = {sequence: share for sequence, share in joint.items() if len(sequence) <= 4}
    last = dict(first)
    for sequence, share in joint.items():
        if len(sequence) > 1:
            first[sequence[1:]] = first.get(sequence[1:], 0.0) - share
            last[sequence[:-1]] = last.get(sequence[:-1], 0.0) - share
    noise = min(joint.values()) / 2
    first = {sequence: share for sequence, share in first.items() if share > noise}
    whole = {sequence: share for sequence, share in first.items() if len(sequence) <= 3}
    for sequence, share in first.items():
        if sequence[:-1] in whole:
            whole[sequence[:-1]] -= share
    found = {sequence: share for sequence, share in joint.items() if len(sequence) in LENGTHS}
    for shares, form in ((first, " {}"), (last, "{} "), (whole, " {} ")):
        for sequence, share in shares.items():
            bordered = form.format(sequence)
            if share > noise and len(bordered) in LENGTHS:
                found[bordered] = share
    return found


def bare(sequence: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", sequence) if not unicodedata.combining(char))


def shares_of(train: Path, lingua: Path, code: str, script: str) -> dict[str, float]:
    """Share of each sequence of the script among the language's sequences of its length."""
    sentences, listed = own_counts(train, code)
    parts: list[tuple[float, dict[str, float]]] = []
    if code not in NO_LINGUA and (lingua / code).is_dir():
        parts.append((MIX[0], lingua_counts(lingua / code)))
    if sentences:
        alone = not parts and not listed
        parts.append((MIX[1] * (1 if alone else min(1, sum(sentences.values()) / ENOUGH)), padded(sentences)))
    if listed:
        parts.append((MIX[2], padded({word: count**0.5 for word, count in listed.items()})))
    classes, number = alphabet()[1], SCRIPTS.index(script)
    mixed: dict[str, float] = {}
    weights = sum(weight for weight, _ in parts)
    for weight, counts in parts:
        kept = {s: v for s, v in counts.items() if all(char == " " or classes[ord(char)] == number for char in s)}
        totals = dict.fromkeys(LENGTHS, 0.0)
        for sequence, value in kept.items():
            totals[len(sequence)] += value
        for sequence, value in kept.items():
            share = weight / weights * value / totals[len(sequence)]
            mixed[sequence] = mixed.get(sequence, 0.0) + share
    if script == "Latn":
        for sequence, share in list(mixed.items()):
            if not sequence.isascii() and (plain := bare(sequence)) != sequence:
                mixed[plain] = mixed.get(plain, 0.0) + BARE * share
    return {sequence: share for sequence, share in mixed.items() if share >= LEAST}


def script_table(train: Path, lingua: Path, script: str) -> tuple[list[str], Any, Any, Any]:
    """The script's most telling sequences; then for each entry the index of its sequence, its column and its level."""
    place: dict[str, int] = {}
    owners: list[Any] = []
    columns: list[Any] = []
    shares: list[Any] = []
    for number, code in enumerate(LANGUAGES[script].split()):
        found = shares_of(train, lingua, code, script)
        owners.append(np.array([place.setdefault(s, len(place)) for s in found], np.int64))
        columns.append(np.full(len(found), number, np.uint8))
        shares.append(np.array(list(found.values())))
    owner, column, share = (np.concatenate(parts) for parts in (owners, columns, shares))
    total = np.bincount(owner, share)
    part = share / total[owner]
    told = np.log(len(owners)) + np.bincount(owner, part * np.log(part))
    kept = np.argsort(-(total**TELLING) * told, kind="stable")[: KEPT[script]]
    new = np.full(len(total), -1)
    new[kept] = np.arange(len(kept))
    names = list(place)
    chosen = [names[old] for old in kept]
    inside = new[owner] >= 0
    owner, column, share = new[owner[inside]], column[inside], share[inside]
    weight = np.array([WEIGHTS[len(sequence)] for sequence in chosen])[owner]
    level = np.minimum(np.round(np.log(share / FLOOR + 1) * weight / STEP), HIGHEST).astype(np.uint8)
    return chosen, owner, column, level


def hashes_of(sequences: list[str]) -> Any:
    """uint32 hash of each sequence."""
    found = np.zeros(len(sequences), np.uint32)
    for number, length in enumerate(LENGTHS):
        places = [place for place, sequence in enumerate(sequences) if len(sequence) == length]
        points = np.array([[ord(char) for char in sequences[place]] for place in places], np.uint32)
        held = points[:, 0]
        for column in range(1, length):
            held = held * np.uint32(0x9E3779B1) + points[:, column]
        found[places] = held
        assert sequence_hashes(points[0])[number][0] == held[0]
    return found


def perfect(hashes: Any) -> tuple[Any, Any]:
    """A perfect hash function: displacement of each bucket, and slot of each hash, no two in one slot and none in slot 0."""
    mixed = mixed_up(hashes)
    bucket = mixed >> np.uint32(32 - BUCKET_BITS)
    order = np.argsort(bucket, kind="stable")
    starts = np.searchsorted(bucket[order], np.arange((1 << BUCKET_BITS) + 1))
    displacements = np.zeros(1 << BUCKET_BITS, np.uint16)
    used = np.zeros(1 << SLOT_BITS, bool)
    used[0] = True
    slots = np.zeros(len(hashes), np.uint32)
    tries = np.arange(1 << 16, dtype=np.uint32)
    for number in np.argsort(-np.diff(starts), kind="stable"):
        members = order[starts[number] : starts[number + 1]]
        if not len(members):
            break
        for first in range(0, 1 << 16, 256):
            wanted = slots_of(mixed[members][None, :], tries[first : first + 256, None])
            good = ~used[wanted].any(axis=1)
            for one in np.flatnonzero(good):
                if len(set(wanted[one].tolist())) == len(members):
                    displacements[number] = first + one
                    slots[members] = wanted[one]
                    used[wanted[one]] = True
                    break
            else:
                continue
            break
        else:
            raise SystemExit("the table is too full: no displacement is left for a bucket")
    return displacements, slots


def packed(places: Any, levels: Any) -> bytes:
    """Levels (uint8) at ascending places, slot by slot (WIDTH columns each), as `cleaner.models.languages` reads them."""
    gaps = np.diff(places, prepend=0)
    between = np.maximum(gaps - 1, 0) // FARTHEST
    at = np.arange(len(places)) + np.cumsum(between)
    odd = (len(places) + int(between.sum())) % 2  # an empty one at place 0, which is a level of row 0
    stored, held = np.full(at[-1] + 1 + odd, FARTHEST, np.uint8), np.zeros(at[-1] + 1 + odd, np.uint8)
    stored[:odd] = 0
    stored[at + odd], held[at + odd] = gaps - FARTHEST * between, levels
    made: bytes = stored.tobytes() + (held[::2] | held[1::2] << 4).tobytes()
    return made


def build(train: Path, lingua: Path) -> bytes:
    names: list[str] = []
    owners: list[Any] = []
    columns: list[Any] = []
    levels: list[Any] = []
    for script in LANGUAGES:
        chosen, owner, column, level = script_table(train, lingua, script)
        print(f"{script}: {len(chosen):,} sequences, {len(owner):,} entries")
        owners.append(owner + len(names))
        names += chosen
        columns.append(column)
        levels.append(level)
    owner, column, level = (np.concatenate(parts) for parts in (owners, columns, levels))
    hashes = hashes_of(names)
    _, first = np.unique(hashes, return_index=True)  # of sequences with one hash, the more telling one
    print(f"{len(names) - len(first)} sequences with the hash of another left out")
    alone = np.zeros(len(names), bool)
    alone[first] = True
    displacements, found = perfect(hashes[alone])
    slots = np.zeros(len(names), np.int64)
    slots[alone] = found
    prints = np.zeros(1 << SLOT_BITS, np.uint16)
    prints[found] = (hashes[alone] * np.uint32(0xB5297A4D)) >> np.uint32(16)
    keep = alone[owner]
    slot, column, level = slots[owner[keep]], column[keep], level[keep]
    places = slot * WIDTH + column
    order = np.argsort(places)
    codes = ";".join(f"{script}:{codes}" for script, codes in LANGUAGES.items()).encode("ascii")
    return b"".join(
        (
            codes,
            b"\n",
            displacements.astype("<u2").tobytes(),
            prints.astype("<u2").tobytes(),
            packed(places[order], level[order]),
        )
    )


def main() -> None:
    parser = asked(__doc__, PATH)
    parser.add_argument("--lingua", type=Path, required=True, metavar="FOLDER", help="lingua's `language-models`")
    options = parser.parse_args()
    options.out.write_bytes(build(options.train, options.lingua))
    seal(options.out)
    print(f"{options.out}: {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
