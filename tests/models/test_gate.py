"""The gate's table: read with numpy and without, by line and as a whole, it says the same."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.models import gate
from cleaner.models.gate_arrays import CHUNK, SHORT
from cleaner.models.mixups import tells

TEXTS = ["", "\x80", "Ã", "😀", "plain", "café", "cafÃ©\nclair", "\nа\nРџС€\n", "😀 ü😀\nÃ©😀Ã©\n😀", "x\ud800y"]
TEXT = st.text(alphabet=st.sampled_from("ab\\^}~|/_Q é\nÃ©РџСЂ😀日鈥\x80\ufffdโþıðâ."), max_size=80)


def sums(found: gate.Evidence) -> tuple[int, int, int]:
    return found.against, found.total, found.run


def both_ways(text: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = [sums(gate.evidence(text))]
    with monkeypatch.context() as patch:
        patch.delitem(sys.modules, "numpy")
        found.append(sums(gate.evidence(text)))
    return found


@settings(max_examples=200, deadline=None)
@given(TEXT)
def test_pairs_with_and_without_numpy(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "numpy")
        said, flags = gate.pairs_in(text)
    said_by_numpy, flags_by_numpy = gate.pairs_in(text)
    assert (said_by_numpy.against, said_by_numpy.data) == (said.against, said.data)
    places, places_by_numpy = gate.flagged(text, flags), gate.flagged(text, flags_by_numpy)
    assert set(places) <= set(places_by_numpy)  # the table tells classes apart, not characters
    assert [at for at in places_by_numpy if tells(text[at : at + 2])] == places


@pytest.mark.parametrize("text", TEXTS)
def test_with_and_without_numpy(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert np.__name__ in sys.modules
    first, second = both_ways(text, monkeypatch)
    assert first == second


@pytest.mark.parametrize("text", ["é" * (CHUNK - 1), "Ã©" * CHUNK, "Ã" * SHORT, "Ã😀" * SHORT])
def test_long_text_is_read_in_parts(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = both_ways(text, monkeypatch)
    assert first == second


@pytest.mark.parametrize("sign", "\\^}~|/_#@<{QXZ`")
def test_a_pair_of_ascii_says_nothing_whatever_was_loaded(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"\t{sign}{sign}a{sign} /{sign}\n{sign}"
    assert both_ways(text, monkeypatch) == [(0, 0, 0)] * 2
    assert both_ways(f"é {text}", monkeypatch) == [sums(gate.evidence("é "))] * 2


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_lines_are_judged_by_themselves(text: str) -> None:
    by_line = {(start, end): sums(found) for start, end, found in gate.line_evidence(text)}
    start = 0
    for line in text.split("\n"):
        alone = gate.evidence(line)
        expected = sums(alone) if alone.against else None
        assert by_line.get((start, start + len(line))) == expected
        start += len(line) + 1


def test_many_short_texts_are_read_with_numpy_as_a_long_one_is() -> None:
    script = (
        "import sys; from cleaner.models import gate; "
        "text = 'déjà ' * 20_000; gate.evidence(text); print('numpy' in sys.modules); "
        "[gate.evidence(text) for _ in range(gate.LONG // len(text))]; print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_the_reader_changes_when_numpy_is_there() -> None:
    gate.reader.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, "numpy")
        before = gate.reader()
        assert before is not gate._by_numpy()
        assert before("café") == gate.weights_in("café")
        assert gate.reader() is before
    assert before("cafÃ©") == gate.weights_in("cafÃ©")
    assert gate.reader() is gate._by_numpy()
