"""What a run has already done, kept in the output's `.state/`, so that a killed run can be resumed.

Results are in shards: files that only grow, one for each worker process, so that no two processes write to one file.
The ledger, one SQLite file that only the leading process writes, maps keys to the places of results. A key is made of
what determines the result: path, content, settings, context, version and that of Unicode; never of a position in a
list. An entry that no longer fits is simply not found. A result whose bytes are not on the disk as they were written (a
machine lost power) is recognised by its checksum, and made again. So is that of a row whose own checksum is wrong.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

NAME = "ledger.sqlite"
KNOWN = "known.sqlite"
SHARDS = "shards"
BATCH = 512
"""Rows written at once: what a kill can cost, besides what the workers are at. Fewer cost more: a transaction takes
about 0.1 ms, a row 3 µs."""
PIECE = 1 << 20
"""Bytes of a section that are read at a time where it is read in pieces."""
MOST = 1 << 30
"""Most bytes that one call reads: Windows and macOS refuse requests for 2 GB."""
OPEN = 64
"""Most shards that a reader keeps open."""
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Flags for reading the bytes of a file: else Windows would translate line ends, and stop at a Ctrl-Z."""
DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
"""SQLite's errors for a file that is not as it was written."""
SUM = 8
"""Digits of a row's checksum."""
ASKED = 500
"""Keys asked for in one query; SQLite takes 999 and more."""


class Place(NamedTuple):
    """Where a result is stored: its shard, first byte, the lengths of its sections in bytes, and their CRC-32.

    A tuple, since hundreds of thousands are made and sent to workers, in half the time that a dataclass takes.
    """

    shard: str
    start: int
    lengths: tuple[int, ...]
    crc: int


class Row(NamedTuple):
    """A finished result: its key, what is remembered about it (JSON), and its place; None where there is nothing else."""

    key: bytes
    card: str
    place: Place | None = None

    def held(self) -> tuple[Any, ...]:
        """The row as the ledger holds it; the card begins with a checksum of all but the key."""
        shard, start, lengths, crc = self.place or (None,) * 4
        values = (self.card, shard, start, lengths and " ".join(map(str, lengths)), crc)
        return (self.key, _sum(values) + self.card, *values[1:])

    @classmethod
    def of(cls, key: bytes, card: Any, *place: Any) -> Row | None:
        """The row that the ledger holds so; None where that is not what was put down."""
        card = str(card)
        if card[:SUM] != _sum((card[SUM:], *place)):
            return None
        shard, start, lengths, crc = place
        return cls(
            key, card[SUM:], None if shard is None else Place(shard, start, tuple(map(int, lengths.split())), crc)
        )


def _sum(values: tuple[Any, ...]) -> str:
    return f"{zlib.crc32(repr(values).encode('utf-8', 'surrogatepass')):0{SUM}x}"


def ledger_key(*parts: str) -> bytes:
    """The key of the result that `parts` decide."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


Section = bytes | Iterable[bytes | memoryview]
"""Bytes of a result that are read together: whole, or in pieces."""


def append(folder: Path, results: Iterable[Iterable[Section]]) -> list[Place]:
    """Adds the sections of each of `results` to this worker's shard in `folder`; where they stand, in order."""
    places = []
    shard = f"{_machine()}-{os.getpid()}-{threading.get_ident():x}"
    with (folder / shard).open("ab", buffering=PIECE) as file:
        start = file.seek(0, os.SEEK_END)
        for sections in results:
            crc, lengths = 0, []
            for section in sections:
                size = 0
                for piece in (section,) if isinstance(section, bytes) else section:
                    file.write(piece)
                    crc = zlib.crc32(piece, crc)
                    size += len(piece)
                lengths.append(size)
            places.append(Place(shard, start, tuple(lengths), crc))
            start += sum(lengths)
    return places


