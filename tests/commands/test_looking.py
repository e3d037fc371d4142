"""`show`, `detect`, `config`, `completion`, `schema settings`."""

import json
import os
import shutil
import subprocess
import tomllib

import jsonschema
import pytest

from cleaner.cli import COMMANDS, main
from cleaner.cli.schema import schemas


@pytest.fixture
def letter(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_bytes("Fine.\r\nThe bandโs cafÃ©.\r\n".encode())
    return tmp_path / "letter.txt"


def test_show_says_what_and_why(letter, capfd):
    assert main(["show", "letter.txt"]) == 0
    out = capfd.readouterr().out
    assert "letter.txt: utf-8 (1.00, utf8), 2 changes, 0 left alone" in out
    assert "     2 - The bandโs cafÃ©.\n       + The band’s café.\n" in out
    assert "MOJ202 'โ' → '’'  0.98 inferred" in out
    assert letter.read_bytes() == "Fine.\r\nThe bandโs cafÃ©.\r\n".encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0",
        b"\xff\xfe\xfd caf\xe9",
        ("x " * 9000 + "cafÃ© " * 3).encode(),
        b"a\x1b[31mb \xc3\xa9\x80",
    ],
)
def test_show_takes_anything(tmp_path, capfd, data):
    place = tmp_path / ("a.txt" if os.name == "nt" else "a\x1b[1m.txt")
    place.write_bytes(data)
    assert main(["show", str(place), "--profile", "corpus"]) == 0
    assert "\x1b" not in capfd.readouterr().out
    assert main(["detect", str(place)]) == 0
    assert "\x1b" not in capfd.readouterr().out


def test_show_and_detect_name_what_is_missing(tmp_path, capfd):
    for command in ("show", "detect"):
        assert main([command, str(tmp_path / "none")]) == 2
        assert main([command, str(tmp_path)]) == 2
    assert "name the files in it" in capfd.readouterr().err


def test_detect_tells_encoding_and_language(tmp_path, capfd):
    path = tmp_path / "a.txt"
    path.write_bytes("Где мы сейчас? Это наш дом, и мы здесь живём давно.\r\n".encode("koi8-r"))
    assert main(["detect", str(path)]) == 0
    out = capfd.readouterr().out
    assert "encoding   koi8-r" in out
    assert "language   ru" in out
    assert "line ends  CRLF 1" in out
    assert main(["detect", str(path), "--format", "json"]) == 0
    (row,) = json.loads(capfd.readouterr().out)
    assert row["encoding"]["encoding"] == "koi8-r"
    assert row["language"]["code"] == "ru"


