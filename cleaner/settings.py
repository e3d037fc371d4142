"""Settings: typed and frozen; from keyword arguments, a `cleaner.toml`, or `[tool.cleaner]` of a `pyproject.toml`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from cleaner.errors import SettingsError

__all__ = ["Settings", "load_settings"]

Profile = Literal["encoding", "text", "corpus"]
Level = Literal["exact", "inferred"]
Policy = Literal["annotate", "keep-best", "one-per-story", "merge"]
Backend = Literal["cleaner", "langdetect"]

IRRELEVANT = frozenset({"report", "overlap", "per_language"})
"""Settings that change no document (policies choose among finished ones): left out of `Settings.digest`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run does. Raises SettingsError for a value that a setting can't have."""

    profile: Profile = "text"
    """How far normalisation goes; each profile holds the one before: `encoding`, `text`, `corpus`."""
    level: Level = "inferred"
    """`exact`: only repairs that can be proven; `inferred`: also those that fill in lost bytes."""
    overlap: Policy = "annotate"
    """What is done about overlapping documents; `annotate` keeps all of them."""
    per_language: bool = False
    """With `overlap = "one-per-story"`: keep one text a language of each story."""
    drop_boilerplate: bool = False
    """Remove what profile `corpus` otherwise only marks as boilerplate."""
    encodings: tuple[str, ...] = ()
    """Encodings that the documents may be in besides UTF-8, best first; empty: any."""
    languages: tuple[str, ...] = ()
    """Languages that the documents may be in, ISO 639-1 codes; empty: any."""
    language_backend: Backend = "cleaner"
    """Engine for language identification."""
    report: bool = True
    """Whether a run writes `report.html`."""

    def __post_init__(self) -> None:
        hints = get_type_hints(type(self))
        for field in fields(self):
            held, allowed = getattr(self, field.name), get_args(hints[field.name])
            if isinstance(field.default, bool):
                _require(isinstance(held, bool), field.name, held, "true or false")
            elif isinstance(field.default, tuple):
                fits = isinstance(held, (list, tuple)) and all(isinstance(item, str) for item in held)
                _require(fits, field.name, held, "a list of names")
                object.__setattr__(self, field.name, tuple(held))
            else:
                _require(held in allowed, field.name, held, "one of " + ", ".join(allowed))
        _check_encodings(self.encodings)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Settings:
        """Settings from plain `values`; dashes in names are underscores. Raises SettingsError for an unknown name."""
        return replace_settings(cls(), values)

    @property
    def digest(self) -> str:
        """Hex digest of all settings that can change a document."""
        relevant = {name: held for name, held in asdict(self).items() if name not in IRRELEVANT}
        return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()[:16]


def replace_settings(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """`settings` with `values` in place. Raises SettingsError for an unknown name, with the nearest right one."""
    known = [field.name for field in fields(Settings)]
    changes = {}
    for name, held in values.items():
        key = name.replace("-", "_")
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0].replace('_', '-')!r}?" if near else "known are: " + ", ".join(known)
            raise SettingsError(f"there is no setting {name!r}; {hint}")
        changes[key] = held
    return replace(settings, **changes)


def load_settings(folder: Path) -> tuple[Settings, Path | None]:
    """The settings in force at `folder`, and the file they come from (None: the defaults).

    The nearest folder upwards that has a `cleaner.toml`, or a `pyproject.toml` with `[tool.cleaner]`, wins.
    Raises SettingsError where that file can't be read, or holds an unknown name or a wrong value.
    """
    import tomllib

    for place in (folder.resolve(), *folder.resolve().parents):
        for name in ("cleaner.toml", "pyproject.toml"):
            path = place / name
            if not path.is_file():
                continue
            try:
                held: Any = tomllib.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise SettingsError(f"{path}: can't be read as TOML: {error}") from None
            if name == "pyproject.toml":
                held = held.get("tool", {}).get("cleaner")
            if held is None:
                continue
            try:
                return Settings.of(held), path
            except SettingsError as error:
                raise SettingsError(f"{path}: {error}") from None
    return Settings(), None


def _require(fits: bool, name: str, held: object, wanted: str) -> None:
    if not fits:
        raise SettingsError(f"setting {name.replace('_', '-')!r} is {held!r}; it must be {wanted}")


def _check_encodings(names: tuple[str, ...]) -> None:
    import codecs

    for name in names:
        try:
            codecs.lookup(name)
        except LookupError:
            raise SettingsError(
                f"setting 'encodings' names {name!r}, which Python does not know; names are like 'cp1252' or 'koi8-r'"
            ) from None
