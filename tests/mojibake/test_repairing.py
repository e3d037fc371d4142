"""Repair: what must not change first, then what must."""

import json
import re
from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.document import Revision
from cleaner.edits import apply, undo
from cleaner.mojibake import RepairContext, repair_name
from cleaner.mojibake.ranges import holding
from tests.conftest import ROOT

HELD = json.loads((ROOT / "fixtures" / "mojibake" / "cases.json").read_text(encoding="utf-8"))
CASES = [case for case in HELD["cases"] if "known_failure" not in case]
FAILURES = [case for case in HELD["cases"] if "known_failure" in case]


@pytest.mark.parametrize("text", HELD["unchanged"])
def test_true_text_is_left_alone(text):
    assert cleaner.repair(text).text == text
    assert cleaner.repair(text).edits == ()


@pytest.mark.parametrize("text", ["", "plain", "café"])
def test_what_is_said_of_clean_text_is_a_revision_like_any(text):
    assert cleaner.repair(text) == Revision(text)
    assert hash(cleaner.repair(text)) == hash(Revision(text))


@pytest.mark.parametrize(
    ("garbled", "clean"),
    [
        ("Tank foar it bruÃÇken fan", "Tank foar it brûken fan"),
        ("voÃÅoÃÅr het openen\nPrinter ophalen‚Ä¶", "vóór het openen\nPrinter ophalen…"),
        ("e╠ücole prive╠üe", "école privée"),
    ],
)
def test_accents_apart_from_their_letters_are_read_as_parts_of_them(garbled, clean):
    assert cleaner.repair(garbled).text == normalize("NFD", clean)


@pytest.mark.parametrize(
    ("garbled", "clean"),
    [
        ("ApurinÃ£", "Apurinã"),
        ("Utilizare: [OP»öIUNE]... [FI»òIER]...", "Utilizare: [OPȚIUNE]... [FIȘIER]..."),
        ("MicronÞsia, Istados Federados de", "Micronèsia, Istados Federados de"),
        ("aromanÞs; macedoromanÞs", "aromanès; macedoromanès"),
    ],
)
def test_a_letter_is_not_made_of_an_accent_that_another_page_has(garbled, clean):
    assert cleaner.repair(garbled).text == clean


@pytest.mark.parametrize("garbled", ["KADÃ‰Ã\x8f", "-u fd Å\x98Ã¡dky"])
def test_a_control_proves_no_second_layer(garbled):
    assert cleaner.repair(garbled).text == garbled


def test_a_control_proves_a_letter_before_a_name_of_another_script():
    assert cleaner.repair("×\x90××\x90 ×\x91×\x93×§×\x95 ×\x94API").text == "אנא בדקו הAPI"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_garbled_text_is_repaired(case):
    assert cleaner.repair(case["text"]).text == case["clean"]


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=case["known_failure"])) for case in FAILURES],
    ids=lambda case: case["text"],
)
def test_known_failures(case):
    assert cleaner.repair(case["text"]).text == case["clean"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_edits_are_complete_and_can_be_undone(case):
    revision = cleaner.repair(case["text"])
    assert apply(case["text"], revision.edits) == revision.text
    assert undo(revision.text, revision.edits) == case["text"]
    for edit in revision.edits:
        assert edit.chain
        assert edit.reason
        assert 0 < edit.confidence < 1
        assert edit.kind == "exact" or edit.alternatives


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_repairing_twice_is_repairing_once(case):
    once = cleaner.repair(case["text"]).text
    assert cleaner.repair(once).text == once


def test_exact_level_fills_nothing_in():
    text = "The bandโs early days; cafÃ© au lait"
    assert cleaner.repair("The bandโs early days", level="exact").text == "The bandโs early days"
    assert all(edit.kind == "exact" for edit in cleaner.repair(text, level="exact").edits)


def test_context_comes_from_the_edits_of_neighbours():
    context = RepairContext.of(cleaner.repair("cafÃ© au lait").edits)
    assert context.chains == ((("encode cp1252", "decode utf-8"), 1),)
    assert not RepairContext()


def test_what_is_lost_is_reported():
    (finding,) = cleaner.repair("lost \ufffd\ufffd here").findings
    assert (finding.rule, finding.start, finding.end) == ("MOJ301", 5, 7)


@pytest.mark.parametrize(
    ("name", "repaired"),
    [("report.txt", "report.txt"), ("café.txt", "café.txt"), ("cafÃ© menu du jour.txt", "café menu du jour.txt")],
)
def test_file_names(name, repaired):
    assert repair_name(name).text == repaired


WESTERN = [
    "Où êtes-vous né, à l’école ?",
    "Grüße aus München – schön hier",
    "El niño comió ñoquis después",
    "Žluťoučký kůň úpěl",
]


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("page", ["cp1252", "cp1251", "cp437", "mac_roman", "koi8-r", "cp850"])
def test_every_page_is_undone(text, page):
    from cleaner.models.encodings import page as meanings

    shown = "".join(meanings(page)[byte] for byte in text.encode())
    assert cleaner.repair(shown).text == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_given_back(text):
    revision = cleaner.repair(text)
    assert undo(revision.text, revision.edits) == text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=200))
