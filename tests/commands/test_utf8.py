"""`utf8`: files converted where that is sure, and what they declare mended."""

import pytest

from cleaner.cli import main
from cleaner.glance import utf8_at_a_glance
from cleaner.settings import Settings
from cleaner.transcoding import to_utf8

GERMAN = "Grüße aus Köln! Die Straße ist schön, und überall blühen die Bäume.\r\n"


def converted(data, path="a.txt", **held):
    return to_utf8(data, path=path, settings=Settings(**held))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b"", "a.txt"),
        (b"ASCII\r\n", "a.txt"),
        (GERMAN.encode(), "a.txt"),
        (b"\xef\xbb\xbf" + GERMAN.encode(), "a.txt"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>\n<a>plain</a>', "a.xml"),
        ('<?xml version="1.0" encoding="utf-8"?>\n<a>é</a>'.encode(), "a.xml"),
        ('Write `<meta charset="iso-8859-1">` é\n'.encode(), "a.md"),
        ("<!doctype html><!-- <meta charset=latin-1> --><p>é".encode(), "a.html"),
        ("x = 1\ny = 2\n# coding: latin-1\n# é\n".encode(), "a.py"),
        ("# coding: latin-1\n# é\n".encode(), "a.txt"),
        ("é\n\n-*- coding: latin-1 -*-\n".encode(), "a.el"),
        ("% \\usepackage[latin1]{inputenc}\né\n".encode(), "a.tex"),
        ("Old ones have a line\n\n    \\usepackage[latin1]{inputenc}\n\nfür Umlaute.\n".encode(), "a.md"),
        ("<!doctype html><title>\\usepackage[latin1]{inputenc}</title><meta charset=utf-8><p>é".encode(), "a.html"),
        ('"Content-Type: text/plain; charset=iso-8859-1"\né\n'.encode(), "a.txt"),
        (b"\x89PNG\r\n\x1a\n\0", "a.png"),
    ],
)
def test_what_is_right_stays(data, path):
    checked = converted(data, path)
    assert checked.fixed is None
    assert not checked.problems


@pytest.mark.parametrize("codec", ["cp1252", "utf-16", "utf-16-le", "utf-32", "mac_roman"])
def test_text_keeps_its_line_ends(codec):
    text = GERMAN * 3 + "ohne Zeilenende"
    checked = converted(text.encode(codec))
    assert checked.fixed == text.encode()
    assert checked.problems[0].rule == "ENC401"
    assert converted(checked.fixed).fixed is None


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.xml", '<?xml version="1.0" encoding="ISO-8859-1"?>\n<a>Grüße, schöne Straße</a>\n', 'encoding="UTF-8"'),
        ("a.xml", "<?xml version='1.0' encoding='iso-8859-1' ?>\r\n<a>Grüße, schöne Straße</a>\n", "encoding='utf-8'"),
        ("a.html", "<!DOCTYPE html>\n<html><meta charset=windows-1252><p>Grüße, schöne Straße", "charset=utf-8>"),
        (
            "a.html",
            '<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Grüße, schöne Straße',
            "charset=utf-8",
        ),
        ("a.py", "#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = 'Grüße, schöne Straße'\n", "coding: utf-8 -*-"),
        ("tool", "#!/usr/bin/env python3\n# vim: set fileencoding=latin-1 :\nx = 'Grüße, schöne Straße'\n", "=utf-8 :"),
        (
            "a.po",
            'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-1\\n"\n\nmsgid "x"\nmsgstr "Grüße, schöne Straße"\n',
            r"charset=UTF-8\n",
        ),
        (
            "a.tex",
            "\\documentclass{article}\n\\usepackage[latin1]{inputenc}\n\\begin{document}Grüße, schöne Straße\n",
            "[utf8]{inputenc}",
        ),
        (
            "a.el",
            ";;; a.el -*- mode: emacs-lisp; coding: latin-1-unix -*-\n; Grüße, schöne Straße\n",
            "coding: utf-8-unix -*-",
        ),
        ("a.css", '@charset "iso-8859-1";\nq::before { content: "Grüße, schöne Straße" }\n', '@charset "utf-8";'),
    ],
)
@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_what_is_declared_is_mended(path, before, after, codec):
    assert not utf8_at_a_glance(before.encode(codec))
    checked = converted(before.encode(codec), path)
    text = checked.fixed.decode()
    assert after in text
    assert len(text.splitlines()) == len(before.splitlines())
    assert text.splitlines()[-1] == before.splitlines()[-1].replace("windows-1252", "utf-8").replace(
        "iso-8859-1", "utf-8"
    )
    assert converted(checked.fixed, path).fixed is None
    if path == "a.py":
        compile(checked.fixed, path, "exec")


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("a.eml", "Subject: Post\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"),
        ("a.c", "/* vim: set fenc=latin1 : */\n"),
    ],
)
def test_what_declares_its_encoding_in_another_way_is_left(path, head):
    """It would say what is wrong afterwards; a mail's own programs know where else it says so."""
    checked = converted((head + GERMAN).encode("cp1252"), path)
    assert checked.fixed is None
    assert [problem.rule for problem in checked.problems] == ["ENC401"]
    assert "in a way that is not mended" in checked.problems[0].reason
    assert converted((head + GERMAN).encode("cp1252"), path, ignore=["ENC402"]).fixed == (head + GERMAN).encode()


