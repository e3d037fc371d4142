"""Parts of the output that are written before it is known what their documents belong to."""

import hashlib
import json
import os

import pytest

from cleaner.outputs import Part, Sections, write_part
from cleaner.outputs.parts import PARTED, Joined

RECORDS = b'\n{"path":"x"}\n{"encoding":"utf-8"}\n{"code":"en"}\n{"TXT102":1}\n{}'
MEMBERSHIPS = {"b": '[{"id":"story-1"}]', "é": '[{"id":"near-é"},{"id":"story-1"}]', "elsewhere": "[]"}


def clusters_of(name: str) -> str:
    return MEMBERSHIPS.get(name, "")


def sections(text: str, edits: bytes = b"", name_edits: bytes = b"") -> Sections:
    data = text.encode()
    records = hashlib.sha256(data).hexdigest().encode() + RECORDS
    return Sections([data[:7], data[7:]] if data[7:] else [data], records, edits, b"", name_edits)


DOCUMENTS = [
    (Part("a", "a.txt"), sections("Nothing stands here.\n", b'{"document":"a"}\n')),
    (Part("b", "b/c/b.txt"), sections('A "quoted"\tword\n' * 40)),
    (Part("é", "b/é.txt"), sections("", b"", b"[1]")),
    (Part("z", "z.txt"), sections("last")),
]


@pytest.mark.parametrize("piece", [2, 3, 5, 64, 1 << 20])
@pytest.mark.parametrize("cut", [1, 2, 4])
def test_memberships_are_put_where_they_belong(tmp_path, monkeypatch, piece, cut):
    monkeypatch.setattr("cleaner.outputs.parts.PIECE", piece)
    (tmp_path / "text").mkdir()
    with Joined(tmp_path, clusters_of) as joined:
        for start in range(0, len(DOCUMENTS), cut):
            own = DOCUMENTS[start : start + cut]
            written = write_part(tmp_path / f"{start}", tmp_path / "text", own, fresh=True)
            joined.add(written, [part.id for part, _ in own])
    lines = [json.loads(line) for line in (tmp_path / "corpus.jsonl").read_bytes().split(b"\n")[:-1]]
    assert [(line["id"], line["text"]) for line in lines] == [
        (part.id, b"".join(held.text).decode()) for part, held in DOCUMENTS
    ]
    assert [list(line)[-2:] for line in lines] == [
        ["edits", "findings"],
        ["findings", "clusters"],
        ["clusters", "name_edits"],
        ["edits", "findings"],
    ]
    assert [line.get("clusters") for line in lines] == [
        None,
        *(json.loads(MEMBERSHIPS[name]) for name in ("b", "é")),
        None,
    ]
    assert (tmp_path / "edits.jsonl").read_bytes() == b'{"document":"a"}\n'
    assert (tmp_path / "text" / "b" / "c" / "b.txt").read_bytes() == b"".join(DOCUMENTS[1][1].text)
    assert sorted(joined.digests) == sorted(PARTED)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*PARTED, "text"])


def joined_of(folder, documents=DOCUMENTS):
    """The documents by way of one part, in `folder`."""
    (folder / "text").mkdir(exist_ok=True)
    with Joined(folder, clusters_of) as joined:
        written = write_part(folder / "0", folder / "text", documents, fresh=True)
        joined.add(written, [part.id for part, _ in documents])
    return joined.digests


def test_all_is_written_where_a_call_takes_less(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr("os.write", lambda file, data: write(file, data[: max(1, len(data) // 2)]))
    digests = joined_of(tmp_path)
    assert digests == {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in PARTED}
    assert (tmp_path / "text" / "a.txt").read_bytes() == b"".join(DOCUMENTS[0][1].text)


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
def test_a_file_that_cannot_be_written_whole_is_none(tmp_path):
    import resource

    part = Part("x", "x.txt"), sections("word " * 20_000)
    (tmp_path / "text").mkdir()
    written = write_part(tmp_path / "0", tmp_path / "text", [part], fresh=True)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large") as raised, Joined(tmp_path, clusters_of) as joined:
            joined.add(written, ["x"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert raised.value.filename == str(tmp_path / "corpus.jsonl")
    assert not [path.name for path in tmp_path.iterdir() if path.name in PARTED or path.suffix == ".cleaner-part"]


def test_an_error_leaves_the_earlier_files_and_no_others(tmp_path):
    for name in PARTED:
        (tmp_path / name).write_text("earlier")
    with pytest.raises(KeyError), Joined(tmp_path, clusters_of):
        raise KeyError
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(PARTED, "earlier")
