"""Settings: values, names, files."""

import pytest

from cleaner.errors import SettingsError
from cleaner.settings import Settings, load_settings, replace_settings


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
