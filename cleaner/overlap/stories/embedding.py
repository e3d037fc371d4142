"""An embedding model as one more signal for stories: optional, off by default, always a local folder.

Names and rare words beat a sentence encoder on tellings in one language, and cost a twentieth (docs: overlap). A model
helps where names are missing: anonymised or renamed tellings.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from cleaner.overlap.stories.search import Embed

LENGTH = 20_000
"""Code points of a text that a model is given; most encoders read less."""
SENTENCE_TRANSFORMERS = "modules.json"
"""The file by which a folder of sentence-transformers is known; model2vec writes one too, which names its StaticEmbedding."""
STATIC = "StaticEmbedding"


def load_model(folder: Path | str) -> Embed:
    """What `find_duplicates(..., embed=...)` takes, from a folder of model2vec or sentence-transformers.

    Nothing is downloaded. Raises UsageError where the folder is no model, MissingExtraError where the package is not installed.
    """
    place = Path(folder)
    if not place.is_dir():
        raise UsageError(f"{place}: there is no such folder; a model is a local folder, it is not downloaded by name")
    other = (place / SENTENCE_TRANSFORMERS).is_file() and STATIC not in _modules(place)
    model = _sentence_transformer(place) if other else _static_model(place)

    def embed(texts: Sequence[str]) -> list[list[float]]:
        return [[float(value) for value in row] for row in model.encode([text[:LENGTH] for text in texts])]

    return embed


def _modules(place: Path) -> str:
    try:
        return (place / SENTENCE_TRANSFORMERS).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _static_model(place: Path) -> Any:
    try:
        from model2vec import StaticModel
    except ImportError:
        raise MissingExtraError(
            "an embedding model needs model2vec: pip install '.[embedding]' in a checkout of cleaner"
        ) from None
    try:
        return StaticModel.from_pretrained(place)
    except Exception as error:
        raise UsageError(f"{place}: this is no model of model2vec or sentence-transformers: {error}") from None


def _sentence_transformer(place: Path) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise MissingExtraError("this model needs sentence-transformers: pip install sentence-transformers") from None
    return SentenceTransformer(str(place), local_files_only=True)
