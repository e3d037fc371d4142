"""The library as others import it: names, types, threads, errors."""

import io
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
    "Decoded",
    "Document",
    "Edit",
    "Encoding",
    "Finding",
    "Language",
    "Overlap",
    "Relation",
    "Revision",
    "Summary",
    "CleanerError",
    "UsageError",
    "SettingsError",
    "NotTextError",
    "RestoreError",
    "ResourceError",
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


BYTES = (bytes, bytearray, memoryview)


@pytest.mark.parametrize("kind", BYTES)
def test_all_kinds_of_bytes_are_taken(kind):
    data = "cafÃ© noir, naïve".encode()
    assert cleaner.decode(kind(data)) == cleaner.decode(data)
    assert cleaner.detect_encoding(kind(data)) == cleaner.detect_encoding(data)
    document = cleaner.clean(kind(data))
    assert document == cleaner.clean(data)
    assert cleaner.restore(document) == data


def pipe() -> io.BufferedReader:
    """A stream that can be read once, as stdin is behind a pipe."""

    class Once(io.RawIOBase):
        def readable(self):
            return True

    return io.BufferedReader(Once())


SOUND = {"a.txt": "One text.", "b.txt": "Another."}
WRONG = [
    (lambda: cleaner.decode("text"), "decode takes bytes, and this is text already"),
    (lambda: cleaner.decode(None), "decode takes bytes, not None"),
    (lambda: cleaner.decode(b"x", hints="cp1252"), "hints is 'cp1252'; it must be a list"),
    (lambda: cleaner.decode(b"x", hints=[1252]), "hints holds 1252"),
    (lambda: cleaner.detect_encoding("text"), "detect_encoding takes bytes"),
    (lambda: cleaner.decode_stream(b"bytes"), "a file opened with"),
    (lambda: cleaner.decode_stream(io.StringIO("text")), "gives text already"),
    (lambda: cleaner.decode_stream(pipe()), "can go back in"),
    (lambda: cleaner.clean(b"bytes", path=None), "path must be .*not None"),
    (lambda: cleaner.clean(b"bytes", path=b"a.txt"), "path must be .*not a value of type bytes"),
    (lambda: cleaner.repair(b"bytes"), "repair takes text; decode the bytes first with cleaner.decode"),
    (lambda: cleaner.repair(None), "repair takes text, not None"),
    (lambda: cleaner.repair("text", level=1), "level is 1; it must be one of exact, inferred"),
    (lambda: cleaner.normalize(bytearray(b"x")), "normalize takes text; decode the bytes first"),
    (lambda: cleaner.normalize("x", profile=None), "profile is None"),
    (lambda: cleaner.detect_language(b"x"), "detect_language takes text; decode the bytes first"),
    (lambda: cleaner.detect_language("x", languages="en"), "it must be a list of names, such as \\['en'\\]"),
    (lambda: cleaner.detect_language("x", languages=[1]), "languages holds 1"),
    (lambda: cleaner.find_duplicates(["one", "two"]), "a mapping of ids to texts, such as"),
    (lambda: cleaner.find_duplicates({"a": b"x"}), "document 'a'.* takes text; decode"),
    (lambda: cleaner.find_duplicates({1: "x"}), "the id 1 is no text"),
    (lambda: cleaner.find_duplicates(SOUND, relations="near"), "relations is 'near'; it must be a list"),
    (lambda: cleaner.find_duplicates(SOUND, thresholds=0.5), "a cleaner.overlap.Thresholds"),
    (lambda: cleaner.clean(5), "clean takes bytes, not a value of type int"),
    (lambda: cleaner.clean(b"x", settings={"profile": "text"}), "Settings.of"),
    (lambda: cleaner.restore("text"), "restore takes a Document"),
    (lambda: cleaner.explain(5), "explain takes an edit, a finding or a rule code"),
    (lambda: cleaner.explain(text=b"x"), "explain takes text"),
    (lambda: cleaner.clean_folder(5, "out"), "a path, or a list of paths"),
    (lambda: cleaner.clean_folder([5], "out"), "inputs must be paths"),
    (lambda: cleaner.clean_folder("in", None), "the path of the folder to write"),
    (lambda: cleaner.clean_folder("in", "out", settings={}), "Settings.of"),
]


@pytest.mark.parametrize(("call", "said"), WRONG)
def test_arguments_of_a_wrong_type_say_what_to_do(call, said):
    with pytest.raises(cleaner.ArgumentError, match=said) as raised:
        call()
    assert isinstance(raised.value, TypeError)
    assert isinstance(raised.value, cleaner.CleanerError)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cleaner.decode(b"caf\xe9", hints=["cp125O"]), "did you mean 'cp125"),
        (lambda: cleaner.decode_stream(io.BytesIO(b"x"), block=0), "16 or more"),
        (lambda: cleaner.repair("x", level="infered"), "did you mean 'inferred'"),
        (lambda: cleaner.normalize("x", profile="txt"), "did you mean 'text'"),
        (lambda: cleaner.detect_language("x", backend="fasttext"), "one of cleaner, langdetect"),
        (lambda: cleaner.find_duplicates(SOUND, relations=["nere"]), "did you mean 'near'"),
        (lambda: cleaner.Settings(min_confidence=1.5), "a number from 0 to 1"),
        (lambda: cleaner.Settings(per_languag=True), "did you mean 'per_language'"),
        (lambda: cleaner.clean_folder("in", "out", jobs=0), "1 or more"),
        (lambda: cleaner.clean_folder("in", "out"), "no such file"),
    ],
)
def test_arguments_of_a_wrong_value_say_what_to_do(tmp_path, monkeypatch, call, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(cleaner.UsageError, match=said):
        call()


@pytest.mark.parametrize(
    "text", ["", "plain", "a\ud800b\n\udc80 caf\u00c3\u00a9", "\ufeffmark", "\x00\x01 no picture", "\x1b$B text"]
)
def test_text_has_no_encoding_to_be_found(text):
    document = cleaner.clean(text, settings=cleaner.Settings(profile="encoding"))
    assert document.encoding.method == "text"
    assert document.encoding.confidence == 1
    assert cleaner.restore(document).decode("utf-8", "surrogatepass") == text


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
