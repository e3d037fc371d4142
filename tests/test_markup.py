"""Mark-up: what is blanked, what stays, and that pages of one site are no copies for it."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.markup import with_blank_markup, without_markup
from cleaner.overlap import find_duplicates

PAGE = """<!DOCTYPE html>
<html><head><title>{0}</title><link rel="stylesheet" href="style.css" type="text/css">
<script type="text/javascript">var pages = ["Start", "Links"]; show(1 < 2);</script>
<!-- a comment that stands in each page of the site -->
</head><body bgcolor="#FFFFCC" text="#000000"><table width="100%" border="0" cellpadding="4"><tr><td class="nav">
{1}</td></tr></table></body></html>
"""
GERMAN = "Der Verein wurde 1897 gegründet und hat heute über hundert Mitglieder in drei Orten."
GREEK = "Το χωριό μας βρίσκεται στις πλαγιές του βουνού, και κάθε καλοκαίρι γίνεται πανηγύρι."


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("if a < b and c > d: print(x)", "if a < b and c > d: print(x)"),
        ("Write to Ann <ann@example.org> or <bob>.", "Write to Ann <ann@example.org> or <bob>."),
        ("<p>one</p>two", " one two"),
        ("a<br/>b</p>", "a b "),
        ("<SCRIPT>x < y</Script>z", " z"),
        ("<style>p {}</style>z", " z"),
        ("<!-- a <b> -->z</p>", " z "),
        ("<!-- no end </p>", " no end "),
        ("5 < 6 </i>", "5 < 6  "),
    ],
)
def test_what_is_markup(text: str, bare: str) -> None:
    assert without_markup(text).split() == bare.split()
    blank = with_blank_markup(text)
    assert blank.split() == bare.split()
    assert len(blank) == len(text)
    assert [at for at, char in enumerate(text) if char == "\n"] == [at for at, char in enumerate(blank) if char == "\n"]


MAIL = """From: {0}@example.org
Subject: {1}
MIME-Version: 1.0
Content-Type: text/plain;
 charset=utf-8
Content-Transfer-Encoding: 8bit

{2}
"""


def test_headers_of_mails_are_no_words() -> None:
    mail = MAIL.format("ann", "Lunch", "See you at noon. To: be sure, bring bread.")
    assert " ".join(without_markup(mail).split()) == "ann@example.org Lunch See you at noon. To: be sure, bring bread."
    blank = with_blank_markup(mail)
    assert len(blank) == len(mail)
    assert blank.count("\n") == mail.count("\n")
    text = "Subject: a word\nFrom: the beginning\n"
    assert without_markup(text) == text


@pytest.mark.parametrize(
    "text",
    [
        'curl -H "Content-Type: text/html" it.example\nReferences:\n  a book of 1897\nFrom: here on\n',
        "Name: it\nDescription-Content-Type: text/markdown\n\nTo: whom it may concern\n",
        "The field Content-Type: says what a mail holds.\nX-Rays: are others\n",
    ],
)
def test_a_text_about_mails_is_none(text: str) -> None:
    assert without_markup(text) == with_blank_markup(text) == text


def test_fields_of_other_names_stay_in_a_mail() -> None:
    body = "X: and Y: talk\nContent:\n  the first part\nList:\n\tand the second\n"
    assert without_markup("Content-Type: text/plain\n \n  Indented.\n" + body).split() == ["Indented.", *body.split()]


def test_two_mails_have_more_in_common_than_headers() -> None:
    mails = {"de": MAIL.format("jan", "Treffen", GERMAN), "el": MAIL.format("eleni", "Χωριό", GREEK)}
    assert find_duplicates(mails).pairs == ()


def test_pages_of_one_site_are_no_copies() -> None:
    pages = {"de": PAGE.format("Verein", GERMAN), "el": PAGE.format("Χωριό", GREEK), "frame": PAGE.format("", "")}
    assert find_duplicates(pages).pairs == ()


def test_a_text_with_other_tags_is_a_near_copy_and_its_passages_are_in_place() -> None:
    one, other = PAGE.format("Verein", GERMAN), f"<div><p>{GERMAN.replace('Verein', '<b>Verein</b>')}</p></div>"
    (pair,) = find_duplicates({"a": one, "b": other}).pairs
    assert (pair.relation, pair.direction) in {("near", None), ("contained", "b")}
    assert any(GERMAN in one[p.a.start : p.a.end] for p in pair.passages)


def test_tags_are_no_english_in_a_russian_page() -> None:
    russian = "Эта страница посвящена истории нашего города, здесь вы найдёте старые фотографии и воспоминания жителей."
    shares = cleaner.detect_language(PAGE.format("История", f"<p>{russian}</p>"), spans=True).shares
    assert shares[0].value == "ru"
    assert shares[0].confidence > 0.85
