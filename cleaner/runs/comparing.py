"""Overlap of a run's documents, whose texts are in shards, and what the policy does about it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from cleaner.document import Cluster, MergedRow
from cleaner.engines import Engine
from cleaner.memory import cached_last, empty_caches, give_back_memory
from cleaner.outputs import LeftOut, scratch_folder
from cleaner.outputs.atomic import naming
from cleaner.runs.entries import PROFILE
from cleaner.runs.ledger import Place, Reader
from cleaner.runs.places import Places, Profiles, texts_of
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
        StoryTask,
        Told,
    )

SCRATCH = "scratch"
"""The folder in `.state` for what tasks share."""
HELD_KEYS = 256
"""Documents whose keys a worker caches while it counts."""
KEYS = 1 << 19
"""Keys that it puts into bands at once, unless a document has more: 4 MB, and five times that for a moment. Each part
has a file that every band reads a slice of, which takes some 50 us."""
PLACED = 1 << 12
"""Most documents whose places are in memory at once, 400 bytes each."""
NUMBERS = 8_192
"""Ids whose numbers the leading process caches: a document is in several successive tasks, and to look one up takes 1 us."""
HELD = 16
"""Texts that a worker caches while it compares tellings: a document is in several successive pairs."""

LARGE = 64_000_000
"""Bytes of profiles from which they stay on disk (about 40 MB of text). On disk the 20 MB corpus took no longer than in memory:
16.8 to 17.9 s of processor time."""
FILED = 300_000_000
"""Bytes of profiles from which candidates are looked for by way of files (about 125 MB of text): in memory 100 MB of text take 30
MB more, and 9 ns a byte less."""
MUCH = 24_000_000
"""Bytes of profiles from which every run of a process empties its caches before it compares, not only the first: to
fill them again takes 45 ms, six times what a run of three files takes otherwise."""
OBJECTS = 2_000
"""Bytes that a profile takes in memory besides its arrays and names."""
BANDS = 64
"""Number of bands that the keys are then divided into: at 100 GB of text a band has 400 MB."""


class Compared(NamedTuple):
    """What overlaps, what is left out for it, what was merged."""

    relations: Collection[str]
    """Their records, as JSON."""
    clusters: tuple[Cluster, ...]
    removed: list[LeftOut]
    merged: Sequence[MergedRow]
    notes: tuple[str, ...]


def compared(documents: Documents, shards: Path, settings: Settings, engine: Engine) -> Compared:
    """Overlap of `documents`, and what the policy of `settings` does about it."""
    from cleaner.overlap import PolicyDocument, Records, Thresholds, apply_policy, overlaps_of, unpacked
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
        text_of = texts_of(places, reader)
        stored = (reader.section(held.place(number), PROFILE) for number in documents.numbers)
        workers = _Workers(engine, lru_cache(NUMBERS)(documents.at), Places.of(documents, scratch), shards, scratch)
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
        Records(overlap.pairs),
        overlap.clusters,
        [LeftOut(name, documents.output_path(name), why) for name, why in result.removed.items()],
        result.merged,
        overlap.notes,
    )


@dataclass(frozen=True, slots=True)
class _Workers:
    """The steps of comparing that workers do: each method hands on tasks, and gives their results in order."""

    engine: Engine
    number: Callable[[str], int]
    """The number of the document with an id."""
    places: Places
    shards: Path
    scratch: Path
    """A folder for what tasks share."""
    waiting: list[Callable[[], None]] = field(default_factory=list)
    """Tasks to hand on as soon as they can begin, before those that can be done at any time."""

    def elsewhere(self, large: bool, filed: bool) -> Elsewhere:
        """The steps for workers, where there are several. Passages are always among them, and in a `large` run names,
        which go into files, as keys do where they are `filed`.
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
        """Hands on what is waiting. Names in Chinese, which one worker looks for, are begun early so that the others
        can count keys and align copies meanwhile.
        """
        while self.waiting:
            self.waiting.pop()()

    def numbered(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers of the documents that a task needs."""
        return {name: self.number(name) for name in set(names)}

    def work(self, function: Callable[..., Any], **more: Any) -> Callable[[Any], Any]:
        """`function` as tasks call it."""
        return partial(function, places=self.places, shards=self.shards, **more)

    def candidates(self, numbers: Any, limits: Limits) -> tuple[Iterable[Any], int]:
        """Pairs of the documents with these `numbers` that may be copies, found in files."""
        import numpy as np

        from cleaner.overlap import candidate_pairs_on_disk

        cuts = np.flatnonzero(np.diff(np.cumsum(limits.sizes + np.int64(KEYS // PLACED)) // KEYS)) + 1
        parts = [_KeysIn(own, self.places, self.shards) for own in np.split(numbers, cuts)]
        folder = self.scratch / "bands"
        folder.mkdir()
        found = candidate_pairs_on_disk(folder, parts, limits, bands=BANDS, doing=self.engine.map)
        give_back_memory()
        return found

    def passages(self, tasks: Iterable[PassageTask]) -> Iterator[list[bytes]]:
        """The passages of each task."""
        self.begin_waiting()
        return self.engine.map(self.work(_passages_of), tasks)

    def comparing(self, tasks: Iterable[StoryTask], common: Common) -> Iterator[Told]:
        """What each task finds; the tables lie in files that workers share.

        Workers that outlive this run know what they keep by the name of its file: no other run's scratch folder has the same.
        """
        handed = ((task, self.numbered(task.names.values())) for task in tasks)
        shared = self.scratch / "common"
        with naming(shared):
            shared.write_bytes(pickle.dumps(common.stored(self.scratch)))
        return self.engine.map(self.work(_stories_of, common=shared), handed)

    def naming(self, documents: Sequence[str], capitals: Capitals, chinese: Any) -> Callable[[], Parts]:
        """The names of the `documents` in parts, put into files, as the tables lie in files; of which are `chinese` in the last."""
        from cleaner.overlap import PART, PartFiles

        size = max(1, min(PART, -(-len(documents) // self.engine.workers)))
        cuts = range(0, len(documents), size)
        handed = ((self.scratch / f"names-{at}", range(at, min(len(documents), at + size))) for at in cuts)
        work = self.work(_names_in, capitals=capitals.stored(self.scratch))
        named, heard = self.engine.map(work, handed), capitals.heard
        files: list[Path] = []
        last: list[Iterator[Path]] = []

        def begin() -> None:
            files.extend(named)
            if heard:  # the tables are not to be held by this function
                task = (self.scratch / "names-chinese", PartFiles(files.copy()), chinese)
                last.append(self.engine.map(self.work(_names_in_chinese), iter([task])))

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
        return self.engine.map(self.work(_searched_in, asked=file), ((own, self.numbered(own)) for own in parts))

    def counting(self, parts: Iterable[Any]) -> Iterator[list[int]]:
        """How many keys the pairs of each of `parts` share."""
        self.begin_waiting()
        return self.engine.map(self.work(_counted_in), parts)


@dataclass(frozen=True, slots=True)
class _KeysIn:
    """The keys of documents with these numbers, read when they are asked for."""

    numbers: Any
    places: Places
    shards: Path

    def __call__(self) -> list[Any]:
        from cleaner.overlap import packed_keys

        _without_tables()
        with Reader(self.shards) as reader:
            own = (reader.section(place, PROFILE) for place in self.places(self.numbers))
            return [packed_keys(profile).copy() for profile in own]


def _told(clusters: Sequence[Cluster]) -> frozenset[str]:
    """Members of stories: the only texts that a policy looks at."""
    return frozenset(member for cluster in clusters if cluster.relation == "story" for member in cluster.members)


@cache
def _without_tables() -> None:
    """Empties the caches of cleaning, once a process: when it compares, it hardly needs any of these tables again.

    Of 267 MB that one process had at 20 MB of text 195 are left.
    """
    empty_caches()
    give_back_memory()


def _passages_of(task: PassageTask, *, places: Places, shards: Path) -> list[bytes]:
    from cleaner.overlap import done_packed

    _without_tables()
    _comparing.cache_clear()
    with Reader(shards) as reader:
        return done_packed(task, texts_of(places.by_number({one for pair in task.pairs for one in pair}), reader))


def _stories_of(handed: tuple[StoryTask, Mapping[str, int]], *, common: Path, places: Places, shards: Path) -> Told:
    _without_tables()
    task, numbers = handed
    comparing, known, reader = _comparing(common, shards)
    known.clear()
    known.update(places.by_name(numbers))
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
    return PairComparing(held, profiles, profiles.keys_of, lru_cache(HELD)(texts_of(places, reader))), places, reader


def _names_in(handed: tuple[Path, range], *, capitals: Capitals, places: Places, shards: Path) -> Path:
    from cleaner.overlap import names_of, packed_names

    _without_tables()
    file, numbers = handed
    with Reader(shards) as reader:
        own = (reader.section(place, PROFILE) for place in places(numbers))
        names = names_of([packed_names(profile) for profile in own], capitals.opened())
    names.store(file)
    give_back_memory()
    return file


def _names_in_chinese(handed: tuple[Path, PartFiles, Any], *, places: Places, shards: Path) -> Path:
    from cleaner.overlap import part_of_chinese, unpacked

    empty_caches()
    give_back_memory()
    file, parts, chinese = handed
    with Reader(shards) as reader:
        own = (reader.section(place, PROFILE) for place in places(chinese.nonzero()[0]))
        part_of_chinese(parts, chinese, (unpacked(profile).han for profile in own)).store(file)
    empty_caches()
    give_back_memory()
    return file


def _searched_in(
    handed: tuple[tuple[str, ...], Mapping[str, int]], *, asked: Path, places: Places, shards: Path
) -> list[tuple[int, Any, int]]:
    import numpy as np

    from cleaner.overlap import robust_hits

    _without_tables()
    names, numbers = handed
    with Reader(shards) as reader:
        return robust_hits(names, np.load(asked), texts_of(places.by_name(numbers), reader))


def _counted_in(pairs: Any, *, places: Places, shards: Path) -> list[int]:
    import numpy as np

    from cleaner.overlap import packed_keys, shared_at_least

    place = places.by_number(np.unique(pairs[:, :2]).tolist())
    with Reader(shards) as reader:
        keys_of = lru_cache(HELD_KEYS)(lambda number: packed_keys(reader.section(place[number], PROFILE)))
        return shared_at_least(pairs.tolist(), keys_of)