def _machine() -> str:
    """The name of this machine."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    from socket import gethostname  # loading it takes 2 ms

    return gethostname()


def _read_by_seeking(file: int, size: int, start: int) -> bytes:
    """`os.pread` where there is none (Windows): a reader is used by one thread."""
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, size)


_read_at: Callable[[int, int, int], bytes] = getattr(os, "pread", _read_by_seeking)


class Reader:
    """Reads results from the shards in `folder`; keeps the shards open until it is left."""

    __slots__ = ("_files", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, int] = {}

    def section(self, place: Place, number: int) -> bytes:
        """One of the sections at `place`."""
        return self.whole(place.shard, place.start + sum(place.lengths[:number]), place.lengths[number])

    def sections(self, place: Place, first: int, after: int) -> list[bytes]:
        """Those from number `first` to before number `after`, read at once; not compared with the checksum."""
        lengths = place.lengths[first:after]
        data = self.whole(place.shard, place.start + sum(place.lengths[:first]), sum(lengths))
        sections, at = [], 0
        for length in lengths:
            sections.append(data[at : at + length])
            at += length
        return sections

    def pieces(self, place: Place, number: int) -> Pieces:
        """The same, read piece by piece as often as it is gone through."""
        return Pieces(self, place, number)

    def whole(self, shard: str, start: int, size: int) -> bytes:
        """`size` bytes of `shard` from byte `start`. Raises ValueError where it ends before."""
        data = self.read(shard, start, size)
        if len(data) != size:
            raise ValueError(f"{self.folder / shard}: damaged, it ends at byte {start + len(data)}")
        return data

    def read(self, shard: str, start: int, size: int) -> bytes:
        """`size` bytes of `shard` from byte `start`; fewer where it ends before."""
        if shard not in self._files:
            if len(self._files) >= OPEN:
                self.close()
            self._files[shard] = os.open(self.folder / shard, READ)
        file, parts = self._files[shard], []
        while size and (data := _read_at(file, min(size, MOST), start)):
            parts.append(data)
            start += len(data)
            size -= len(data)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def is_sound(self, place: Place) -> bool:
        """Whether what stands at `place` is what was written there."""
        crc, end = 0, place.start + sum(place.lengths)
        try:
            for start in range(place.start, end, PIECE):
                crc = zlib.crc32(self.read(place.shard, start, min(PIECE, end - start)), crc)
        except OSError:
            return False
        return crc == place.crc

    def close(self) -> None:
        """Closes the shards; they are opened again when they are asked for."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Pieces:
    """A section that is read piece by piece, each time that it is gone through."""

    reader: Reader
    place: Place
    number: int

    def __iter__(self) -> Iterator[bytes]:
        at = self.place.start + sum(self.place.lengths[: self.number])
        end = at + self.place.lengths[self.number]
        for start in range(at, end, PIECE):
            yield self.reader.whole(self.place.shard, start, min(PIECE, end - start))


def copied(folder: Path, scratch: Path) -> Path | None:
    """A copy in `scratch` of the ledger in `folder`, for `look_up`: nothing is written to the ledger itself.

    Its shards are looked for beside the copy. None where there is no ledger, or none that a run could take up.
    """
    if not (folder / NAME).is_file():
        return None
    copy = scratch / NAME
    try:
        for name in (NAME, f"{NAME}-wal"):  # a run that was killed left its last rows in the log
            if (folder / name).is_file():
                shutil.copyfile(folder / name, scratch / name)
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("pragma journal_mode = delete")
            _check(connection)
    except (OSError, sqlite3.DatabaseError):
        return None
    return copy


