"""A finished document as bytes."""

import hashlib
import json
from dataclasses import replace

import pytest

from cleaner import clean
from cleaner.document import Edit
from cleaner.outputs import Sections, sections_of
from cleaner.outputs.sections import document_json, line_end, line_start
from cleaner.records import to_json


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain\n",
        "été\n".encode(),
        b"\xef\xbb\xbfmarked\n",
        b"line\r\nends\r\n",
        b"bytes \xff\xfe\xfd that mean nothing, in a text that is otherwise plain\n" * 3,
        "Größe\n".encode("cp1252"),
        "wide\n".encode("utf-16-le"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_the_digest_is_that_of_the_clean_text(data, whole):
    document = clean(data)
    text = document.text.encode()
    pieces, *rest = sections_of(document, text if whole else None)
    held = Sections([pieces] if whole else pieces, *rest)
    assert b"".join(held.text) == text
    assert held.digest == hashlib.sha256(text).digest()


RENAMED = (Edit("MOJ101", 0, 2, "Ã©", "é", "garbled", 1.0),)


@pytest.mark.parametrize("name_edits", [(), RENAMED], ids=["", "renamed"])
@pytest.mark.parametrize("data", [b"", b"plain\n", 'The cafÃ© "by" the river… \ufffd and  more\r\n'.encode()])
def test_the_records_are_those_of_the_document(data, name_edits):
    document = replace(clean(data, path='a "b".txt'), output_path="c.txt", name_edits=name_edits)
    held = Sections([document.text.encode()], *sections_of(document)[1:])
    assert json.loads(b"".join(document_json(document.id, held, "c.txt"))) == to_json(document)
    line = json.loads(b"".join(line_start(document.id, held, "c.txt")) + line_end(held))
    counts = {name: line.pop(name) for name in ("edits", "findings")}
    whole = to_json(replace(document, edits=(), findings=()))
    assert line == whole
    for name, found in counts.items():
        rules = [one.rule for one in getattr(document, name)]
        assert found == {rule: rules.count(rule) for rule in sorted(set(rules))}
