"""ftfy's own repair of a line: asked where the search finds nothing, and taken where the character model agrees.

ftfy knows accidents of its home pages by rules that need less evidence than a likelihood does, such as `Ã ` for `à` whose
no-break space became a space.
"""

from __future__ import annotations

__all__ = ["what_ftfy_would_do"]


def what_ftfy_would_do(line: str) -> tuple[str, tuple[str, ...]]:
    """`line` as `ftfy.fix_encoding` repairs it, and the steps it took, such as `("encode latin-1", "decode utf-8")`."""
    from ftfy import fix_encoding_and_explain

    text, plan = fix_encoding_and_explain(line)
    return text, tuple(f"{action} {argument}" for action, argument in plan or ())
