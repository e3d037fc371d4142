"""Folders as people have them: a newsroom, tales, papers of an office, lecture notes, what a region talks about, texts in scripts
without capitals. 195 texts in 20 languages, in our own words, of which 146 pairs tell one story or are copies.

Reports of several days on one affair are not judged against each other.
"""

import json
from itertools import combinations
from pathlib import Path

import pytest

from cleaner.overlap import find_duplicates

LINES = Path(__file__).with_name("tellings_folder.jsonl").read_text("utf-8").splitlines()
ROWS = {row["id"]: row for row in map(json.loads, LINES)}
FOUND = {"news": 44, "tales": 23, "caseless": 9, "office": 8, "lectures": 7, "region": 19}
KNOWN_FALSE = {
    ("chun_en", "x_ko_namwon"),  # a guide to the town of the tale
    ("mail1", "mail_other"),  # another letter of the same people
    ("mail3", "mail_other"),
    ("w_1", "w_2"),  # two days' weather
    ("x_ja_software1", "x_ja_software2"),  # computer help
    ("x_ja_software1", "x_ko_soft1"),
    ("x_ja_software1", "x_ko_soft2"),
    ("x_ja_software2", "x_ko_soft1"),
    ("x_ja_software2", "x_ko_soft2"),
    ("x_ko_soft1", "x_ko_soft2"),
}
KNOWN_MISSED = {
    ("cell3_book", "cell3_notes"),  # related: a life of one of them is told in the same words
    ("hist1", "hist1b"),  # a chapter and catchwords
    ("hist1_fr", "hist1b"),
    ("cv1", "cv1_letter"),
    ("cv1_de", "cv1_letter"),
    *((("ferry1_corr", f"ferry1_{one}")) for one in ("de", "en_agency", "en_paper", "fr", "press", "ru")),
    *(
        (tuple(sorted(("quake_en_flash", f"quake_{one}")))) for one in ("de", "el", "en", "ja", "ru", "tr")
    ),  # one sentence
    ("ferry2_de", "ferry2_en"),  # related: the days before and after are told by the same names
    ("chun_en", "chun_ko1"),  # related: the guide to the town shares as much
    ("chun_en", "chun_ko2"),
    ("chun_ko1", "chun_ko2"),
    ("ko_h1", "ko_h2"),
    ("golem_cs", "golem_he1"),
    ("golem_cs", "golem_he2"),
    ("red_en", "red_ja1"),
    ("red_en", "red_ja2"),
    ("hansel_de", "hansel_en1"),  # two heroes, one of them written otherwise
    ("hansel_de", "hansel_en2"),
    ("t_pied1", "t_pied2"),  # nobody but a town and a river
    ("t_pied1", "t_pied_cs"),
    ("t_pied2", "t_pied_cs"),
    ("tell_de", "tell_opera"),  # other heroes beside the one
    ("tell_en", "tell_opera"),
    ("tell_hu", "tell_opera"),
}


def judged(names: list[str]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs that are called copies or a story, and those that are."""
    texts = {name: ROWS[name]["text"] for name in names}
    found = find_duplicates(texts, ("near", "contained", "story"), passages=False).pairs
    pairs = {pair: tuple(ROWS[name]["story"] for name in pair) for pair in combinations(sorted(names), 2)}
    other_day = {pair for pair in pairs if len({ROWS[name]["day"] for name in pair}) > 1 and len({*pairs[pair]}) == 1}
    told = {pair for pair, stories in pairs.items() if stories[0] == stories[1]}
    return {(pair.a, pair.b) for pair in found} - other_day, told - other_day


def test_all_in_one_folder():
    claimed, told = judged(list(ROWS))
    assert len(told) == 146
    assert claimed - told == KNOWN_FALSE
    assert told - claimed == KNOWN_MISSED


@pytest.mark.parametrize("name", FOUND)
def test_small_folders(name):
    """What a folder of 16 to 55 texts says is no worse: any word is rare there."""
    claimed, told = judged([key for key, row in ROWS.items() if row["set"] == name])
    assert len(claimed & told) == FOUND[name]
    assert claimed - told <= KNOWN_FALSE


def test_a_reader_is_shown_each_name_once_and_words_that_say_what_it_is_about():
    texts = {name: row["text"] for name, row in ROWS.items()}
    found = {(pair.a, pair.b): pair.evidence for pair in find_duplicates(texts, ("story",), passages=False).pairs}
    assert all(len(set(shown)) == len(shown) for shown in found.values())
    assert {"Solveig", "reef", "harbour"} <= set(found["ferry1_en_agency", "ferry9_en"])
    assert not {"said", "two", "the"} & set(found["ferry1_en_agency", "ferry9_en"])
