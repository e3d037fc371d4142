"""A profile as bytes, for the disk and for other processes: its arrays one after the other, little-endian."""

from __future__ import annotations

import struct

import numpy as np

from cleaner.overlap.documents.keys import Keys
from cleaner.overlap.documents.profiles import Profile
from cleaner.overlap.index.name_parts import NameColumns
from cleaner.overlap.names.capitals import Names

HEAD = struct.Struct("<IHHIIIIIII4x")
"""Words, garbled or not, the script; the numbers of keys, names, stems, words in small letters, lines, bytes of names, of Han. It
has 40 bytes, so that the keys after it are aligned."""
SMALL = 1 << 13
"""Keys below which all is one part: writing nine costs more than copying 64 KB."""
TORN = "this is no profile: its parts do not fill it"
SCRIPTS = ("none", "latin", "cyrillic", "han")
"""Scripts by number; behind them those that `scripts.script_of` names by the upper bits of their letters."""


def packed(profile: Profile) -> bytes:
    """`profile` as bytes."""
    return b"".join(packed_parts(profile))


def packed_parts(profile: Profile) -> list[bytes | memoryview]:
    """The same in parts; those of a large text are views of the profile's arrays, which are not copied."""
    names = profile.names
    texts = names.joined
    han = profile.han.encode("utf-8")
    head = HEAD.pack(
        profile.words,
        profile.garbled,
        SCRIPTS.index(profile.script) if profile.script in SCRIPTS else len(SCRIPTS) + int(profile.script, 16),
        len(profile.keys),
        len(names.counts),
        len(profile.stems),
        len(profile.lowered),
        len(profile.lines),
        len(texts),
        len(han),
    )
    arrays = (
        (profile.keys, "<u8"),
        (profile.lines, "<u8"),
        (names.counts, "<u4"),
        (names.hashes, "<u4"),
        (profile.stems, "<u4"),
        (profile.lowered, "<u4"),
        (names.inside, "u1"),
    )
    if len(profile.keys) < SMALL:
        return [b"".join([head, *(array.astype(kind, copy=False).tobytes() for array, kind in arrays), texts, han])]
    return [head, *(np.ascontiguousarray(array, kind).view(np.uint8).data for array, kind in arrays), texts, han]


def packed_keys(data: bytes) -> Keys:
    """The keys of the profile that `packed` gave, without the rest. Raises ValueError where `data` is none."""
    try:
        return np.frombuffer(data, "<u8", HEAD.unpack_from(data)[3], HEAD.size)
    except struct.error as error:
        raise ValueError(f"this is no profile: {error}") from None


def packed_names(data: bytes) -> NameColumns:
    """What may be a name, of the profile that `packed` gave. Raises ValueError where `data` is none."""
    columns = NameColumns.of(unpacked(data))  # copied: a view would hold all of `data`
    return columns._replace(counts=columns.counts.copy(), hashes=columns.hashes.copy())


def unpacked(data: bytes) -> Profile:
    """The profile that `packed` gave. Its arrays are views of `data`. Raises ValueError where `data` is none."""
    try:
        words, garbled, script, keys, names, stems, lowered, lines, size, more = HEAD.unpack_from(data)
    except struct.error as error:
        raise ValueError(f"this is no profile: {error}") from None
    try:
        long = np.frombuffer(data, "<u8", keys + lines, HEAD.size)
        at = HEAD.size + long.nbytes
        short = np.frombuffer(data, "<u4", 2 * names + stems + lowered, at)
        at += short.nbytes
        inside = np.frombuffer(data, bool, names, at)
    except ValueError:
        raise ValueError(TORN) from None
    at += names
    texts = data[at : at + size]
    if len(data) != at + size + more or texts.count(b"\n") != max(0, names - 1):
        raise ValueError(TORN)
    han = data[at + size :].decode("utf-8")
    own = Names(texts, short[:names], short[names : 2 * names], inside)
    shared, small = short[2 * names : 2 * names + stems], short[2 * names + stems :]
    written = SCRIPTS[script] if script < len(SCRIPTS) else f"{script - len(SCRIPTS):x}"
    return Profile(long[:keys], words, bool(garbled), own, shared, small, long[keys:], written, han)
