"""What is no language, and what must not be taken for it."""

import pytest

import cleaner
from cleaner.language.gate import only_language


@pytest.mark.parametrize(
    "text",
    [
        'He said (in 1990): "no"; then went.',
        "If you go, then go;",
        "for the love of god",
        "return to sender",
        "import duties from China rose.",
        "Donaudampfschifffahrtsgesellschaft",
        "Sie/Er und/oder beide",
        "uJesu wahamba noMose ukuya elwandle",  # capitals behind a prefix
        "the contract (hereinafter the deal), signed by both;",
        "**Wichtig:** das Haus #zuhause steht",
        "• one\n• two\n• three",
        "Größe:",
        "Zutaten: Mehl\nZubereitung: rühren\nDauer: kurz",
        "er sagte: ich gehe jetzt nach Hause",
        "Try the next command (with your own name):",
        "1900-luvulla 20-årige 32-bitowy",
        "-Vekk meg da.",
        "Wir sahen [wie oben] nichts davon;",
        "Preis: 40",
        "Наблюдаващи:",
        "패배조건:",
        "這種攻擊總是有70%的命中率，不管被攻擊的單位的防禦能力。",
    ],
)
def test_prose_is_kept(text):
    assert only_language(text).split() == text.split()


def test_what_stands_beside_stays():
    assert only_language("See https://example.org/a?b=c for more").split() == ["See", "for", "more"]
    assert only_language("[the house](https://example.org/x) is <b>old</b>").split() == ["[the", "house", "is", "old"]
    assert "das Haus" in only_language('{"id": 7, "text": "das Haus am See"}')
    assert only_language("| Name | Alter |\n|---|---|").replace("|", " ").replace("-", " ").split() == ["Name", "Alter"]
    assert only_language("st&#229;r").strip() == "står"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\ufeff\u200b",
        "12 345,67",
        "!!! ???",
        "😀🎉",
        "https://example.org/a/b?c=d",
        "www.example.org",
        "node.items.example.org",
        "first.last@example.org",
        "/usr/lib/token/result.so",
        "C:\\token\\result.exe",
        "d41d8cd98f00b204e9800998ecf8427e",
        "123e4567-e89b-12d3-a456-426614174000",
        "dGhlIGhvdXNlIHN0b29kIGF0IHRoZSBlbmQgb2Yg",
        '{"a": [1, 2], "b": {"c": null}}',
        '[\n  {"total": 0.5, "index": true},\n  {"total": 0.7, "index": false}\n]',
        '<div class="total"><p id="index"></p></div>',
        "def add(x, y):\n    return x + y\n",
        "for (int i = 0; i < size; i++) { total[i] = index(i); }",
        "SELECT name, size FROM files WHERE size = 7 ORDER BY name;",
        "const total = (index) => {\n  return index.size();\n};",
        ".total { margin: 4px; color: #aabbcc; }",
        "[server]\nmax_size = 40\nlog_level = 3",
        "max_size: 40\nverbose: true",
        "steps:\n  - name: install the tools\n    with:\n      version: latest\n      path: build",
        "sort --unique files | grep -v total > /tmp/index",
        "getUserName",
        "snake_case_name",
        "getUserName setFileSize\nisEmpty hasNext",
        "--max-size=40",
        "0.51 | 0.75 | 12\n0.11 | 0.25 | 13",
        "A123\t1.5\t2.5\nB456\t3.5\t4.5",
        "GET /items?id=7 HTTP/1.1\nHost: example.org\nAccept: */*",
        "-rw-r--r-- 1 root root 4096 Jan 1 00:00 .profile",
        "1. e4 e5 2. Nf3 Nc6",
        "rgb(12,34,56) hsl(120,50%,50%)",
        "margin-left: 7%;\nfont-weight: bold;\n}\n\ntable caption {\n    text-align: center;\n}",
        "class Reader(Base):\n    names = None\n\n    def read(\n        self,\n        whole=True,\n    ):\n        return self",
        "async function read (name) {\n  try {\n    return await load(name)\n  } catch (err) {\n    throw err\n  }\n}",
        "¯\\_(ツ)_/¯",
        "(´・ω・`)",
        "α = 0.5",
        "AAAAAAAAAAAA",
        "hahahaha",
        "a b c d e f g",
    ],
)
def test_no_language(text):
    assert cleaner.detect_language(text).code == "und"


