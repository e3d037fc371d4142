"""Lines that say what their garbled text stands for."""

import pytest

import cleaner


@pytest.mark.parametrize(
    "line",
    [
        'name = name.replace("Ã¤", "ä")',
        "    'Ã±' => 'ñ', 'Ã³' => 'ó',",
        "SeÃ±or -> Señor",
        "Umlaute fehlen (Ã¼ statt ü)",
        "It shows Ã¨ instead of è.",
        "Der Name wird als `JÃ¶rg` statt `Jörg` angezeigt.",
        'if "â€™" in text:  # U+2019, read as cp1252',
        "text.replace(/&Atilde;&uml;/g, '&egrave;');",
        "ö becomes Ã¶ there",
        "Größe -> GrÃ¶ÃŸe",
        "first = first.replace(/^ï»¿/, '')",
        '"\\u00c3\\u00b6": "\\u00f6",',
        "expect(fix('ÐŸÑ€Ð¸Ð²ÐµÑ‚')).toBe('Привет')",
        'shown = "мир".encode().decode("cp1252")  # "Ð¼Ð¸Ñ€"',
        'UTF-8 read as Latin-1 gives mojibake such as "fÃ¼r".',
    ],
)
def test_a_line_that_quotes_garbled_text_is_left(line):
    revision = cleaner.repair(line)
    assert revision.text == line
    (finding,) = revision.findings or [None]
    assert line.isascii() if finding is None else (finding.rule, "quote" in finding.reason) == ("MOJ302", True)


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("Ele é bom, ela Ã© mÃ¡.", "Ele é bom, ela é má."),
        ("alert('VocÃª nÃ£o pode entrar');", "alert('Você não pode entrar');"),
        (") CHARSET=utf8 COMMENT='NumÃ©ro de la piÃ¨ce';", ") CHARSET=utf8 COMMENT='Numéro de la pièce';"),
        ("Größe: 12 | GrÃ¶ÃŸe: 14", "Größe: 12 | Größe: 14"),
        ("Größe -> LÃ¤nge", "Größe -> Länge"),
        ("ï»¿# Ãœbersicht", "# Übersicht"),
        ("name => 'FranÃ§ois', city => 'OrlÃ©ans'", "name => 'François', city => 'Orléans'"),
    ],
)
def test_garbled_text_beside_right_words_is_repaired(garbled, right):
    assert cleaner.repair(garbled).text == right


def test_each_line_of_a_table_of_repairs_is_left_and_the_text_around_it_repaired():
    table = '"Ã©" -> "é"\n"Ã¨" -> "è"\n'
    text = "Le cafÃ© est fermÃ©.\n" + table + "\nLe thÃ© aussi."
    assert cleaner.repair(text).text == "Le café est fermé.\n" + table + "\nLe thé aussi."