def test_config_says_where_settings_come_from(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text('profile = "corpus"\n[per-file-ignores]\n"*.md" = ["MOJ"]\n')
    assert main(["config", "--ignore", "TXT"]) == 0
    out = capfd.readouterr().out
    held = tomllib.loads(out)
    assert held["profile"] == "corpus"
    assert held["per-file-ignores"] == {"*.md": ["MOJ"]}
    lines = {line.split(" ")[0]: line for line in out.split("\n")}
    assert lines["profile"].endswith(f"# {tmp_path / 'cleaner.toml'}")
    assert lines["ignore"].endswith("# the command")
    assert lines["level"].endswith("# default")
    (tmp_path / "cleaner.toml").unlink()
    assert main(["config", "--for", "fix", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["profile"] == {"value": "encoding", "from": "default"}


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ('profile = "text"\nselect = ["MOJ", "TXT105"]\nmin-confidence = 0.9', True),
        ('[per-file-ignores]\n"*.md" = ["MOJ"]', True),
        ('profil = "text"', False),
        ('select = ["mojibake"]', False),
        ("min-confidence = 2", False),
    ],
)
def test_the_schema_of_settings_says_what_settings_say(tmp_path, monkeypatch, body, fits, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cleaner.toml").write_text(body)
    checker = jsonschema.Draft202012Validator(schemas()["settings"])
    assert checker.is_valid(tomllib.loads(body)) == fits
    assert main(["config"]) == (0 if fits else 2)


def test_every_setting_is_described():
    properties = schemas()["settings"]["properties"]
    assert all(len(entry["description"]) > 20 for entry in properties.values())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(shell, capfd):
    assert main(["completion", shell]) == 0
    script = capfd.readouterr().out
    assert all(name in script for name in COMMANDS)
    assert "min-confidence" in script
    assert "sarif" in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here to ask")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["cleaner", "che"], ["check"]),
        (["cleaner", "check", "--form"], ["--format"]),
        (["cleaner", "check", "--format", "sa"], ["sarif"]),
        (["cleaner", "explain", "MOJ20"], ["MOJ201", "MOJ202", "MOJ203", "MOJ204", "MOJ205"]),
    ],
)
def test_bash_completes(words, expected, capfd):
    assert main(["completion", "bash"]) == 0
    script = capfd.readouterr().out
    line = (
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _cleaner; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(["bash", "-c", script + "\n" + line], capture_output=True, text=True, check=True)
    assert done.stdout.split() == expected


def test_overlap_lists_who_is_named_in_two_languages(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    one = "Mara Lindqvist leaves Gothenburg with her brother Otto. They sail past Skagen in the storm of January. "
    other = "Тихо в гавани под снегом. Мара Линдквист покидает Гётеборг со своим братом Отто. Вокруг Скагена лёд. "
    one += "In Aberdeen Mara meets the painter Fiona Campbell."
    other += "В Абердине Мара встречает художницу Фиону Кэмпбелл."
    (tmp_path / "a.txt").write_text(one, encoding="utf-8")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    assert main(["overlap", "a.txt", "b.txt"]) == 0
    _, listed = capfd.readouterr().out.split("name the same people")
    assert "Campbell = Кэмпбелл" in listed
    assert listed.index("A In Aberdeen Mara") < listed.index("B В Абердине Мара") < listed.index("only A tells")
    assert main(["overlap", "a.txt", "b.txt", "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["people"][0]["kind"] == "same_people"


def test_overlap_says_what_is_shared_where_no_sentences_are_aligned(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    one = "Harald Svensson repairs lanterns in Dalvik. On Torsby the teacher Greta Holm hides Oskar Brandt in a lighthouse."
    other = "哈拉尔德·斯文松在达尔维克修理灯笼。在托尔斯比岛上,女教师格蕾塔·霍尔姆把奥斯卡·布兰特藏在灯塔里。"
    (tmp_path / "a.txt").write_text(one, encoding="utf-8")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    assert main(["overlap", "a.txt", "b.txt"]) == 0
    relation, shared, *rest = capfd.readouterr().out.splitlines()[2:]
    assert relation.startswith("relation: story")
    assert shared.startswith("evidence: ")
    assert "Brandt = 布兰特" in shared
    assert rest == ["No sentences were found that tell the same."]


def test_overlap_says_what_both_tell(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    common = "Mara Lindqvist leaves Gothenburg with her brother Otto. They sail past Skagen in the storm of January."
    (tmp_path / "a.txt").write_text(common + " Only here the dog Bruno is named.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Another beginning stands here alone. " + common + "\n", encoding="utf-8")
    assert main(["overlap", "a.txt", "b.txt"]) == 0
    out = capfd.readouterr().out
    both, only_a, only_b = (out.index(said) for said in ("both tell", "only A tells", "only B tells"))
    assert both < out.index("Mara Lindqvist") < only_a < out.index("Bruno") < only_b < out.index("Another beginning")
    assert main(["overlap", "b.txt", "a.txt", "--format", "json"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert "Another beginning" in row["only_a"][0]["text"]
    assert main(["overlap", "a.txt", "a.txt"]) == 2
    assert main(["overlap", "a.txt", "./a.txt"]) == 0
    assert "B tells 100% of the sentences of A; A tells 100%" in capfd.readouterr().out
    assert main(["overlap", "a.txt", "none.txt"]) == 2
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    assert main(["overlap", "a.txt", "c.png"]) == 2
    (tmp_path / "d.txt").write_text("Nothing of the kind.\n")
    assert main(["overlap", "a.txt", "d.txt"]) == 0
    assert "relation: none" in capfd.readouterr().out


def test_a_diff_steers_no_terminal_and_can_be_applied(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes("a\t\x1b[31m cafÃ©\r\n".encode())
    assert main(["fix", "a.txt", "--diff"]) == 1
    assert "-a\t\x1b[31m cafÃ©\r\n+a\t\x1b[31m café\r\n" in capfd.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["fix", "a.txt", "--diff"]) == 1
    assert "-a\t\\x1b[31m cafÃ©\\r" in capfd.readouterr().out
