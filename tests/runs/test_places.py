"""Places in a file are those that a run remembers."""

import pickle

import numpy as np
import pytest

from cleaner.runs import places
from cleaner.runs.entries import Card, Cleaned
from cleaner.runs.ledger import Place
from cleaner.runs.places import Places
from cleaner.runs.remembered import Remembered
from cleaner.sources import Entries, Entry


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_they_come_back_for_any_documents(tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(places, "STORED", at_once)
    held, wanted = Remembered(), []
    for number in range(7):
        own = Place(f"shard-{number % 2}", 1 << 40 | number, (number, 1 << 33, 0, 2, 3, 4), (1 << 32) - 1 - number)
        card = Card("00" * 32, 5, "utf-8", "utf8", 1.0, "en", 1.0, f"{9 - number}", {}, {}, [])
        held.add(Cleaned(bytes(32), card, own), f"{9 - number}")
        wanted.insert(0, own)
    documents = held.documents(Entries([Entry(f"/{9 - number}", f"{9 - number}", None) for number in range(7)]))
    stored = pickle.loads(pickle.dumps(Places.of(documents, tmp_path)))
    assert stored(range(7)) == wanted == [documents.place(at) for at in range(7)]
    assert stored(np.array([5, 2, 5])) == [wanted[5], wanted[2], wanted[5]]
    assert stored.by_name({"b": 3, "a": 1}) == {"b": wanted[3], "a": wanted[1]}
    assert stored([]) == []


def test_there_may_be_none(tmp_path):
    stored = Places.of(Remembered().documents(Entries([])), tmp_path)
    assert stored([]) == []
    assert stored.by_name({}) == {}
