"""The language of a text, and of every span in it; `und` where there is none."""

from __future__ import annotations

from cleaner.language.detect import detect_language, detect_languages

__all__ = ["detect_language", "detect_languages"]
