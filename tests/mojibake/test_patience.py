"""Text that is none is not searched line by line for ever, and what is garbled in it is found all the same."""

import random

import pytest

import cleaner
from cleaner.mojibake.escapes import holds_escape
from cleaner.mojibake.lines import Lines
from cleaner.mojibake.patience import BACK, LONG, PATIENCE, Patience

LETTERS = "abcdefghijklmnopqrstuvwxyz" * 2 + "".join(map(chr, range(0xC0, 0x100)))
RIGHT = "Вечером мы пойдём в театр, строка номер {}"


def rows(count):
    drawn = random.Random(3)
    return [" ".join("".join(drawn.choices(LETTERS, k=drawn.randint(2, 8))) for _ in range(12)) for _ in range(count)]


def test_rows_of_letters_are_searched_some_hundred_times(monkeypatch):
    searched = []
    own = Lines._searched
    monkeypatch.setattr(
        Lines, "_searched", lambda self, line, *rest, **how: searched.append(line) or own(self, line, *rest, **how)
    )
    repairer = Lines("inferred", None)
    repairer.edits("\n".join(rows(700)))
    assert PATIENCE < len(searched) < 2 * PATIENCE
    assert repairer.is_tired()


def test_what_chance_gains_keeps_no_list_of_random_words_searched():
    drawn = random.Random(5)
    words = "\n".join("".join(drawn.choices(LETTERS, k=drawn.randint(4, 12))) for _ in range(2_000))
    repairer = Lines("inferred", None)
    repairer.edits(words)
    assert len(repairer.passed) > 1_000
    once = cleaner.repair(words).text
    assert cleaner.repair(once).text == once


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "cp1251"), ("cp1251", "koi8-r")])
def test_garbled_lines_behind_rows_of_letters_are_repaired(right, wrong):
    shown = [RIGHT.format(number).encode(right).decode(wrong) for number in range(200)]
    made = cleaner.repair("\n".join([*rows(300), *shown])).text.split("\n")[-200:]
    assert made == [RIGHT.format(number) for number in range(200)]


def test_what_was_passed_over_is_tried_with_the_chain_of_the_line_behind_it():
    drawn = random.Random(5)
    signs = [chr(code) for code in [*range(32, 127), *range(0xA1, 0x100)]]
    noise = ["".join(drawn.choices(signs, k=60)) for _ in range(300)]
    right = [RIGHT.format(number) for number in range(80)]
    shown = [line.encode("cp1251").decode("cp1252") for line in right]
    assert cleaner.repair("\n".join([*noise, *shown])).text.split("\n")[-80:] == right


@pytest.mark.parametrize("text", ["\n".join(rows(400)), "\n".join([*rows(300), "РЎРЅРµРі", *rows(100)])])
def test_text_that_is_none_is_repaired_once_for_all(text):
    once = cleaner.repair(text)
    again = cleaner.repair(once.text)
    assert (again.text, again.edits) == (once.text, ())
    assert told(again) == told(once)


def told(revision):
    return [finding for finding in revision.findings if "searched" in finding.reason]


def test_lines_that_are_passed_over_are_told():
    text = "\n".join(["kein Wort davon", *rows(300), "und keines dahinter"])
    revision = cleaner.repair(text)
    (finding,) = told(revision)
    assert finding.rule == "MOJ302"
    assert revision.text.index("\n") < finding.start < finding.end <= revision.text.rindex("\n")


@pytest.mark.parametrize(
    "line",
    [
        '<li><code>url{}</code> <a href="url.html" class="type">&#x3C;string></a> | <a class="type">&#x3C;URL></a></li>',
        "\xa0\xa0{}\xa0\xa0x86/amd64-&gt;IR:\xa00x66\xa00xF\xa00xF7\xa0(maskmovq,\xa0maskmovdq)<br>",
        "\xa0\xa0{}\xa0\xa0massif\xa0numbers\xa0don't\xa0seem\xa0to\xa0add\xa0up<br>",
    ],
)
def test_pages_of_html_do_not_look_garbled(line):
    text = "\n".join(["<p>The<code>noDelay</code>,\xa0<code>keepAlive</code>", *map(line.format, range(400))])
    assert cleaner.repair(text).findings == ()


def test_escapes_of_ascii_are_no_escapes_of_what_is_garbled():
    assert not holds_escape("&#x3C;string> &lt;p&gt; &amp; %41 =3D")
    assert holds_escape("&amp; &Atilde;&copy;")


def test_what_is_explained_makes_good_what_was_in_vain():
    patience = Patience()
    for _ in range(PATIENCE + 2 * BACK):
        patience.spend("ëó")
    assert patience.is_spent()
    patience.restore("ëó", 1.0)
    assert patience.vain == PATIENCE + 2 * BACK
    patience.restore("ëó", 100.0)
    assert patience.vain == PATIENCE // 2
    assert not patience.is_spent()


def test_the_same_lines_are_searched_the_more_the_fewer_are_in_vain():
    lines = rows(1_000)
    searched = []
    for count in (PATIENCE, 200, 2_000, 20_000):
        patience = Patience()
        patience.vain = count
        searched.append({line for line in lines if not patience.is_over(line)})
    assert searched[0] == set(lines)
    assert searched[1] > searched[2] > searched[3]
    assert 10 < len(searched[2]) < 30  # one of sqrt(2 * 1,872)


def test_a_long_line_counts_more():
    patience = Patience()
    patience.spend("ëó" * LONG * PATIENCE)
    assert patience.is_spent()


def test_affix_flags_are_not_searched_for_ever():
    flags = [
        "VËŻj×LnÓéčłÄäTtYc¸źl",
        "UĘŽiÖKmŇáyÇżßSsYcť",
        "ŐCWRĚŻjŢÔíčłĹĺYc¸˝",
        "VËŻj×LnÓéyČŔŕTtYcź",
        "ŐAUQĘŽiĎŇáç˛ĂăYcˇť",
    ]
    drawn = random.Random(7)
    stems = ["".join(drawn.choices("abdegiklmnoprstuvz", k=7)) for _ in range(1_500)]
    text = "\n".join(f"{stem}/{drawn.choice(flags)[drawn.randint(0, 3) :]}" for stem in stems)
    repairer = Lines("inferred", None)
    repairer.edits(text)
    assert len(repairer.passed) > 500
    assert cleaner.repair(text).text == text
