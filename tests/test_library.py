"""The library as others import it: names, types, threads, errors."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields

import pytest

import cleaner
from tests.conftest import ROOT

NAMES = [
    "clean",
    "clean_folder",
    "decode",
    "detect_encoding",
    "repair",
    "normalize",
    "detect_language",
    "find_duplicates",
    "restore",
    "explain",
    "Settings",
    "Document",
    "Edit",
    "Finding",
    "CleanerError",
    "UsageError",
    "SettingsError",
    "NotTextError",
    "RestoreError",
    "MissingExtraError",
]


@pytest.mark.parametrize("name", NAMES)
def test_public_names(name):
    assert name in cleaner.__all__
    assert name in dir(cleaner)
    assert getattr(cleaner, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="colour"):
        _ = cleaner.colour


def test_import_loads_next_to_nothing():
    code = "import sys; before = set(sys.modules); import cleaner; print('\\n'.join(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(done.stdout.split()) <= {"cleaner", "__future__"}


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "cleaner" / "py.typed").is_file()


def test_values_are_frozen():
    document = cleaner.clean(b"The band\xe0\xb9\x82s show")
    for value in (document, document.edits[0], document.encoding, document.language, cleaner.Settings()):
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, None)


def test_errors_are_of_one_family_and_say_what_to_do():
    for name in NAMES:
        if name.endswith("Error"):
            assert issubclass(getattr(cleaner, name), cleaner.CleanerError)
    with pytest.raises(cleaner.SettingsError, match="did you mean 'profile'"):
        cleaner.Settings.of({"profil": "text"})
    with pytest.raises(cleaner.NotTextError, match="binary data"):
        cleaner.clean(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(cleaner.UsageError, match="did you mean MOJ"):
        cleaner.explain("MOJ999")


def test_explain_tells_of_edits_findings_and_rules():
    document = cleaner.clean("The bandโs cafÃ© \ufffd".encode())
    told = cleaner.explain(document.edits[0])
    assert told.startswith("MOJ202 at 8:9: 'โ' became '’' (confidence 0.98, inferred)")
    assert "could be: '“'" in told
    assert "left as it is" in cleaner.explain(document.findings[0])
    assert cleaner.explain("moj202").startswith("MOJ202: ")
    with pytest.raises(cleaner.UsageError, match="nothing to explain"):
        cleaner.explain()


def test_explain_leaves_out_ftfy_where_no_text_is_named():
    assert "ftfy" not in cleaner.explain(cleaner.repair("a cafÃ© here").edits[0])


@pytest.mark.parametrize(
    ("text", "ours", "by_ftfy"),
    [
        ("plain", "leaves the text as it is", ["ftfy: leaves the text as it is"]),
        ("We met at the cafÃ©", "'We met at the café'", ["ftfy: the same (encode latin-1, decode utf-8)"]),
        ("Ïðèâåò, êàê äåëà ñåãîäíÿ", "'Привет, как дела сегодня'", ["ftfy: leaves the text as it is"]),
        (
            "She said “no”",
            "leaves the text as it is",
            ["ftfy: leaves the text as it is", "ftfy.fix_text, which restyles text too: 'She said \"no\"'"],
        ),
    ],
)
def test_explain_says_what_ftfy_would_have_done(text, ours, by_ftfy):
    lines = cleaner.explain(text=text).splitlines()
    assert lines[0] == f"cleaner: {ours}"
    assert lines[-len(by_ftfy) :] == by_ftfy
    edits = cleaner.repair(text).edits
    if edits:
        beside = cleaner.explain(edits[0], text=text)
        assert beside.startswith(cleaner.explain(edits[0]))
        assert "ftfy" in beside.splitlines()[-1]


TEXTS = [
    "The bandโs cafÃ©, and the seÃ±or.".encode(),
    "Где мы сейчас? Это наш дом.".encode("koi8-r"),
    "РџСЂРёРІРµС‚, РєР°Рє РґРµР»Р°".encode(),
    "plain words  \r\n".encode("utf-16"),
    "日本語の文章です。これはテストです。".encode("shift_jis"),
] * 4


def test_threads_give_the_same():
    alone = [cleaner.clean(data) for data in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cleaner.clean, TEXTS)) == alone


def test_threads_may_be_the_first_to_load_the_models():
    code = (
        "from concurrent.futures import ThreadPoolExecutor; import cleaner; texts = ['cafÃ© noir', 'bandโs', 'РџСЂРёРІРµС‚'] * 5\n"
        "with ThreadPoolExecutor(8) as pool: print(len({repr(one) for one in pool.map(cleaner.repair, texts)}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "3"
