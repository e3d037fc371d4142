"""What accidents do to bytes and characters, and a single step of them undone: what a line can have been, not whether it was.

Imports of `mojibake` only `confidence`.
"""
