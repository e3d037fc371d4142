"""The beam that fills open places: it finds what comparing all texts finds, and lines together give what they give apart."""

from itertools import product

import pytest

from cleaner.models.characters import load
from cleaner.mojibake.beam import Stretch, choice_cost, decode, stretches
from cleaner.mojibake.gaps import Slot


def slots(*places):
    """A slot a place: a text of one character each, or a tuple of choices, the last of which is what stands there."""
    choices = [
        held for place in places for held in ([place] if isinstance(place, tuple) else [(char,) for char in place])
    ]
    return [Slot(0, 0, held, held[-1] if len(held) > 1 else "") for held in choices]


LINES = [
    slots("Gr", ("ö", "ä", "Ö", "Ã"), "ße"),
    slots("z mi", ("ś", "Ś", "š", "Å?"), "c", ("ą", "ć", "Ä"), " w domu. ", ("Ł", "ł", "Å"), "adnie"),
    slots(("é", "è", "é ", "Ã"), "t", ("é", "è", "ê", "Ã?")),
    slots(("が", "は", "を", "の", "�"), "本", ("が", "は", "を", "の", "�"), "読"),
]


def best_by_hand(part: Stretch):
    """The cheapest choices of a stretch: those of all texts whose likelihood, less their costs, is highest."""
    found = []
    for chosen in product(*(part.slots[at].choices for at in part.open)):
        text, cost, left = part.left, 0.0, list(chosen)
        for at in range(part.first, part.last):
            if at in part.open:
                cost += choice_cost(left[0], part.slots[at], text[-2:])
                text += left.pop(0)
            else:
                text += part.slots[at].choices[0]
        found.append((round(cost - load().log_likelihood(text + part.right), 6), chosen))
    return min(found)[1]


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_the_first_reading_is_the_likeliest_of_all_texts(line):
    found = stretches(line)
    decode(found)
    assert found
    for part in found:
        assert part.readings[0][1] == best_by_hand(part)
        assert [score for score, _ in part.readings] == sorted((score for score, _ in part.readings), reverse=True)


def test_lines_together_give_what_they_give_apart():
    apart, together = ([part for line in LINES for part in stretches(line)] for _ in range(2))
    for part in apart:
        decode([part])
    decode(together)
    assert [part.readings for part in together] == [part.readings for part in apart]
