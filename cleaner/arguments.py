"""Arguments of the public functions: converted where that is natural, else refused with what to do instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cleaner.errors import ArgumentError, UsageError


def as_bytes(data: Any, function: str) -> bytes:
    """`data` as bytes: bytes, bytearray or memoryview. Raises ArgumentError for anything else."""
    if type(data) is bytes:
        return data
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    if isinstance(data, str):
        raise ArgumentError(f"{function} takes bytes, and this is text already; cleaner.repair mends text")
    raise ArgumentError(f"{function} takes bytes, not {_kind(data)}; read a file with open(path, 'rb').read()")


def as_text(text: Any, function: str) -> str:
    """`text`, where it is a string. Raises ArgumentError for anything else."""
    if isinstance(text, str):
        return text
    if isinstance(text, (bytes, bytearray, memoryview)):
        raise ArgumentError(f"{function} takes text; decode the bytes first with cleaner.decode(data).text")
    raise ArgumentError(f"{function} takes text, not {_kind(text)}")


def check_kind(value: Any, kind: type | tuple[type, ...], said: str) -> None:
    """Raises ArgumentError, its message beginning with `said`, where `value` is not of `kind`."""
    if not isinstance(value, kind):
        raise ArgumentError(f"{said}, not {_kind(value)}")


def check_one_of(value: Any, allowed: Collection[str], name: str) -> None:
    """Raises UsageError, with the nearest allowed value, where the `value` of the argument `name` is not in `allowed`."""
    if isinstance(value, str) and value in allowed:
        return
    from difflib import get_close_matches

    near = get_close_matches(value, allowed, n=1) if isinstance(value, str) else []
    hint = f"did you mean {near[0]!r}?" if near else f"it must be one of {', '.join(allowed)}"
    error = UsageError if isinstance(value, str) else ArgumentError
    raise error(f"{name} is {value!r}; {hint}")


def check_names(names: Any, name: str, example: str) -> None:
    """Raises ArgumentError where `names`, the argument `name`, is not a collection of strings (one string is not)."""
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise ArgumentError(f"{name} is {names!r}; it must be a list of names, such as [{example!r}]")
    for one in names:
        if not isinstance(one, str):
            raise ArgumentError(f"{name} holds {one!r}; its members must be names, such as {example!r}")


def check_encodings(hints: Any) -> None:
    """Raises ArgumentError or UsageError where `hints` are not encodings that files can be in."""
    from cleaner.known import wrong_encoding

    check_names(hints, "hints", "cp1252")
    for one in hints:
        if wrong := wrong_encoding(one):
            raise UsageError(f"hints holds {one!r}, {wrong}")


def _kind(value: Any) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"
