"""Which chain of accidents explains a line: first those that leave no doubt, at last a search through all known ones.

Imports `strangeness`, `escapes`, `accidents`, `words`, `readings` and the gate.
"""
