"""The encoding that a document declares; believed only where the bytes agree."""

from __future__ import annotations

import re

from cleaner.decoding.labels import codec_of

HEAD, TAIL = 2048, 512
"""Bytes that are searched at each end: editors read their modelines at both."""
DECLARATIONS = (
    re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE),
    re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""^@charset\s+"([\w.:-]+)";""", re.IGNORECASE),
    re.compile(rb"""^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)"""),  # PEP 263: first or second line
    re.compile(rb"""content-type:\s*text/[\w+-]+;\s*charset\s*=\s*"?([\w.:-]+)""", re.IGNORECASE),  # MIME, PO headers
    re.compile(rb"""-\*-[^\n]*?coding:\s*([\w.-]+)[^\n]*-\*-""", re.IGNORECASE),  # emacs, first lines
    re.compile(rb"""Local Variables:.{0,300}?\bcoding:\s*([\w.-]+)""", re.IGNORECASE | re.DOTALL),  # emacs, last lines
    re.compile(rb"""\b(?:vim?|ex):[^\n]*?(?:fileencoding|fenc)=([\w.-]+)"""),
)
SIGNS = (b"coding", b"charset", b"fenc=")
"""Every declaration has one of these, in capitals or small letters; to look for them takes a hundredth of the time of
the patterns."""
UNICODE = frozenset({"utf-8", "ascii", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
"""A declaration of one of these says nothing about bytes that are not UTF-8 and have no mark: earlier methods would
have seen it."""


def declared_encoding(data: bytes) -> str | None:
    """The legacy Python codec that `data` declares (HTML, XML, CSS, PEP 263, MIME, PO, emacs, vim), or None.

    Where two declarations differ, the first in this order counts. As in browsers, a label means its superset: `cp1252`
    for ISO-8859-1.
    """
    head = data[:HEAD] + (b"\n" + data[-TAIL:] if len(data) > HEAD else b"")
    small = head.lower()
    if not any(sign in small for sign in SIGNS):
        return None
    for pattern in DECLARATIONS:
        found = pattern.search(head)
        if found:
            # emacs names a codec with its line ends: latin-1-unix.
            label = re.sub(r"-(?:unix|dos|mac)$", "", found[1].decode("ascii", "replace"))
            name = codec_of(label)
            if name is not None and name not in UNICODE:
                return name
    return None
