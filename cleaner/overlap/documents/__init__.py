"""What overlap knows of a document, a pure function of its text (`keys`, `profiles`), and of all of them in columns (`survey`).

Imports `words` and `names`.
"""
