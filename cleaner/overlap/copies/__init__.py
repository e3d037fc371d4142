"""Copies: exact, near, contained. Candidates by sketches, in memory (`near`) or in files (`bands`); each is verified (`search`).

Imports `words` and `documents`.
"""
