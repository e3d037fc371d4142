"""What a document says of its own encoding; believed only where the bytes agree."""

from __future__ import annotations

import codecs
import re

__all__ = ["declared_encoding"]

HEAD, TAIL = 2048, 512
DECLARATIONS = (
    re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE),
    re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""^@charset\s+"([\w.:-]+)";""", re.IGNORECASE),
    re.compile(rb"""^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)"""),
    re.compile(rb"""content-type:\s*text/[\w+-]+;\s*charset\s*=\s*"?([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""-\*-[^\n]*?coding:\s*([\w.-]+)[^\n]*-\*-""", re.IGNORECASE),
    re.compile(rb"""\bvim?:[^\n]*?(?:fileencoding|fenc)=([\w.-]+)"""),
)


def declared_encoding(data: bytes) -> str | None:
    """The Python codec that `data` declares (HTML, XML, CSS, PEP 263, MIME, PO, emacs, vim), or None."""
    head = data[:HEAD] + (b"\n" + data[-TAIL:] if len(data) > HEAD else b"")
    for pattern in DECLARATIONS:
        found = pattern.search(head)
        if found:
            try:
                name = codecs.lookup(found[1].decode("ascii")).name
            except (LookupError, UnicodeDecodeError):
                continue
            if name not in ("utf-8", "utf-8-sig", "ascii") and getattr(codecs.lookup(name), "_is_text_encoding", True):
                return "cp1252" if name == "iso8859-1" else name  # as browsers read it
    return None
