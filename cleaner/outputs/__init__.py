"""What a run writes; one file a kind of output."""

from __future__ import annotations

from cleaner.outputs.folder import Writing, write_folder

__all__ = ["Writing", "write_folder"]
