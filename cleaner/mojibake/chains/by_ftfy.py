"""ftfy's own repair of a line: asked for where the search finds nothing, and taken where the character model agrees.

ftfy's rules know accidents of the most common pages that need less evidence than a likelihood does, such as `Ã ` for
`à` whose no-break space became a space.
"""

from __future__ import annotations

from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.memory import cached

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.mojibake.accidents.steps import Explained

FTFY_MARGIN = 16.0
"""Nats by which a repair by ftfy must be likelier. Of 60 true texts that look garbled 4 change with 8, 2 with 12 to 20,
and 1 without ftfy; of 7,880 garbled ones as many are repaired with 20 as with 8, and without ftfy 5 of 2,600 fewer."""
ONLY_CONTROLS = ("transcode fix_c1_controls",)
"""What ftfy makes marks of without any UTF-8; beside lost bytes it is rubbish: Korean read as cp932 got `€` in 108 places."""


def what_ftfy_would_do(line: str) -> tuple[str, tuple[str, ...]]:
    """`line` as `ftfy.fix_encoding` repairs it, and the steps it took, such as `("encode latin-1", "decode utf-8")`."""
    if line.isascii() or not _looks_bad()(line):
        return line, ()
    from ftfy import fix_encoding_and_explain

    text, plan = fix_encoding_and_explain(line)
    return text, tuple(f"{action} {argument}" for action, argument in plan or ())


@cached
def _looks_bad() -> Callable[[str], bool]:
    """`ftfy.badness.is_bad`: where it says no, `fix_encoding` leaves a text as it is, which is nearly always.

    The module needs nothing else of ftfy, all of which takes 40 ms to load.
    """
    found = find_spec("ftfy")
    file = (
        found and found.origin and spec_from_file_location("ftfy.badness", Path(found.origin).with_name("badness.py"))
    )
    if not file or not file.loader:
        from ftfy.badness import is_bad

        return is_bad
    module = module_from_spec(file)
    file.loader.exec_module(module)
    return module.is_bad  # type: ignore[no-any-return]


def repaired_by_ftfy(line: str) -> tuple[str, tuple[str, ...], float] | None:
    """What ftfy makes of `line`, its steps, and how many nats likelier it is; None where that is not more than FTFY_MARGIN."""
    from cleaner.mojibake.readings.evidence import likelihoods

    text, chain = what_ftfy_would_do(line)
    if text == line or (chain == ONLY_CONTROLS and "\ufffd" in line):
        return None
    before, after = likelihoods([line, text])
    return (text, chain, after - before) if after > before + FTFY_MARGIN else None


def explained_by_ftfy(line: str) -> Explained | None:
    """The repair by ftfy of `line` as one of our steps, where the result is likelier and a single step gives it."""
    from cleaner.mojibake.accidents.steps import Explained, utf8_steps
    from cleaner.mojibake.chains.search import is_code

    found = repaired_by_ftfy(line)
    if found is None or is_code(line):
        return None
    text, _, gain = found
    step = next((step for step in utf8_steps() if step.single and step.undo(line) == text), None)
    return None if step is None else Explained(text, (step,), gain - step.cost)


def ftfy_says(text: str, ours: str | None = None) -> list[str]:
    """What ftfy makes of `text`, in one line; in a second one what `ftfy.fix_text` changes beyond encoding damage.

    `ours` is the text as `repair` leaves it, to be compared with.
    """
    from ftfy import TextFixerConfig, fix_text

    by_line = [what_ftfy_would_do(line) for line in text.splitlines(keepends=True)]
    fixed = "".join(line for line, _ in by_line)
    if fixed == text:
        said = "ftfy: leaves the text as it is"
    else:
        chains = dict.fromkeys(", ".join(chain) for _, chain in by_line if chain)
        result = "the same" if fixed == ours else repr(fixed)
        said = f"ftfy: {result} ({'; '.join(chains)})"
    styled = fix_text(text, TextFixerConfig())
    return [said] if styled == fixed else [said, f"ftfy.fix_text, which restyles text too: {styled!r}"]
