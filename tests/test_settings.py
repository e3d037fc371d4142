"""Settings: values, names, files."""

from pathlib import Path

import pytest

from cleaner.errors import SettingsError
from cleaner.overlap import Thresholds
from cleaner.settings import Settings, load_settings, read_settings, replace_settings


def test_defaults_come_without_a_file(tmp_path):
    assert load_settings(tmp_path) == (Settings(), None)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"profil": "text"}, "did you mean 'profile'"),
        ({"profile": "txt"}, "encoding, text, corpus"),
        ({"report": "yes"}, "true or false"),
        ({"languages": "en"}, "a list of names"),
        ({"encodings": ["latin-99"]}, "'latin-99'"),
        ({"colour": 1}, "known are"),
        ({"select": ["mojibake"]}, "did you mean MOJ"),
        ({"select": "MOJ"}, "a list of names"),
        ({"select": ["MOJ999"]}, "no rule.*did you mean MOJ"),
        ({"ignore": ["TXT1O5"]}, "'ignore'.*did you mean TXT105"),
        ({"per-file-ignores": {"*.md": ["NOPE1"]}}, "no rule"),
        ({"languages": ["xx"]}, "known are af"),
        ({"languages": ["english"]}, "did you mean 'en'"),
        ({"encodings": ["cp125O"]}, "did you mean 'cp125"),
        ({"encodings": ["rot13"]}, "no file is in"),
        ({"encodings": ["punycode"]}, "no file is in"),
        ({"min-confidence": 1.5}, "a number from 0 to 1"),
        ({"min-confidence": True}, "a number from 0 to 1"),
        ({"per-file-ignores": ["MOJ"]}, "a table of patterns"),
        ({"per-file-ignores": {"*.md": "MOJ"}}, "a list of names"),
        ({"decisions": ""}, "the path of a file"),
        ({"embedding": 3}, "the path of a folder"),
        ({"near-threshold": 0}, "a number above 0, up to 1"),
        ({"contained-threshold": 1.5}, "a number above 0, up to 1"),
        ({"story-threshold": 0}, "a number above 0"),
        ({"story-threshold": True}, "a number above 0"),
        ({"extend-exclude": [1]}, "a list of names"),
        ({"profile": ["text"]}, "one of encoding"),
    ],
)
def test_wrong_settings_are_named(values, said):
    with pytest.raises(SettingsError, match=said):
        Settings.of(values)


def test_dashes_and_lists_are_taken():
    assert Settings.of({"drop-boilerplate": True, "languages": ["en", "ru"]}) == Settings(
        drop_boilerplate=True, languages=("en", "ru")
    )


def test_nearest_file_wins(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.cleaner]\nprofile = "corpus"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert load_settings(inner) == (Settings(profile="corpus"), tmp_path / "pyproject.toml")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert load_settings(inner)[1] == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "cleaner.toml").write_text('profile = "encoding"\n')
    assert load_settings(inner) == (Settings(profile="encoding"), tmp_path / "a" / "cleaner.toml")


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    (tmp_path / "cleaner.toml").write_bytes(b'\xef\xbb\xbfprofile = "corpus"\r\n')
    assert load_settings(tmp_path)[0] == Settings(profile="corpus")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[tool.cleaner]\nprofile = 'text'\n", "here at the top"),
        (b"profile = \n", "is no TOML: .*line 1"),
        (b"\xff\xfe", "save the file in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path, body, said):
    (tmp_path / "cleaner.toml").write_bytes(body)
    with pytest.raises(SettingsError, match=said):
        load_settings(tmp_path)


def test_a_settings_file_that_is_not_there_is_said():
    with pytest.raises(SettingsError, match="there is no such settings file; name one that is there"):
        read_settings(Path("nope.toml"))


@pytest.mark.parametrize("body", ["profile = \n", 'profile = "x"\n', "colour = 1\n"])
def test_a_wrong_file_is_named(tmp_path, body):
    (tmp_path / "cleaner.toml").write_text(body)
    with pytest.raises(SettingsError, match=r"cleaner\.toml"):
        load_settings(tmp_path)


def test_digest_is_of_what_changes_documents():
    assert Settings().digest == Settings(report=False).digest
    assert Settings().digest != Settings(profile="corpus").digest


def test_replace_keeps_the_rest():
    assert replace_settings(Settings(profile="corpus"), {"report": False}) == Settings(profile="corpus", report=False)


@pytest.mark.parametrize("body", [b"[tool]\ncleaner = 3\n", b"\xff\xfe", b"[tool.cleaner]\nprofile = 1\n"])
def test_a_wrong_pyproject_is_named(tmp_path, body):
    (tmp_path / "pyproject.toml").write_bytes(body)
    with pytest.raises(SettingsError, match=r"pyproject\.toml"):
        load_settings(tmp_path)


@pytest.mark.parametrize("body", ["tool = 3\n", "[tool.other]\nx = 1\n", ""])
def test_a_pyproject_of_others_is_no_matter(tmp_path, body):
    (tmp_path / "pyproject.toml").write_text(body)
    (tmp_path / "cleaner.toml").mkdir()
    assert load_settings(tmp_path)[0] == Settings()


def test_rules_are_wanted_by_code_or_beginning():
    assert Settings().wants("MOJ101")
    assert Settings(select=("moj",)).wants("MOJ101")
    assert not Settings(select=("TXT",)).wants("MOJ101")
    assert not Settings(select=("MOJ",), ignore=("MOJ1",)).wants("MOJ101")
    assert Settings(select=("MOJ1",)).wants("MOJ101")
    assert not Settings(select=("MOJ1",)).wants("MOJ201")


def test_codes_of_languages_are_taken_in_any_case():
    assert Settings(languages=("EN", "mhr")).languages == ("en", "mhr")


def test_decisions_stand_beside_their_file(tmp_path):
    (tmp_path / "cleaner.toml").write_text('decisions = "mine.jsonl"\n')
    assert load_settings(tmp_path)[0].decisions == str(tmp_path / "mine.jsonl")


def test_thresholds_are_those_of_the_library():
    made = Settings()
    assert Thresholds(made.near_threshold, made.contained_threshold, made.story_threshold) == Thresholds()


def test_thresholds_change_no_document_and_are_recorded_where_they_are_set():
    named = {"near-threshold": 0.9, "contained-threshold": 0.9, "story-threshold": 2, "embedding": "model"}
    made = Settings.of(named)
    assert made.digest == Settings().digest
    held = {name.replace("-", "_"): value for name, value in named.items()}
    assert made.record() == Settings().record() | held
    assert not held.keys() & Settings().record().keys()


def test_the_folder_of_a_model_is_relative_to_the_file(tmp_path):
    (tmp_path / "cleaner.toml").write_text('embedding = "models/small"\n')
    assert load_settings(tmp_path)[0].embedding == str(tmp_path / "models" / "small")
