"""What accidents do to bytes and characters, and how single steps of them are undone: what a line may have been, not
whether it was.

Imports of `mojibake` only `confidence`.
"""
