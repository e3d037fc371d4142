"""Settings: typed and frozen; from keyword arguments, a `cleaner.toml`, or `[tool.cleaner]` of a `pyproject.toml`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import wraps
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from cleaner.errors import SettingsError
from cleaner.known import LANGUAGES, is_rule, near_language, near_rule, wrong_encoding
from cleaner.thresholds import CONTAINED, NEAR, STORY

FILES = ("cleaner.toml", "pyproject.toml")
"""Where settings stand, in the order they are looked for in a folder."""

Profile = Literal["encoding", "text", "corpus"]
Level = Literal["exact", "inferred"]
Policy = Literal["annotate", "keep-best", "one-per-story", "merge"]
Backend = Literal["cleaner", "langdetect"]
Made = TypeVar("Made")

COMPARING = frozenset({"near_threshold", "contained_threshold", "story_threshold", "embedding"})
"""Settings that say from when on finished documents overlap."""
IRRELEVANT = COMPARING | {"report", "overlap", "per_language", "extend_exclude", "per_file_ignores", "decisions"}
"""Settings that change no document (policies choose among finished ones, decisions count by their content): left out of
`Settings.digest`."""
RECORDED_IF_SET = COMPARING | {"select", "ignore", "min_confidence"}
"""Settings that stand in the manifest of a run only where they are not the default."""
UNRECORDED = frozenset({"extend_exclude", "per_file_ignores", "decisions"})
"""Settings that have no place in the manifest of a run."""


def _no_setting(name: str, sign: str) -> SettingsError:
    """That there is no setting `name`, and which is meant; `sign` stands between the words of a name."""
    from difflib import get_close_matches

    known = [one.name.replace("_", sign) for one in fields(Settings)]
    near = get_close_matches(name.replace("_", sign), known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(known)}"
    return SettingsError(f"there is no setting {name!r}; {hint}")


def _names_told(kind: type[Made]) -> type[Made]:
    """`kind`, made by keywords of which a wrong one is told with the nearest right one."""
    made: Any = kind.__init__

    @wraps(made)
    def init(self: Made, *values: Any, **named: Any) -> None:
        for name in named:
            if name not in KINDS:
                raise _no_setting(name, "_")
        made(self, *values, **named)

    setattr(kind, "__init__", init)  # noqa: B010  # mypy lets no method be assigned to
    return kind


@_names_told
@dataclass(frozen=True, slots=True)
class Settings:
    """What a run does. Lists of names are kept as tuples.

    Raises SettingsError for an unknown name, and for a value that a setting can't have.
    """

    profile: Profile = "text"
    """How far normalisation goes; each profile holds the one before: `encoding`, `text`, `corpus`."""
    level: Level = "inferred"
    """`exact`: only repairs that can be proven; `inferred`: also those that fill in lost bytes."""
    overlap: Policy = "annotate"
    """What is done about overlapping documents; `annotate` keeps all of them."""
    per_language: bool = False
    """With `overlap = "one-per-story"`: keep one text a language of each story."""
    near_threshold: float = NEAR
    """Share of word groups (5-grams) of two documents that both have, 0 to 1, from which they are near copies; below
    0.5 not every pair is found."""
    contained_threshold: float = CONTAINED
    """Share of the shorter document's word groups that the longer one has, 0 to 1, from which it is contained."""
    story_threshold: float = STORY
    """Factor on the likeness that two tellings of one story need: above 1 is stricter, below 1 laxer."""
    embedding: str | None = None
    """Folder of a local model2vec or sentence-transformers model, relative to the settings' file: one more signal for
    stories."""
    drop_boilerplate: bool = False
    """Remove what profile `corpus` otherwise only marks as boilerplate."""
    encodings: Sequence[str] = ()
    """Encodings that the documents may be in besides UTF-8, best first; empty: any."""
    languages: Sequence[str] = ()
    """Languages that the documents may be in, ISO 639-1 codes; empty: any."""
    language_backend: Backend = "cleaner"
    """Engine for language identification."""
    select: Sequence[str] = ()
    """Rules that are wanted, by code or its beginning (`MOJ`, `TXT105`); empty: all that the profile has."""
    ignore: Sequence[str] = ()
    """Rules that are not wanted, by code or its beginning; stronger than `select`."""
    min_confidence: float | None = None
    """Changes below this confidence, 0 to 1, are reported and not made. None: `run` makes all, `fix` makes
    inferred ones from 0.95 and exact ones from 0.8."""
    per_file_ignores: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For `check` and `fix`: pattern of paths (as in `.gitignore`) -> rules that are not wanted there."""
    extend_exclude: Sequence[str] = ()
    """For `check` and `fix`: patterns of paths (as in `.gitignore`) to leave out, relative to the settings' file."""
    decisions: str | None = None
    """For `run`: file with what a person has decided, relative to the settings' file."""
    report: bool = True
    """Whether a run writes `report.html`."""

    def __post_init__(self) -> None:
        for name, kind in KINDS.items():
            object.__setattr__(self, name, kind.check(name, getattr(self, name)))

    def wants(self, rule: str) -> bool:
        """Whether the rule `rule` is wanted, by `select` and `ignore`."""
        if self.select and not rule.startswith(tuple(self.select)):
            return False
        return not (self.ignore and rule.startswith(tuple(self.ignore)))

    @classmethod
    def of(cls, values: Mapping[str, Any], *, where: Path | None = None) -> Settings:
        """Settings from plain `values`; dashes in names are underscores. Raises SettingsError for an unknown name.

        `where` is the file that the values come from, named by the message and the base of relative paths.
        """
        try:
            made = replace_settings(cls(), values)
        except SettingsError as error:
            raise error if where is None else SettingsError(f"{where}: {error}") from None
        if where is not None:
            for name in ("decisions", "embedding"):
                if (path := getattr(made, name)) is not None:
                    made = replace_settings(made, {name: str(where.parent / path)})
        return made

    def record(self) -> dict[str, Any]:
        """The settings that a run keeps to, for its manifest; RECORDED_IF_SET only where they are set."""
        held = {name: value for name, value in asdict(self).items() if name not in UNRECORDED}
        default = {one.name: one.default for one in fields(Settings)}
        return {name: value for name, value in held.items() if name not in RECORDED_IF_SET or value != default[name]}

    def without_effect(self) -> list[str]:
        """What a person is told of settings that ask for something which the others leave out."""
        told = []
        if self.drop_boilerplate and self.profile != "corpus":
            told.append("drop-boilerplate has no effect without profile 'corpus', which looks for boilerplate")
        if self.per_language and self.overlap != "one-per-story":
            told.append("per-language has no effect without overlap 'one-per-story'")
        return told

    @property
    def digest(self) -> str:
        """Hex digest of all settings that can change a document."""
        import hashlib
        import json

        relevant = {name: held for name, held in self.record().items() if name not in IRRELEVANT}
        return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()[:16]


