"""HTML entities that stand between layers of mojibake: undone only where what they stand for was garbled."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

__all__ = ["ENTITY", "EntityStep"]

ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
KEPT = frozenset({"&lt;", "&gt;", "&amp;", "&quot;", "&apos;"})
"""Entities that markup needs."""


@dataclass(frozen=True, slots=True)
class EntityStep:
    """Garbled characters were written as entities; not provable, because they could have been written in other ways."""

    wrong: str = "entities"
    right: str = "text"
    cost: float = 1.0

    @property
    def chain(self) -> tuple[str, ...]:
        return ("unescape entities",)

    def undo(self, text: str) -> str:
        return ENTITY.sub(lambda match: match[0] if match[0] in KEPT else html.unescape(match[0]), text)

    def replay(self, text: str) -> str | None:  # noqa: ARG002
        return None
