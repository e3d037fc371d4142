"""`cleaner detect FILE…`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from cleaner.cli.common import Style, add_choice, add_output, colour_wanted, printable, sure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleaner.document import Encoding, Language
    from cleaner.settings import Settings

EPILOG = """\
examples:
  cleaner detect letter.txt
  cleaner detect *.txt --format jsonl
  curl -s https://example.org | cleaner detect -
"""
MOST = 5
"""Alternatives that are shown."""
SHOWN = 0.005
"""Confidence from which one is: less is written 0.00."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = "Tells the encoding and the language of files, how sure that is, and on what evidence."
    parser.epilog = EPILOG
    parser.add_argument("files", nargs="+", metavar="FILE", help="file to look at; - is stdin")
    add_choice(parser.add_argument_group("what is known"))
    how = parser.add_argument_group("what is printed")
    how.add_argument("--format", choices=("text", "json", "jsonl"), default="text", help="form (default: text)")
    add_output(how)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 when it is done."""
    import json
    import os

    from cleaner.cli.checked import write_lines
    from cleaner.cli.configuration import Configurations, said_by
    from cleaner.cli.show import read_file

    style = Style(colour_wanted(options))
    configurations = Configurations(said_by(options))
    rows = []
    for number, name in enumerate(options.files):
        place = os.path.abspath(name)
        settings = configurations.of(place).settings_of(place)
        verdict, language, text = _verdicts(read_file(name), settings)
        if options.format == "text":
            if number:
                print()
            write_lines(_told(name, verdict, language, text, style))
            continue
        rows.append(_record(name, verdict, language))
        if options.format == "jsonl":
            print(json.dumps(rows[-1], ensure_ascii=False))
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    return 0


def _verdicts(data: bytes, settings: Settings) -> tuple[Encoding, Language | None, str]:
    """Encoding, language (of the repaired text; None for binary data) and decoded text."""
    from cleaner.decoding import decode
    from cleaner.language import detect_language
    from cleaner.mojibake import repair

    decoded = decode(data, hints=settings.encodings)
    if decoded.encoding.encoding is None:
        return decoded.encoding, None, ""
    text = repair(decoded.text).text
    languages = settings.languages or None
    language = detect_language(text, languages=languages, spans=True, second_opinion=True)
    return decoded.encoding, language, decoded.text


def _record(name: str, verdict: Encoding, language: Language | None) -> dict[str, Any]:
    from cleaner.records import to_json
    from cleaner.sources import recorded

    return {"path": recorded(name), "encoding": to_json(verdict), "language": to_json(language)}


def _told(name: str, verdict: Encoding, language: Language | None, text: str, style: Style) -> Iterator[str]:
    yield style(printable(name), "bold")
    if verdict.encoding is None or language is None:
        yield f"  encoding   none: binary data ({'; '.join(verdict.evidence)})"
        return
    mark = ", with byte-order mark" if verdict.bom else ""
    name_of = verdict.label if verdict.label == verdict.encoding else f"{verdict.label} (Python: {verdict.encoding})"
    yield f"  encoding   {style(str(name_of), 'green')} {sure(verdict.confidence)}{mark}"
    yield f"             {verdict.method}: {'; '.join(verdict.evidence) or 'no other fits'}"
    if verdict.mixed:
        yield f"             mixed: {_shares(verdict)}"
    others = [one for one in verdict.alternatives if not one.same_text and one.confidence >= SHOWN][:MOST]
    if others:
        yield f"             or {', '.join(f'{one.encoding} {sure(one.confidence)}' for one in others)}"
    same = [one.encoding for one in verdict.alternatives if one.same_text][:MOST]
    if same:
        yield f"             the same text in {', '.join(same)}"
    yield f"  line ends  {_line_ends(text)}"
    group = f" (one of {language.group})" if language.group else ""
    yield f"  language   {style(language.code, 'green')} {sure(language.confidence)}{group}, script {language.script or 'none'}"
    ranked = [one for one in language.candidates if one.value != language.code and one.confidence >= SHOWN][: MOST - 1]
    if ranked:
        yield f"             or {', '.join(f'{one.value} {sure(one.confidence)}' for one in ranked)}"
    if len(language.shares) > 1:
        yield f"             shares: {', '.join(f'{one.value} {one.confidence:.0%}' for one in language.shares)}"
    if language.second_opinion:
        yield f"             second opinion: {language.second_opinion.value} {sure(language.second_opinion.confidence)}"


def _shares(verdict: Encoding) -> str:
    sizes: dict[str, int] = {}
    for segment in verdict.segments:
        codec = segment.codec or "no meaning"
        sizes[codec] = sizes.get(codec, 0) + segment.end - segment.start
    return ", ".join(f"{codec} {size:,} bytes" for codec, size in sorted(sizes.items(), key=lambda row: -row[1]))


def _line_ends(text: str) -> str:
    both = text.count("\r\n")
    counts = {"LF": text.count("\n") - both, "CRLF": both, "CR": text.count("\r") - both}
    found = [f"{name} {number:,}" for name, number in counts.items() if number]
    return ", ".join(found) or "none"
