"""A look at the bytes of a file that costs next to nothing: is it surely free of encoding damage?

Most files of a repository are. For them no stage is loaded: no value class, no model, no numpy. What the glance can't
tell goes through the stages; it never says "clean" of bytes that the stages would change or report
(`tests/test_glance.py` holds the two together).
"""

from __future__ import annotations

import re

CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]|~\{")
"""Control bytes, escape sequences and the shift of HZ: UTF-16, ISO-2022-*, HZ or binary data are possible."""
ENTITY = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|hellip|[lr][sd]quo|#0?39|#34);)(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});"
)
"""Entities in which garbled characters may hide; those of markup, quotes and dashes do not count."""
ESCAPES = re.compile(rb"\\u(?!00[0-7])[0-9a-fA-F]{4}|%[C-Fc-f][0-9A-Fa-f]%[89ABab]|=[C-Fc-f][0-9A-Fa-f]=[89ABab]")
"""The same in JSON, URLs and quoted-printable."""
UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3}")
NOISY = re.compile("[^\x00-\x7f\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
                   "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{EN DASH}\N{EM DASH}"
                   "\N{HORIZONTAL ELLIPSIS}]")  # fmt: skip
"""Anything but ASCII and the marks of typographic English; with those alone no accident leaves a trace in a text."""
DECLARES = re.compile(rb"(?i)charset|coding|inputenc")
DECEPTIVE = re.compile(
    "[\u00ad\u0370-\u058f\u115f\u1160\u200b\u202a-\u202e\u2060-\u2069\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
"""Characters of which a text has at least one where a rule of `spoofing` sees something."""
ELLIPSIS = "\N{THAI CHARACTER SARA O}\N{THAI CHARACTER KHO RAKHANG}"
"""What TIS-620 leaves of `…`: repair looks at it wherever it stands."""
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def clean_at_a_glance(data: bytes) -> bool:
    """Whether `data` surely holds nothing that decoding or repair would change or report.

    False means only that it can't be told this cheaply.
    """
    if CONTROLS.search(data) or (((b"&" in data and ENTITY.search(data)) or ESCAPES.search(data)) and _hides(data)):
        return False
    if data.isascii():
        return not _may_be_utf7(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    text = text.removeprefix(BOM)
    if not NOISY.search(text):
        return True
    from cleaner.mojibake.gate import worth_a_search

    return ELLIPSIS not in text and not worth_a_search(text)


def honest_at_a_glance(data: bytes) -> bool:
    """Whether `data` surely holds nothing that a rule of `spoofing` reports."""
    if data.isascii():
        return b"\0" not in data and b"\x1b" not in data and b"~{" not in data and not _may_be_utf7(data)
    try:
        return not DECEPTIVE.search(data.decode("utf-8").removeprefix(BOM)) and b"\0" not in data
    except UnicodeDecodeError:
        return False


def utf8_at_a_glance(data: bytes) -> bool:
    """Whether `data` surely is UTF-8 and declares nothing else."""
    if CONTROLS.search(data):
        return False
    if data.isascii():
        return not _may_be_utf7(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not DECLARES.search(data[:16384])


def _may_be_utf7(data: bytes) -> bool:
    if b"+" not in data or not UTF7.search(data):
        return False
    try:
        return not data.decode("utf-7").isascii()
    except UnicodeDecodeError:
        return False


def _hides(data: bytes) -> bool:
    """Whether what the escapes of `data` stand for looks garbled."""
    from cleaner.mojibake.escapes import hides

    try:
        return hides(data.decode("utf-8"))
    except UnicodeDecodeError:
        return True