def replace_settings(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """`settings` with `values` in place. Raises SettingsError for an unknown name, with the nearest right one."""
    changes = {name.replace("-", "_"): held for name, held in values.items()}
    for name in values:
        if name.replace("-", "_") not in KINDS:
            raise _no_setting(name, "-")
    return replace(settings, **changes)


def load_settings(folder: Path) -> tuple[Settings, Path | None]:
    """The settings in force at `folder`, and the file they come from (None: the defaults).

    The nearest folder upwards that has a `cleaner.toml`, or a `pyproject.toml` with `[tool.cleaner]`, wins.
    Raises SettingsError where that file can't be read, or holds an unknown name or a wrong value.
    """
    for place in (folder.resolve(), *folder.resolve().parents):
        for name in FILES:
            path = place / name
            if path.is_file() and (held := read_settings(path)) is not None:
                return Settings.of(held, where=path), path
    return Settings(), None


def read_settings(path: Path) -> dict[str, Any] | None:
    """What the file `path` sets, unchecked; None for a `pyproject.toml` that does not speak of `cleaner`.

    Raises SettingsError where it can't be read as TOML.
    """
    import tomllib

    try:
        held: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: there is no such settings file; name one that is there, or leave it out"
        ) from None
    except OSError as error:
        raise SettingsError(f"{path}: the settings can't be read: {(error.strerror or '').lower()}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: the settings are not in UTF-8; save the file in UTF-8, as TOML asks") from None
    except ValueError as error:
        raise SettingsError(f"{path}: is no TOML: {error}; mend that line") from None
    if path.name != "pyproject.toml":
        if isinstance(held, dict) and isinstance(held.get("tool"), dict):
            raise SettingsError(
                f"{path}: has a table [tool]; only in pyproject.toml settings stand below [tool.cleaner], here at the top"
            )
        return held if isinstance(held, dict) else {}
    tools = held.get("tool", {})
    held = tools.get("cleaner") if isinstance(tools, dict) else None
    if held is not None and not isinstance(held, dict):
        raise SettingsError(f"{path}: [tool.cleaner] is {held!r}; it must be a table")
    return held


def _wrong(name: str, held: object, wanted: str) -> SettingsError:
    return SettingsError(f"{_shown(name)} is {held!r}; it must be {wanted}")


def _shown(name: str) -> str:
    return f"setting {name.replace('_', '-')!r}"


class Kind(NamedTuple):
    """How the value of a setting is checked and brought into its form, and its JSON Schema."""

    check: Callable[[str, Any], Any]
    """Gives the value of the setting of a name in its form. Raises SettingsError."""
    schema: Mapping[str, Any]


def _choice(*allowed: str) -> Kind:
    def check(name: str, held: Any) -> str:
        if isinstance(held, str) and held in allowed:
            return held
        raise _wrong(name, held, "one of " + ", ".join(allowed))

    return Kind(check, {"enum": list(allowed)})


