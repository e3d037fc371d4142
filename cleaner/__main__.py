"""`python -m cleaner`."""

from __future__ import annotations

from cleaner.cli import script

if __name__ == "__main__":
    script()
