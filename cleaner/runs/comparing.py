"""Overlap of a run's documents, whose texts stand in shards, and the policy carried out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import chain, compress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from cleaner.document import Cluster, MergedRow, Relation
from cleaner.engines import Engine
from cleaner.letting_go import cached_last, give_back, let_go
from cleaner.outputs import LeftOut, scratch_folder
from cleaner.outputs.atomic import naming
from cleaner.runs.entries import PROFILE, TEXT
from cleaner.runs.ledger import Place, Reader
from cleaner.runs.remembered import Documents
from cleaner.settings import Settings

if TYPE_CHECKING:
    from cleaner.overlap import (
        Capitals,
        Common,
        Elsewhere,
        Limits,
        PairComparing,
        PartFiles,
        Parts,
        PassageTask,
        Profile,
        StoryTask,
        Told,
    )

SCRATCH = "scratch"
"""The folder in `.state` for what tasks share."""
HELD_KEYS = 256
"""Documents of which a worker keeps the keys while it counts, or puts them into bands."""
PLACES = 8_192
"""Places that the leading process keeps, 3 MB: a document stands in several tasks on end, and to look one up takes 4 us."""
HELD = 16
"""Texts that a worker keeps while it compares tellings: a document stands in several pairs on end."""

LARGE = 64_000_000
"""Bytes of profiles from which they stay on disk (about 40 MB of text). On disk the 20 MB corpus took no longer than in memory:
16.8 to 17.9 s of processor time."""
FILED = 300_000_000
"""Bytes of profiles from which candidates are looked for by way of files (about 125 MB of text): in memory 100 MB of text take 30
MB more, and 9 ns a byte less."""
MUCH = 24_000_000
"""Bytes of profiles from which every run of a process lets its tables go before it compares, not the first alone: to make them
again takes 45 ms, six times what else a run of three files takes."""
OBJECTS = 2_000
"""Bytes that a profile takes in memory beside its arrays and names."""
BANDS = 64
"""Files' slices that the keys are then divided into: at 100 GB of text a slice has 400 MB."""


class Compared(NamedTuple):
    """What overlaps, what is left out for it, what was merged."""

    relations: Sequence[Relation]
    clusters: tuple[Cluster, ...]
    removed: list[LeftOut]
    merged: Sequence[MergedRow]
    notes: tuple[str, ...]


class Profiles(Mapping[str, "Profile"]):
    """The profiles of documents by id, each read from its shard when it is asked for."""

    __slots__ = ("_places", "_reader")

    def __init__(self, places: Mapping[str, Place], reader: Reader) -> None:
        self._places, self._reader = places, reader

    def __getitem__(self, name: str) -> Profile:
        from cleaner.overlap import unpacked

        return unpacked(self._reader.section(self._places[name], PROFILE))

    def keys_of(self, name: str) -> Any:
        """The keys of one profile alone: three times as fast."""
        from cleaner.overlap import packed_keys

        return packed_keys(self._reader.section(self._places[name], PROFILE))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def compared(documents: Documents, shards: Path, settings: Settings, engine: Engine) -> Compared:
    """Overlap of `documents`, and what the policy of `settings` does about it."""
    from cleaner.overlap import PolicyDocument, Thresholds, apply_policy, overlaps_of, unpacked
    from cleaner.overlap.stories.embedding import load_model

    embed = None if settings.embedding is None else load_model(settings.embedding)
    held = documents.held
    places, changes = documents.column(held.place), documents.column(held.changes)
    languages = documents.column(held.language)
    size = sum(held.length(number, PROFILE) + OBJECTS for number in documents.numbers)
    large = size > LARGE
    if size > MUCH:
        _without_tables.cache_clear()  # another run of this process may have been here
    _without_tables()
    with Reader(shards) as reader, scratch_folder(shards.parent / SCRATCH) as scratch:
        profiles = Profiles(places, reader)
        text_of = _texts(places, reader)
        stored = (reader.section(held.place(number), PROFILE) for number in documents.numbers)
        workers = _Workers(engine, lru_cache(PLACES)(places.__getitem__), shards, scratch)
        overlap = overlaps_of(
            profiles if large else dict(zip(documents.ids, map(unpacked, stored), strict=True)),
            text_of,
            thresholds=Thresholds(settings.near_threshold, settings.contained_threshold, settings.story_threshold),
            embed=embed,
            keys_of=profiles.keys_of if large else None,
            digests=documents.column(held.sha256),
            changes=changes,
            languages=languages,
            elsewhere=workers.elsewhere(large, size > FILED),
        )
        told = _told(overlap.clusters) if settings.overlap in ("one-per-story", "merge") else frozenset[str]()
        result = apply_policy(
            settings.overlap,
            [
                PolicyDocument(name, text_of(name) if name in told else "", languages[name], changes[name])
                for name in (documents.ids if settings.overlap != "annotate" else ())
            ],
            overlap.pairs,
            overlap.clusters,
            per_language=settings.per_language,
        )
    return Compared(
        overlap.pairs,
        overlap.clusters,
        [LeftOut(name, documents.output_path(name), why) for name, why in result.removed.items()],
        result.merged,
        overlap.notes,
    )


