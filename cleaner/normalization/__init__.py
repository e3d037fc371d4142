"""Text to text: what a corpus does not want, by profile; each rule family in a file of its own."""

from __future__ import annotations

from cleaner.normalization.normalize import Filter, normalize, normalize_layers

__all__ = ["Filter", "normalize", "normalize_layers"]
