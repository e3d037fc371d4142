"""Letters that a language has together, and letters that none has."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.models.alphabets import LETTER, PATH, one_alphabet


@pytest.mark.parametrize(
    "line",
    [
        "plain",
        "où êtes-vous né, à l’école",
        "žluťoučký kůň",
        "ÇAĞRI ŞİİR öğüt",
        "þetta er ágætt",
        "đường phố Hà Nội",
        "你好，世界",
        "東京都庁です",
        "臺灣的圖書館",
        "大韓民國 서울",
    ],
)
def test_one_language_or_country_has_them(line: str) -> None:
    assert one_alphabet(line)


@pytest.mark.parametrize("line", ["chtìl umøít že", "přes þess ñ", "être ř ő", "头池篡は俯徒联柴", "国圖館图"])
def test_no_language_and_no_country_has_them(line: str) -> None:
    assert not one_alphabet(line)


def test_alphabets_are_sorted_letters() -> None:
    lines = Path(PATH).read_text(encoding="utf-8").split()
    assert lines == sorted(set(lines))
    assert all(LETTER.fullmatch(char) for line in lines for char in line)
