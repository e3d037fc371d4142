"""A second look at a repaired and normalised text: whether it needs one, and how its layers join the first ones.

Normalisation can make repairable what repair had to leave: it makes an odd space inside a garbled letter plain, removes
a control, joins an accent to its letter. Without a second look, cleaning the result again would change it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cleaner.choosing import Choice
from cleaner.document import Edit, Finding, Revision, Span
from cleaner.edits import OffsetMap, inside_of, line_around, through

SPACE = " \t\r\n"
"""To the gate these are all alike, as are the ends of the text, so that at the end of a line they can come and go."""


def needs_another(layers: Sequence[Revision], *, clean: bool) -> bool:
    """Whether the text that `layers` of normalisation led to may now be repaired.

    `clean`: whether the text looked clean before. Then only the lines are looked at in which something other than spaces
    at the end of a line changed. A Windows file costs nothing.
    """
    from cleaner.mojibake import looks_clean

    if not clean:
        return any((edit.before, edit.after) != ("\r\n", "\n") for layer in layers for edit in layer.edits)
    return any(not looks_clean("\n".join(_changed_lines(layer))) for layer in layers if layer.edits)


def _changed_lines(layer: Revision) -> Iterator[str]:
    """The lines of the text of `layer` that its edits changed, each once, but for spaces at their ends."""
    text, shift, done = layer.text, 0, -1
    for edit in layer.edits:
        start, end = edit.start + shift, edit.start + shift + len(edit.after)
        shift += len(edit.after) - len(edit.before)
        if end <= done or _is_line_end(edit.before, edit.after, text, start):
            continue
        first, last = line_around(text, start, end)
        yield text[max(first, done + 1) : last]
        done = last


def _is_line_end(before: str, after: str, text: str, at: int) -> bool:
    """Whether `before`, made `after` at `at` of `text`, are only spaces at a line end, and no line was joined or split."""
    if before.strip(SPACE) or after.strip(SPACE) or ("\n" in before) != ("\n" in after):
        return False
    return after != "" or at in (0, len(text)) or text[at] in SPACE or text[at - 1] in SPACE


def settled(choice: Choice) -> Choice:
    """`choice` for a second look: where a person rejected an edit or picked another text, the same stage makes no edit."""
    ruling, hindrance = choice.ruling, choice.hindrance
    if ruling is None:
        return choice

    def hindered(edit: Edit, span: Span) -> str:
        if ruling.settles(edit, span):
            return "decided otherwise in review"
        return hindrance(edit, span)

    return choice._replace(hindrance=hindered)


def joined(layers: Sequence[Revision], more: Sequence[Revision]) -> list[Revision]:
    """`layers`, then `more`, those of a later look at their text.

    An earlier finding at a place that the same stage now edits is dropped; a finding that is made again is not added.
    """
    whole = list(layers)
    for step in more:
        maps = [OffsetMap.of(layer.edits) for layer in (*whole, step)]
        answered = {
            stage: inside_of([(edit.start, edit.end) for edit in step.edits if _stage(edit) == stage])
            for stage in {_stage(edit) for edit in step.edits}
        }
        said = set()
        for number, layer in enumerate(whole):
            kept = []
            for finding in layer.findings:
                place = through(Span(finding.start, finding.end), maps[number + 1 : -1], forward=True)
                stage = _stage(finding)
                if number >= len(layers) or stage not in answered or not answered[stage](place.start, place.end):
                    kept.append(finding)
                    now = maps[-1].forward(place)
                    said.add((finding.rule, now.start, now.end))
            if len(kept) < len(layer.findings):
                whole[number] = replace(layer, findings=tuple(kept))
        fresh = tuple(one for one in step.findings if (one.rule, one.start, one.end) not in said)
        if step.edits or fresh:
            whole.append(replace(step, findings=fresh))
    return whole


def _stage(one: Edit | Finding) -> str:
    """The stage that a rule belongs to, by the beginning of its code: `MOJ`, `TXT`."""
    return one.rule[:3]
