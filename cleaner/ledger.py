"""What a run has already done, kept in the output's `.state/`, so that a killed run can be taken up.

An entry is keyed on what decides its result: path, content, settings, context and version; never on its place in the
list. An entry that no longer fits is simply not found.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

__all__ = ["Ledger", "ledger_key", "look_up"]

NAME = "ledger.sqlite"
BATCH = 64
"""Entries written at once: what a kill can cost."""


def ledger_key(*parts: str) -> str:
    """The key of the result that `parts` decide."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def look_up(path: Path, key: str) -> str | None:
    """The result stored under `key` in the ledger file `path`, or None; reads only, so that workers may use it."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        row = connection.execute("select result from results where key = ?", (key,)).fetchone()
    return zlib.decompress(row[0]).decode() if row else None


class Ledger:
    """Results by key, in one SQLite file below `folder`."""

    __slots__ = ("_connection", "_waiting", "path")

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = path = folder / NAME
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:
            path.unlink()  # half-written by a machine that stopped: its work is simply done again
            self._connection = self._open(path)
        self._waiting: list[tuple[str, bytes]] = []

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("create table if not exists results (key text primary key, result blob) without rowid")
        return connection

    def put(self, key: str, result: str) -> None:
        """Stores `result`; it is safe on disk at the latest after `BATCH` more."""
        self._waiting.append((key, zlib.compress(result.encode(), 1)))
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        with self._connection:
            self._connection.executemany("insert or replace into results values (?, ?)", self._waiting)
        self._waiting.clear()

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forgets every result but those under `keys`."""
        self.flush()
        with self._connection:
            self._connection.execute("create temp table kept (key text primary key)")
            self._connection.executemany("insert or ignore into kept values (?)", ((key,) for key in keys))
            self._connection.execute("delete from results where key not in (select key from kept)")
            self._connection.execute("drop table kept")

    def close(self) -> None:
        self.flush()
        self._connection.close()
