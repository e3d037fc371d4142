"""Bidirectional controls, look-alike letters, invisible characters."""

import pytest

from cleaner.spoofing import spoofing


def rules(text):
    return [(finding.rule, text[finding.start : finding.end]) for finding in spoofing(text)]


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "می\u200cخواهم",  # ZWNJ, as Persian needs it
        "\u05d0\u200f 12",
        "Σ α β of Ω, ναι",
        "Привет, IT-отдел и 3D-печать",
        "ITшник",
        "first\\nПривет",
        "[a-zа-яё]",
        "12 μs, Δx",
        "webсайт",
        "ภาษา\u200bไทย",
        "ภาษา\u200bok",
        "ok\u200bภาษา",
        "co\u00ad-",
        "Hi 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "👩\u200d💻",
    ],
)
def test_what_writing_needs_is_left(text):
    assert not rules(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a \u202e b", [("TXT801", "\u202e")]),
        ("a \u202eb\u202c c", [("TXT801", "\u202e"), ("TXT802", "\u202c")]),
        ("a \u2066 b\n\u2069", [("TXT801", "\u2066"), ("TXT801", "\u2069")]),
        ("\u202eab", [("TXT801", "\u202e")]),
        ("a \u2066b\u202c c", [("TXT801", "\u2066"), ("TXT801", "\u202c")]),
        ("a \u2067b\u2069 c", [("TXT802", "\u2067"), ("TXT802", "\u2069")]),
        ("p\u0430ypal", [("TXT803", "p\u0430ypal")]),
        ("\u0441\u043e\u0432o\u0442", [("TXT803", "\u0441\u043e\u0432o\u0442")]),
        ("\u03bfpen", [("TXT803", "\u03bfpen")]),
        ("us\u200ber", [("TXT804", "\u200b")]),
        ("ภาษา\u00adไทย", [("TXT804", "\u00ad")]),
        ("x\u3164 = 1", [("TXT804", "\u3164")]),
        ("ok\U000e0061\U000e0062", [("TXT804", "\U000e0061\U000e0062")]),
    ],
)
def test_what_deceives_is_found(text, expected):
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "said", "meant"),
    [
        ("p\u0430ypal", "\u0430 is CYRILLIC SMALL LETTER A", ["paypal"]),
        ("\u0441\u043e\u0432o\u0442", "o is LATIN SMALL LETTER O", []),
    ],
)
def test_the_letters_that_are_fewer_are_named_and_the_latin_word_is_told(text, said, meant):
    (finding,) = spoofing(text)
    assert finding.evidence == (said,)
    assert [candidate.value for candidate in finding.candidates] == meant
