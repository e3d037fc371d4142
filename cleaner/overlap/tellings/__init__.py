"""Where two documents tell the same: sentences that stand in both (`passages`), and of a story the events (`events`), as `tasks`.

Imports `words`, `documents` and `copies`.
"""
