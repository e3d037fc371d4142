"""Names that a user may give: the tables against the rules and the model, and what is said of a wrong name."""

import pytest

from cleaner import Settings, decode
from cleaner.errors import SettingsError, UsageError
from cleaner.known import LANGUAGES, RULES, is_rule, near_language, near_rule, wrong_encoding, wrong_language
from cleaner.language.letters import WRITTEN
from cleaner.models.languages import load
from cleaner.rules import rule_codes


def test_the_rules_are_those_of_the_rooms():
    assert list(RULES) == rule_codes()


def test_the_languages_are_those_that_can_be_found():
    found = {code for codes in load().codes.values() for code in codes} | {code for _, code in WRITTEN}
    assert set(LANGUAGES) == found


@pytest.mark.parametrize("code", ["M", "MOJ", "MOJ1", "MOJ10", "MOJ101"])
def test_codes_and_their_beginnings_are_rules(code):
    assert is_rule(code)


@pytest.mark.parametrize("code", ["", "moj", "MOJ9", "MOJ1011", "OJ1"])
def test_other_names_are_none(code):
    assert not is_rule(code)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("MOJ999", "MOJ"),
        ("MOJ1O1", "MOJ101"),
        ("TXT150", "TXT1"),
        ("MOJIBAKE", "MOJ"),
        ("ECN101", "ENC"),
        ("Q", "codes begin with"),
    ],
)
def test_the_nearest_rule_is_named(code, said):
    assert said in near_rule(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("english", "en"),
        ("Englisch", "en"),
        ("eng", "en"),
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("no", "nb"),
        ("cz", "cs"),
        ("Rusian", "ru"),
    ],
)
def test_the_nearest_language_is_named(name, code):
    assert f"did you mean {code!r} ({LANGUAGES[code]})?" == near_language(name)


def test_where_none_is_near_all_are():
    assert near_language("qq") == "known are " + ", ".join(LANGUAGES)


@pytest.mark.parametrize("code", [*LANGUAGES, "und", "tlh", "no", "pt-BR", "zh-Hant", "sr-Latn-RS"])
def test_what_has_the_form_of_a_code_is_no_wrong_language(code):
    assert not wrong_language(code)


@pytest.mark.parametrize("code", ["", "e", "EN", "en_US", "english", "čs", "en-", "en us"])
def test_what_has_another_form_is_a_wrong_language(code):
    assert "is no code of a language" in wrong_language(code)


@pytest.mark.parametrize(("name", "said"), [("utf9", "utf"), ("KOI-8R", "koi8"), ("quite another", "names are like")])
def test_the_nearest_encoding_is_named(name, said):
    assert said in wrong_encoding(name)


@pytest.mark.parametrize("name", ["cp1252", "UTF-8", "koi8-r", "shift_jis", "utf-7", "hz"])
def test_what_files_are_in_is_no_wrong_encoding(name):
    assert not wrong_encoding(name)


@pytest.mark.parametrize("name", ["base64", "rot13", "punycode", "idna", "undefined", "unicode-escape"])
def test_what_no_file_is_in_is_refused_everywhere(name):
    assert "no file is in" in wrong_encoding(name)
    with pytest.raises(UsageError, match="no file is in"):
        decode(b"\xe9", hints=[name])
    with pytest.raises(SettingsError, match="no file is in"):
        Settings.of({"encodings": [name]})