def test_what_is_not_sure_is_reported():
    damaged = GERMAN.encode("cp1252") * 2 + b"\x81\x8d \x90"
    short = b"na\xefve"
    for data in (damaged, short, GERMAN.encode() + b"\xff\xfe broken \xc3"):
        checked = converted(data, min_confidence=0.999)
        assert checked.fixed is None
        assert [problem.rule for problem in checked.problems] == ["ENC401"]
        assert "left as it is" in checked.problems[0].reason


@pytest.mark.parametrize(
    ("head", "held"),
    [
        ("", {"ignore": ["ENC401"]}),
        ("", {"select": ["ENC402"]}),
        ("cleaner: ignore\r\n", {}),
        ("cleaner: ignore[ENC4]\r\n", {}),
        ("cleaner: off\r\n", {}),
    ],
)
def test_what_is_not_wanted_is_not_converted(head, held):
    data = (head + GERMAN).encode("cp1252")
    checked = converted(data, **held)
    assert (checked.fixed, checked.problems) == (None, ())
    elsewhere = converted(("plain\r\n" + head + GERMAN).encode("cp1252"))
    assert elsewhere.fixed == ("plain\r\n" + head + GERMAN).encode()


def test_every_declaration_that_is_mended_is_told():
    text = "<!DOCTYPE html>\n<meta charset=iso-8859-1>\n<meta charset=windows-1252><p>Grüße"
    checked = converted(text.encode(), "a.html")
    assert checked.fixed == "<!DOCTYPE html>\n<meta charset=utf-8>\n<meta charset=utf-8><p>Grüße".encode()
    assert [(one.rule, one.line, one.column, one.before, one.after, one.kind) for one in checked.problems] == [
        ("ENC402", 2, 15, "iso-8859-1", "utf-8", "exact"),
        ("ENC402", 3, 15, "windows-1252", "utf-8", "exact"),
    ]


def test_a_declaration_beside_a_remark_stays():
    checked = converted("# coding: latin-1  cleaner: ignore[ENC402]\n# é\n".encode(), "a.py")
    assert (checked.fixed, checked.problems) == (None, ())


def test_what_a_file_declares_stays_where_the_file_does():
    data = f'<?xml version="1.0" encoding="iso-8859-1"?>\n<a>{GERMAN}</a>'.encode("cp1252")
    checked = converted(data, "a.xml", ignore=["ENC401"])
    assert (checked.fixed, checked.problems) == (None, ())


def test_encodings_that_are_named_are_kept_to():
    data = "Съешь же ещё этих мягких булок".encode("koi8-r")
    assert converted(data).fixed == data.decode("koi8-r").encode()
    assert converted(data, encodings=["cp1251"], min_confidence=0.0).fixed == data.decode("cp1251").encode()


def test_the_command(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(GERMAN.encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(GERMAN.encode() + b"\xff broken \xc3")
    (tmp_path / "c.txt").write_bytes(GERMAN.encode())
    assert main(["utf8", "c.txt"]) == 0
    assert main(["utf8", ".", "--diff"]) == 1
    assert (tmp_path / "a.txt").read_bytes() == GERMAN.encode("cp1252")
    capfd.readouterr()
    assert main(["utf8", "."]) == 1
    out = capfd.readouterr().out
    assert "Fixing a.txt" in out
    assert "b.txt:1:1: ENC401" in out
    assert (tmp_path / "a.txt").read_bytes() == GERMAN.encode()
    assert main(["utf8", "a.txt"]) == 0
    assert main(["utf8", "b.txt"]) == 1


def test_a_diff_says_what_the_text_does_not_show(tmp_path, capsys):
    place = tmp_path / "menu.txt"
    place.write_bytes(GERMAN.encode("cp1252"))
    assert main(["utf8", str(place), "--diff"]) == 1
    assert "menu.txt:1:1: ENC401 'cp1252' → 'utf-8'" in capsys.readouterr().out
    assert place.read_bytes() == GERMAN.encode("cp1252")
