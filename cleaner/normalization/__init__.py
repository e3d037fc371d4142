"""Text to text: what a corpus does not want, by profile; each rule family in a file of its own."""

from __future__ import annotations

from cleaner.normalization.normalize import normalize, normalize_layers

__all__ = ["normalize", "normalize_layers"]
