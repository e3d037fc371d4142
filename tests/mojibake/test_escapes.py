"""Escapes: right ones stay; those behind which mojibake hides are undone with it, whatever kind they are of."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.edits import undo

RIGHT = [
    "Caf&eacute; au lait &amp; th&eacute; &mdash; &laquo;&nbsp;merci&nbsp;&raquo;",
    "https://fr.wikipedia.org/wiki/Caf%C3%A9_de_Flore",
    "https://example.org/caf%C3%83%C2%A9 leads where it leads",
    "<a href='/th%C3%A9'>th&eacute;</a>",
    r'{"name": "caf\u00e9", "mood": "\ud83d\ude00", "city": "\u4e2d\u6587\u5b57"}',
    r'half = "\ud83d"; other = "\ude00"',
    r'assert repair("\u00c3\u00a9") == "\u00e9"',
    r"C:\\users\\u00c3\\u00a9",
    "Fran=C3=A7ois a =C3=A9crit",
    "a=C3 b=A9 x%C3 100%A9",
    "5 &times; 3 &le; 20 &deg;C &plusmn; 1&frac12;",
    "caf%FF%FE =FF=FE",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_escapes_stay(text: str) -> None:
    assert cleaner.repair(text).edits == ()


@pytest.mark.parametrize("text", RIGHT)
def test_right_escapes_stay_beside_mojibake(text: str) -> None:
    revision = cleaner.repair(f"We saw the cafÃ© again\n{text}\n")
    assert revision.text == f"We saw the café again\n{text}\n"


def test_right_escapes_stay_in_a_line_with_garbled_ones() -> None:
    line = r"Andr%C3%83%C2%A9 wrote th&eacute;, \u00e9t\u00e9 and https://x.org/%C3%A9 today"
    assert cleaner.repair(line).text == line.replace("%C3%83%C2%A9", "é")


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("<p>CafÃ©&nbsp;: Ã©tÃ©&nbsp;!</p>", "<p>Café&nbsp;: été&nbsp;!</p>"),
        ("&laquo;&nbsp;DÃ©jÃ\xa0 vu&nbsp;&raquo;, câ€™est lâ€™Ã©tÃ©", "&laquo;&nbsp;Déjà vu&nbsp;&raquo;, c’est l’été"),
        ("&Acirc;&laquo;dÃ©jÃ&nbsp;&Acirc;&raquo; vu", "«déjà» vu"),
        ("caf&Atilde;&copy;&nbsp;: &Atilde;&copy;t&Atilde;&copy;", "café&nbsp;: été"),
    ],
)
def test_right_escapes_stay_in_a_garbled_word(garbled: str, right: str) -> None:
    revision = cleaner.repair(garbled)
    assert revision.text == right
    assert all(edit.kind == "exact" for edit in revision.edits)


def test_entities_escaped_twice() -> None:
    line = "Thé &amp; cr&amp;Atilde;&amp;uml;me br&amp;Atilde;&amp;raquo;lante"
    assert cleaner.repair(line).text == "Thé &amp; crème brûlante"
    assert cleaner.repair("na&amp;iuml;ve caf&amp;eacute; &amp;amp; AT&amp;T").edits == ()


def escaped(text: str, kind: str) -> str:
    if kind == "json":
        return json.dumps(text)[1:-1]
    if kind == "percent":
        return quote(text, safe=" ,?!.'")
    if kind == "quoted-printable":
        return quote(text, safe=" ,?!.'").replace("%", "=")
    return text.encode("ascii", "xmlcharrefreplace").decode()


KINDS = ["json", "percent", "quoted-printable", "entities"]
TEXTS = [
    "Où étiez-vous né, à l’école ?",
    "Grüße aus München – schön hier",
    "Привет, как дела сегодня?",
    "déjà vu 😀 été",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", TEXTS)
def test_garbled_escapes_are_undone(text: str, kind: str) -> None:
    garbled = escaped(text.encode().decode("latin-1"), kind)
    revision = cleaner.repair(garbled)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == garbled
    assert all(edit.kind == "exact" for edit in revision.edits)
    assert {edit.chain[0] for edit in revision.edits} == {f"unescape {kind}"}
    assert cleaner.repair(text).text == text


def test_two_layers_below_escapes() -> None:
    text = "Où étiez-vous né, à l’école ?"
    twice = text.encode().decode("latin-1").encode().decode("latin-1")
    assert cleaner.repair(escaped(twice, "json")).text == text


def test_ascii_of_the_same_word_goes_with_it() -> None:
    assert cleaner.repair("caf%C3%83%C2%A9%20au%20lait%2C%20noir 100%25").text == "café au lait, noir 100%25"


def test_json_stays_json() -> None:
    line = r'{"sender": "Andr\u00c3\u00a9", "text": "il a dit \"\u00c3\u00a0 demain\"\n"}'
    repaired = cleaner.repair(line).text
    assert json.loads(repaired) == {"sender": "André", "text": 'il a dit "à demain"\n'}


def test_a_single_garbled_letter_in_a_long_line() -> None:
    line = "Il treno per Genova &Atilde;&uml; in ritardo di venti minuti e nessuno dice quando arriva"
    assert cleaner.repair(line).text == line.replace("&Atilde;&uml;", "è")


def test_mixed_spellings_are_repaired_as_inferred() -> None:
    revision = cleaner.repair(r"Caf&Atilde;&copy; de Paris, caf\u00c3\u00a9 de Lyon, cafÃ© de Nice")
    assert revision.text == "Café de Paris, café de Lyon, café de Nice"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"aé \n", *(escaped("Ã©", kind) for kind in KINDS), "Ã©", "%20", "=3D"]), max_size=12))
def test_any_mixture_can_be_given_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    revision = cleaner.repair(text)
    assert undo(revision.text, revision.edits) == text
    assert cleaner.repair(revision.text).text == revision.text
