"""Readings of all pairs at once are those of the pairs one by one."""

from __future__ import annotations

import pytest

from cleaner.mojibake.pairs import readings
from cleaner.mojibake.steps import other_steps

SAMPLES = [
    "plain words only",
    "óáíåò ðîæü",
    "Thιβtre de la rue",
    "ŠÈ±ãßü ½ðéÆ",
    "one ΔΦΓ two\tthree ΣΩ",
]


@pytest.mark.parametrize("sample", SAMPLES)
def test_same_as_step_by_step(sample: str) -> None:
    together = readings(sample)
    single = {step.undo(sample) for step in other_steps()} - {sample}
    assert set(together) == single


@pytest.mark.parametrize("sample", SAMPLES[1:])
def test_every_step_gives_its_reading(sample: str) -> None:
    for text, steps in readings(sample).items():
        assert [step.undo(sample) for step in steps] == [text] * len(steps)
        assert [step.cost for step in steps] == sorted(step.cost for step in steps)
