"""Converts a file to UTF-8 and corrects the encoding that it declares; only where the verdict is sure and every byte decodes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from cleaner.checking import SURE, Checked, Problem
from cleaner.decoding import decode
from cleaner.decoding.declared import declared_encoding
from cleaner.document import Candidate, Decoded, Span
from cleaner.edits import ByteMap
from cleaner.pragmas import Pragmas
from cleaner.settings import Settings

HEAD = 4096
"""Code points at the beginning in which a declaration may stand."""
XML = re.compile(r"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
HTML = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|meta|title|body)\b",
    re.IGNORECASE | re.DOTALL,
)
META = re.compile(r"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
CSS = re.compile(r'\A@charset "([\w.:-]+)";')
PEP_263 = re.compile(r"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))?[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
EMACS = re.compile(
    r"\A(?:#![^\r\n]*(?:\r\n?|\n))?[^\r\n]*?-\*-[^\r\n]*?\bcoding:[ \t]*([-\w.]+?)(?=-unix|-dos|-mac|[ \t;]|-\*-)"
)
GETTEXT = re.compile(r'^"Content-Type:[^"\r\n]*?\bcharset=([\w.:-]+)', re.IGNORECASE | re.MULTILINE)
CATALOGUES = frozenset({".po", ".pot"})
LATEX = frozenset({".tex", ".ltx", ".latex", ".sty", ".cls", ".dtx"})
INPUTENC = re.compile(r"^[^%\r\n]*?\\usepackage\s*\[\s*(\w+)\s*\]\s*\{inputenc\}", re.MULTILINE)
TEX = frozenset(
    {
        "ansinew",
        "applemac",
        *(f"latin{number}" for number in range(1, 11)),
        *(f"cp{page}" for page in (437, 850, 852, 865, 1250, 1252)),
    }
)
"""Names of encodings that LaTeX's package inputenc has, and that mean one in which `cleaner` reads."""
PYTHON = frozenset({".py", ".pyi", ".pyw", ".pyx"})
SHEBANG = re.compile(r"\A#![^\r\n]*python")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def to_utf8(data: bytes, *, path: str, settings: Settings) -> Checked:
    """What makes `data`, the file `path`, UTF-8 with a declaration that says so; its line ends are kept.

    A byte-order mark of UTF-8 stays, one of UTF-16 or UTF-32 goes with its encoding.
    """
    decoded = decode(data, hints=settings.encodings)
    if decoded.encoding.encoding is None:
        return Checked(decoded.encoding)
    text = decoded.text
    pragmas = Pragmas.of(text)
    least = SURE if settings.min_confidence is None else settings.min_confidence
    problems: list[Problem] = []
    foreign = _is_foreign(decoded)
    converted = False
    if foreign and settings.wants("ENC401") and not pragmas.silence("ENC401", 0):
        problem = _conversion(decoded, least)
        converted = problem.after is not None
        problems.append(problem)
    new = text
    if not text.isascii() and (converted or not foreign) and settings.wants("ENC402"):
        found = [one for one in _declarations(text, path) if not pragmas.silence("ENC402", one[0])]
        for start, end, name in reversed(found):
            new = new[:start] + name + new[end:]
        problems += [_misnomer(decoded, *one, pragmas) for one in found]
        if converted and declared_encoding(new.encode()) == decoded.encoding.encoding:
            problems = [_left(one, "the file says so itself, in a way that is not mended") for one in problems]
            converted, new = False, text
    fixed = None
    if converted or new != text:
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        fixed = mark + new.encode("utf-8")
        if decode(fixed).text != new:
            problems = [_left(problem, "it would not be read as the same text afterwards") for problem in problems]
            fixed, new = None, text
    return Checked(decoded.encoding, tuple(problems), text, fixed, new, pragmas.notes())


def _is_foreign(decoded: Decoded) -> bool:
    """Whether the bytes are anything but UTF-8, or UTF-8 with damage."""
    held = decoded.encoding.segments
    strange = [one for one in held if one.codec not in ("ascii", "utf-8") and one.text_end > one.text_start]
    return bool(strange) or decoded.encoding.encoding not in ("ascii", "utf-8")


def _conversion(decoded: Decoded, least: float) -> Problem:
    verdict = decoded.encoding
    name = verdict.encoding or ""
    damaged = [one for one in verdict.segments if one.codec is None and one.text_end > one.text_start]
    others = tuple(Candidate(one.encoding, one.confidence) for one in verdict.alternatives if not one.same_text)
    problem = Problem(
        "ENC401", 0, 0, Span(0, 0), 1, 1, name, "utf-8", f"{verdict.method}: {'; '.join(verdict.evidence)}",
        verdict.confidence, "exact" if verdict.confidence == 1 else "inferred", verdict.evidence, others,
    )  # fmt: skip
    if damaged:
        first = damaged[0]
        return _left(problem, f"bytes {first.start}:{first.end} have no meaning in it")
    if verdict.confidence < least:
        return _left(problem, f"the verdict's confidence is below {least:g}; name the encoding with --encodings")
    return problem


def _left(problem: Problem, why: str) -> Problem:
    return replace(problem, after=None, reason=f"{problem.reason}; left as it is: {why}", kind="finding")


def _declarations(text: str, path: str) -> Iterator[tuple[int, int, str]]:
    """Ranges of the names by which `text` declares an encoding other than UTF-8, and the name to put there."""
    head, suffix = text[:HEAD], PurePosixPath(path).suffix.lower()
    found = [match for pattern in (XML, CSS) if (match := pattern.match(head))]
    if HTML.match(head):
        shown = COMMENT.sub(lambda match: " " * len(match[0]), head)
        found += META.finditer(shown)
    pattern = PEP_263 if suffix in PYTHON or SHEBANG.match(head) else EMACS
    found += [match for match in [pattern.match(head)] if match]
    if suffix in CATALOGUES:
        found += [match for match in [GETTEXT.search(head)] if match]
    if suffix in LATEX:  # other files, such as pages about LaTeX, quote such lines
        found += [match for match in [INPUTENC.search(head)] if match and match[1] in TEX]
    for match in sorted(found, key=lambda match: match.start(1)):
        if match.re is INPUTENC:
            yield *match.span(1), "utf8"
            continue
        try:
            name = codecs.lookup(match[1]).name
        except LookupError:
            continue
        if name not in ("utf-8", "utf-8-sig"):
            yield *match.span(1), _name_like(match[1])


def _name_like(name: str) -> str:
    """`utf-8`, in capitals where `name` is."""
    return "UTF-8" if name.isupper() else "utf-8"


def _misnomer(decoded: Decoded, start: int, end: int, name: str, pragmas: Pragmas) -> Problem:
    before = decoded.text[start:end]
    line, column = pragmas.place(start)
    places = ByteMap(decoded.text, decoded.encoding.segments).backward(Span(start, end))
    said = "the file says that it is in another encoding than it is, or will be"
    return Problem("ENC402", start, end, places, line, column, before, name, said, 1.0, "exact")
