"""What patterns of several rooms are made of."""

from __future__ import annotations

import sys

ANY_NUMBER = "*+" if sys.version_info >= (3, 11, 5) else "*"
"""Any number of the group before it, possessively, so that a long run of them takes no memory for each. Earlier Pythons, that of
Debian 12 among them, go on where a last, failed repetition had come to (CPython's issues 100061 and 106052).
"""
