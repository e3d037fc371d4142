"""Document normalisation and encoding repair: nothing is lost, nothing is silent, clean text is left alone.

The public names; each is imported when it is first used, so that `import cleaner` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # the name that type checkers know; importing `typing` costs more than all the rest

__version__ = "0.1.0"

_NAMES = {
    "cleaner.cleaning": "clean",
    "cleaner.corpus": "Summary clean_folder",
    "cleaner.decoding": "decode decode_stream detect_encoding",
    "cleaner.document": "Decoded Document Edit Encoding Finding Language Relation Revision",
    "cleaner.errors": (
        "ArgumentError CleanerError MissingExtraError NotTextError ResourceError RestoreError SettingsError UsageError"
    ),
    "cleaner.language": "detect_language",
    "cleaner.mojibake": "repair",
    "cleaner.normalization": "normalize",
    "cleaner.overlap": "Overlap find_duplicates",
    "cleaner.restoring": "restore",
    "cleaner.rules": "explain",
    "cleaner.settings": "Settings",
}
_HOME = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = ["__version__", *sorted(_HOME)]  # noqa: PLE0604

if TYPE_CHECKING:
    from cleaner.cleaning import clean as clean
    from cleaner.corpus import Summary as Summary
    from cleaner.corpus import clean_folder as clean_folder
    from cleaner.decoding import decode as decode
    from cleaner.decoding import decode_stream as decode_stream
    from cleaner.decoding import detect_encoding as detect_encoding
    from cleaner.document import Decoded as Decoded
    from cleaner.document import Document as Document
    from cleaner.document import Edit as Edit
    from cleaner.document import Encoding as Encoding
    from cleaner.document import Finding as Finding
    from cleaner.document import Language as Language
    from cleaner.document import Relation as Relation
    from cleaner.document import Revision as Revision
    from cleaner.errors import ArgumentError as ArgumentError
    from cleaner.errors import CleanerError as CleanerError
    from cleaner.errors import MissingExtraError as MissingExtraError
    from cleaner.errors import NotTextError as NotTextError
    from cleaner.errors import ResourceError as ResourceError
    from cleaner.errors import RestoreError as RestoreError
    from cleaner.errors import SettingsError as SettingsError
    from cleaner.errors import UsageError as UsageError
    from cleaner.language import detect_language as detect_language
    from cleaner.mojibake import repair as repair
    from cleaner.normalization import normalize as normalize
    from cleaner.overlap import Overlap as Overlap
    from cleaner.overlap import find_duplicates as find_duplicates
    from cleaner.restoring import restore as restore
    from cleaner.rules import explain as explain
    from cleaner.settings import Settings as Settings


if not TYPE_CHECKING:  # a type checker would take any name that is asked for to be there

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(home), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
