"""Text that reads differently from what a program sees: bidirectional controls, look-alike letters, invisible characters.

After Unicode TR 55 (source code handling) and TR 39 (security mechanisms), and Boucher and Anderson, "Trojan Source",
2021. Only reported, never changed: whether it is an attack is for a person to say. Asked for by name (`--select TXT8`,
the hook `cleaner-bidi`), because prose in right-to-left scripts uses some of these characters rightly.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Finding
from cleaner.glance import DECEPTIVE
from cleaner.spoofing.bidi import bidi_controls
from cleaner.spoofing.lookalikes import invisible_characters, lookalike_words

__all__ = ["spoofing"]


def spoofing(text: str) -> Iterator[Finding]:
    """What in `text` may deceive a reader; code points of `text`."""
    if not DECEPTIVE.search(text):
        return
    yield from bidi_controls(text)
    yield from lookalike_words(text)
    yield from invisible_characters(text)
