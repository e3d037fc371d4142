"""How readings of one line are compared: by the character model, by the words that a mix-up would leave behind, by word lists.

Imports `strangeness`, `accidents` and `words`.
"""
