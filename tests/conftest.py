"""What several tests share."""

import codecs
import encodings.aliases
import json
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")  # the same examples each time; `--hypothesis-profile=default` searches further

ROOT = Path(__file__).parents[1]
READS_ALL = not hasattr(os, "geteuid") or os.geteuid() == 0
"""Whether no file can be made unreadable: root reads all, and Windows has no such permissions."""
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, names or signals")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts so what runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


def text_codecs() -> list[str]:
    """Every text codec of this Python."""
    found = []
    for name in sorted(set(encodings.aliases.aliases.values())):
        try:
            codec = codecs.lookup(name)
        except LookupError:  # those of other systems
            continue
        if getattr(codec, "_is_text_encoding", True):
            found.append(name)
    return found


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` but those of `.state/`: relative path -> bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".state" not in path.relative_to(folder).parts
    }
