"""What a type checker sees of the package from outside: `mypy` reads this file with the code, nothing runs it.

An ignore that is not needed is an error there, so that each of them says what is refused.
"""

import io
from pathlib import Path

import cleaner


def natural(data: bytes, path: Path) -> tuple[str, str | None, str]:
    """Lists are taken where names are asked for, and every result has a public name."""
    settings = cleaner.Settings(
        profile="corpus", languages=["en", "fr"], ignore=["TXT105"], per_file_ignores={"*.md": ["MOJ"]}
    )
    document: cleaner.Document = cleaner.clean(data, path=path, settings=settings)
    encoding: cleaner.Encoding = document.encoding
    language: cleaner.Language = cleaner.detect_language(document.text)
    revision: cleaner.Revision = cleaner.repair(document.text)
    decoded: list[cleaner.Decoded] = list(cleaner.decode_stream(io.BytesIO(data)))
    overlap: cleaner.Overlap = cleaner.find_duplicates({"a": revision.text, "b": decoded[0].text})
    summary: cleaner.Summary = cleaner.clean_folder([path], "out", settings=settings)
    return f"{overlap.pairs} {summary.counts.documents}", encoding.encoding, language.code


def refused() -> None:
    """What is none of it."""
    _ = cleaner.colour  # type: ignore[attr-defined]
    cleaner.repair(b"bytes")  # type: ignore[arg-type]
    cleaner.clean(b"bytes", path=None)  # type: ignore[arg-type]
    cleaner.Settings(profile="all")  # type: ignore[arg-type]
