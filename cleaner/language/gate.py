"""Takes out of a text what is not language: code, addresses, markup, JSON, digests, base64, identifiers, tables of
numbers.

This is done before the verdict; where nothing is left, there is no language. Words beside it stay: the text of a link,
the sentence in a JSON value, the cells of a table.
"""

from __future__ import annotations

import html
import re

SUSPECT = re.compile(
    r"[/\\_<>@=|{}\d&.A-Z\-\[(;)](?:(?<=[/\\_<>@=|{}])|(?<=[^\W\d_]\d)|(?<=\d)(?=[^\W\d_])|(?<=&)#?\w|(?<=\w\.)\w"
    r"|(?<=[a-z][A-Z])|(?<=-)-\w|(?<=[\[({;])\s*$|(?<=\))\s*:\s*$)"
)
"""What a text without any of it can't hold: something that is no language. It begins with the sign, figure or capital that is
needed, for which small letters are passed over in a third of the time.
"""

FENCED = re.compile(r"(?s)```.*?```|<(script|style)\b.*?</\1\s*>|<!--.*?-->")
TAG = re.compile(r"<[^<>]{1,300}>|\]\([^()\s]*\)")
"""Tags, and the address of a link in Markdown."""
KEY = re.compile(r"""["'][\w.-]+["']\s*:""")
VALUE = re.compile(
    r"""(?<=[:,\[])\s*["'][^"'\s]*["']\s*(?=[,\]}\n]|$)|(?<=[:,\[])\s*(?:true|false|null|None|True|False)\s*(?=[,\]}\n]|$)"""
)
"""Values of JSON that are one word or a constant."""
BRACES = re.compile(r"[{}\[\],]")
STAMP = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})"
    r"|\b[A-Z][a-z]+-[A-Z][a-z]+: [\w/;=-]+|\b(?:Date|Connection|Server|Vary): (?:[\w-]+)?"
)
"""Dates and headers of mail and of web servers."""
CODE_LINES = {
    "keyword": (
        r"^[^\S\n]*(?:def|class|import|from|return|if|for|while|else|elif|try|except|with|func|function|var|let|const|public|private"
        r"|static|void|int|#include|package|use|fn|struct)\b.*(?:\w\(|[{}=<>\[\]]|[;:]\s*$).*$"
    ),
    "query with two words": r"^(?>.*?\bSELECT\b).+\bFROM\b.*$|^(?>.*?\bUPDATE\b).+\bSET\b.*$",
    "query": r"^.*\b(?:INSERT INTO|DELETE FROM|CREATE (?:TABLE|INDEX|VIEW)|GROUP BY|ORDER BY)\b.*$",
    "sign and end of a statement": r"^(?>.*?(?:\w[(\[]|[{}=<>])).*[;{}]\s*$",
    "brackets alone": r"^[^\S\n]*[{}\[\]();,]+\s*$",
    "opening bracket at the end": r"^.*(?:(?<![:=-])[{}\[]|[A-Za-z]\()[^\S\n]*$",
    "property": r"^[^\S\n]*[a-z-]+:[^\S\n]*+(?:[^\s;]++[^\S\n]*+){1,6};[^\S\n]*$",
    "word in quotes of a list": r"^[^\S\n]*[\"'][^\"'\s]*[\"'],[^\S\n]*$",
    "call and colon": r"^(?=.*\w\().*\)\s*:\s*$",
    "operator at the end": r"^.*(?:=>|->|::|==|\+=|!=|&&|\|\|)\s*$",
    "assignment": r"^[^\S\n]*[\w.\[\]$-]+\s*[-+*/|&^%:]?=\s*\S.*$",
    "section": r"^[^\S\n]*\[[\w. -]+\]\s*$",
    "constant or identifier of a key": (r"^[^\S\n]*(?:-\s*)?[\w.-]+:\s*(?:true|false|null|yes|no|(?=\w+?_\w)\w++)\s*$"),
    "number of a key": r"^[^\S\n]*(?:-\s*)?[a-z][\w.-]*:\s*[\d.,]+\s*$",
    "key that is an identifier": r"^[^\S\n]*(?:-\s*)?(?=\w++:)\w+_\w+:(?:[^\S\n]+\S+){0,2}[^\S\n]*$",
    "request": r"^(?:[A-Z]+ \S+ )?HTTP/\d.*$",
    "file of a listing": r"^[-dlbcps](?:[-r][-w][-xsStT]){3}\W.*$",
    "command with options": (
        r"^(?=.* --?[A-Za-z])(?=.*(?: \| | > | && |/\w+/)|\W*[a-z].* --?[A-Za-z].* --?[A-Za-z]).*$"
    ),
}
"""Lines of programs, queries, settings, shells and web servers. The first sign, or the first word of a query, is
searched for alone: with all that may follow it would take quadratic time."""
CODE = re.compile("(?m)" + "|".join(CODE_LINES.values()))
STATEMENT = re.compile(
    r"(?m)^[^\S\n]*(?:return|import|from|pass|break|continue|raise|yield|print|echo|end|fi|done|then|else)\b[^.!?\n]*$"
    r"|^[^\S\n]*(?:-\s*)?[\w.-]+:[^\S\n]*+\S*+[^\S\n]*$"
)
"""Lines that are code only beside code; a word and a colon are a label elsewhere."""
FULL = re.compile(r"(?m)^.*\S.*$")
SETTING = re.compile(r"(?m)^[^\S\n]*(?:- )?[a-z][\w.-]*:(?=\s|$)")
"""The key of a line of settings; of a recipe or a form it begins with a capital, or is one of few."""
PROSE = re.compile(r"[^\W\d_A-Za-z]|(?<!\w)(?:[A-Za-z][a-z]*+,? ){3}[A-Za-z][a-z]")
"""What a line has to have where half of the lines are code: a letter that is not ASCII, or four words in a row."""
TOKEN = re.compile(r"\S+")
NO_WORD = re.compile(r"""(?<!\S)(?![.,;:!?()"']*[A-Za-z][a-z]+[.,;:!?()"']*(?!\S))\S+""")
"""A token that is not a plain word, with or without signs of AROUND beside it."""
MACHINE_TOKENS = {
    "address with a scheme": r"://",
    "address without": r"^\W*www\.",
    "address of mail": r"^\S[^@]*@\S+\.\S",
    "path": r"^\W*/\w|\w/\w+/\w",
    "path of Windows": r"\w\\\w",
    "option": r"^-(?:-?[a-z\d]|-[A-Z]|[A-Z](?![a-z]))",
    "signs of code within": r"[^\W_][{}\[\]<>=|_#$%^*+~`]+[^\W_]",
    "command of TeX, variable": r"^\\\w|^\$\w",
    "letter and figure": r"^\W*[A-Za-z]{1,2}\d[A-Za-z]?\W*$",
    "call with figures": r"^\w+\([^()\s\d]*\d[^()\s]*\)\W*$",
    "digest": r"^\W*[0-9a-fA-F]{8,}\W*$",
    "letters and two figures": r"(?<!\w)(?=\w*\d\w*\d)(?=\w*[A-Za-z])\w{3,}",
    "the same with dashes": r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{6,}",
    "base64": r"(?<![A-Za-z0-9+/])(?=[A-Za-z0-9+/]*(?:\d|[a-z][A-Z]))[A-Za-z0-9+/]{24,}",
    "identifier with two humps": r"[a-z][A-Z]\w*[a-z][A-Z]",
    "method": r"\w\.\w+\(",
    "host": (
        r"^(?:\W*[^\w-]|(?!\W*[^\w-]))(?:[a-z0-9-]{2,}\.)+(?:com|org|net|edu|gov|info|io|dev|app|[a-z]{2})\W*$|^\W*[a-z]+(?:\.[a-z]+){2,}\W*$"
    ),
    "file": (
        r"\w\.(?:py|js|ts|c|h|cpp|java|rs|go|so|dll|exe|html?|json|xml|ya?ml|toml|ini|cfg|csv|log|txt|md|pdf|png|jpe?g|gif|svg|zip|gz)"
        r"\W*$"
    ),
}
"""Tokens between white space that are not words: addresses, paths, options, identifiers, digests, file names. A
lookahead stands only where a run of its characters begins: at each of them it would take quadratic time."""
MACHINE = re.compile("|".join(MACHINE_TOKENS.values()))
COUNTED = re.compile(r"\d+-[^\W\d_]{3,}(?:-[^\W\d_]{3,})*")
"""A number and words that are joined to it: 1900-luvulla, 20-jährig."""
AROUND = ".,;:!?()\"'"
"""Signs that may be at the borders of a plain word."""
ASCII, UNSPACED = re.compile(r"[!-~]+"), "\u0e00"
"""The part of a token that is examined in scripts without spaces between words; the code point from which scripts are such."""
HUMP, HUMPED = re.compile(r"(?:^|\W)[a-z]+[A-Z]\w"), re.compile("[a-z][A-Z]")
"""An identifier, where most tokens are like it; else a name after a prefix in Zulu, Xhosa or Irish."""


