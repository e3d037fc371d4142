"""What is looked at of long bytes: places all over them, near foreign bytes."""

from __future__ import annotations

WHOLE = 4096
"""Bytes up to which a text is looked at as a whole; a longer one in `PIECES` places."""
PIECES = 6


def sample_of(data: bytes) -> bytes:
    """Up to `WHOLE` bytes of `data` from all over it, near foreign bytes; each place begins where a word begins."""
    if len(data) <= WHOLE:
        return data
    parts: list[bytes] = []
    each = WHOLE // PIECES
    done = 0
    for number in range(PIECES):
        start = max(done, len(data) * number // PIECES)
        foreign = first_foreign_from(data, start)
        if foreign == len(data):
            break
        if foreign > start + each // 2:
            start = foreign - each // 4
        if start:
            start = _word_start(data, start)
        done = min(len(data), start + each)
        parts.append(data[start:done])
    return b"\n".join(parts)


def _word_start(data: bytes, start: int) -> int:
    """The first place from `start` on behind a line end, else behind a space; `start` where there is neither near."""
    for sign in (b"\n", b" "):
        found = data.find(sign, start, start + 200)
        if found >= 0:
            return found + 1
    return start


def first_foreign_from(data: bytes, start: int) -> int:
    """The first byte above 0x7F from `start` on; the end where there is none. At the speed of decoding."""
    for begin in range(start, len(data), 1 << 20):
        part = data[begin : begin + (1 << 20)]
        if not part.isascii():
            try:
                part.decode("ascii")
            except UnicodeDecodeError as error:
                return begin + error.start
    return len(data)
