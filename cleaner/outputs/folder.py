"""The output folder of a run, put together from the sections that its workers have stored.

Workers write the texts, and a part of each large `.jsonl` file (`outputs.parts`), from `begin_folder` on; the leading process
joins the parts in the order of the documents (`write_folder`). Nothing of a document is held longer than its part takes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from cleaner.document import Cluster, MergedRow
from cleaner.outputs.atomic import temporary, write_atomic
from cleaner.outputs.naming import caseless, on_disk, output_paths
from cleaner.outputs.parts import DIGEST, PARTED, Joined, Written
from cleaner.outputs.rows import LeftOut, Membership, RejectedRow
from cleaner.outputs.scratch import new_folder, remove_left
from cleaner.outputs.sections import Sections, document_json
from cleaner.records import to_json, written

MANIFEST = "manifest.json"
HELD = 16
"""Folders whose listings are cached in the search for files of an earlier run."""
OUTPUTS = frozenset(
    {*PARTED, "relations.jsonl", "removed.jsonl", "rejected.jsonl", "merged.jsonl", "report.html", "text", MANIFEST}
)
"""All that a run may write, below the output folder."""


class Writing(NamedTuple):
    """What a run has found besides its documents, ready to be written."""

    version: str
    settings: Mapping[str, Any]
    counts: Mapping[str, int]
    """Of documents, changed, edits and findings among those kept."""
    sources: Collection[tuple[str, int, str]]
    """Path, bytes and digest of every input that was read, sorted."""
    relations: Collection[str]
    """Their records, as JSON."""
    clusters: Sequence[Cluster]
    removed: Sequence[LeftOut]
    rejected: Sequence[RejectedRow]
    merged: Sequence[MergedRow]
    report: bool
    rules: Mapping[str, str]
    """Rule code -> what it sees, for the report."""
    notes: Sequence[str] = ()
    """What a reader should know about the run, such as settings without effect."""


class Begun(NamedTuple):
    """An output folder whose parts are being written."""

    ids: Sequence[str]
    """Of the documents, in the order of the parts."""
    paths: Sequence[str]
    """Their output paths."""
    written: Iterator[Written]
    parts: Path
    """The folder of the parts."""
    texts: Path
    """The folder that the texts are written to."""
    fresh: bool
    """Whether the folder of the texts is new, and is renamed at the end."""


class Writer(Protocol):
    """Has parts written, in the order of the documents; it may have begun when it returns."""

    def __call__(self, parts: Path, texts: Path, *, fresh: bool) -> Iterator[Written]:
        """`parts` is the folder of the parts, `texts` that of the texts; `fresh`: that one is new, and nobody looks into it."""


def begin_folder(out: Path, state: Path, ids: Sequence[str], paths: Sequence[str], writer: Writer) -> Begun:
    """Has `writer` write the parts of the output below `out`, of the documents `ids` with the output paths `paths`; what is
    not whole yet stands in folders of `state`.
    """
    folder, fresh = state / "parts", is_fresh(out)
    texts = state / "text" if fresh else out / "text"
    new_folder(folder)
    if fresh:
        new_folder(texts)
    else:
        remove_left(state / "text")
    return Begun(ids, paths, writer(folder, texts, fresh=fresh), folder, texts, fresh)


def is_fresh(out: Path) -> bool:
    """Whether no run has left texts in `out`, so that nobody sees the new ones before they are whole."""
    return not (out / "text").exists()


def write_folder(out: Path, begun: Begun, writing: Writing, sections: Callable[[str], Sections]) -> None:
    """Writes every file of a run below `out`, each by way of a temporary name, the manifest last.

    `sections` gives those of a document by its id. Texts and reports of an earlier run that this one does not write again
    are removed.
    """
    digests, texts = _join(out, begun, memberships(writing.clusters))
    rows = (("relation", writing.relations), ("cluster", map(written, writing.clusters)))
    relations = (f'{{"type":"{kind}",{record[1:]}\n' for kind, records in rows for record in records)
    removed = (piece for row in writing.removed for piece in _removed(row, sections(row.id)))
    digests["relations.jsonl"] = write_atomic(out / "relations.jsonl", relations)
    digests["removed.jsonl"] = write_atomic(out / "removed.jsonl", removed)
    digests["rejected.jsonl"] = write_atomic(out / "rejected.jsonl", _lines(writing.rejected))
    if writing.merged:
        digests["merged.jsonl"] = write_atomic(out / "merged.jsonl", _lines(writing.merged))
    taken = sorted(begun.paths) if writing.merged else []
    given = output_paths([*taken, *(row.id for row in writing.merged)])[len(taken) :]
    merged = {
        path: bytes.fromhex(write_atomic(out / "text" / on_disk(path), [row.text]))
        for row, path in zip(writing.merged, given, strict=True)
    }
    if not begun.fresh:
        _sweep(out / "text", set(map(on_disk, chain(begun.paths, merged))))
    digests["text/"] = _digest(begun.paths, texts, merged)
    if writing.report:
        from cleaner.outputs.report import write_report

        digests["report.html"] = write_report(out, rules=writing.rules, manifest=_manifest(writing, digests))
    for stale in {"merged.jsonl", "report.html"} - set(digests):
        (out / stale).unlink(missing_ok=True)
        temporary(out / stale).unlink(missing_ok=True)
    manifest = _manifest(writing, digests)
    write_atomic(out / MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"])


def _join(out: Path, begun: Begun, clusters_of: Callable[[str], str]) -> tuple[dict[str, str], bytearray]:
    """Joins the parts as they are written; digests of the large files, and of the texts one behind the other."""
    digests, done = bytearray(), 0
    with Joined(out, clusters_of) as joined:
        for written in begun.written:
            joined.add(written, begun.ids[done : done + len(written.places)])
            digests += written.digests
            done += len(written.places)
    begun.parts.rmdir()
    if begun.fresh and done:
        begun.texts.replace(out / "text")
    elif begun.fresh:
        begun.texts.rmdir()
    return joined.digests, digests


def _lines(values: Iterable[Any]) -> Iterator[str]:
    return (written(value) + "\n" for value in values)


def _removed(row: LeftOut, sections: Sections) -> Iterator[bytes]:
    yield b'{"document":'
    yield from document_json(row.id, sections, row.output_path)
    yield b",%b\n" % written(row.why).encode()[1:]


def memberships(clusters: Iterable[Cluster]) -> Callable[[str], str]:
    """What gives the clusters that a document belongs to, as JSON, and "" where it belongs to none."""
    of: dict[str, list[Cluster]] = {}
    for cluster in clusters:
        for member in cluster.members:
            of.setdefault(member, []).append(cluster)
    return lambda name: written([_membership(name, cluster) for cluster in of[name]]) if name in of else ""


def _membership(member: str, cluster: Cluster) -> Membership:
    stands = member == cluster.representative
    other = (None, None) if stands else (cluster.representative, cluster.reason)
    return Membership(cluster.id, cluster.relation, stands, *other)


def _digest(paths: Sequence[str], digests: bytearray, merged: Mapping[str, bytes]) -> str:
    """One digest of all texts, from their paths and digests; `digests` are those of `paths`, one behind the other."""
    in_order = all(one < other for one, other in pairwise(paths))
    order = range(len(paths)) if in_order else sorted(range(len(paths)), key=paths.__getitem__)
    own = ((paths[at], bytes(digests[at * DIGEST : (at + 1) * DIGEST])) for at in order)
    digest = hashlib.sha256()
    for path, held in merge(own, sorted(merged.items())):
        digest.update(f"{path}\0{held.hex()}\n".encode())
    return digest.hexdigest()


def _sweep(folder: Path, texts: Collection[str]) -> None:
    """Removes what an earlier run has left in `folder`: files that are not among `texts`, and folders that are empty.

    Where the file system takes two names for one (`naming.caseless`), the file of a text may be listed under the other, as `A.txt`
    where `a.txt` is meant: its source's name has changed, or a folder of it was made for another text.
    """
    named: dict[str, str] = {}
    held = lru_cache(HELD)(lambda place: frozenset(inner.name for inner in place.iterdir()))
    for place, folders, files in os.walk(folder, topdown=False):
        relative = Path(place).relative_to(folder)
        for name in files:
            path = (relative / name).as_posix()
            if path in texts:
                continue
            named = named or {caseless(text): text for text in texts}
            meant = named.get(caseless(path))
            if meant is None or _is_listed(folder, meant, held):
                Path(place, name).unlink()
        for name in folders:
            inner = Path(place, name)
            if not inner.is_symlink() and not any(inner.iterdir()):
                inner.rmdir()


def _is_listed(folder: Path, path: str, held: Callable[[Path], Collection[str]]) -> bool:
    """Whether `path` stands in `folder` under just this name; `held` gives what a folder holds."""
    place = folder
    for part in path.split("/"):
        if part not in held(place):
            return False
        place /= part
    return True


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