def only_language(text: str) -> str:
    """`text` with white space in the place of what is not language."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text or "`" in text:
        text = FENCED.sub(" ", text)
    text = TAG.sub(" ", text)
    if KEY.search(text):
        text = BRACES.sub("\n", KEY.sub(" ", VALUE.sub(" ", text)))
    text = STAMP.sub(" ", text)
    rest, lines = CODE.subn(" ", text)
    keys = len(SETTING.findall(rest))
    if lines or keys > 1:
        rest = STATEMENT.sub(" ", rest)
        if 2 * (lines + keys) >= len(FULL.findall(text)):
            rest = "\n".join(line for line in rest.split("\n") if PROSE.search(line))
    rest = NO_WORD.sub(_word, rest)
    if not HUMPED.search(rest):
        return rest
    tokens = TOKEN.findall(rest)
    if 2 * sum(1 for token in tokens if HUMP.search(token)) >= len(tokens):
        return " ".join(token for token in tokens if not HUMP.search(token))
    return rest


def _word(match: re.Match[str]) -> str:
    core = match[0].strip(AROUND)
    if core.isalpha() and (core[1:].islower() or not core.isascii()):
        return match[0]
    if COUNTED.fullmatch(core):
        return match[0]
    if max(core, default="") >= UNSPACED:
        return ASCII.sub(_machine, match[0])
    return _machine(match)


def _machine(match: re.Match[str]) -> str:
    return " " if MACHINE.search(match[0]) else match[0]
