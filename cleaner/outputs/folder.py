"""The output folder of a run, put together from the sections that its workers have put down.

Workers write the texts, and a part of each large `.jsonl` file (`write_part`); the leading process joins the parts in the
order of the documents (`write_folder`). Nothing of a document is held longer than its part takes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from cleaner.document import Cluster, Relation
from cleaner.edits import PIECE
from cleaner.outputs.atomic import TEMPORARY, write_atomic
from cleaner.outputs.naming import output_paths
from cleaner.outputs.rows import LeftOut, Membership, MergedRow, RejectedRow, tagged
from cleaner.outputs.sections import Sections, corpus_line, document_json
from cleaner.records import dumps, to_json

__all__ = ["MANIFEST", "Part", "Writing", "Written", "memberships_of", "write_folder", "write_part"]

MANIFEST = "manifest.json"
PARTED = ("corpus.jsonl", "edits.jsonl", "findings.jsonl")
"""The files that workers write parts of."""
OUTPUTS = frozenset(
    {*PARTED, "relations.jsonl", "removed.jsonl", "rejected.jsonl", "merged.jsonl", "report.html", "text", MANIFEST}
)
"""All that a run may write, below the output folder."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What a run has found beside its documents, ready to be written."""

    version: str
    settings: Mapping[str, Any]
    counts: Mapping[str, int]
    """Of documents, changed, edits and findings among those kept."""
    sources: Collection[tuple[str, int, str]]
    """Path, bytes and digest of every input that was read, sorted."""
    relations: Sequence[Relation]
    clusters: Sequence[Cluster]
    removed: Sequence[LeftOut]
    rejected: Sequence[RejectedRow]
    merged: Sequence[MergedRow]
    report: bool
    rules: Mapping[str, str]
    """Rule code -> what it sees, for the report."""
    notes: Sequence[str] = ()
    """What a reader should know about the run, such as buckets that were too large to compare."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document to write: its id, its output path, its memberships as JSON ("" where it has none)."""

    id: str
    output_path: str
    clusters: str


@dataclass(frozen=True, slots=True)
class Written:
    """A part of the large files, and the digests of its texts by output path."""

    part: Path
    texts: Sequence[tuple[str, bytes]] = field(default=())


def write_part(part: Path, texts: Path, documents: Iterable[tuple[Part, Sections]], *, fresh: bool) -> Written:
    """Writes the texts of `documents` below the folder `texts`, and their lines to files beside the name `part`.

    `fresh`: nothing stands in `texts` that a reader could see, so that files need no temporary names.
    """
    digests = []
    made: set[str] = set()
    files: list[BinaryIO] = [_named(part, name).open("wb") for name in PARTED]
    try:
        for one, sections in documents:
            for file, lines in zip(files, (_line(one, sections), (sections.edits,), (sections.findings,)), strict=True):
                file.writelines(lines)
            digests.append((one.output_path, _write_text(texts, one.output_path, sections.text, made, fresh=fresh)))
    finally:
        for file in files:
            file.close()
    return Written(part, digests)


def _line(one: Part, sections: Sections) -> Iterator[bytes]:
    return corpus_line(one.id, sections, one.output_path, one.clusters)


def _named(part: Path, name: str) -> Path:
    return part.with_name(f"{part.name}-{name}")


def _write_text(folder: Path, path: str, text: Iterable[bytes], made: set[str], *, fresh: bool) -> bytes:
    """Writes one text, and returns its digest; where a run before this one has left the same, nothing is done."""
    place = f"{folder}/{path}"
    parent = place.rpartition("/")[0]
    if parent not in made:
        os.makedirs(parent, exist_ok=True)  # noqa: PTH103
        made.add(parent)
    digest = hashlib.sha256()
    if not fresh:
        for piece in text:
            digest.update(piece)
        if not _holds(place, text):
            write_atomic(Path(place), text)
        return digest.digest()
    with open(place, "wb", buffering=0) as file:  # noqa: PTH123
        for piece in text:
            digest.update(piece)
            _write_all(file, piece)
    return digest.digest()


def _write_all(file: Any, data: bytes) -> None:
    view = memoryview(data)
    while view:  # a raw file may take less than all of it
        view = view[file.write(view) :]


def _holds(place: str, text: Iterable[bytes]) -> bool:
    """Whether the file `place` holds `text` already."""
    try:
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123
            return all(file.read(len(piece)) == piece for piece in text) and not file.read(1)
    except OSError:
        return False


