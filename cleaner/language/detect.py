"""The verdict on a text: gate, scripts, letter sequences, calibration, spans."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from cleaner.document import Candidate, Language, LanguageSpan
from cleaner.language.letters import ONE_LANGUAGE, WORD, main_script, only_language
from cleaner.language.second import langdetect_verdict
from cleaner.language.spans import find_spans

__all__ = ["detect_language"]

BACKEND = "cleaner-sequences/1"
NONE = "und"
PART, PARTS = 1_200, 3
"""Code points of each of the three parts that a long text is judged by: beginning, middle, end."""
GROUPS = ("hr|bs|sr", "id|ms", "nb|da|nn", "cs|sk", "xh|zu", "pt|gl|es", "hi|mr|ne", "mk|bg")
TELL_APART = 0.8
"""Share of its group's probability that a language needs to be told apart from the others."""
UNCERTAIN = 0.75
"""Below this confidence the other engine is asked as well."""
TEMPER, HALVED = 0.2, 80
"""Share of a nat that counts in a short text, and sequences after which it is half of that: the sequences of a text overlap. The
best of 25 pairs on the development texts: calibration error 1.2 % on words and pairs, 0.8 % on sentences."""
KNOWN = 2.4
"""Nats above the floor that an average letter sequence of real text adds at the least (short words included). Garbled
text, digests and keyboard noise stay below; figures in benchmarks/RESULTS.md."""


def detect_language(
    text: str,
    languages: Sequence[str] | None = None,
    spans: bool = False,
    *,
    backend: str = "cleaner",
    second_opinion: bool = False,
) -> Language:
    """The language of `text`: ISO 639-1 code, else 639-3, `und` where there is none.

    `languages` closes the set of answers. `spans=True` also gives the spans of each language (code points, half-open) and
    their shares. `backend="langdetect"` lets langdetect decide, seeded; `second_opinion` asks it where the verdict is
    uncertain. Deterministic; may be called from several threads.
    """
    sampled = _sample(text)
    words = [word.lower() for word in WORD.findall(only_language(sampled))]
    script, counts = main_script(words)
    if backend == "langdetect":
        found = langdetect_verdict(" ".join(words), languages)
        verdict = Language(found[0].value, found[0].confidence, tuple(found), None, script, backend=_langdetect())
    else:
        verdict = _judged(words, script, counts, languages)
    found_spans: tuple[LanguageSpan, ...] = ()
    if spans and words:
        found_spans = find_spans(text, languages)
        if verdict.code == NONE and len({span.code for span in found_spans}) > 1:
            verdict = _of_spans(text, found_spans, script, languages)
        found_spans = () if verdict.code == NONE else found_spans
    opinion = None
    if second_opinion and backend != "langdetect" and verdict.code != NONE and verdict.confidence < UNCERTAIN:
        opinion = langdetect_verdict(" ".join(words), languages)[0]
    return Language(
        verdict.code,
        verdict.confidence,
        verdict.candidates,
        verdict.group,
        script,
        found_spans,
        _shares(found_spans),
        verdict.backend,
        opinion,
    )


def _of_spans(
    text: str, spans: Sequence[LanguageSpan], script: str | None, languages: Sequence[str] | None
) -> Language:
    """The verdict on a text that is in no single language: that of its largest part, where this is in one."""
    share = _shares(spans)[0]
    part = " ".join(text[span.start : span.end] for span in spans if span.code == share.value)
    words = [word.lower() for word in WORD.findall(only_language(part))]
    verdict = _judged(words, script, main_script(words)[1], languages) if words else Language(NONE, 0.9)
    return replace(verdict, confidence=round(verdict.confidence * share.confidence, 4))


def _langdetect() -> str:
    from importlib.metadata import version

    return f"langdetect/{version('langdetect')}"


