"""The HTML report: one file, no network, safe against whatever a document holds.

It is written from the other files of a run in one pass, a document at a time: memory does not grow with their texts. The
page is a fixed template. Everything about the documents is JSON in elements that run nothing; the page's own script
shows it as text and never as markup, and a content security policy lets only that script run, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from cleaner.outputs.atomic import write_atomic
from cleaner.outputs.reading import Grouped, Row, read_rows
from cleaner.outputs.report.overlaps import Overlaps
from cleaner.outputs.report.packing import Packer, script_safe
from cleaner.outputs.report.tally import LISTED, Tally, around

__all__ = ["write_report"]

_rows = partial(read_rows, missing=True)
SCRIPTS = ("base", "decisions", "plots", "table", "diff", "document", "changes", "overlaps", "main")
"""Parts of the page's script, in order."""
PLAIN = 2_000_000
"""Bytes of input up to which the data stands in the page as plain JSON, which other programs can search."""
TEXTS = 12_000_000
"""Characters of the page that whole texts may fill. Chromium takes 10 ms to read a million of them."""
UNTOUCHED = 3_000_000
"""Characters of the page from which texts without a change or a finding are left out; they are in text/."""
LONGEST = 400_000
"""Code points of a text that is shown whole; of a longer one, what surrounds its changes is shown."""
AROUND = 80
"""Code points on each side of a change in such a text."""
MOST = 200
"""Changes, and findings, that are shown of such a text."""
ROWS = 2_000
"""Files that became no document, and documents left out, that are listed."""


def write_report(out: Path, *, rules: Mapping[str, str], manifest: Mapping[str, Any] | None = None) -> str:
    """Writes `out/report.html` from the other files of the run in `out`; returns its SHA-256, in hex.

    `rules` says what each rule code sees. `manifest` is what manifest.json holds or will hold (default: the file). The
    same files give the same bytes. Raises OSError or ValueError where a file is missing or damaged.
    """
    if manifest is None:
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return write_atomic(out / "report.html", _page(out, rules, manifest))


def _page(out: Path, rules: Mapping[str, str], manifest: Mapping[str, Any]) -> Iterator[str]:
    template, style = _asset("report.html"), _asset("report.css")
    script = '"use strict";\n(() => {\n' + "\n".join(_asset(f"{name}.js") for name in SCRIPTS) + "\n})();"
    head, tail = template.split("@DATA@")
    digests = {"@STYLE_DIGEST@": _digest(style), "@SCRIPT_DIGEST@": _digest(script)}
    for sign, digest in digests.items():
        head = head.replace(sign, digest)
    yield head.replace("@STYLE@", style)
    yield from _data(out, rules, manifest)
    yield tail.replace("@SCRIPT@", script)


def _asset(name: str) -> str:
    return (files("cleaner.outputs.report") / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _data(out: Path, rules: Mapping[str, str], manifest: Mapping[str, Any]) -> Iterator[str]:
    """The elements with data: parts with the details of documents, then of clusters, last the overview."""
    overlaps = Overlaps.read(lambda: _rows(out / "relations.jsonl"))
    edits, findings = Grouped(_rows(out / "edits.jsonl")), Grouped(_rows(out / "findings.jsonl"))
    packer = Packer(deflate=manifest["input"]["bytes"] > PLAIN)
    tally, untold = Tally(), {"texts": 0, "details": 0}
    for row in _rows(out / "corpus.jsonl"):
        own, found = edits.of(row["id"]), findings.of(row["id"])
        overlaps.take(row["id"], row["text"])
        part = -1
        if packer.written <= TEXTS * 1.25 and tally.documents < LISTED:
            detail = _detail(row, own, found, room=packer.written)
            part = packer.add(tally.documents, detail)
            yield packer.full()
            untold["texts"] += "text" not in detail
        else:
            untold["details"] += 1
        tally.add(row, own, found, part)
    removed = []
    for number, row in enumerate(_rows(out / "removed.jsonl")):
        overlaps.take(row["document"]["id"], row["document"]["text"])
        if number < ROWS:
            removed.append({"id": row["document"]["id"], **{key: row[key] for key in ("kept", "relation", "reason")}})
    rejected = [
        {key: row[key] for key in ("path", "rule", "reason")}
        for row, _ in zip(_rows(out / "rejected.jsonl"), range(ROWS), strict=False)
    ]
    yield packer.close()
    clusters = []
    for number, cluster in enumerate(overlaps.clusters):
        part = packer.add(number, cluster)
        yield packer.full()
        told = ("id", "relation", "count", "representative", "reason")
        brief: Row = {key: cluster[key] for key in told if key in cluster}
        clusters.append({**brief, "members": cluster["members"][:6], "pairs": cluster["pairCount"], "part": part})
    yield packer.close()
    overview = {
        **{key: manifest.get(key) for key in ("version", "settings", "counts", "input", "notes")},
        "rules": {rule: rules.get(rule, "") for rule in sorted({*tally.rules, *tally.findings})},
        "names": tally.names,
        "documents": tally.documents,
        "changed": tally.changed,
        "noticed": tally.noticed,
        "untold": untold,
        "columns": tally.columns,
        "tallies": {name: _ranked(getattr(tally, name)) for name in ("rules", "findings", "languages", "encodings")},
        "confidence": tally.confidence,
        "unsure": tally.least_certain(),
        "pairs": _ranked(overlaps.pairs),
        "clustered": overlaps.members,
        "clusters": clusters,
        "beyond": overlaps.left_out,
        "rejected": rejected,
        "removed": removed,
    }
    yield f'<script type="application/json" id="data">{script_safe(overview)}</script>\n'


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def _detail(row: Row, edits: list[Row], findings: list[Row], *, room: int) -> Row:
    """What the page shows of a document. The source text is not in it: the page undoes the edits itself."""
    encoding, language = row["encoding"], row["language"]
    detail: Row = {
        "sha256": row["source"]["sha256"],
        "method": encoding["method"],
        "why": encoding.get("evidence", []),
        "encodings": encoding.get("alternatives", [])[:8],
        "segments": _segments(encoding.get("segments", [])),
        "languages": language.get("candidates", [])[:6],
        "shares": language.get("shares", [])[:8],
        "group": language.get("group"),
        "clusters": row.get("clusters", []),
        "renamed": row["output_path"] if row.get("name_edits") else None,
    }
    detail = {key: value for key, value in detail.items() if value}
    whole = len(row["text"]) <= LONGEST and room <= (TEXTS if edits or findings else UNTOUCHED)
    if whole:
        detail["text"] = row["text"]
    for name, rows in (("edits", edits), ("findings", findings)):
        shown = [
            {key: value for key, value in one.items() if key != "document"} for one in rows[: None if whole else MOST]
        ]
        if not whole:
            for one in shown:
                span = one["clean"] if name == "edits" else one
                one.update(around(row["text"], span, AROUND))
                one["held"] = row["text"][span["start"] : span["end"]][: 4 * AROUND]
        if shown:
            detail[name] = shown
    return detail


def _segments(segments: list[Row]) -> list[tuple[str, int]]:
    """Codec and number of bytes of each run, where the document is in more than one; the first forty."""
    runs = [(one["codec"] or "damaged", one["end"] - one["start"]) for one in segments]
    return runs[:40] if len({codec for codec, _ in runs}) > 1 else []
