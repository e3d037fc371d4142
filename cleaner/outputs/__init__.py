"""What a run writes; one file a kind of output."""

from __future__ import annotations

from cleaner.outputs.folder import Part, Writing, Written, memberships_of, write_folder, write_part
from cleaner.outputs.naming import output_paths
from cleaner.outputs.rows import LeftOut, MergedRow, MergedSentence, RejectedRow, Why
from cleaner.outputs.sections import Sections, sections_of

__all__ = [
    "LeftOut",
    "MergedRow",
    "MergedSentence",
    "Part",
    "RejectedRow",
    "Sections",
    "Why",
    "Writing",
    "Written",
    "memberships_of",
    "output_paths",
    "sections_of",
    "write_folder",
    "write_part",
]