def look_up(known: Path | None, keys: Sequence[bytes], *, sound: bool = True) -> dict[bytes, Row]:
    """The rows under `keys` in the copy `known` that `Ledger.known` made; reads only, so that any worker may ask.

    A row that is damaged is left out; with `sound`, one whose bytes are damaged or gone, too.
    """
    if known is None or not keys:
        return {}
    found: dict[bytes, Row] = {}
    with (
        Reader(known.parent / SHARDS) as reader,
        closing(sqlite3.connect(f"{known.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection,
    ):
        connection.text_factory = _read_as_text
        for first in range(0, len(keys), ASKED):
            asked = keys[first : first + ASKED]
            signs = ",".join("?" * len(asked))
            query = f"select key, card, shard, start, lengths, crc from results where key in ({signs})"  # noqa: S608
            for held in connection.execute(query, asked):
                row = Row.of(*held)
                if row and (row.place is None or not sound or reader.is_sound(row.place)):
                    found[row.key] = row
    return found


def _read_as_text(data: bytes) -> str:
    """Damaged text does not equal its checksum; it need not be an error."""
    return data.decode("utf-8", "replace")


def _check(connection: sqlite3.Connection) -> None:
    """Raises DatabaseError where there is no ledger behind `connection`, or one that is damaged anywhere: so a run learns it before
    it begins, not when it comes to that place. Takes 2 s for a million rows.
    """
    connection.execute("select card, shard, lengths, crc from results limit 1")
    (found,) = connection.execute("pragma integrity_check(1)").fetchone()
    if found != "ok":
        error = sqlite3.DatabaseError(found)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _why(error: sqlite3.Error) -> int:
    """SQLite's code of `error`, without the part that says more of it; 0 where it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: Exception) -> bool:
    """Whether `error` says that the file of a ledger is not as it was written."""
    return isinstance(error, sqlite3.Error) and _why(error) in DAMAGED


class LedgerInUseError(Exception):
    """Another process has the ledger open."""


class Ledger:
    """Results by key, in one SQLite file below `folder`, and the shards beside it."""

    __slots__ = ("_connection", "_waiting", "folder", "shards")

    def __init__(self, folder: Path) -> None:
        self.folder, self.shards = folder, folder / SHARDS
        self.shards.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError as error:
            if _why(error) == sqlite3.SQLITE_BUSY:
                raise LedgerInUseError from error
            of_another_version = _why(error) == sqlite3.SQLITE_ERROR
            if not (is_damage(error) or of_another_version):  # too many open files, no permission: it may be a good one
                raise
            path.unlink()
            self._connection = self._open(path)
        self._waiting: list[Row] = []

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=0.5)
        connection.text_factory = _read_as_text
        try:
            # Only this process opens the file. A write-ahead log without a wait for the disk at each commit is safe against a
            # kill, and after a loss of power it lacks the last rows at worst; waiting slowed all other writing down by half.
            # While it is made there is nothing to lose: six waits of some milliseconds are left out.
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("pragma synchronous = off")
            connection.execute("pragma journal_mode = wal")
            connection.execute(
                "create table if not exists results "
                "(key blob primary key, card text, shard text, start integer, lengths text, crc integer)"
            )
            _check(connection)
            connection.execute("pragma synchronous = normal")
        except sqlite3.Error:
            connection.close()  # Windows removes no file that is open
            raise
        return connection

    def known(self) -> Path | None:
        """A copy of what is known now, for `look_up` by workers on any machine; None where nothing is."""
        self.flush()
        copy = self.folder / KNOWN
        copy.unlink(missing_ok=True)
        if self._connection.execute("select 1 from results limit 1").fetchone() is None:
            return None
        self._connection.execute("vacuum into cast(? as text)", (os.fsencode(copy),))
        return copy

    def put(self, row: Row) -> None:
        """Stores `row`; it is safe at the latest after `BATCH` more."""
        self._waiting.append(row)
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes the rows that are waiting."""
        with self._connection:
            rows = map(Row.held, self._waiting)
            self._connection.executemany("insert or replace into results values (?, ?, ?, ?, ?, ?)", rows)
        self._waiting.clear()

    def keep_only(self, keys: Iterable[bytes]) -> None:
        """Forgets every result but those under `keys`, and shards that hold none of them."""
        self.flush()
        with self._connection:
            self._connection.execute("create temp table kept (key blob primary key) without rowid")
            self._connection.executemany("insert or ignore into kept values (?)", ((key,) for key in keys))
            self._connection.execute("delete from results where key not in (select key from kept)")
            self._connection.execute("drop table kept")
        held = {shard for (shard,) in self._connection.execute("select distinct shard from results")}
        for shard in self.shards.iterdir():
            if shard.name not in held:
                shard.unlink()

    def close(self) -> None:
        """Writes the rows that are waiting, and closes."""
        with closing(self._connection):
            self.flush()
        (self.folder / KNOWN).unlink(missing_ok=True)
