"""Fills the gaps of lines that lost bytes: by the character model, word lists, and the habits of languages with quotes.

Imports `accidents`, `words`, `readings` and `chains`.
"""
