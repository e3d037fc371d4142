"""Files of a run read again: what is damaged is named with its line."""

import json

import pytest

from cleaner.errors import RestoreError, UsageError
from cleaner.outputs.reading import Grouped, read_manifest, read_rows

MANIFEST = {"generator": "cleaner", "settings": {}}


def test_rows_in_order(tmp_path):
    path = tmp_path / "edits.jsonl"
    path.write_bytes('{"a":"é\\u2028\u2028"}\n{"a":2}\n'.encode())
    assert list(read_rows(path)) == [{"a": "é\u2028\u2028"}, {"a": 2}]


def test_rows_that_an_editor_has_saved(tmp_path):
    path = tmp_path / "edits.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a":1}\r\n{"a":2}\r\n')
    assert list(read_rows(path)) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a":1}\n{"a":\n', r"edits\.jsonl:2: is no JSON record"),
        (b'{"a":1}\n{}\n[1]\n', r"edits\.jsonl:3: is no JSON object"),
        (b'{"a":"\xff"}\n', "can't be read: it is not in UTF-8"),
    ],
)
@pytest.mark.parametrize("error", [UsageError, RestoreError])
def test_what_is_damaged_is_named(tmp_path, data, said, error):
    path = tmp_path / "edits.jsonl"
    path.write_bytes(data)
    with pytest.raises(error, match=said):
        list(read_rows(path, error=error))


def test_a_file_that_is_not_there(tmp_path):
    assert list(read_rows(tmp_path / "removed.jsonl", missing=True)) == []
    with pytest.raises(UsageError, match=r"holds no edits\.jsonl; name a folder that `cleaner run` wrote"):
        list(read_rows(tmp_path / "edits.jsonl"))


def test_rows_of_documents():
    grouped = Grouped(iter([{"document": "a", "n": 1}, {"document": "a", "n": 2}, {"document": "c", "n": 3}]))
    assert [row["n"] for row in grouped.of("a")] == [1, 2]
    assert grouped.of("b") == []
    assert [row["n"] for row in grouped.of("c")] == [3]
    assert grouped.next is None


@pytest.mark.parametrize(
    "held", [None, [], {}, {**MANIFEST, "generator": "other"}, {**MANIFEST, "settings": 1}, {"generator": "cleaner"}]
)
def test_a_manifest_of_no_run(tmp_path, held):
    if held is not None:
        (tmp_path / "manifest.json").write_text(json.dumps(held))
    with pytest.raises(UsageError, match="holds no finished run"):
        read_manifest(tmp_path)


def test_a_manifest(tmp_path):
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    assert read_manifest(tmp_path) == MANIFEST
