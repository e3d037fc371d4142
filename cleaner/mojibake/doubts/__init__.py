"""Which repairs are not made after all: what they make is no text, is chance, or no second witness speaks for it.

Asked once about all repairs of a document. Imports `confidence`, `accidents`, `words`, `readings` and `chains`.
"""
