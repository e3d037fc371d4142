"""Quotes and dashes that a Thai page lost, by habit of the language."""

import pytest

import cleaner

LOST = {*range(0x80, 0xA1), 0xDB, 0xDC, 0xDD, 0xDE, 0xFC, 0xFD, 0xFE, 0xFF}


def accident(text: str) -> str:
    return bytes(byte for byte in text.encode() if byte not in LOST).decode("tis-620")


@pytest.mark.parametrize(
    "text",
    [
        "“Come in,” she said. “It’s open.”",
        "The dogs’ owner wasn’t there; he’d left at o’clock ten.".replace("o’clock ten", "ten o’clock"),
        "It was the ’90s – or so they say – and rock ’n’ roll was king.".replace(" – ", " — ").replace("’n’", "and"),
        "L’été, c’est l’heure d’aller à l’école.",
        "„Komm herein“, sagte sie, „die Tür ist offen.“ Das war nicht der Plan.",
        "The café’s owner — a naïve man — smiled…",
        "Il faut attendre…",
    ],
)
def test_restored(text):
    garbled = accident(text)
    assert garbled != text
    assert cleaner.repair(garbled).text == text


TABLE = "FREQUENT = {\n" + "".join(f'    "{letter}",\n' for letter in "านรอกเงมยลวดทสตะปบค") + "}\n"
"""A table of Thai letters in a program: each is alone, and many are none that the accident leaves alone."""


@pytest.mark.parametrize(
    "text", ["โฆษณาทางโทรทัศน์", "โยชิไปโรงเรียน", "He said สวัสดี and โชคดี to us.", "ราคา 100 บาท", TABLE]
)
def test_thai_stays(text):
    assert cleaner.repair(text).text == text


def _shown(text: str, *, controls: bool) -> str:
    """`text` as cp874 shows it; the bytes that mean nothing there are dropped, or kept as controls."""
    kept = (
        bytes([byte]).decode("cp874", "ignore") or (chr(byte) if controls and byte < 0xA0 else "")
        for byte in text.encode()
    )
    return "".join(kept)


@pytest.mark.parametrize("controls", [False, True])
@pytest.mark.parametrize(
    "meant",
    [
        "The band’s “early” days – and nights — it’s €5…",
        "“Hello,” she said. “It’s nice.”",
        "« Où est-il ? » demanda-t-elle — l’été…",
    ],
)
def test_cp874_keeps_its_euro_sign(meant: str, controls: bool) -> None:
    revision = cleaner.repair(_shown(meant, controls=controls))
    assert revision.text == meant
    assert all(edit.kind == "inferred" for edit in revision.edits if edit.rule == "MOJ202")
    assert {edit.chain[0] for edit in revision.edits if "€" in edit.before} == {"encode cp874"}


def test_marks_of_cp874_are_no_other_mix_up():
    lines = ["We havenโ€t met the โ€newโ€ baker yet.", "Itโ€s said โ€“ by whom? โ€“ that he bakes on โ€Sundayโ€ too."]
    wanted = ["We haven’t met the “new” baker yet.", "It’s said – by whom? – that he bakes on “Sunday” too."]
    revision = cleaner.repair("\n".join(lines * 3))
    assert revision.text == "\n".join(wanted * 3)
    assert {edit.rule for edit in revision.edits} <= {"MOJ101", "MOJ202"}


def test_sequences_that_cp874_kept_whole_are_read_as_they_are():
    shown = "Ёлка — это «дерево», а не куст.".encode().decode("cp874", "surrogateescape")
    text = "".join(chr(ord(char) - 0xDC00) if "\udc80" <= char <= "\udcff" else char for char in shown)
    assert cleaner.repair(text).text == "Ёлка — это «дерево», а не куст."


def test_lines_of_thai_beside_others_are_left():
    text = "Menu of the day\nข้าวผัดกุ้งราคาหนึ่งร้อยบาท\nFried rice with shrimps? One hundred.\n"
    assert cleaner.repair(text).text == text


def test_rows_of_what_is_left_of_letters_are_no_thai():
    garbled = accident("Die „Größe“ der Stadt\nczęść łąki — źdźbło\n“Yes,” she said.\n")
    assert cleaner.repair(garbled).text != garbled


def test_a_long_row_of_thai_letters_takes_no_time():
    """Where a Thai digit was looked for at the end of each rest of the row, this took a minute."""
    assert cleaner.repair("\N{THAI CHARACTER SARA O}" * 100_000).text
