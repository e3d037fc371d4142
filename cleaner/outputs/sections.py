"""A finished document as bytes: what a worker puts down, and what the files of the output are made of.

Five sections: the clean text (UTF-8); its digest, and five lines of JSON (source, encoding, language, changes by rule, findings
by rule); the document's lines of edits.jsonl; its lines of findings.jsonl; and its `name_edits` as JSON, empty where it has none.
The files of a run are put together from them without parsing anything, and no large text is held whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.document import Document, Edit, Finding
from cleaner.edits import pieces
from cleaner.records import dumps, written
from cleaner.restoring import is_source

ESCAPES = ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r"), (b"\t", b"\\t"))
OTHERS = bytes(byte for byte in range(32) if byte not in b"\n\r\t")
OTHER = re.compile(b"[" + re.escape(OTHERS) + b"]")


class Sections(NamedTuple):
    """The sections of a document, as they are read again."""

    text: Iterable[bytes]
    """Pieces of the clean text; they may be gone through several times."""
    records: bytes
    """Lines: the digest of the text (hex), and records."""
    edits: bytes
    findings: bytes
    name_edits: bytes

    @property
    def digest(self) -> bytes:
        """That of the text."""
        return bytes.fromhex(self.records.partition(b"\n")[0].decode())


def sections_of(document: Document, text: bytes | None = None) -> list[bytes | Iterable[bytes]]:
    """The sections of `document`, in order. `text` is its clean text as UTF-8; without it, that is made in pieces.

    Where it has not been changed, the digest of the source is its digest.
    """
    name = dumps(document.id)
    head = written(document.source), written(document.encoding), written(document.language)
    counts = (dumps(by_rule(own)) if own else "{}" for own in (document.edits, document.findings))
    held: list[bytes] | Iterator[bytes] = [text] if text is not None else _encoded(document.text)
    digest = document.source.sha256 if is_source(document) else _digest(held)
    return [
        text if text is not None else _encoded(document.text),
        "\n".join((digest, *head, *counts)).encode(),
        _lines(name, document.edits),
        _lines(name, document.findings),
        written(document.name_edits).encode() if document.name_edits else b"",
    ]


def _encoded(text: str) -> Iterator[bytes]:
    return (piece.encode() for piece in pieces(text))


def _digest(text: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in text:
        digest.update(piece)
    return digest.hexdigest()


def by_rule(values: Sequence[Edit | Finding]) -> dict[str, int]:
    """How many of `values` each rule has made, in the order of the rules."""
    return dict(sorted(Counter([one.rule for one in values]).items())) if values else {}


def _lines(name: str, values: Iterable[Any]) -> bytes:
    return "".join(f'{{"document":{name},{written(value)[1:]}\n' for value in values).encode()


def json_string(text: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of UTF-8 `text` as those of a JSON string, as `json.dumps(…, ensure_ascii=False)` writes it.

    On bytes, since six passes of memchr cost a seventh of decoding, escaping letter by letter and encoding (0.6 against
    4.1 ns a byte).
    """
    yield b'"'
    for piece in text:
        escaped = piece
        for sign, escape in ESCAPES:
            escaped = escaped.replace(sign, escape)
        yield escaped if len(escaped.translate(None, OTHERS)) == len(escaped) else OTHER.sub(_escape, escaped)
    yield b'"'


def _escape(control: re.Match[bytes]) -> bytes:
    return json.dumps(control[0].decode()).strip('"').encode()


def line_start(name: str, sections: Sections, output_path: str) -> Iterator[bytes]:
    """The line of corpus.jsonl in pieces, up to where the document's memberships go; `line_end` is the rest."""
    _, source, encoding, language, edits, findings = sections.records.split(b"\n")
    yield b'{"id":%b,"text":' % dumps(name).encode()
    yield from json_string(sections.text)
    yield b',"source":%b,"encoding":%b,"language":%b,"output_path":%b,"edits":%b,"findings":%b' % (
        *(source, encoding, language),
        *(dumps(output_path).encode(), edits, findings),
    )


def line_end(sections: Sections) -> bytes:
    """What follows the memberships."""
    return b',"name_edits":%b}\n' % sections.name_edits if sections.name_edits else b"}\n"


def document_json(name: str, sections: Sections, output_path: str) -> Iterator[bytes]:
    """The JSON of a whole `Document`, as removed.jsonl holds it, in pieces."""
    _, source, encoding, language, _, _ = sections.records.split(b"\n")
    own = b'{"document":%b,' % dumps(name).encode()
    edits, findings = (
        b",".join(b"{" + line.removeprefix(own) for line in lines.split(b"\n") if line)
        for lines in (sections.edits, sections.findings)
    )
    yield b'{"id":%b,"source":%b,"encoding":%b,"text":' % (dumps(name).encode(), source, encoding)
    yield from json_string(sections.text)
    yield b',"language":%b' % language
    yield b',"edits":[%b]' % edits if edits else b""
    yield b',"findings":[%b]' % findings if findings else b""
    yield b',"output_path":%b' % dumps(output_path).encode()
    yield b',"name_edits":%b' % sections.name_edits if sections.name_edits else b""
    yield b"}"
