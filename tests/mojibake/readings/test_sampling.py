"""Which words of a line turn with it: right ones beside garbled ones stay."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.readings.evidence import Likelihoods
from cleaner.mojibake.readings.sampling import refined

KEPT = [
    ("für und fŸr", "für und f¾r"),
    ("Ça va, cafŽ", "‚a va, café"),
    ("it’s “new”, die TŸr", "itís “new”, die Tür"),
    ("à côté éøåùìéí", "א côté ירושלים"),
]


@pytest.mark.parametrize(("line", "turned"), KEPT)
def test_right_words_stay(line: str, turned: str) -> None:
    found = refined(line, [turned], Likelihoods())[0]
    assert found.split()[0] == line.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("right", "meant", "wrote", "read"),
    [
        ("it’s “new”", "Die Tür ist geöffnet, aber niemand hört zu.", "mac_roman", "cp1252"),
        ("à côté", "ירושלים תודה רבה", "cp1255", "cp1252"),
    ],
)
def test_a_garbled_sentence_behind_right_words(right: str, meant: str, wrote: str, read: str) -> None:
    line = f"{right} {meant.encode(wrote).decode(read)}"
    assert cleaner.repair(line).text == f"{right} {meant}"


def test_words_of_a_garbled_line_turn_all() -> None:
    meant = "Những mục được chọn ở nhóm này là của báo chí, đã cũ."
    shown = "NhýÞng muòc"
    assert refined(shown, ["Những mục"], Likelihoods())[0] == "Những mục"
    assert cleaner.repair(meant).text == meant
