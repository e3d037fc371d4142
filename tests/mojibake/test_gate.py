"""A line of any length: a long one is judged in pieces, so that much clean text hides no garbled word and costs no search."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.models.gate import LONGEST, evidence
from cleaner.mojibake import gate, repair, strangeness
from cleaner.mojibake.gate import suspicious_lines, worth_a_search
from cleaner.mojibake.strangeness import suspicious

CLEAN = "La forêt était déjà sombre, et personne n’osait parler. Où étaient les autres ? "
GARBLED = "Le cafÃ© Ã©tait fermÃ© depuis l’Ã©tÃ© dernier. "


def long_line(*parts: str) -> str:
    """The parts with much clean text between them."""
    return (CLEAN * (LONGEST // len(CLEAN) + 1)).join(["", *parts, ""])


def test_a_long_clean_line_is_passed() -> None:
    assert not suspicious(long_line("", ""))
    assert suspicious_lines(long_line("", "")) == []


def test_languages_one_behind_the_other_are_doubtful_where_they_meet_at_the_most() -> None:
    line = long_line("Příliš žluťoučký kůň úpěl ďábelské ódy. ", "Zażółć gęślą jaźń. ", "Şu köşe yaz köşesi. ")
    assert sum(end - start for start, end in suspicious_lines(line)) < 1500
    assert not repair(line).edits


def test_only_the_sentences_around_a_garbled_word_are_suspicious() -> None:
    line = long_line(GARBLED)
    ((start, end),) = suspicious_lines(line)
    assert start <= line.index("cafÃ©") < line.rindex("Ã©") < end
    assert end - start < 500


@pytest.mark.parametrize("before", ["", "😀 ", "first line\n", "😀\n\n"])
def test_places_in_a_long_line_are_code_points(before: str) -> None:
    text = before + long_line("😀😀 ", GARBLED, "😀 ", GARBLED) + "\nthe end"
    found = suspicious_lines(text)
    assert len(found) == 2
    assert all("cafÃ©" in text[start:end] for start, end in found)
    assert all("\n" not in text[start:end] for start, end in found)


def test_a_long_line_is_repaired_wherever_it_is_garbled() -> None:
    line = long_line(GARBLED, GARBLED)
    revision = repair(line)
    assert "Ã" not in revision.text
    assert revision.text.count("Le café était fermé depuis l’été dernier. ") == 2
    assert not repair(revision.text).edits


def test_a_long_line_that_is_garbled_all_through() -> None:
    clean = CLEAN * (3 * LONGEST // len(CLEAN))
    garbled = clean.replace("’", "'").encode().decode("latin-1")
    assert repair(garbled).text == clean.replace("’", "'")


def test_escapes_of_a_long_line() -> None:
    line = long_line("Le caf&Atilde;&copy; ferme. ", "Tom &amp; Jerry. ")
    revision = repair(line)
    assert revision.text == line.replace("caf&Atilde;&copy;", "café")


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join([CLEAN, GARBLED, "", "plain", GARBLED * 2, "😀" + GARBLED]) + "\n"
    whole = suspicious_lines(text)
    for size in (150, 200, 333):
        monkeypatch.setattr(strangeness, "BLOCK", size)
        assert suspicious_lines(text) == whole
        assert suspicious(text)


@pytest.mark.parametrize(
    "line",
    [
        "Die Eintrittskarte kostet zwölf Euro. – 12\xa0€",
        "Ska vi gå hem nu? ™",
        "De tekens zijn ×, ÷ en ±, zei hij één keer.",
        "Luas kota itu 60 km², dari itu 2 m² air.",
        "Aeth hi yno â llyfr yn ei llaw.",
        "De servers zijn gebouwd voor snelheid met Tunnelgard® erbij.",
        "Sie rief »bravo« und »weiter so!« vom Ufer.",
        "Íííííííí! a dúirt sé",
        "狐狸在山上跑得很快，孩子们都想去看它。",
    ],
)
def test_signs_and_names_are_worth_no_search(line: str) -> None:
    assert suspicious(line)
    assert not worth_a_search(line)
    assert suspicious_lines(f"{line}\nplain\n{line}") == []


@pytest.mark.parametrize(
    "line",
    [
        "un contatto Ãš",
        "Il prezzo Ã¨ 12 â‚¬",
        "Dlaczego przyczyniaj¹ siê – 12 €",
        "mog± być potrzebne ™",
        "狐狸在山上跑得很快。 ä½\xa0å¥½ï¼Œä¸–ç•Œ",
        "Le troc se fit Ã  la fois",
        "Вчера мы были в KÃ¸benhavn, а потом поехали домой.",
        "Χθες ήμασταν στο PlzeÅˆ και σήμερα είμαστε εδώ.",
        "어제 BrÄƒila에 있었어요.",
    ],
)
def test_garbled_words_beside_signs_are_worth_one(line: str) -> None:
    assert worth_a_search(line)
    assert suspicious_lines(f"plain\n{line}") == [(6, 6 + len(line))]


@pytest.mark.parametrize(
    "line", ["Мы видели «CAFÉ» и “CAFÉ” там.", "レストラン“CAFÉ”です", "Ήταν στο “CAFÉ”…", "Он был у Zoë’s."]
)
def test_latin_words_among_those_of_another_script_stay(line: str) -> None:
    assert cleaner.repair(line).text == line


def test_one_word_of_a_mix_up_among_many_right_ones_is_worth_no_search() -> None:
    right = "Náš učitel češtiny řekl žákům včera večer, že přijde také jejich známý, který umí číst. "
    assert worth_a_search("je právì to")
    assert worth_a_search("Žák řekl, že je právì to")
    line = f"{right}Je právì to."
    assert suspicious(line)
    assert not worth_a_search(line)
    assert suspicious_lines(f"{line}\nje právì to") == [(len(line) + 1, len(line) + 12)]


@pytest.mark.parametrize(
    "line",
    [
        "â€œfamilyâ€� is calling",
        "20\xa0°C, 15 km², Acme™ nööööö",
        "ÐŸÑ€Ð¸Ð²ÐµÑ‚ 5\xa0€",
        "»CafÃ©« aÃ±o",
        "日本語のテキスト ｶﾀｶﾅ",
        "ööööööÃ© — ÃÃÃÃ",
    ],
)
def test_what_tells_at_once_tells_without_its_mute_words(line: str) -> None:
    found = evidence(line)
    slowly = gate._speaks(line, found) and gate._without_mute(line, found) is not None
    assert gate._is_telling(line, found) == slowly
