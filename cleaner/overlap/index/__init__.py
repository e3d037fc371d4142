"""The names of all documents: which words are names (`name_parts`), who has them (`name_index`), which ones two
documents share.

Imports `words`, `names` and `documents`.
"""
