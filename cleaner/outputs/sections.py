"""A finished document as bytes: what a worker puts down, and what the files of the output are made of.

Five sections: the clean text (UTF-8); five lines of JSON (source, encoding, language, changes by rule, findings by rule);
the document's lines of edits.jsonl; its lines of findings.jsonl; and its `name_edits` as JSON, empty where it has none.
The files of a run are put together from them without parsing anything.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cleaner.document import Document
from cleaner.records import dumps, to_json

__all__ = ["Sections", "corpus_line", "document_json", "json_string", "sections_of"]

Sections = Sequence[bytes]

ESCAPES = ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r"), (b"\t", b"\\t"))
OTHERS = bytes(byte for byte in range(32) if byte not in b"\n\r\t")


def sections_of(document: Document) -> list[bytes]:
    """The sections of `document`."""
    name = dumps(document.id)
    head = (
        to_json(document.source),
        to_json(document.encoding),
        to_json(document.language),
        dict(sorted(Counter(edit.rule for edit in document.edits).items())),
        dict(sorted(Counter(finding.rule for finding in document.findings).items())),
    )
    return [
        document.text.encode(),
        "\n".join(map(dumps, head)).encode(),
        _lines(name, document.edits),
        _lines(name, document.findings),
        dumps(to_json(document.name_edits)).encode() if document.name_edits else b"",
    ]


def _lines(name: str, values: Iterable[Any]) -> bytes:
    return "".join(f'{{"document":{name},{dumps(to_json(value))[1:]}\n' for value in values).encode()


def json_string(text: bytes) -> bytes:
    """The UTF-8 `text` as a JSON string, as `json.dumps(…, ensure_ascii=False)` writes it.

    On bytes, since six passes of memchr cost a seventh of decoding, escaping letter by letter and encoding (0.6 against
    4.1 ns a byte).
    """
    if len(text.translate(None, OTHERS)) != len(text):
        return json.dumps(text.decode(), ensure_ascii=False).encode()
    for sign, escape in ESCAPES:
        text = text.replace(sign, escape)
    return b'"' + text + b'"'


def corpus_line(name: str, sections: Sections, output_path: str, clusters: str) -> bytes:
    """The line of corpus.jsonl; `clusters` are the document's memberships as JSON, "" where it has none."""
    source, encoding, language, edits, findings = sections[1].split(b"\n")
    parts = [
        b'{"id":%b,"text":' % dumps(name).encode(),
        json_string(sections[0]),
        b',"source":%b,"encoding":%b,"language":%b' % (source, encoding, language),
        b',"output_path":%b,"edits":%b,"findings":%b' % (dumps(output_path).encode(), edits, findings),
        b',"clusters":%b' % clusters.encode() if clusters else b"",
        b',"name_edits":%b' % sections[4] if sections[4] else b"",
        b"}\n",
    ]
    return b"".join(parts)


def document_json(name: str, sections: Sections, output_path: str) -> bytes:
    """The JSON of a whole `Document`, as removed.jsonl holds it."""
    source, encoding, language, _, _ = sections[1].split(b"\n")
    own = b'{"document":%b,' % dumps(name).encode()
    edits, findings = (
        b",".join(b"{" + line.removeprefix(own) for line in lines.split(b"\n") if line) for lines in sections[2:4]
    )
    parts = [
        b'{"id":%b,"source":%b,"encoding":%b,"text":' % (dumps(name).encode(), source, encoding),
        json_string(sections[0]),
        b',"language":%b' % language,
        b',"edits":[%b]' % edits if edits else b"",
        b',"findings":[%b]' % findings if findings else b"",
        b',"output_path":%b' % dumps(output_path).encode(),
        b',"name_edits":%b' % sections[4] if sections[4] else b"",
        b"}",
    ]
    return b"".join(parts)
