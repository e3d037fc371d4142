"""Form and invisible characters: NFC, controls, stray byte-order marks; no-break and odd spaces in profile `corpus`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cleaner.document import Edit
from cleaner.edits import pieces
from cleaner.nfc import composed
from cleaner.normalization.change import edit, substituted

CONTROLS = re.compile(r"(?:[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]++|\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][0-9A-Z])?)++")
"""C0 and DEL; the C1 range is the business of repair, which leaves there what it can't read. What a terminal takes for colours
and character sets goes as a whole (ECMA-48, control sequences; ISO 2022): without its escape, `[0m` would stay as text."""
CONTROL_BYTES = bytes(byte for byte in (*range(32), 127) if byte not in b"\t\n\r")
WORTH = 2_000
"""ASCII characters from which looking 29 times for one byte is cheaper than one look for all: 1.3 against 2.2 us at 5,000."""
MARK = re.compile("\ufeff+")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
WIDE = re.compile("(?<![\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef])\u3000+(?![\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef])")
"""The ideographic space belongs in Chinese, Japanese and Korean text; elsewhere it is a space."""
FRENCH = re.compile("[\u00a0\u202f](?=[;:!?»%€])|(?<=«)[\u00a0\u202f]")
"""No-break spaces that French puts before stops: the words would be cut off from them by a plain one."""

_controls = substituted("TXT103", CONTROLS, "", "control characters that no reader sees")
drop_marks = substituted("TXT104", MARK, "", "byte-order mark inside the text", needs="\ufeff")


def drop_controls(text: str) -> Iterator[Edit]:
    """Control characters but tab, line feed and carriage return."""
    if any(map(_has_control, pieces(text))):
        yield from _controls(text)


def _has_control(piece: str) -> bool:
    """Whether the pattern matches somewhere: in a third of the time by bytes, in a twelfth by looking for one after the other."""
    if len(piece) > WORTH and piece.isascii():
        return any(map(piece.__contains__, CONTROL_BYTES.decode()))
    data = piece.encode("utf-8", "surrogatepass")
    return len(data.translate(None, CONTROL_BYTES)) != len(data)


def compose(text: str) -> Iterator[Edit]:
    """Runs that are not in NFC, composed; everything else is not touched."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for end in _borders(text):
        run = text[start:end]
        if not unicodedata.is_normalized("NFC", run):
            yield edit("TXT101", text, start, end, composed(run), "composed to Unicode form NFC")
        start = end


def _borders(text: str) -> Iterator[int]:
    """Places where `text` can be cut so that NFC of the parts is NFC of the whole: before ASCII, and at the end."""
    for match in re.finditer(r"[\x00-\x7f](?=[\x00-\x7f]|$)|(?<=[\x00-\x7f])(?=[\x00-\x7f])", text):
        yield match.start()
    yield len(text)


def plain_spaces(text: str) -> Iterator[Edit]:
    """No-break and odd spaces become plain ones."""
    kept = {match.start() for match in FRENCH.finditer(text)}
    for pattern in (SPACES, WIDE):
        for match in pattern.finditer(text):
            if match.start() not in kept:
                yield edit("TXT201", text, match.start(), match.end(), " ", "no-break or odd space made plain")