def _sample(text: str) -> str:
    """Beginning, middle and end of a long text."""
    if len(text) <= PART * (PARTS + 1):
        return text
    starts = (0, (len(text) - PART) // 2, len(text) - PART)
    return "\n".join(text[start : start + PART].partition(" ")[2] or text[start : start + PART] for start in starts)


def _judged(words: list[str], script: str | None, counts: dict[str, int], languages: Sequence[str] | None) -> Language:
    letters = sum(counts.values())
    if script is None or letters < 2:
        return Language(NONE, 0.99, (Candidate(NONE, 0.99),), backend=BACKEND)
    sure = _by_script(script, counts, languages)
    if sure is not None:
        return sure
    ranked, known, looked_up = scored(words, languages)
    if not ranked or (looked_up >= 12 and known < KNOWN) or known <= 0.3:
        return Language(NONE, 0.8, (Candidate(NONE, 0.8),), backend=BACKEND)
    # The less the text looks like what the model knows, the less its answer is worth.
    trust = min(1.0, max(0.3, (known - KNOWN + 1.2) / 1.2)) if looked_up >= 12 else 1.0
    candidates = tuple(Candidate(code, round(share * trust, 4)) for code, share in ranked[:5])
    best = candidates[0]
    return Language(best.value, best.confidence, candidates, _group(ranked), backend=BACKEND)


def _by_script(script: str, counts: dict[str, int], languages: Sequence[str] | None) -> Language | None:
    """The verdict where the script alone decides."""
    kana, han = counts.get("Hira", 0) + counts.get("Kana", 0), counts.get("Hani", 0)
    total = sum(counts.values())
    code = ONE_LANGUAGE.get(script)
    if script == "Hani" or code == "ja":
        code = "ja" if kana * 12 >= han or not han else "zh"
    if code is None or (counts[script] + (kana + han if code in ("ja", "zh") else 0)) * 2 < total:
        return None
    if languages and code not in languages:
        near = {"ja": "zh", "zh": "ja"}.get(code, "")
        if near not in languages:
            return None
        code = near
    share = 0.995 if code != "zh" or han > 6 else 0.85
    return Language(code, share, (Candidate(code, share),), backend=BACKEND)


def scored(words: list[str], languages: Sequence[str] | None) -> tuple[list[tuple[str, float]], float, int]:
    """Languages with their probabilities, best first; nats a sequence of the best; sequences looked up."""
    from cleaner.models.languages import load

    model = load()
    scores, looked_up = model.scores(" ".join(words))
    allowed = [number for number, code in enumerate(model.codes) if not languages or code in languages]
    if not looked_up or not allowed:
        return [], 0.0, looked_up
    order = sorted(allowed, key=lambda number: (-scores[number], model.codes[number]))[:8]
    top = scores[order[0]]
    temper = _temper(looked_up)
    weights = [math.exp((scores[number] - top) * temper) for number in order]
    total = sum(weights)
    ranked = [(model.codes[number], weight / total) for number, weight in zip(order, weights, strict=True)]
    return ranked, float(top) / looked_up, looked_up


def _temper(looked_up: int) -> float:
    """How much of a nat counts."""
    return TEMPER / (1 + looked_up / HALVED)


def _group(ranked: list[tuple[str, float]]) -> str | None:
    """The group of the best language, where the others of it are too near."""
    best = ranked[0][0]
    for group in GROUPS:
        members = group.split("|")
        if best in members:
            inside = sum(share for code, share in ranked if code in members)
            if ranked[0][1] < TELL_APART * inside:
                return group
    return None


def _shares(spans: Sequence[LanguageSpan]) -> tuple[Candidate, ...]:
    total = sum(span.end - span.start for span in spans)
    by_code: dict[str, int] = {}
    for span in spans:
        by_code[span.code] = by_code.get(span.code, 0) + span.end - span.start
    return tuple(
        Candidate(code, round(size / total, 4))
        for code, size in sorted(by_code.items(), key=lambda row: (-row[1], row[0]))
    )
