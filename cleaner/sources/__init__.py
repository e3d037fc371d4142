"""Where documents come from; one file a kind."""

from __future__ import annotations

from cleaner.sources.folder import Skipped, list_inputs, recorded
from cleaner.sources.listed import Entries, Entry

__all__ = ["Entries", "Entry", "Skipped", "list_inputs", "recorded"]