def test_what_is_no_word_in_a_script_without_spaces_is_taken_away_alone():
    assert only_language("詳しくはhttps://example.org/a?b=cを見てください").split() == ["詳しくは", "を見てください"]
    assert only_language("2024年10月にxy15z7を発売した").split() == ["2024年10月に", "を発売した"]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# Liest die Datei und gibt ihre Zeilen zurück", "de"),
        ("// Recorre la lista y elimina los elementos que ya no se usan", "es"),
        ("# Читает файл построчно и возвращает список строк", "ru"),
        ("# ファイルを読み込む", "ja"),
    ],
)
def test_a_comment_stays_beside_code(comment, code):
    lines = [
        "def load(path):",
        "    rows = open(path).read()",
        comment,
        "    return rows",
        "show(load(total))",
        "rows = None",
    ]
    assert cleaner.detect_language("\n".join(lines)).code == code


def test_a_line_that_ends_with_a_face_is_prose():
    for text in (
        "Es tut mir so leid um deine Katze. :(",
        "Я так и думал, что ничего не поможет((",
        "Aber ich kann nicht =[",
    ):
        assert only_language(text).strip() not in {"", ":("}


def test_words_behind_the_name_of_a_file_stay():
    assert only_language("CODE_OF_CONDUCT: wie wir miteinander umgehen.").strip() == "wie wir miteinander umgehen."


def test_dashes_that_are_not_apart_are_no_options():
    assert "никой не идва" in only_language("Не е виновен той -просто никой не идва. Кой е виновен -всички!")
    assert "war es immer" in only_language("Er kam nicht -so war es immer -und blieb fort.")
    assert only_language("find lists -name total -type f").strip() == ""


def test_a_label_is_code_only_beside_code():
    assert only_language("server:\n  port: 80\n  host: local").split() == []
    assert only_language("Address:\nLake Street").split() == ["Address:", "Lake", "Street"]


def test_a_long_program_and_a_long_list_of_numbers_are_no_language():
    program = "".join(f"def item_{n}(value):\n    total[{n}] = value * {n}\n    return total\n\n" for n in range(60))
    table = "".join(f"A{n},{n * 1.5},{n * 2.25},X{n * 7}\n" for n in range(100, 400))
    names = "".join(f"getItem{chr(65 + n % 26)}Name\n" for n in range(200))
    for text in (program, table, names):
        assert cleaner.detect_language(text).code == "und"


@pytest.mark.parametrize(
    "code",
    [
        "count = total[first] + f(x);",
        "if (a < b) { return a; }",
        "- first_name: second_name",
        "first_of_all_names: true",
        "  -   key: value_of_it",
        "rows [1] and more {}",
    ],
)
def test_lines_of_code_are_none_of_a_language(code):
    assert only_language(f"The house by the lake.\n{code}\nWe lived there.").split() == [
        *["The", "house", "by", "the", "lake."],
        *["We", "lived", "there."],
    ]


@pytest.mark.parametrize(
    "token", ["x1y2", "a_1_b_2_c", "build-2-b", "QmFzZTY0IGlzIG5vIGxhbmd1YWdl", "readTheWholeFile", "_a1b2_"]
)
def test_tokens_of_machines_are_none_of_a_language(token):
    assert only_language(f"The house {token} by the lake.").split() == ["The", "house", "by", "the", "lake."]


def test_long_tokens_and_rows_of_spaces_are_read_once():
    many = 60_000
    assert only_language("x = 1\na:" + " " * many + "so it goes on").split()[-4:] == ["so", "it", "goes", "on"]
    for token in ("f(" + "1" * many, "-" * many, "@" * many, "a" + "@" * many):
        only_language(f"The {token} is here")
    assert only_language("Write to me@example.org or www.example.org now").split() == ["Write", "to", "or", "now"]
