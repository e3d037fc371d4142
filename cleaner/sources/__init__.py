"""Where documents come from; one file a kind."""

from __future__ import annotations

from cleaner.sources.folder import Entry, Skipped, list_inputs

__all__ = ["Entry", "Skipped", "list_inputs"]
