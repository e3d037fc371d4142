"""The packed tables: their digests and sizes, and that the readers agree with themselves."""

import hashlib
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.models import characters, languages
from tests.conftest import ROOT

DATA = ROOT / "cleaner" / "models" / "data"
DIGESTS = dict(line.split("  ")[::-1] for line in (DATA / "digests.txt").read_text().splitlines())


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.iterdir() if path.name != "digests.txt"))
def test_digest(name):
    assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == DIGESTS[name]


def test_notice_names_every_table_with_its_size():
    named = dict(
        re.findall(r"^  (\w+\.\w+) +([\d,]+) bytes", (ROOT / "NOTICE").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named == {name: f"{(DATA / name).stat().st_size:,}" for name in DIGESTS}


def test_character_tables_are_small():
    assert characters.PATH.stat().st_size < 6_000_000


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_a_batch_is_the_sum_of_its_texts(texts):
    model = characters.load()
    together = model.log_likelihoods(texts)
    assert np.allclose(together, [model.log_likelihoods([text])[0] for text in texts], atol=0.01)


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_text_is_the_sum_of_what_follows_two_characters(text):
    model = characters.load()
    ids = model.ids(np.array([10, 10, *map(ord, text)], np.uint32))
    steps = model.following(ids[:-2], ids[1:-1], ids[2:])
    assert -characters.STEP * int(steps.sum()) == pytest.approx(model.log_likelihoods([text])[0])
    # Equal texts are equally likely, whatever they are judged with.
    assert len(set(model.log_likelihoods(["other", text, "x", text]).tolist()[1::2])) == 1


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("café", "cafÃ©"),
        ("Привет", "Ïðèâåò"),
        ("journée", "journÇe"),
        ("The band’s", "The bandâ€™s"),
        ("東京都", "譚ｱ莠ｬ"),
    ],
)
def test_text_is_likelier_than_its_ruin(likely, unlikely):
    model = characters.load()
    assert model.log_likelihoods([likely])[0] > model.log_likelihoods([unlikely])[0]


TEXT = "the house stood at the end of the lane and nobody had lived there for years and years"


def _words(text):
    points = np.frombuffer(f" {text} ".encode("utf-16-le"), np.uint16)
    return languages.alphabet()[0][points].astype(np.uint32)


def _rows(model, hashes):
    return model.rows(model.slots(hashes)).astype(int)


def _of_each_length(words):
    return languages.sequence_hashes(words)


SIZES = (1, 3, 4, 5, 9, 16, 17, 40, 83, 84, 2_000, 35, 36)


def test_language_rows_add_up():
    model = languages.load()
    words = _words(TEXT * 30)
    cuts = [words[number : number + size] for number, size in enumerate(SIZES)]
    for cut, total in zip(cuts, model.totals(cuts), strict=True):
        rows = [_rows(model, hashes).sum(axis=0) for hashes in _of_each_length(cut)]
        assert (total == np.sum(rows, axis=0)).all()
        if len(cut) > 4:
            assert (model.total(cut) == total).all()
    assert model.codes["Latn"][int(model.total(words)[: len(model.codes["Latn"])].argmax())] == "en"


def test_levels_come_into_the_rows_of_their_slots(monkeypatch):
    wanted = {(0, 0): 0, (5, 3): 15, (5, 40): 7, (6, 3): 1, (9, 63): 9, (31, 0): 2, (31, 32): 3, (1 << 18, 1): 4}
    places = [slot * languages.WIDTH + column for slot, column in wanted]
    gaps, levels = [], []
    for gap, level in zip(np.diff(places, prepend=0).tolist(), wanted.values(), strict=True):
        gaps += [255] * (max(0, gap - 1) // 255) + [gap - 255 * (max(0, gap - 1) // 255)]
        levels += [0] * (len(gaps) - len(levels) - 1) + [level]
    gaps += [1] * (len(gaps) % 2)
    levels += [0] * (len(levels) % 2)
    stored = np.array(gaps, np.uint8), np.array(levels[::2], np.uint8) | np.array(levels[1::2], np.uint8) << 4
    for at_once in (2, 64, 1 << 16):
        monkeypatch.setattr(languages, "LEVELS_AT_ONCE", at_once)
        rows = languages._rows(*stored).view(np.uint8)
        held = {
            (slot, column + 32 * high)
            for high in (0, 1)
            for slot, column in np.argwhere(rows >> 4 * high & 15).tolist()
        }
        assert held == {place for place, level in wanted.items() if level}
        for (slot, column), level in wanted.items():
            assert rows[slot, column % 32] >> (4 if column > 31 else 0) & 15 == level


def test_windows_are_sums_of_two_parts_of_sixteen_sequences():
    model = languages.load()
    words = _words(TEXT * 30)
    cuts = [words[number : number + size] for number, size in enumerate(SIZES) if size > 3]
    windows, starts = model.windows(cuts)
    by_column = windows[languages.LANES[0], :, languages.LANES[1]].T
    for cut, start, end in zip(cuts, starts[:-1], starts[1:], strict=True):
        fours = _rows(model, languages.sequence_hashes(cut)[1][::2])
        assert end - start == 1 + -(-len(fours) // 16)
        for number in range(max(1, end - start - 2)):
            wanted = fours[16 * number : 16 * number + 32].sum(axis=0)
            assert (by_column[start + number] == wanted).all()


def test_an_unknown_sequence_has_an_empty_row():
    model = languages.load()
    assert not model.rows([0]).any()
    assert not model.totals([_words("")] * 2).any()
    assert not model.slots(languages.sequence_hashes(_words("qxzwj"))[2]).any()


def test_the_alphabet_keeps_letters_and_drops_the_rest():
    folded, classes = languages.alphabet()
    assert chr(folded[ord("Ж")]) == "ж"
    assert chr(folded[ord("İ")]) == "i"
    assert folded[ord("7")] == folded[ord("’")] == languages.SPACE
    assert folded[0x301] == folded[0xAD] == 0
    assert languages.SCRIPTS[classes[ord("ด")]] == "Thai"
    assert languages.SCRIPTS[classes[0x93E]] == "Deva"  # a vowel sign
