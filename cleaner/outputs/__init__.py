"""What a run writes; one file a kind of output."""

from __future__ import annotations

from cleaner.outputs.folder import Begun, Writing, begin_folder, is_fresh, write_folder
from cleaner.outputs.naming import OutputPaths, output_paths, usual_path
from cleaner.outputs.parts import Part, Written, write_part
from cleaner.outputs.rows import LeftOut, RejectedRow
from cleaner.outputs.scratch import remove_scratch, scratch_folder
from cleaner.outputs.sections import Sections, by_rule, sections_of

__all__ = [
    "Begun",
    "LeftOut",
    "OutputPaths",
    "Part",
    "RejectedRow",
    "Sections",
    "Writing",
    "Written",
    "begin_folder",
    "by_rule",
    "is_fresh",
    "output_paths",
    "remove_scratch",
    "scratch_folder",
    "sections_of",
    "usual_path",
    "write_folder",
    "write_part",
]
