"""Rules of reading: why something in the input became no document."""

from __future__ import annotations

RULES = {
    "SRC101": "file that could not be read",
    "SRC102": "something in the folder that is no file to read",
    "SRC103": "document that could not be finished",
    "SRC104": "decision that no longer fits",
    "SRC105": "the program failed on the document",
}

DETAILS = {
    "SRC101": "The file is there but the system would not let it be read: permissions, a broken disk, a file that went "
    "away during the run. It has a row in rejected.jsonl with the system's own words; the run goes on without it. Mend "
    "the cause and run again: only this file is done.",
    "SRC102": "Links to folders (they may lead in circles), the folders of version control, sockets and devices are "
    "not read. Each has a row in rejected.jsonl. Name the target of a link as an input of its own to have it read.",
    "SRC103": "The document was read and cleaned, but the check before writing failed: the clean text with its edits "
    "would not have given the source bytes back. Nothing is written for it. This is a fault of the program; please "
    "report it with the file's row in rejected.jsonl.",
    "SRC104": "A decision of a person (decisions.jsonl) is about a change that is not proposed any more: the source is "
    "another one now, or the program reads it differently. The decision has no effect, and nothing else happens. Decide "
    "again with `cleaner review`, or remove the line.",
    "SRC105": "Something went wrong inside the program while it worked on this document; it has a row in rejected.jsonl with "
    "the error, and the run goes on with the others. The next run of the same folder tries again. This is a fault of the "
    "program; please report it with that row.",
}