@dataclass(frozen=True, slots=True)
class _Workers:
    """What workers do of comparing: each method hands tasks on, and gives what was found, in order."""

    engine: Engine
    place: Callable[[str], Place]
    """Where the document of an id stands."""
    shards: Path
    scratch: Path
    """A folder for what tasks share."""
    waiting: list[Callable[[], None]] = field(default_factory=list)
    """What is handed on as soon as what it needs is there, before what can be done at any time."""

    def elsewhere(self, large: bool, filed: bool) -> Elsewhere:
        """What is done by workers where there are several; passages always are, and names in a `large` run, which go into files, as
        keys do where they are `filed`.
        """
        from cleaner.overlap import Elsewhere

        candidates = self.candidates if filed else None
        if self.engine.workers < 2:
            naming = self.naming if large else None
            return Elsewhere(self.passages, naming=naming, candidates=candidates, file=self.unnamed)
        found = self.searching, self.counting, candidates
        return Elsewhere(self.passages, self.comparing, self.naming, *found, file=self.unnamed)

    def unnamed(self) -> BinaryIO:
        """A file without a name: it is gone when it is closed, and when the run is killed."""
        from tempfile import TemporaryFile

        return TemporaryFile(dir=self.shards.parent)

    def begin_waiting(self) -> None:
        """Hands on what is waiting. Of names in Chinese, which one worker looks for, it is early: the others count keys and align
        copies meanwhile.
        """
        while self.waiting:
            self.waiting.pop()()

    def placed(self, names: Iterable[str]) -> dict[str, Place]:
        """Where the documents stand that a task needs."""
        return {name: self.place(name) for name in set(names)}

    def candidates(self, names: Sequence[str], limits: Limits) -> tuple[Any, int]:
        """Pairs of the documents `names` that may be copies, found in files."""
        from cleaner.overlap import candidate_pairs_on_disk

        parts = _Parts(names, self.place, self.shards)
        folder = self.scratch / "bands"
        folder.mkdir()
        found = candidate_pairs_on_disk(folder, parts, limits, bands=BANDS, doing=self.engine.map)
        give_back()
        return found

    def passages(self, tasks: Iterable[PassageTask]) -> Iterator[list[bytes]]:
        """The passages of each task."""
        self.begin_waiting()
        handed = ((task, self.placed(name for pair in task.pairs for name in pair)) for task in tasks)
        return self.engine.map(partial(_passages_of, shards=self.shards), handed)

    def comparing(self, tasks: Iterable[StoryTask], common: Common) -> Iterator[Told]:
        """What each task finds; the tables lie in files that workers share.

        Workers that outlive this run know what they keep by the name of its file: no other run's scratch folder has the same.
        """
        handed = ((task, self.placed(task.names.values())) for task in tasks)
        shared = self.scratch / "common"
        with naming(shared):
            shared.write_bytes(pickle.dumps(common.stored(self.scratch)))
        return self.engine.map(partial(_stories_of, common=shared, shards=self.shards), handed)

    def naming(self, documents: Sequence[str], capitals: Capitals, chinese: Any) -> Callable[[], Parts]:
        """The names of the `documents` in parts, put into files, as the tables lie in files; of which are `chinese` in the last."""
        from cleaner.overlap import PART, PartFiles

        size = max(1, min(PART, -(-len(documents) // self.engine.workers)))
        cuts = range(0, len(documents), size)
        handed = (
            (self.scratch / f"names-{at}", [self.place(name) for name in documents[at : at + size]]) for at in cuts
        )
        work = partial(_names_in, capitals=capitals.stored(self.scratch), shards=self.shards)
        named, heard = self.engine.map(work, handed), capitals.heard
        files: list[Path] = []
        last: list[Iterator[Path]] = []

        def begin() -> None:
            files.extend(named)
            if heard:  # the tables are not to be held by this function
                own = [self.place(name) for name in compress(documents, chinese.tolist())]
                task = (self.scratch / "names-chinese", PartFiles(files.copy()), chinese, own)
                last.append(self.engine.map(partial(_names_in_chinese, shards=self.shards), iter([task])))

        def parts() -> Parts:
            if begin in self.waiting:
                self.waiting.remove(begin)
                begin()
            return PartFiles([*files, *chain.from_iterable(last)])

        self.waiting.append(begin)
        return parts

    def searching(self, parts: Sequence[tuple[str, ...]], asked: Any) -> Iterator[list[tuple[int, Any, int]]]:
        """What is found of the `asked` keys in the texts of each of `parts`; the keys lie in a file."""
        from cleaner.overlap import save_table

        file = self.scratch / "asked.npy"
        save_table(file, asked)
        handed = ((names, self.placed(names)) for names in parts)
        return self.engine.map(partial(_searched_in, asked=file, shards=self.shards), handed)

    def counting(self, parts: Iterable[list[tuple[str, str, int]]]) -> Iterator[list[int]]:
        """How many keys the pairs of each of `parts` share."""
        self.begin_waiting()
        handed = ((part, self.placed(name for pair in part for name in pair[:2])) for part in parts)
        return self.engine.map(partial(_counted_in, shards=self.shards), handed)


@dataclass(frozen=True, slots=True)
class _Parts(Sequence["_KeysIn"]):
    """What reads the keys of some documents each, made when it is asked for: places take 400 bytes a document."""

    names: Sequence[str]
    place: Callable[[str], Place]
    shards: Path

    def __len__(self) -> int:
        return (len(self.names) + HELD_KEYS - 1) // HELD_KEYS

    def __getitem__(self, number: Any) -> Any:
        if not 0 <= number < len(self):
            raise IndexError(number)
        own = self.names[number * HELD_KEYS : (number + 1) * HELD_KEYS]
        return _KeysIn([self.place(name) for name in own], self.shards)


@dataclass(frozen=True, slots=True)
class _KeysIn:
    """The keys of documents that stand at `places`, read when they are asked for."""

    places: Sequence[Place]
    shards: Path

    def __call__(self) -> list[Any]:
        from cleaner.overlap import packed_keys

        _without_tables()
        with Reader(self.shards) as reader:
            return [packed_keys(reader.section(place, PROFILE)).copy() for place in self.places]


def _told(clusters: Sequence[Cluster]) -> frozenset[str]:
    """Members of stories: the only texts that a policy looks at."""
    return frozenset(member for cluster in clusters if cluster.relation == "story" for member in cluster.members)


@cache
def _without_tables() -> None:
    """Once a process: what compares has cleaned what there was to clean, and hardly any of its tables is asked for again.

    Of 267 MB that one process had at 20 MB of text 195 are left.
    """
    let_go()
    give_back()


def _passages_of(handed: tuple[PassageTask, Mapping[str, Place]], *, shards: Path) -> list[bytes]:
    from cleaner.overlap import done_packed

    _without_tables()
    _comparing.cache_clear()
    task, places = handed
    with Reader(shards) as reader:
        return done_packed(task, _texts(places, reader))


def _texts(places: Mapping[str, Place], reader: Reader) -> Callable[[str], str]:
    return lambda name: reader.section(places[name], TEXT).decode()


def _stories_of(handed: tuple[StoryTask, Mapping[str, Place]], *, common: Path, shards: Path) -> Told:
    _without_tables()
    task, places = handed
    comparing, known, reader = _comparing(common, shards)
    known.clear()
    known.update(places)
    with reader:
        return comparing.done(task)


@cached_last(1)
def _comparing(common: Path, shards: Path) -> tuple[PairComparing, dict[str, Place], Reader]:
    """What compares the pairs of a folder's tasks, kept for the next one: a document stands in several, and the tables are opened
    once. Then where the documents of a task stand, and what reads them, closed between tasks.
    """
    from cleaner.overlap import PairComparing

    places: dict[str, Place] = {}
    reader = Reader(shards)
    held: Common = pickle.loads(common.read_bytes())  # noqa: S301
    profiles = Profiles(places, reader)
    return PairComparing(held, profiles, profiles.keys_of, lru_cache(HELD)(_texts(places, reader))), places, reader


def _names_in(handed: tuple[Path, Sequence[Place]], *, capitals: Capitals, shards: Path) -> Path:
    from cleaner.overlap import names_of, packed_names

    _without_tables()
    file, places = handed
    with Reader(shards) as reader:
        names = names_of([packed_names(reader.section(place, PROFILE)) for place in places], capitals.opened())
    names.store(file)
    give_back()
    return file


def _names_in_chinese(handed: tuple[Path, PartFiles, Any, Sequence[Place]], *, shards: Path) -> Path:
    from cleaner.overlap import part_of_chinese, unpacked

    let_go()
    give_back()
    file, parts, chinese, places = handed
    with Reader(shards) as reader:
        part_of_chinese(parts, chinese, (unpacked(reader.section(place, PROFILE)).han for place in places)).store(file)
    let_go()
    give_back()
    return file


def _searched_in(
    handed: tuple[tuple[str, ...], Mapping[str, Place]], *, asked: Path, shards: Path
) -> list[tuple[int, Any, int]]:
    import numpy as np

    from cleaner.overlap import robust_hits

    _without_tables()
    names, places = handed
    with Reader(shards) as reader:
        return robust_hits(names, np.load(asked), _texts(places, reader))


def _counted_in(handed: tuple[list[tuple[str, str, int]], Mapping[str, Place]], *, shards: Path) -> list[int]:
    from cleaner.overlap import shared_at_least

    pairs, places = handed
    with Reader(shards) as reader:
        return shared_at_least(pairs, lru_cache(HELD_KEYS)(Profiles(places, reader).keys_of))