def write_folder(
    out: Path,
    state: Path,
    writing: Writing,
    parts: Callable[[Path, Path, bool], Iterator[Written]],
    sections: Callable[[str], Sections],
) -> None:
    """Writes every file of a run below `out`, each by way of a temporary name, the manifest last.

    `parts` has the parts written, given the folder for them, the folder of the texts and whether that one is new.
    `sections` gives those of a document by its id. Texts and reports of an earlier run that this one does not write again
    are removed.
    """
    fresh = not (out / "text").exists()
    digests, texts = _join(out, state, parts, fresh=fresh)
    relations = (*_tagged("relation", writing.relations), *_tagged("cluster", writing.clusters))
    removed = (piece for row in writing.removed for piece in _removed(row, sections(row.id)))
    digests["relations.jsonl"] = write_atomic(out / "relations.jsonl", _lines(relations))
    digests["removed.jsonl"] = write_atomic(out / "removed.jsonl", removed)
    digests["rejected.jsonl"] = write_atomic(out / "rejected.jsonl", _lines(map(to_json, writing.rejected)))
    if writing.merged:
        digests["merged.jsonl"] = write_atomic(out / "merged.jsonl", _lines(map(to_json, writing.merged)))
    taken = sorted(texts) if writing.merged else []
    given = output_paths([*taken, *(row.id for row in writing.merged)])[len(taken) :]
    for row, path in zip(writing.merged, given, strict=True):
        texts[path] = bytes.fromhex(write_atomic(out / "text" / path, [row.text]))
    if not fresh:
        _sweep(out / "text", texts)
    digests["text/"] = _digest(texts)
    if writing.report:
        from cleaner.outputs.report import write_report

        digests["report.html"] = write_report(out, rules=writing.rules, manifest=_manifest(writing, digests))
    for stale in {"merged.jsonl", "report.html"} - set(digests):
        (out / stale).unlink(missing_ok=True)
    manifest = _manifest(writing, digests)
    write_atomic(out / MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"])


def _join(
    out: Path, state: Path, parts: Callable[[Path, Path, bool], Iterator[Written]], *, fresh: bool
) -> tuple[dict[str, str], dict[str, bytes]]:
    """Has the parts written and joins them; digests of the large files, and of the texts by path."""
    folder, texts = state / "parts", out / "text"
    place = state / "text" if fresh else texts
    for old in (folder, state / "text"):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True)
    place.mkdir(exist_ok=True)
    found: dict[str, bytes] = {}
    with _Joined(out, PARTED) as joined:
        for written in parts(folder, place, fresh):
            found.update(written.texts)
            for name in PARTED:
                joined.add(name, _named(written.part, name))
    folder.rmdir()
    if fresh and found:
        place.replace(texts)
    elif fresh:
        place.rmdir()
    return joined.digests, found


class _Joined:
    """Files made of parts, one after the other; under their own names when the block ends well."""

    def __init__(self, out: Path, names: Sequence[str]) -> None:
        self._places = {name: out / name for name in names}
        self.digests: dict[str, str] = {}

    def __enter__(self) -> _Joined:
        self._files = {name: _temporary(place).open("wb") for name, place in self._places.items()}
        self._hashes = {name: hashlib.sha256() for name in self._places}
        return self

    def add(self, name: str, part: Path) -> None:
        """Adds the file `part` to `name` and removes it."""
        with part.open("rb", buffering=0) as file:
            while piece := file.read(PIECE):
                self._hashes[name].update(piece)
                self._files[name].write(piece)
        part.unlink()

    def __exit__(self, kind: object, *rest: object) -> None:
        for name, file in self._files.items():
            file.close()
            if kind is None:
                _temporary(self._places[name]).replace(self._places[name])
                self.digests[name] = self._hashes[name].hexdigest()


def _temporary(place: Path) -> Path:
    return place.with_name(place.name + TEMPORARY)


def _lines(records: Iterable[Any]) -> Iterator[str]:
    return (dumps(record) + "\n" for record in records)


def _tagged(kind: str, values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    return (tagged("type", kind, value) for value in values)


def _removed(row: LeftOut, sections: Sections) -> Iterator[bytes]:
    yield b'{"document":'
    yield from document_json(row.id, sections, row.output_path)
    yield b",%b\n" % dumps(to_json(row.why)).encode()[1:]


def memberships_of(clusters: Sequence[Cluster]) -> dict[str, str]:
    """Document -> the clusters it belongs to, as JSON."""
    found: dict[str, list[Membership]] = {}
    for cluster in clusters:
        for member in cluster.members:
            stands = member == cluster.representative
            other = (None, None) if stands else (cluster.representative, cluster.reason)
            found.setdefault(member, []).append(Membership(cluster.id, cluster.relation, stands, *other))
    return {name: dumps(to_json(rows)) for name, rows in found.items()}


def _digest(texts: Mapping[str, bytes]) -> str:
    """One digest of all texts, from their paths and digests."""
    digest = hashlib.sha256()
    for path in sorted(texts):
        digest.update(f"{path}\0{texts[path].hex()}\n".encode())
    return digest.hexdigest()


def _sweep(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Removes what an earlier run has left in `folder`: files that are not among `texts`, and folders that are empty."""
    for place, folders, files in os.walk(folder, topdown=False):
        relative = PurePosixPath(os.path.relpath(place, folder))
        for name in files:
            if (relative / name).as_posix() not in texts:
                Path(place, name).unlink()
        for name in folders:
            inner = Path(place, name)
            if not inner.is_symlink() and not any(inner.iterdir()):
                inner.rmdir()


def _manifest(writing: Writing, digests: Mapping[str, str]) -> dict[str, Any]:
    listing = hashlib.sha256()
    for path, _, digest in writing.sources:
        listing.update(f"{path}\0{digest}\n".encode())
    return {
        "generator": "cleaner",
        "version": writing.version,
        "settings": to_json(writing.settings),
        "counts": {
            **writing.counts,
            "relations": len(writing.relations),
            "clusters": len(writing.clusters),
            "removed": len(writing.removed),
            "rejected": len(writing.rejected),
        },
        "input": {
            "files": len(writing.sources),
            "bytes": sum(size for _, size, _ in writing.sources),
            "sha256": listing.hexdigest(),
        },
        "output": dict(sorted(digests.items())),
        "notes": list(writing.notes),
    }
