"""What a run remembers: cards and places come back from the columns as they were put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.outputs import RejectedRow
from cleaner.runs.entries import Card, Cleaned
from cleaner.runs.ledger import Place
from cleaner.runs.remembered import Remembered, Sources
from cleaner.sources import Entries, Entry

COUNTS = st.dictionaries(st.sampled_from(["MOJ101", "TXT102", "LNG101"]), st.integers(1, 1 << 20), max_size=3)
CHAINS = st.lists(st.tuples(st.sampled_from([("encode a", "decode b"), ("decode c",)]), st.integers(1, 99)), max_size=2)
DIGEST = st.binary(min_size=32, max_size=32)
CARDS = st.builds(
    Card,
    DIGEST.map(bytes.hex),
    st.integers(0, 1 << 40),
    st.sampled_from(["utf-8", "ascii", "cp1252", ""]),
    st.sampled_from(["utf8", "statistics"]),
    st.floats(0, 1),
    st.sampled_from(["en", "und"]),
    st.floats(0, 1),
    st.sampled_from(["a name", "another"]),
    COUNTS,
    COUNTS,
    CHAINS,
)
PLACES = st.builds(
    Place,
    st.sampled_from(["host-1-a", "host-2-b"]),
    st.integers(0, 1 << 50),
    st.lists(st.integers(0, 1 << 40), min_size=6, max_size=6).map(tuple),
    st.integers(0, (1 << 32) - 1),
)
ROWS = st.one_of(
    st.builds(Cleaned, DIGEST, CARDS, PLACES, st.none(), st.booleans()),
    st.builds(Cleaned, DIGEST, st.none(), st.none(), st.just(RejectedRow("x", "SRC101", "gone"))),
)


@given(st.lists(st.tuples(ROWS, ROWS), max_size=6), st.sets(st.integers(0, 5)))
def test_what_was_put_down_last_comes_back(pairs, again):
    held = Remembered()
    for one, _ in pairs:
        held.add(one, "a name")
    rows = [one for one, _ in pairs]
    for number in sorted(again & set(range(len(pairs)))):
        rows[number] = pairs[number][1]
        held.replace(number, rows[number], "a name")
    assert list(held.keys()) == [one.key for one in rows]
    assert held.rejected() == [one.rejected for one in rows if one.rejected]
    assert held.reused() == sum(one.reused for one in rows if one.card)
    cards = [one.card for one in rows if one.card]
    assert list(held.languages()) == [(card.language, card.language_confidence) for card in cards]
    told = [card for card in cards if card.encoding not in ("utf-8", "ascii") or card.chains]
    assert [(card.encoding, card.chains) for card in held.telling()] == [(card.encoding, card.chains) for card in told]
    entries = [Entry(f"/{9 - n}", f"{9 - n}", None) for n in range(len(rows))]
    documents = held.documents(Entries(entries))
    wanted = sorted((entry.path, one) for entry, one in zip(entries, rows, strict=True) if one.card)
    assert documents.ids == [name for name, _ in wanted]
    for at, (name, one) in enumerate(wanted):
        assert documents.at(name) == at
        assert held.card(documents.numbers[at], "a name") == one.card
        assert documents.place(at) == one.place
        assert documents.bytes(at) == sum(one.place.lengths)
        assert documents.column(held.changes)[name] == sum(one.card.edits.values())
    counts = documents.counted()
    assert counts.totals() == {
        "documents": len(wanted),
        "changed": sum(bool(one.card.edits) for _, one in wanted),
        "edits": sum(sum(one.card.edits.values()) for _, one in wanted),
        "findings": sum(sum(one.card.findings.values()) for _, one in wanted),
    }
    assert counts.encodings.total() == counts.languages.total() == len(wanted)
    rejected = [RejectedRow("5x", "SRC103", "odd", 3, "ab")]
    assert list(Sources(documents, rejected)) == sorted(
        [*((name, one.card.size, one.card.sha256) for name, one in wanted), ("5x", 3, "ab")]
    )


def test_documents_left_out():
    held = Remembered()
    card = Card("00" * 32, 1, "ascii", "ascii", 1.0, "en", 1.0, "a", {}, {}, [])
    for name in "cab":
        place = Place("s", 0, (1,) * 6, 0)
        held.add(Cleaned(b"k" * 32, card._replace(name=name), place), name)
    documents = held.documents(Entries(Entry(name, name, None) for name in "cab"))
    assert documents.names(2) == ("c", "c.txt")
    left = documents.without({"b"})
    assert (left.ids, list(left.output_paths), len(documents)) == (["a", "c"], ["a.txt", "c.txt"], 3)
    assert documents.output_path("b") == "b.txt"
    with pytest.raises(KeyError):
        left.at("b")
