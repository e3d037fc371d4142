"""Texts larger than a piece: changed, undone, encoded and stored piece by piece, they are what they are as a whole."""

import json

import pytest

from cleaner import clean, clean_folder, restore
from cleaner.document import Edit, Segment
from cleaner.edits import LARGE, PIECE, apply, undo
from cleaner.outputs.sections import json_string
from cleaner.restoring import gives_back, seal

TEXT = "In the café: “no”. "


def edit(start, before, after):
    return Edit("TXT105", start, start + len(before), before, after, "", 1.0)


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, LARGE + 1])
def test_edits_of_a_large_text(size):
    text = (TEXT * (size // len(TEXT) + 1))[:size]
    edits = [edit(0, "In", "Out"), edit(size // 2, text[size // 2], ""), edit(size - 1, text[-1], "!?")]
    changed = apply(text, edits)
    assert changed == "Out" + text[2 : size // 2] + text[size // 2 + 1 : -1] + "!?"
    assert undo(changed, edits) == text


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16-le", "utf-7"])
def test_the_last_check_of_a_large_text(codec):
    text = TEXT * (PIECE // len(TEXT) + 2)
    data = text.encode(codec)
    segments = (Segment(0, len(data), 0, len(text), codec),)
    change = edit(len(text) - 1, " ", "")
    assert gives_back(text[:-1], (change,), segments, data)
    assert not gives_back(text[:-2], (), segments, data)
    assert not gives_back(text[:-1] + "x", (), segments, data)
    assert not gives_back(text, (), segments, data + b" ")


@pytest.mark.parametrize("size", [1, 3, 7])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-le", "utf-7", "hz", "iso2022_jp", "gb18030"])
def test_pieces_of_any_size_are_sealed_and_checked_alike(codec, size, monkeypatch):
    text = "ab\n中文 c\nd"
    data = text.encode(codec)
    other = data[:-1] + b"?"
    segment = Segment(0, len(data), 0, len(text), codec)
    sealed = [(held, seal(held, text, [segment])) for held in (data, other)]
    assert sealed[0][1] == (segment,)
    assert sealed[1][1][-1].raw is not None
    monkeypatch.setattr("cleaner.restoring.PIECE", size)
    for held, segments in sealed:
        assert seal(held, text, [segment]) == segments
        assert gives_back(text, (), segments, held)
        assert not gives_back(text, (), segments, b"?" + held[1:])
        assert not gives_back(text, (), segments, held[:-1])
        assert not gives_back(text, (), segments, held + b" ")
    assert not gives_back(text, (), [segment], other)


def test_bytes_that_are_kept_stand_between_encoded_ones():
    segments = (Segment(0, 2, 0, 1, "utf-8"), Segment(2, 3, 1, 2, None, b"\xff"), Segment(3, 4, 2, 3, "utf-8"))
    assert gives_back("é\ufffda", (), segments, b"\xc3\xa9\xffa")
    assert not gives_back("é\ufffda", (), segments, b"\xc3\xa9\xfea")


def test_json_of_pieces_is_json_of_the_whole():
    text = "".join(map(chr, range(0x250))) + '"\\😀'
    data = text.encode()
    for size in (1, 7, len(data)):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert b"".join(json_string(pieces)) == json.dumps(text, ensure_ascii=False).encode()


def test_a_large_document_through_a_run(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    data = (TEXT * (PIECE // len(TEXT) + 9) + "\n").encode()
    (source / "a.txt").write_bytes(data)
    clean_folder(source, tmp_path / "out")
    clean_folder(source, tmp_path / "out")
    row = json.loads((tmp_path / "out" / "corpus.jsonl").read_text("utf-8"))
    assert row["text"].encode() == (tmp_path / "out" / "text" / "a.txt").read_bytes() == data.rstrip() + b"\n"
    assert restore(clean(data)) == data
