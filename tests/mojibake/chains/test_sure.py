"""Lines that are UTF-8 all through, but too short to prove that."""

from __future__ import annotations

import pytest

from cleaner.mojibake.chains.search import _searched
from cleaner.mojibake.chains.sure import explain_whole


@pytest.mark.parametrize(
    ("line", "meant"), [("cafÃ© au lait", "café au lait"), ("eine erhУЖhte Temperatur", "eine erhöhte Temperatur")]
)
def test_a_short_line_of_utf_8_has_one_likely_reading(line: str, meant: str) -> None:
    found = explain_whole(line)
    full = _searched(line, code=False)
    assert found is not None
    assert full is not None
    assert (found.text, found.gain, found.whole) == (meant, full.gain, True)


@pytest.mark.parametrize("line", ["plain", "café", "Ã", "déjÃ  vu"])
def test_a_line_that_is_not_utf_8_all_through_has_none(line: str) -> None:
    assert explain_whole(line) is None
