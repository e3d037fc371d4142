"""The names of all documents: what of them is a name (`name_parts`), who has it (`name_index`), which of them two documents share.

Imports `words`, `names` and `documents`.
"""
