"""The index of names: the same however many documents are looked at together; tasks of pairs, wherever they are compared."""

import gc
import json
import pickle
import weakref
from pathlib import Path

import numpy as np
import pytest

from cleaner.overlap import Elsewhere, PairComparing, overlaps_of, profiles_of
from cleaner.overlap.documents.survey import survey_of
from cleaner.overlap.index.name_index import index_of
from cleaner.overlap.index.name_parts import Capitals, NameColumns, NamePart, Spelling, names_of, part_of
from cleaner.overlap.packed import packed, packed_names
from cleaner.overlap.words.name_keys import bare_sounds, name_keys
from cleaner.overlap.words.tokens import hashed_lines

ROWS = [
    json.loads(line) for line in Path(__file__).parents[1].joinpath("tellings.jsonl").read_text("utf-8").splitlines()
]
TEXTS = {f"{number:03d}": row["text"] for number, row in enumerate(ROWS)}
PROFILES = dict(zip(TEXTS, profiles_of(TEXTS.values()), strict=True))
SURVEY = survey_of(PROFILES)
COLUMNS = [NameColumns.of(one) for one in PROFILES.values()]
CAPITALS = Capitals.of(SURVEY)


def _keys_of(name):
    return PROFILES[name].keys


def indexed(part=1024):
    parts = [names_of(COLUMNS[at : at + part], CAPITALS) for at in range(0, len(COLUMNS), part)]
    return index_of(parts, SURVEY, 20)


def test_words_written_like_names_without_a_document_that_has_one():
    found = list(profiles_of(["bad 恝 end, the band犹Ｔ last show", "x = y, the old show"]))
    survey = survey_of(dict(zip("ab", found, strict=True)))
    part = names_of([NameColumns.of(one) for one in found], Capitals.of(survey))
    assert len(part.keys) > len(part.rows) == 0
    index = index_of([part], survey, 20)
    assert [len(column) for column in index.rows_of(0, 2, 9)] == [0, 0, 0]


INDEX = indexed()
HELD = INDEX.held(np.arange(len(TEXTS)))


@pytest.mark.parametrize("part", [1, 3])
def test_an_index_of_parts_is_the_index(part, monkeypatch, tmp_path):
    monkeypatch.setattr("cleaner.overlap.documents.survey.TOGETHER", 3)
    monkeypatch.setattr("cleaner.overlap.documents.survey.AT_ONCE", 5)
    monkeypatch.setattr("cleaner.overlap.documents.survey.LINES_AT_ONCE", 5)
    survey = survey_of(PROFILES, lambda: (tmp_path / "lines").open("w+b"))
    assert (
        np.concatenate(list(survey.lines)).tolist()
        == np.concatenate([PROFILES[name].lines for name in sorted(PROFILES)]).tolist()
    )
    survey.lines.close()
    for name in set(survey._fields) - {"frequencies", "capitals", "lines"}:
        assert np.array_equal(getattr(survey, name), getattr(SURVEY, name)), name
    index = indexed(part)
    for other in (index, index.stored(tmp_path).opened()):
        for name in ("keys", "seen", "sizes", "norms", "totals", "rich"):
            assert np.array_equal(getattr(other, name), getattr(INDEX, name)), name
        held = other.held(np.arange(len(TEXTS)))
        for name in ("borders", "keys", "words", "counts"):
            assert np.array_equal(getattr(held, name), getattr(HELD, name)), name
        rows = np.arange(0, len(HELD.keys), 7)
        assert held.keys_at(rows) == HELD.keys_at(rows)
        assert held.words_at(rows) == HELD.words_at(rows)
        assert all(other.spellings(key) == INDEX.spellings(key) for key in HELD.keys[::50].tolist())


def test_names_of_a_packed_profile_are_those_of_the_profile():
    for one, profile in zip(COLUMNS, PROFILES.values(), strict=True):
        other = packed_names(packed(profile))
        assert (other.texts, other.aside) == (one.texts, one.aside)
        assert np.array_equal(other.counts, one.counts)
        assert np.array_equal(other.hashes, one.hashes)


def test_a_part_comes_out_of_its_file_as_it_went_in(tmp_path):
    part = INDEX.parts[0]
    part.store(tmp_path / "part")
    other = NamePart.opened(tmp_path / "part")
    for name in ("sizes", "rows", "spare", "keys", "words", "spelt", "ends"):
        assert np.array_equal(getattr(other, name), getattr(part, name)), name
    assert bytes(other.texts) == part.texts
    empty = names_of([], CAPITALS)
    empty.store(tmp_path / "empty")
    assert len(NamePart.opened(tmp_path / "empty").rows) == 0


