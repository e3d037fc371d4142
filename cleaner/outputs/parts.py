"""The files of a run that workers write: the texts, and parts of the large `.jsonl` files, which the leading process
joins.

The clusters of a document need not be known when its line is written: the part says where they go, and they are
inserted when the parts are joined. So workers can write while documents are still compared.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cleaner.edits import PIECE
from cleaner.outputs.atomic import naming, temporary, write_all, write_atomic
from cleaner.outputs.naming import on_disk
from cleaner.outputs.sections import Sections, line_end, line_start

CORPUS = "corpus.jsonl"
PARTED = (CORPUS, "edits.jsonl", "findings.jsonl")
"""The files that workers write parts of."""
DIGEST = hashlib.sha256().digest_size
"""Bytes of a text's digest."""
NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Part(NamedTuple):
    """One document to write: its id and its output path."""

    id: str
    output_path: str


class Written(NamedTuple):
    """A part of the large files, and of each document in it: the digest of its text, and the place in the part of corpus.jsonl
    (bytes) where its memberships go. Whose they are the leading process knows: it need not be sent back.
    """

    part: Path
    digests: bytes
    """One behind the other, DIGEST bytes each."""
    places: Sequence[int]


def write_part(part: Path, texts: Path, documents: Iterable[tuple[Part, Sections]], *, fresh: bool) -> Written:
    """Writes the texts of `documents` below the folder `texts`, and their lines to files beside the name `part`.

    `fresh`: nothing stands in `texts` that a reader could see, so that files need no temporary names.
    """
    digests, places = bytearray(), array("Q")
    made: set[str] = set()
    at = 0
    with naming(part), ExitStack() as files:
        corpus, edits, findings = (
            files.enter_context(_named(part, name).open("wb", buffering=PIECE)) for name in PARTED
        )
        for one, sections in documents:
            for piece in line_start(one.id, sections, one.output_path):
                at += corpus.write(piece)
            places.append(at)
            at += corpus.write(line_end(sections))
            edits.write(sections.edits)
            findings.write(sections.findings)
            digests += sections.digest
            _write_text(texts, one.output_path, sections.text, made, fresh=fresh)
    return Written(part, bytes(digests), places)


def _named(part: Path, name: str) -> Path:
    return part.with_name(f"{part.name}-{name}")


def _write_text(folder: Path, path: str, text: Iterable[bytes], made: set[str], *, fresh: bool) -> None:
    """Writes one text; where a run before this one has left the same, nothing is done."""
    place = f"{folder}/{on_disk(path)}"
    parent = place.rpartition("/")[0]
    if parent not in made:
        _make(parent)
        made.add(parent)
    if not fresh:
        if not _holds(place, text):
            write_atomic(Path(place), text)
        return
    file = os.open(place, NEW, 0o666)  # a file object costs three more calls of the system
    try:
        for piece in text:
            with naming(place):
                write_all(file, piece)
    finally:
        os.close(file)


def _make(folder: str) -> None:
    """Makes `folder` where it is missing; most often its own is there."""
    try:
        os.mkdir(folder)  # noqa: PTH102
    except OSError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103


def _holds(place: str, text: Iterable[bytes]) -> bool:
    """Whether the file `place` holds `text` already."""
    try:
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123
            return all(file.read(len(piece)) == piece for piece in text) and not file.read(1)
    except OSError:
        return False


class Joined:
    """Files made of parts, one after the other; under their own names when the block ends well, else not there."""

    def __init__(self, out: Path, clusters_of: Callable[[str], str]) -> None:
        self._places = {name: out / name for name in PARTED}
        self._clusters_of = clusters_of
        self._files: dict[str, int] = {}
        self._hashes = {name: hashlib.sha256() for name in PARTED}
        self.digests: dict[str, str] = {}

    def __enter__(self) -> Joined:
        try:
            for name, place in self._places.items():
                self._files[name] = os.open(temporary(place), NEW, 0o666)
        except BaseException:
            self._end()
            raise
        return self

    def add(self, written: Written, ids: Sequence[str]) -> None:
        """Adds a part, which is of the documents `ids`, to each of the files, and removes it."""
        for name in PARTED:
            part = _named(written.part, name)
            with part.open("rb", buffering=0) as file:
                for piece in self._completed(file, written, ids) if name == CORPUS else _pieces(file):
                    self._hashes[name].update(piece)
                    with naming(self._places[name]):
                        write_all(self._files[name], piece)
            part.unlink()

    def _completed(self, file: BinaryIO, written: Written, ids: Sequence[str]) -> Iterator[bytes]:
        """The lines of `written`, the memberships put where they belong."""
        known = (
            (place, held) for name, place in zip(ids, written.places, strict=True) if (held := self._clusters_of(name))
        )
        start = 0
        place, held = next(known, (-1, ""))
        for piece in _pieces(file):
            done = 0
            while 0 <= place < start + len(piece):
                yield piece[done : place - start]
                yield b',"clusters":%b' % held.encode()
                done = place - start
                place, held = next(known, (-1, ""))
            yield piece[done:] if done else piece
            start += len(piece)

    def __exit__(self, kind: object, *rest: object) -> None:
        try:
            self._close()
            if kind is None:
                for name, place in self._places.items():
                    temporary(place).replace(place)
                    self.digests[name] = self._hashes[name].hexdigest()
        finally:
            self._end()

    def _close(self) -> None:
        while self._files:
            name, file = self._files.popitem()
            with naming(self._places[name]):
                os.close(file)

    def _end(self) -> None:
        """Closes the files, and removes those that did not get their own names."""
        with suppress(OSError):
            self._close()
        for place in self._places.values():
            temporary(place).unlink(missing_ok=True)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
