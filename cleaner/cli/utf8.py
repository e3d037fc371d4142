"""`cleaner utf8 PATH…`."""

from __future__ import annotations

from cleaner.cli.files import add_file_arguments, mended_files
from cleaner.glance import utf8_at_a_glance

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from cleaner.checking import Checked
    from cleaner.settings import Settings

EPILOG = """\
examples:
  cleaner utf8 src --diff
  cleaner utf8 letters --encodings cp1250,iso8859-2

Also mended: the encoding that XML, HTML, CSS, Python, gettext and LaTeX files declare, and first lines for Emacs. Line
ends stay. A file whose encoding is not sure (--min-confidence, default 0.95), that has bytes without a meaning in it, or
that declares its encoding in another way, as e-mails do, is reported and left.
Exit codes: 0 all files are UTF-8; 1 something changed, or a file is not UTF-8; 2 could not run.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.description = (
        "Converts text files to UTF-8 in place, where their encoding is sure, and mends what they declare."
    )
    parser.epilog = EPILOG
    add_file_arguments(parser, verb="convert", repairs=False)


def run(options: argparse.Namespace) -> int:
    """Carries the command out; 0 where all files are UTF-8, 1 where one is not or was not, 2 where one could not be read."""
    failed, changed, left = mended_files(options, convert_one, glance=utf8_at_a_glance)
    return 2 if failed else int(changed > 0 or left > 0)


def convert_one(data: bytes, path: str, settings: Settings) -> Checked:
    """What makes one file UTF-8."""
    from cleaner.transcoding import to_utf8

    return to_utf8(data, path=path, settings=settings)