def test_ascii_never_changes_without_escapes(text):
    plain = re.sub(r"[&\\%=]", "+", text)
    assert cleaner.repair(plain).text == plain


@pytest.mark.parametrize(
    "text", ["á" + "\u0301" * 40, "Ḩ̸̡͙̰̺̦e l̶͎̦̠̗̀l o̸̢̟͍͍", "é\u0301\u0300\u0309\u0303\u0323\u0301\u0300 and the rest"]
)
def test_piled_up_accents_are_left(text):
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    "text", ["\xc3\x82\xc2\x93\xc2\x94\n\xe5\x9c\xa8", "\u043f\u0457\u0405\xe0\xa4\xbe \u200b&mp;e"]
)
def test_a_second_call_which_knows_no_chains_changes_nothing(text):
    once = cleaner.repair(text)
    again = cleaner.repair(once.text)
    assert again.text == once.text
    assert not again.edits


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_windows_file_is_repaired_alike(case):
    windows = cleaner.repair(case["text"].replace("\n", "\r\n") + "\r\n").text
    assert windows == case["clean"].replace("\n", "\r\n") + "\r\n"


@pytest.mark.parametrize(
    "line", ["Das ist ein schÃ¶ner Tag.", "Ïðèâåò, êàê äåëà? Ñïàñèáî!", "Po poĹ‚udniu Ĺ›wieci sĹ‚oĹ?ce."]
)
def test_equal_lines_have_equal_edits(line):
    once, often = cleaner.repair(line), cleaner.repair(f"{line}\n" * 5)
    assert once.edits
    assert often.text == f"{once.text}\n" * 5
    assert undo(often.text, often.edits) == f"{line}\n" * 5
    moved = [replace(edit, start=edit.start % (len(line) + 1), end=edit.end % (len(line) + 1)) for edit in often.edits]
    assert moved == list(once.edits) * 5


@pytest.mark.parametrize(
    "text", ["ï»¿Hi", "п»їПривет", "ï»¿ï»¿Hi", "п»ї\ufeff", "ï»¿\ufeff\ufeffHi", "ï»¿cafÃ© and cafÃ©", "ï»¿£ódŸ i café"]
)
def test_byte_order_marks_at_the_beginning_are_removed(text):
    revision = cleaner.repair(text)
    assert not revision.text.startswith("\ufeff")
    assert apply(text, revision.edits) == revision.text
    assert undo(revision.text, revision.edits) == text
    assert cleaner.repair(revision.text).text == revision.text


@pytest.mark.parametrize(
    "line",
    [
        'pattern = re.compile("[À-ÖØ-öø-ÿ]+")',
        'print("naïve façade, Größe, señor")  # déjà vu',
        'const VOWELS = "áéíóúàèìòùâêîôû";',
        '    return "smørrebrød" if da else "smörgås";',
        "// Þetta er íslenskur texti með ð og þ",
        '{"et": "sõna", "pt": "não", "is": "þú"}',
    ],
)
def test_true_words_in_a_line_of_code_stay(line):
    assert cleaner.repair(line).text == line


