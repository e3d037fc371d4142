"""Texts in ASCII with a sign or two, and lists of names in many languages: what prose has taught nobody."""

import pytest

import cleaner
from cleaner.decoding.signs import is_sparse, signs_of, stand_alone, wide_stand_alone
from tests.decoding import texts

SIGNED = [
    "100 °C", "x² + y²", "© 2004 Example Ltd.", "Intel® Core", "3 × 4", "±5 V", "½ cup of sugar", "price: £20", "see § 12",
    "Copyright © 1999 by the authors", "int main(void) { return 0; /* rotate by 30° */ }", "id,value\n1,25 m²\n2,30 m²\n",
    "E = mc²", "delay 40 µs", "12 kg/m³", "100 µF / 16 V",
]  # fmt: skip


@pytest.mark.parametrize("text", SIGNED)
@pytest.mark.parametrize("codec", ["cp1252", "iso8859-1"])
def test_signs_among_ascii(text, codec):
    assert cleaner.decode(text.encode(codec)).text == text


@pytest.mark.parametrize("text", ["Price: 10 €", "“quoted” words – and more…", "• one\n• two\n"])
def test_signs_of_windows(text):
    assert cleaner.decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (texts.RUSSIAN, "koi8-r"), ("Шаг 1: Пуск. Шаг 2: Стоп.", "cp1251"), ("ОК", "cp1251"), ("東京駅の時刻表", "cp932"),
        ("温度：25度", "cp932"),         ("Ångström", "cp1252"), ("El Niño", "iso8859-1"), ("Łódź", "cp1250"),
    ],
)  # fmt: skip
def test_words_of_few_letters_stay_words(text, codec):
    assert cleaner.decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("outside 25 °C, inside 21 °C", "cp850"),
        ("size 9½", "cp437"),
        ("№ 5", "cp1251"),
        ("Fixed a crash in Gabčíkovo.", "cp1250"),
    ],
)
def test_signs_and_letters_of_other_pages(text, codec):
    assert cleaner.decode(text.encode(codec)).text == text


def test_a_frame_around_ascii():
    box = "┌───────────┐\n│ huh barry │\n└───────────┘\n"
    assert cleaner.decode(box.encode("cp850")).text == box


def test_what_is_sparse():
    assert is_sparse("5 µm, 20 °C".encode("cp1252"))
    assert not is_sparse("àéîõü".encode("cp1252"))
    assert stand_alone("20 °C ±1".encode("cp1252"))
    assert not stand_alone("Где".encode("cp1251"))
    assert wide_stand_alone("25 度, 30 度")
    assert not wide_stand_alone("温度")


def test_places_of_signs():
    places = signs_of(b"20 \xb0C", b"")
    assert sorted(places("© 2004, 20 °C, x², Foo®, £5, n° 3")) == [0, 11, 16, 22, 25, 30]
    assert places("l'½uf, Ath°na, ²a, na×ve, Š, ±abardura, ©kriniarová, ¹47, ¾9000") == []
    assert signs_of(b"Utopia \xa1C", b"")("Utopia °C") == []


NAMES = {
    "cp1252": "Jürgen Müller;Köln|José Ibáñez;Málaga|João Simões;São Paulo|Søren Kjær;Århus|Göran Öberg;Malmö|Hélène Côté;Nîmes"
    "|Þórður Ævarsson;Ísafjörður|Iñigo Núñez;Logroño|Françoise Brûlé;Besançon|Bjørn Ærø;Tromsø|Antónia Falcão;Évora|Zoë;Zürich",
    "cp1250": "Antonín Dvořák;Plzeň|Łukasz Święcicki;Łódź|László Szűcs;Győr|Ivan Meštrović;Čakovec|Ľudovít Štúr;Žilina"
    "|Jürgen Groß;Köln|Żaneta Dąbrowska;Świnoujście|Ödön Kőrösi;Pécs|Věra Růžičková;Ústí|Đorđe Jurčić;Niš",
}


@pytest.mark.parametrize(
    ("names", "codec"),
    [("cp1252", "cp1252"), ("cp1252", "iso8859-1"), ("cp1252", "mac_roman"), ("cp1250", "cp1250"), ("cp1250", "cp852")],
)
@pytest.mark.parametrize("numbered", [False, True])
def test_names_in_many_languages(names, codec, numbered):
    rows = NAMES[names].split("|")
    lines = [f"{number};{row};{number * 7}.50" if numbered else row for number, row in enumerate(rows * 3)]
    text = "\n".join(lines).encode(codec, "ignore").decode(codec)
    decoded = cleaner.decode(text.encode(codec))
    assert decoded.text == text
    assert not decoded.encoding.mixed
