"""Which settings hold for a file: defaults, overridden by the nearest settings' file, overridden by the command.

Light on purpose: where no settings' file is near and the command sets nothing, no class of `cleaner` is loaded.
"""

from __future__ import annotations

import os
import re

from cleaner.cli.gitignore import Patterns
from cleaner.glance import clean_at_a_glance, honest_at_a_glance

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from cleaner.settings import Settings

SETTABLE = (
    "profile", "level", "min_confidence", "select", "ignore", "encodings", "languages", "language_backend", "overlap",
    "per_language", "drop_boilerplate", "report", "decisions", "extend_exclude",
)  # fmt: skip
SPEAKS_OF_US = re.compile(rb"(?m)^\s*\[\s*tool\s*(?:\]|\.\s*[\"']?cleaner)")
DEFAULTS = {"profile": "encoding"}
"""What `check`, `fix` and their like do where nothing else is said."""
DECEPTION = ("TXT8",)


def said_by(options: argparse.Namespace) -> dict[str, Any]:
    """The settings that a command names."""
    found = {name: getattr(options, name, None) for name in SETTABLE}
    return {name: held for name, held in found.items() if held is not None}


def settings_here(options: argparse.Namespace) -> Settings:
    """The settings of a run, for all its inputs: those in force in the current folder, overridden by the command."""
    from pathlib import Path

    from cleaner.settings import load_settings, replace_settings

    settings, _ = load_settings(Path.cwd())
    return replace_settings(settings, said_by(options))


class Configuration:
    """The settings that hold in a folder."""

    __slots__ = ("_base", "_excluded", "_glance", "_per_file", "_said", "_settings", "path")

    def __init__(self, path: str | None, held: dict[str, Any], said: dict[str, Any]) -> None:
        """`held` is what the file `path` sets, `said` what the command sets."""
        self.path = path
        self._said = said
        self._settings: Settings | None = None
        self._per_file: list[tuple[Patterns, Sequence[str]]] = []
        self._base = os.path.dirname(path) if path else os.getcwd()
        excluded = said.get("extend_exclude", ())
        self._excluded = [Patterns(os.getcwd(), excluded)] if excluded else []
        names = [one for one in excluded if "/" not in one.rstrip("/") and not one.startswith("!")]
        if names:  # a name alone holds outside this folder, too
            self._excluded.append(Patterns("", names))
        if held or not _plain(said):
            self._settings = self._made(held)
        self._glance = self._glances()

    def _made(self, held: dict[str, Any]) -> Settings:
        from pathlib import Path

        from cleaner.settings import Settings, replace_settings

        values = {name.replace("-", "_"): value for name, value in held.items()}
        settings = Settings.of(values, where=Path(self.path) if self.path else None)
        self._per_file = [(Patterns(self._base, [glob]), codes) for glob, codes in settings.per_file_ignores.items()]
        if settings.extend_exclude:
            self._excluded.append(Patterns(self._base, settings.extend_exclude))
        settings = replace_settings(settings, self._said)
        if "profile" not in values and "profile" not in self._said:
            settings = replace_settings(settings, {"profile": profile_for(settings.select)})
        return settings

    def _glances(self) -> tuple[bool, bool]:
        """Whether a clean file can be told by a glance for damage, and by one for deception."""
        profile = self._settings.profile if self._settings else DEFAULTS["profile"]
        select = self._settings.select if self._settings else tuple(self._said.get("select", ()))
        deception = any(code.startswith(DECEPTION) or "TXT8".startswith(code) for code in select)
        only = bool(select) and all(code.startswith(DECEPTION) for code in select)
        return profile == "encoding" and not only, deception

    def clean(self, data: bytes) -> bool:
        """Whether a file that holds `data` has surely nothing to report; False where that can't be told cheaply."""
        damage, deception = self._glance
        if not (damage or deception):
            return False
        return (not damage or clean_at_a_glance(data)) and (not deception or honest_at_a_glance(data))

    def excludes(self, path: str) -> bool:
        """Whether the absolute `path` is left out by `extend-exclude`."""
        return any(patterns.holds(path) for patterns in self._excluded)

    def settings_of(self, path: str) -> Settings:
        """The settings for the file at the absolute `path`; its line ends stay unless they are asked for by code."""
        from dataclasses import replace

        settings = self._settings or self._made({})
        more = [codes for patterns, codes in self._per_file if patterns.holds(path)]
        kept = () if any("TXT102".startswith(code) and len(code) > 4 for code in settings.select) else ("TXT102",)
        return replace(settings, ignore=(*settings.ignore, *kept, *(code for codes in more for code in codes)))


class Configurations:
    """The configuration of each folder, read once."""

    def __init__(self, said: dict[str, Any], file: str | None = None, *, isolated: bool = False) -> None:
        """`file` holds everywhere, instead of the nearest one; `isolated`: no file at all."""
        self._said = said
        self._by_folder: dict[str, Configuration] = {}
        self._always = self._read(file) if file else Configuration(None, {}, said) if isolated else None

    def of(self, path: str) -> Configuration:
        """The configuration for the file at the absolute `path`. Raises SettingsError where its file is wrong."""
        if self._always is not None:
            return self._always
        return self._in(os.path.dirname(path))

    def _in(self, folder: str) -> Configuration:
        asked = []
        found = self._by_folder.get(folder)
        while found is None:
            asked.append(folder)
            above = os.path.dirname(folder)
            found = self._here(folder)
            if found is None:
                found = Configuration(None, {}, self._said) if above == folder else self._by_folder.get(above)
            folder = above
        self._by_folder.update(dict.fromkeys(asked, found))
        return found

    def _here(self, folder: str) -> Configuration | None:
        own = os.path.join(folder, "cleaner.toml")
        if os.path.isfile(own):
            return self._read(own)
        shared = os.path.join(folder, "pyproject.toml")
        try:
            with open(shared, "rb") as file:
                speaks = SPEAKS_OF_US.search(file.read())
        except OSError:
            return None
        return self._read(shared) if speaks else None

    def _read(self, path: str) -> Configuration | None:
        from pathlib import Path

        from cleaner.settings import read_settings

        held = read_settings(Path(path).absolute())
        return None if held is None else Configuration(os.path.abspath(path), held, self._said)


def _plain(said: dict[str, Any]) -> bool:
    """Whether what a command says needs no check: nothing, or the rules of deception."""
    return all(name == "extend_exclude" or (name == "select" and value == DECEPTION) for name, value in said.items())


def profile_for(select: Sequence[str]) -> str:
    """The smallest profile that has the rules `select`."""
    corpus = ("TXT2", "TXT3", "TXT9")
    if any(code.startswith(corpus) for code in select):
        return "corpus"
    return "text" if any(code.startswith("TXT1") for code in select) else DEFAULTS["profile"]
