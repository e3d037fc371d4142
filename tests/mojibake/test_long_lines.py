"""Long damaged lines: stretches are cut, so that time grows with the length; the result is as sound as that of short ones."""

import random

import pytest

import cleaner
from cleaner.document import Edit
from cleaner.models.gate import line_evidence
from cleaner.mojibake.accidents.gaps import OPEN, Loss, Reading, Slot
from cleaner.mojibake.lines import MOST_KNOWN, Lines
from cleaner.mojibake.readings.beam import LONG_LINE, LONG_STRETCH, stretches
from cleaner.mojibake.words.support import touched_runs

WORDS = [
    "Příliš",
    "žluťoučký",
    "kůň",
    "úpěl",
    "ďábelské",
    "ódy",
    "přes",
    "šedé",
    "řeky,",
    "že",
    "žádný",
    "člověk",
    "neviděl",
]


def reading(count, *, open_every, space_every=0):
    signs = [OPEN if at % open_every == 0 else "a" for at in range(count)]
    if space_every:
        signs[::space_every] = " " * len(signs[::space_every])
    places = tuple(at for at, sign in enumerate(signs) if sign == OPEN)
    slots = tuple(Slot(at, at + 1, ("é", "è"), "è") for at in places)
    return Reading(Loss("cp1252", "", b""), "".join(signs), slots, places, 0, len(slots), 0)


@pytest.mark.parametrize("space_every", [0, 7, 500])
def test_stretches_of_a_long_line_are_cut_and_hold_every_gap_once(space_every):
    own = reading(LONG_LINE + 500, open_every=3, space_every=space_every)
    found = stretches(own)
    assert all(len(part.text) <= LONG_STRETCH for _, part in found)
    assert [start + at for start, part in found for at in part.open] == list(own.places)


def test_a_stretch_of_a_short_line_is_whole():
    ((start, part),) = stretches(reading(LONG_LINE, open_every=3))
    assert (start, len(part.text)) == (0, LONG_LINE)


def test_runs_of_edits_are_those_of_each_edit():
    chance = random.Random(7)
    for _ in range(50):
        text = "".join(chance.choice("ab \n") for _ in range(80))
        places = sorted(chance.sample(range(79), 12))
        edits = [Edit("MOJ101", at, at + 1, text[at], "x", "", 1.0) for at in places]
        numbers = [number for run, _, _ in touched_runs(text, edits) for number in run]
        assert numbers == list(range(len(edits)))
        for run, first, last in touched_runs(text, edits):
            assert first <= edits[run[0]].start
            assert edits[run[-1]].end <= last
            assert not first or text[first - 1].isspace()
            assert last == len(text) or text[last].isspace()


@pytest.mark.parametrize("sign", [" ", ",", "','"])
def test_a_long_line_with_lost_bytes_is_repaired_once_and_restored(sign):
    chance = random.Random(3)
    clean = sign.join(chance.choice(WORDS) for _ in range(900))
    line = clean.encode().decode("cp1250", "ignore")
    document = cleaner.clean(line.encode())
    assert cleaner.restore(document) == line.encode()
    assert cleaner.clean(document.text.encode()).text == document.text
    assert cleaner.repair(document.text).text == document.text
    assert document.edits


@pytest.mark.parametrize("first", ["ъ", "ґ", "Ь", "ьо", "\u0301а"])
def test_a_long_line_may_begin_with_a_pair_that_speaks(first):
    line = first + " текст про технічну схему та інші теми, що їх варто знати." * 500
    assert all(start < end for start, end, _ in line_evidence(line))
    assert cleaner.repair(line).text == line


def test_chains_of_a_text_of_random_letters_do_not_pile_up():
    rng = random.Random(3)
    lines = [" ".join("".join(map(chr, rng.choices(range(0x400, 0x460), k=7))) for _ in range(6)) for _ in range(60)]
    repairer = Lines("inferred", None)
    repairer.edits("\n".join(lines))
    assert 0 < len(repairer._found) <= MOST_KNOWN
    assert len(repairer._losses) <= MOST_KNOWN
