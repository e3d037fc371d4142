"""The JSON form of the values, and its JSON Schema.

A field that holds its default is left out of a record, unless its metadata say `always`. Bytes are Base64, tuples are
arrays. The schema is read off the values' own types, so that it can't fall behind them.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import types
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from math import isfinite
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_repr = float.__repr__
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def dumps(record: Any) -> str:
    """One line of JSON: no escapes beyond what JSON asks for, keys in the order given."""
    return _encode(record)


def written(value: Any) -> str:
    """`dumps(to_json(value))`, in a third of the time where `value` is one of the values."""
    kind = type(value)
    if kind is tuple or kind is list:
        return "[" + ",".join(map(written, value)) + "]"
    return _writer(kind)(value) if dataclasses.is_dataclass(kind) else dumps(to_json(value))


def to_json(value: Any) -> Any:
    """`value` (one of `cleaner.document`, or made of JSON's own types) as JSON data."""
    if isinstance(value, float):
        return round(value, 6) + 0.0  # no zero below zero
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        held = ((name, getattr(value, name), default) for name, default in _fields(kind))
        return {name: to_json(own) for name, own, default in held if own != default}
    raise TypeError(f"{type(value).__name__} has no JSON form")


def from_json(kind: type[Value], record: Mapping[str, Any]) -> Value:
    """The value of class `kind` that `record` describes.

    Raises ValueError where a needed field is missing, an unknown one stands there, or one holds another kind of value.
    """
    _held(record, Mapping)
    described: Any = kind
    readers = _readers(described)
    unknown = sorted(set(record) - set(readers))
    if unknown:
        raise ValueError(f"a {kind.__name__} has no field {', '.join(unknown)}")
    try:
        return kind(**{name: readers[name](held) for name, held in record.items()})
    except TypeError as error:
        raise ValueError(f"this is no {kind.__name__}: {error}") from None


def schema(kind: type, *, title: str | None = None, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the records of class `kind`; `extra` adds required properties in front."""
    definitions: dict[str, Any] = {}
    body = _object_schema(kind, definitions)
    if extra:
        body["properties"] = {**extra, **body["properties"]}
        body["required"] = [*extra, *body["required"]]
    return {"$schema": DIALECT, "title": title or kind.__name__, **body, "$defs": dict(sorted(definitions.items()))}


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Name and default of each field of `kind`; no default where the field stands in every record."""
    return tuple(
        (field.name, dataclasses.MISSING if field.metadata.get("always") else field.default)
        for field in dataclasses.fields(kind)
    )


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind)
    return {name: _reader(hints[name]) for name, _ in _fields(kind)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin = get_origin(hint)
    if _is_union(hint):
        inner = _reader(_present(hint))
        return lambda held: None if held is None else inner(held)
    if origin is tuple:
        item = _reader(get_args(hint)[0])
        return lambda held: tuple(item(one) for one in _held(held, list))
    if origin is Mapping:
        return dict
    if hint is bytes:
        return base64.b64decode
    if hint is float:
        return float
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        inner_kind = hint
        return lambda held: from_json(inner_kind, held)
    if hint in (str, int, bool):
        return lambda held: _held(held, hint)
    return lambda held: held


def _held(value: Any, kind: type) -> Any:
    """`value`, which is of the class `kind`; True and False are no numbers. Raises ValueError where it is not."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{value!r:.40} is no {kind.__name__}")
    return value


@cache
def _writer(kind: Any) -> Callable[[Any], str]:
    """What writes a value of the data class `kind`: one expression made for its fields, as `dataclasses` makes methods.

    A loop over the fields takes four times as long.
    """
    known: dict[str, Any] = {}
    parts = [
        f"(f'{part}' if {differs} else '')" if differs else f"f'{part}'"
        for differs, part in _parts(kind, "value", known)
    ]
    joined = " + ".join(parts).replace("' + f'", "' f'")  # what always stands there is one string
    made: Callable[[Any], str] = eval(f"lambda value: '{{' + ({joined})[1:] + '}}'", known)  # noqa: S307
    return made


def _parts(kind: Any, value: str, known: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Of each field of the data class `kind` when it stands in a record, "" for always, and what stands there: the inside of an
    f-string. Both are for `value`, an expression; what they call is put into `known`.
    """
    hints = get_type_hints(kind)
    for name, default in _fields(kind):
        own = f"{value}.{name}"
        write, usual = f"write_{own}".replace(".", "_"), f"default_{own}".replace(".", "_")
        hint = _present(hints[name]) if default is None else hints[name]  # None is not written
        known[write], known[usual] = _writer_of(hint), default
        inner = list(_parts(hint, own, known)) if dataclasses.is_dataclass(hint) else []
        if inner and not any(differs for differs, _ in inner):
            held = f"{{{{{''.join([part for _, part in inner])[1:]}}}}}"
        else:
            held = f"{{{own}}}" if hint is int else f"{{{write}({own})}}"
        differs = f"{own} is not None" if default is None else f"{own} != {usual}"
        yield "" if default is dataclasses.MISSING else differs, f',"{name}":{held}'


def _present(hint: Any) -> Any:
    """The type `hint` but for None."""
    return next((part for part in get_args(hint) if part is not type(None)), hint) if _is_union(hint) else hint


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _writer_of(hint: Any) -> Callable[[Any], str]:
    """What writes a field of the type `hint`."""
    kind: Any = hint
    origin = get_origin(hint)
    if hint is str or (origin is Literal and all(isinstance(one, str) for one in get_args(hint))):
        return json.encoder.encode_basestring
    if hint is float:
        return _number
    if _is_union(hint):
        inner = _writer_of(_present(hint))
        return lambda held: "null" if held is None else inner(held)
    if origin is tuple:
        item = _writer_of(get_args(hint)[0])
        return lambda held: f"[{','.join(map(item, held))}]"
    return _writer(kind) if dataclasses.is_dataclass(hint) else written


@lru_cache(1 << 12, typed=True)
def _number(value: float) -> str:
    return _repr(round(value, 6) + 0.0) if type(value) is float and isfinite(value) else dumps(to_json(value))


_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def _schema_of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    if _is_union(hint):
        return {"anyOf": [_schema_of(part, definitions) for part in get_args(hint)]}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(get_args(hint)[0], definitions)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _schema_of(get_args(hint)[1], definitions)}
    if hint is bytes:
        return {"type": "string", "contentEncoding": "base64"}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if hint.__name__ not in definitions:
        definitions[hint.__name__] = {}
        definitions[hint.__name__] = _object_schema(hint, definitions)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _object_schema(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip().split("\n")[0],
        "properties": {name: _schema_of(hints[name], definitions) for name, _ in _fields(kind)},
        "required": [name for name, default in _fields(kind) if default is dataclasses.MISSING],
        "additionalProperties": False,
    }