def _switch(name: str, held: Any) -> bool:
    if isinstance(held, bool):
        return held
    raise _wrong(name, held, "true or false")


def _names(name: str, held: Any) -> tuple[str, ...]:
    if isinstance(held, (list, tuple)) and all(isinstance(item, str) for item in held):
        return tuple(held)
    raise _wrong(name, held, "a list of names")


def _codes(name: str, held: Any) -> tuple[str, ...]:
    codes = tuple(code.upper() for code in _names(name, held))
    for code in codes:
        if not is_rule(code):
            raise SettingsError(
                f"{_shown(name)} names {code!r}, which is no rule nor the beginning of one; {near_rule(code)}"
            )
    return codes


def _number(fits: Callable[[float], bool], wanted: str, bounds: Mapping[str, int]) -> Kind:
    def check(name: str, held: Any) -> float:
        if type(held) in (int, float) and fits(held):
            return float(held)
        raise _wrong(name, held, wanted)

    return Kind(check, {"type": "number", **bounds})


def _path_of(what: str) -> Kind:
    def check(name: str, held: Any) -> str:
        if isinstance(held, str) and held:
            return held
        raise _wrong(name, held, f"the path of a {what}")

    return Kind(check, {"type": "string"})


def _or_none(kind: Kind) -> Kind:
    return Kind(lambda name, held: None if held is None else kind.check(name, held), kind.schema)


def _table_of_codes(name: str, held: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(held, Mapping) or not all(isinstance(pattern, str) for pattern in held):
        raise _wrong(name, held, "a table of patterns, each with a list of rule codes")
    return {pattern: _codes(name, codes) for pattern, codes in held.items()}


def _languages(name: str, held: Any) -> tuple[str, ...]:
    codes = tuple(code.lower() for code in _names(name, held))
    for code in codes:
        if code not in LANGUAGES:
            raise SettingsError(f"{_shown(name)} names {code!r}, a language that is not known; {near_language(code)}")
    return codes


def _encodings(name: str, held: Any) -> tuple[str, ...]:
    names = _names(name, held)
    for codec in names:
        if wrong := wrong_encoding(codec):
            raise SettingsError(f"{_shown(name)} names {codec!r}, {wrong}")
    return names


CODE = r"^(?:[A-Za-z]{1,3}|[A-Za-z]{3}[0-9]{1,3})$"
"""What rule codes and their beginnings look like, for editors; whether there is such a rule is asked when settings are read."""
NAMES = {"type": "array", "items": {"type": "string"}}
CODES = {"type": "array", "items": {"type": "string", "pattern": CODE}}
SWITCH = Kind(_switch, {"type": "boolean"})
SHARE = {"exclusiveMinimum": 0, "maximum": 1}
KINDS = {
    "profile": _choice(*get_args(Profile)),
    "level": _choice(*get_args(Level)),
    "overlap": _choice(*get_args(Policy)),
    "per_language": SWITCH,
    "near_threshold": _number(lambda held: 0 < held <= 1, "a number above 0, up to 1", SHARE),
    "contained_threshold": _number(lambda held: 0 < held <= 1, "a number above 0, up to 1", SHARE),
    "story_threshold": _number(lambda held: 0 < held < math.inf, "a number above 0", {"exclusiveMinimum": 0}),
    "embedding": _or_none(_path_of("folder")),
    "drop_boilerplate": SWITCH,
    "encodings": Kind(_encodings, NAMES),
    "languages": Kind(_languages, NAMES),
    "language_backend": _choice(*get_args(Backend)),
    "select": Kind(_codes, CODES),
    "ignore": Kind(_codes, CODES),
    "min_confidence": _or_none(
        _number(lambda held: 0 <= held <= 1, "a number from 0 to 1", {"minimum": 0, "maximum": 1})
    ),
    "per_file_ignores": Kind(_table_of_codes, {"type": "object", "additionalProperties": CODES}),
    "extend_exclude": Kind(_names, NAMES),
    "decisions": _or_none(_path_of("file")),
    "report": SWITCH,
}
"""The kind of each setting."""


def settings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `cleaner.toml` and `[tool.cleaner]`, for editors."""
    properties: dict[str, Any] = {}
    for name, said in descriptions().items():
        default = getattr(Settings(), name)
        shown = list(default) if isinstance(default, tuple) else default
        entry = {"description": said, **KINDS[name].schema} | ({} if shown is None else {"default": shown})
        properties[name.replace("_", "-")] = entry
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of cleaner",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def descriptions() -> dict[str, str]:
    """Setting -> what it does, as the class says beside it."""
    import ast
    import inspect

    tree = ast.parse(inspect.getsource(Settings))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found: dict[str, str] = {}
    for field_node, said in pairwise(body):
        if (
            isinstance(field_node, ast.AnnAssign)
            and isinstance(field_node.target, ast.Name)
            and isinstance(said, ast.Expr)
        ):
            found[field_node.target.id] = " ".join(str(ast.literal_eval(said.value)).split())
    return found