def test_keys_that_are_no_ascii():
    words = "周咾\n\ud800x"
    ids = hashed_lines(words.encode("utf-8", "surrogatepass"))
    spelling = Spelling(words, "~ zhou 咾\n~ks", "", ids)
    columns = np.array([0, 0]), np.array([1, 0]), np.array([2, 1])
    part = part_of(columns, spelling, np.array([False]), np.array([True, False]))
    rows = part.rows
    found = zip(
        part.keys_at(rows[:, 0]), part.words_at(rows[:, 1]), rows[:, 2].tolist(), part.spare.tolist(), strict=True
    )
    assert sorted(found) == [("~ zhou 咾", "周咾", 1, True), ("~ks", "\ud800x", 2, False)]


def test_a_line_has_one_hash_wherever_it_stands(monkeypatch):
    lines = [b"", b"a", b"ab", b"ba", b"a" * 9, b"Kovalenko", "Коваленко".encode(), b"b"]
    alone = [int(hashed_lines(line)[0]) for line in lines]
    assert len(set(alone)) == len(alone)
    assert hashed_lines(b"\n".join(lines)).tolist() == alone
    monkeypatch.setattr("cleaner.overlap.words.tokens.CHUNK", 20)
    assert hashed_lines(b"\n".join(lines)).tolist() == alone
    assert len(hashed_lines(b"c" * 50 + b"\nd")) == 2


def test_keys_are_those_of_the_words():
    part = names_of(COLUMNS, CAPITALS._replace(heard=True))
    words = part.words_at(np.arange(len(part.words)))
    assert part.sounds_at(np.arange(len(words))) == bare_sounds(words).split("\n")
    assert set(part.keys_at(np.arange(len(part.keys)))) == set(name_keys(words))


def test_tasks_give_the_same_in_another_process_and_in_any_number(tmp_path, monkeypatch):
    here = overlaps_of(PROFILES, TEXTS.__getitem__, {"story", "related"})
    assert len(here.pairs) > 20
    done = []

    def elsewhere(tasks, common):
        light = pickle.loads(pickle.dumps(common.stored(tmp_path)))
        for task in tasks:
            comparing = PairComparing(light, PROFILES, _keys_of, TEXTS.__getitem__)
            done.append(task)
            yield comparing.done(pickle.loads(pickle.dumps(task)))

    monkeypatch.setattr("cleaner.overlap.stories.search.PAIRS", 3)
    assert (
        overlaps_of(PROFILES, TEXTS.__getitem__, {"story", "related"}, elsewhere=Elsewhere(comparing=elsewhere)) == here
    )
    assert len(done) > 10


def test_what_a_task_held_is_let_go_with_it():
    held = []

    def elsewhere(tasks, common):
        gc.disable()
        try:
            for task in tasks:
                comparing = PairComparing(common, PROFILES, _keys_of, TEXTS.__getitem__)
                told = comparing.done(task)
                held.append(weakref.ref(comparing))
                del comparing
                assert held[-1]() is None
                yield told
        finally:
            gc.enable()

    overlaps_of(PROFILES, TEXTS.__getitem__, {"story", "related"}, elsewhere=Elsewhere(comparing=elsewhere))
    assert held


def test_of_words_without_case_that_sound_alike_the_first_by_its_letters_is_shown():
    (one, other) = profiles_of(["고양이는 고양이가 고양이를 보았다", "고양이를 고양이가 고양이는 보았다"])
    part = names_of([NameColumns.of(one), NameColumns.of(other)], CAPITALS)
    assert part.sizes.tolist() == [2, 2]
    assert {tuple(sorted(part.words_at(rows[:, 1]))) for rows in (part.rows[:2], part.rows[2:])} == {
        ("고양이가", "보았다")
    }
    assert part.rows[:, 2].max() == 3


def test_words_in_capitals_throughout_are_no_names_also_where_they_are_last():
    texts = ["He met Щ there and Щ and Ш again with NATO and Nina, not ОБСЕ and Обсея.", "so Щ and Щ with ЩЩ"]
    found = list(profiles_of(texts))
    part = names_of([NameColumns.of(one) for one in found], Capitals.of(survey_of(dict(zip("ab", found, strict=True)))))
    words = part.words_at(np.arange(len(part.words)))
    shown = {words[number] for number in part.rows[:, 1].tolist()}
    assert shown == {"Nina", "Обсея"}
