"""What stood where bytes are gone: the places of a damaged line filled by model, word lists and the habits of quotes.

Imports `accidents`, `words`, `readings` and `chains`.
"""
