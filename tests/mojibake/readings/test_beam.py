"""The beam that fills open places: it finds what comparing all texts finds, and lines together give what they give apart."""

from itertools import product

import pytest

from cleaner.models.characters import load
from cleaner.mojibake.accidents.gaps import OPEN, Loss, Reading, Slot
from cleaner.mojibake.readings import beam
from cleaner.mojibake.readings.beam import Stretch, choice_cost, decode, stretches


def line(*places):
    """A reading of a line: texts that are sure, and tuples of choices, the last of which is what stands there."""
    text = "".join(OPEN if isinstance(place, tuple) else place for place in places)
    slots = tuple(Slot(0, 0, place, place[-1]) for place in places if isinstance(place, tuple))
    opened = tuple(at for at, char in enumerate(text) if char == OPEN)
    return Reading(Loss("cp1252", "", b""), text, slots, opened, 0, len(slots), 0)


LINES = [
    line("Gr", ("ö", "ä", "Ö", "Ã"), "ße"),
    line("z mi", ("ś", "Ś", "š", "Å?"), "c", ("ą", "ć", "Ä"), " w domu. ", ("Ł", "ł", "Å"), "adnie"),
    line(("é", "è", "é ", "Ã"), "t", ("é", "è", "ê", "Ã?")),
    line(("が", "は", "を", "の", "�"), "本", ("が", "は", "を", "の", "�"), "読"),
]


def best_by_hand(part: Stretch):
    """The cheapest choices of a stretch: those of all texts whose likelihood, less their costs, is highest."""
    found = []
    for chosen in product(*(held.choices for held in part.ways)):
        text, cost, left = part.left, 0.0, list(zip(part.ways, chosen, strict=True))
        for char in part.text:
            if char == OPEN:
                held, choice = left.pop(0)
                cost += choice_cost(choice, text[-2:], held.choices, held.literal)
                text += choice
            else:
                text += char
        found.append((round(cost - load().log_likelihoods([text + part.right])[0], 6), chosen))
    return min(found)[1]


@pytest.mark.parametrize("reading", LINES, ids=range(len(LINES)))
def test_the_first_reading_is_the_likeliest_of_all_texts(reading):
    found = [part for _, part in stretches(reading)]
    assert found
    for part, readings in zip(found, decode(found), strict=True):
        assert readings[0][1] == best_by_hand(part)
        assert readings == sorted(readings)


def test_lines_together_give_what_they_give_apart():
    found = [part for reading in LINES for _, part in stretches(reading)]
    assert decode(found) == [readings for part in found for readings in decode([part])]


@pytest.mark.parametrize("ahead", [1, 100_000])
def test_how_many_places_are_priced_at_once_changes_nothing(ahead, monkeypatch):
    found = [part for reading in LINES for _, part in stretches(reading)]
    before = decode(found)
    monkeypatch.setattr(beam, "AHEAD", ahead)
    assert decode(found) == before


def test_stretches_know_where_they_begin_and_what_stands_around_them():
    found = stretches(line("Gr", ("ö", "ä"), "ße und M", ("ü", "ö"), "he"))
    assert [(start, part.text, part.left, part.right) for start, part in found] == [
        (0, f"Gr{OPEN}ße", "", " "),
        (10, f"M{OPEN}he", "d ", ""),
    ]