@pytest.mark.parametrize(
    ("line", "right", "wrong"),
    [
        ('    throw new Error("Файл не найден");', "cp1251", "cp1252"),
        ('print("Готово")', "cp1251", "cp1252"),
        ("// następnie wyświetlamy wynik", "cp1250", "cp1252"),
        ("/* dosyanın başlangıç satırı */", "cp1254", "cp1252"),
        ('alert("비밀번호를 입력하세요");', "cp949", "cp1252"),
        ("# 读取配置文件", "gbk", "cp1252"),
    ],
)
def test_a_garbled_comment_or_string_needs_no_more_than_other_text(line, right, wrong):
    assert cleaner.repair(line.encode(right).decode(wrong)).text == line


def test_a_line_that_looks_right_stays_in_a_document_of_another_accident():
    lines = ["Não há pão, e o avião não voa.", "Os irmãos dão as mãos."]
    garbled = ["Сегодня хорошая погода, и мы идём гулять."] * 2 + ["Завтра будет дождь."]
    text = "\n".join([*lines, *(line.encode("cp1251").decode("cp1252") for line in garbled)])
    assert cleaner.repair(text).text == "\n".join([*lines, *garbled])


def test_a_line_that_looks_right_is_repaired_by_what_other_lines_went_through():
    seen, alone = "A gyűjtemény őszi kötete időben érkezett.", "mérőszalag és fűrész"
    lines = [seen, "Az eső elől a hídfő alá menekültek, és ott várták meg a nőt.", alone]
    shown = [line.encode("cp1250").decode("cp1252") for line in lines]
    assert cleaner.repair(shown[2]).text == shown[2]
    revision = cleaner.repair("\r\n".join(shown))
    assert revision.text == "\r\n".join(lines)
    assert undo(revision.text, revision.edits) == "\r\n".join(shown)
    assert cleaner.repair(revision.text).text == revision.text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("abc\n\nd", []),
        ("aõ\nb\n\nûõû\nc", [(0, 2), (6, 9)]),
        ("\nõ", [(1, 2)]),
        ("õ\nõ\n", [(0, 1), (2, 3)]),
        ("a" * 100 + "\n" + "b]õ", [(101, 104)]),
    ],
)
def test_lines_that_hold_characters(text, lines):
    assert list(holding(text, "]õû^")) == lines


def test_garbled_and_right_between_the_same_spaces_are_told_apart():
    text = "Mode de sélection;Â«Â\xa0Â\xa0Â» a Ã©tÃ© soumis(e);né cafÃ©;été"
    revision = cleaner.repair(text)
    assert revision.text == "Mode de sélection;«\xa0\xa0» a été soumis(e);né café;été"
    assert {edit.kind for edit in revision.edits} == {"exact"}


SPANISH = """\
Envíe formularios como mínimo.
La niña comió piña mañana por la mañana
El niño español soñó con años pequeños
Después de la reunión, él también volvió
¿Qué día llegó el avión de Bogotá a España?
El señor compró un paraguas y salió a la montaña
Históricamente el hogar ha tenido un uso multifuncional"""
SWEDISH = """\
Jag är på väg hem från jobbet i går kväll
Vi möttes på ön där björnarna sover
Hon läste både böcker och tidningar på tåget
Han åkte båt över sjön på lördag
Färgen på väggen är grå och tråkig
Öppna fönstret så att vi får frisk luft
De bygger en ny väg här nästa år
Flytta objekt till den överordnade mappen
Barnstatus ändrad"""


@pytest.mark.parametrize(("page", "text"), [("mac_roman", SPANISH), ("cp850", SWEDISH)])
def test_a_mix_up_that_the_document_went_through_costs_nothing_in_other_lines(page, text):
    assert cleaner.repair(text.encode(page).decode("cp1252")).text == text
