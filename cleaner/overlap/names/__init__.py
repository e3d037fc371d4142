"""Words of one text that may be names: by their capitals, in scripts that have none, and in Chinese, by how they sound.

Imports `words`, and `grouping`.
"""
