"""Which repairs are not made after all: their result is not text, or fits by chance, or lacks a second piece of
evidence.

Applied once to all repairs of a document. Imports `confidence`, `accidents`, `words`, `readings` and `chains`.
"""
