"""Names of the clean texts below `text/`: inside the folder, no two alike, none that some file system refuses."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

END = ".txt"
LONGEST = 240
"""Most bytes of one name in a path: file systems take 255, and a number may be added."""
REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ](?=/|$)')
"""Characters that Windows refuses in names, and at the end of names: a folder with such names could not be copied there."""
DEVICE = r"(?:con|conin\$|conout\$|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?=\.|/|$)"
"""Names that Windows has for devices, whatever their suffix."""
DEVICES = re.compile(f"(?:^|(?<=/)){DEVICE}", re.IGNORECASE)
ODD = re.compile(rf"(?:^|/)(?:\.{{0,2}}(?:/|$)|{DEVICE})|{REFUSED.pattern}", re.IGNORECASE)
"""A part of a path that is empty, leads elsewhere or is refused."""


def usual_path(path: str) -> str:
    """The path for the clean text of `path`, unless it is refused or taken."""
    return path if path.endswith(END) else path + END


@dataclass(frozen=True, slots=True)
class OutputPaths(Sequence[str]):
    """The output paths of documents; most are not held, since their ids say them."""

    ids: Sequence[str]
    odd: Mapping[int, str]
    """Those that are not the usual ones, by place."""

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # no slices
        return self.odd.get(at) or usual_path(self.ids[at])

    def __len__(self) -> int:
        return len(self.ids)


def output_paths(paths: Sequence[str]) -> list[str]:
    """A path for the clean text of each of `paths`, which are POSIX paths, in order: `.txt` added where it is missing.

    Of names that some file systems take for one (`caseless`), and of a name that is a folder's too, the later ones get a
    number: `a~2.txt`. What Windows refuses in a name becomes `_`, and a device's name gets one: `what_.txt`, `con_.txt`.
    """
    wanted = [_safe(usual_path(path)) for path in paths]
    taken = _folders(wanted)
    given = []
    for path in wanted:
        own, number, one = path, 1, caseless(path)
        while one in taken:
            number += 1
            own = f"{path.removesuffix(END)}~{number}{END}"
            one = caseless(own)
        taken.add(one)
        given.append(own)
    return given


def _folders(paths: Sequence[str]) -> set[str]:
    """Every folder that one of `paths` lies in, as `caseless` has it."""
    found: set[str] = set()
    for path in paths:
        folder = caseless(path).rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def caseless(path: str) -> str:
    """The same text for names that differ only in case, or in how letters are composed: on macOS, and in part on
    Windows, they are one file. Canonical caseless matching of the Unicode Standard (3.13, D145).
    """
    return path.lower() if path.isascii() else normalize("NFD", normalize("NFD", path).casefold())


def on_disk(path: str) -> str:
    """`path` as functions of the system take it: names of files are UTF-8, whatever the locale says."""
    return os.fsdecode(path.encode())


def is_refused(path: str) -> bool:
    """Whether Windows refuses a name in `path`, or takes it for another: of `a:b` it makes a part of `a`."""
    return bool(REFUSED.search(path) or DEVICES.search(path))


def _safe(path: str) -> str:
    """`path` without what would lead out of its folder, which a repaired name could hold, without what Windows refuses, and with
    shorter names.
    """
    if path.isascii() and len(path) <= LONGEST and not ODD.search(path):
        return path
    parts = [part for part in path.replace("\0", "").split("/") if part not in ("", ".", "..")]
    return DEVICES.sub(r"\g<0>_", REFUSED.sub("_", "/".join(map(_short, parts))))


def _short(name: str) -> str:
    data = name.encode()
    if len(data) <= LONGEST:
        return name
    end = END if name.endswith(END) else ""
    return data[: LONGEST - len(end)].decode("utf-8", "ignore") + end
