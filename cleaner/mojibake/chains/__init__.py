"""Which accidents explain a line, one after the other: from what leaves no doubt to the search through all that are known.

Imports `strangeness`, `accidents`, `words`, `readings` and the gate.
"""
