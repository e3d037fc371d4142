"""The parts of the page that hold data: JSON that may stand inside a script element, larger runs deflated."""

from __future__ import annotations

import base64
import re
import zlib
from typing import Any

from cleaner.records import dumps

FULL = 96_000
"""Characters of JSON from which a part is closed. What is opened is one part: small enough to open in a few
milliseconds, large enough for documents to compress together (a tenth less than each on its own)."""
LEVEL = 3
"""Of zlib: on a corpus of 6 MB half the time of level 6 and 7 % larger (82 ms and 2.8 MB; level 6: 176 ms and 2.6 MB)."""

_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def script_safe(data: Any) -> str:
    """`data` as JSON without any character that could end a script element, a line of script, or the encoding."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", dumps(data))


class Packer:
    """Collects records and gives them out as numbered script elements that run nothing.

    A part is a JSON object from the record's number to the record. With `deflate` it is compressed (zlib, Base64).
    """

    __slots__ = ("_deflate", "_held", "_number", "_size", "written")

    def __init__(self, *, deflate: bool) -> None:
        self._deflate = deflate
        self._held: list[str] = []
        self._size = 0
        self._number = 0
        self.written = 0
        """Characters given out so far."""

    def add(self, key: int, record: Any) -> int:
        """Takes `record` in; returns the number of the part that will hold it."""
        text = f'"{key}":{script_safe(record)}'
        self._held.append(text)
        self._size += len(text)
        return self._number

    def full(self) -> str:
        """The part that is full, as an element; empty where none is."""
        return self.close() if self._size >= FULL else ""

    def close(self) -> str:
        """The part under way, as an element; empty where it holds nothing. The next record opens a new one."""
        if not self._held:
            return ""
        text = "{" + ",\n".join(self._held) + "}"
        kind = "application/json"
        if self._deflate:
            kind = "application/zlib"
            text = base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode("ascii")
        element = f'<script type="{kind}" id="part-{self._number}">{text}</script>\n'
        self._held.clear()
        self._size = 0
        self._number += 1
        self.written += len(element)
        return element
