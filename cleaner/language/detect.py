"""The verdict on a text: gate, script, letter sequences, calibration."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

import numpy as np

from cleaner.arguments import as_text, check_names, check_one_of
from cleaner.arrays import code_points
from cleaner.document import UNCERTAIN, Candidate, Language, LanguageSpan
from cleaner.language.context import LanguageContext
from cleaner.language.han import HAN, KANA, told
from cleaner.language.letters import (
    CLOSELY,
    GROUP_OF,
    ONE_LANGUAGE,
    OTHERS,
    SOME_OTHERS,
    Letters,
    sampled_letters,
    spelt,
)
from cleaner.language.second import engine, langdetect_verdicts
from cleaner.language.telling import KNOWN, LETTERS, SUREST, WORTH, Told, tempered, trusted
from cleaner.markup import with_blank_markup
from cleaner.memory import cached
from cleaner.models.languages import SPACE, alphabet, load

BACKENDS = ("cleaner", "langdetect")
BACKEND = "cleaner-sequences/2"
NONE = "und"
TELL_APART = 0.8
"""Share of its group's probability that a language needs to be told apart from the others."""
RANKED = 8
"""Languages that share the probability."""
SURE = 0.995
"""What is claimed of the one language of a script."""
NEIGHBOURS = {"ja": "zh", "zh": "ja"}
LONE, APART, AGAIN = 2, 5, 6
"""Letters that are no language where there are so many times more characters; and different ones that are none from AGAIN
letters on."""
NAMED = 0.9
"""Part of all probability that the candidates which are named have nearly always."""
FEW, SOME = 12, 30
"""Sequences from which the levels that one adds on average say something, and from which they may say that there is no language."""


def detect_language(
    text: str,
    languages: Sequence[str] | None = None,
    spans: bool = False,
    *,
    backend: str = "cleaner",
    second_opinion: bool = False,
    context: LanguageContext | None = None,
) -> Language:
    """The language of `text`: ISO 639-1 code, else 639-3, `und` where there is none.

    `languages` closes the set of answers. `spans=True` also gives the spans of each language (code points, half-open) and
    their shares. `backend="langdetect"` lets langdetect decide, seeded; `second_opinion` asks it where the verdict is
    uncertain. `context` says what the other documents of a folder are in; it sharpens uncertain verdicts. Deterministic;
    may be called from several threads. Raises ArgumentError for what is no text or no list of codes, UsageError where there is
    no such backend. Codes that are not known are never the answer.
    """
    as_text(text, "detect_language")
    if languages is not None:
        check_names(languages, "languages", "en")
    if backend not in BACKENDS:
        check_one_of(backend, BACKENDS, "backend")
    return detect_languages([text], languages, spans, backend=backend, second_opinion=second_opinion, context=context)[
        0
    ]


def detect_languages(
    texts: Sequence[str],
    languages: Sequence[str] | None = None,
    spans: bool = False,
    *,
    backend: str = "cleaner",
    second_opinion: bool = False,
    context: LanguageContext | None = None,
    again: Container[int] = (),
) -> list[Language]:
    """What `detect_language` says of each text, in less time: half of that is the cost of calls, whatever they work on.

    `again` are the places of texts that are asked about once more where the verdict is uncertain: it has no spans then.
    """
    letters = [sampled_letters(text) for text in texts]
    if backend == "langdetect":
        verdicts = _by_langdetect(letters, languages)
    else:
        verdicts = _judged(letters, languages, context)
    if spans:
        asked = [place for place, some in enumerate(letters) if some.total]
        asked = [place for place in asked if place not in again or not verdicts[place].uncertain]
        found = _with_spans([texts[place] for place in asked], [verdicts[place] for place in asked], languages)
        for place, verdict in zip(asked, found, strict=True):
            verdicts[place] = verdict
    if second_opinion and backend != "langdetect":
        asked = [place for place, verdict in enumerate(verdicts) if _uncertain(verdict)]
        opinions = langdetect_verdicts([_written(letters[place]) for place in asked], languages)
        for place, opinion in zip(asked, opinions, strict=True):
            verdicts[place] = replace(verdicts[place], second_opinion=opinion[0], second_backend=engine())
    return verdicts


def _by_langdetect(letters: Sequence[Letters], languages: Sequence[str] | None) -> list[Language]:
    found = langdetect_verdicts([_written(some) for some in letters], languages)
    return [
        Language(best[0].value, best[0].confidence, tuple(best), None, some.script, backend=engine())
        for some, best in zip(letters, found, strict=True)
    ]


def _uncertain(verdict: Language) -> bool:
    """Whether another engine could know better. Within a group of near languages it can't, nor of a language that no table has: all
    candidates together are worth little then, and one of them most of that.
    """
    members = (verdict.group or verdict.code).split("|")
    best = sum(one.confidence for one in verdict.candidates if one.value in members)
    total = sum(one.confidence for one in verdict.candidates) / NAMED
    return verdict.code != NONE and best < UNCERTAIN * min(1.0, total)


def _with_spans(
    texts: Sequence[str], verdicts: Sequence[Language], languages: Sequence[str] | None
) -> Iterator[Language]:
    """The verdicts on the texts with their spans."""
    from cleaner.language.spans import find_spans

    asked = [(with_blank_markup(text), verdict.code) for text, verdict in zip(texts, verdicts, strict=True)]
    found = find_spans(asked, [verdict.confidence for verdict in verdicts], languages)
    for text, verdict, spans in zip(texts, verdicts, found, strict=True):
        whole = verdict
        if verdict.code == NONE and len({span.code for span in spans}) > 1:
            whole = _of_spans(verdict, text, spans, languages)
        if whole.code == NONE:
            yield verdict
            continue
        known = whole.code, whole.confidence, whole.candidates, whole.group, whole.script
        yield Language(*known, spans, _shares(spans), whole.backend)


def _of_spans(verdict: Language, text: str, spans: Sequence[LanguageSpan], languages: Sequence[str] | None) -> Language:
    """The verdict on a text that is in no single language: that of its largest part, where this is in one."""
    share = _shares(spans)[0]
    part = " ".join(text[span.start : span.end] for span in spans if span.code == share.value)
    (found,) = _judged([sampled_letters(part)], languages, None)
    return replace(found, script=verdict.script, confidence=round(found.confidence * share.confidence, 4))


def _written(letters: Letters) -> str:
    """The words that were judged, as text."""
    if letters.script is None:
        return ""
    points = letters.points if letters.script in ONE_LANGUAGE else spelt(letters)
    written: str = points.astype(np.uint16).tobytes().decode("utf-16-le", "replace")
    return written.strip()


def _none(confidence: float, script: str | None) -> Language:
    return Language(NONE, confidence, (Candidate(NONE, confidence),), script=script, backend=BACKEND)


def _judged(
    letters: Sequence[Letters], languages: Sequence[str] | None, context: LanguageContext | None
) -> list[Language]:
    verdicts: list[Language] = []
    places: list[int] = []
    for place, some in enumerate(letters):
        script = some.script
        if script is None or some.total < 1 + (script in ("Latn", "Cyrl", "Arab")) or _too_few(some):
            verdicts.append(_none(0.99, script))
        elif script in ONE_LANGUAGE:
            verdicts.append(_by_script(some, script, languages))
        else:
            verdicts.append(_none(0.5, script))
            if script in load().codes:
                places.append(place)
    if places:
        told = Told.of([letters[place] for place in places], languages)
        certain = told.beyond_doubt() if len(places) > 1 else [-1]
        for row, (place, sure) in enumerate(zip(places, certain, strict=True)):
            verdicts[place] = _certain(told.scripts[row], sure) if sure >= 0 else _by_sequences(told, row, context)
    return verdicts


def _too_few(letters: Letters) -> bool:
    """Whether letters are few among signs and figures, as in a formula or a face, or one or two again and again, as in laughter."""
    total = letters.total
    if total <= LONE:
        return len(letters.points) >= APART * total
    if not AGAIN <= total <= CLOSELY or letters.script not in load().codes:
        return False
    folded = alphabet()[0].take(letters.points)
    # Most texts show at their beginning that they have more.
    return all(len({point for point in some.tolist() if point > SPACE}) <= LONE for some in (folded[:AGAIN], folded))


@cached
def _certain(script: str, column: int) -> Language:
    code = load().codes[script][column]
    return Language(code, SUREST, (Candidate(code, SUREST),), None, script, backend=BACKEND)


def _by_script(letters: Letters, script: str, languages: Sequence[str] | None) -> Language:
    """The verdict where the script alone decides, or nearly so: Chinese and Japanese share theirs."""
    code, share, other = ONE_LANGUAGE[script], SURE, None
    if code in NEIGHBOURS:
        kana = sum(int(np.count_nonzero(letters.classes == one)) for one in KANA) if script == "Kana" else 0
        code, share = told(letters.points, kana, int(np.count_nonzero(letters.classes == HAN)))
        other = Candidate(NEIGHBOURS[code], round(1 - share, 4))
    else:
        code = next((one for one in OTHERS if _by_letters(letters, one, script, languages)), code)
    if languages and code not in languages:
        if other is None or other.value not in languages:
            return _none(0.8, script)
        code, share, other = other.value, SURE, None
    best = Candidate(code, share)
    ranked = (best, other) if other and share < SURE else (best,)
    if languages and other and other.value not in languages:
        ranked = (best,)
    named = {"ja": "Jpan", "zh": "Hani"}.get(code, script)
    return Language(code, share, ranked, script=named, backend=BACKEND)


def _by_letters(letters: Letters, code: str, script: str, languages: Sequence[str] | None) -> bool:
    """Whether a text in this script has the letters that only `code` writes."""
    where, own = OTHERS[code]
    if where != script or (languages and code not in languages):
        return False
    return int(np.count_nonzero(np.isin(letters.points, code_points(own)))) > SOME_OTHERS * letters.total


def _by_sequences(told: Told, row: int, context: LanguageContext | None) -> Language:
    """The verdict on the text of a row, among the languages that share its script."""
    script, size, number, possible = told.scripts[row], told.sizes[row], told.numbers[row], told.possible[row]
    codes = load().codes[script]
    levels = told.levels[row].tolist()
    order = [place for place in np.argsort(-told.levels[row], kind="stable")[:RANKED].tolist() if levels[place] >= 0]
    known = levels[order[0]] / possible if order else 0.0
    spelt_out = size < LETTERS * number and (possible >= SOME or (script == "Latn" and number > APART))
    if spelt_out or (possible >= SOME and known < KNOWN):
        return _none(0.8, script)
    if not known:
        return _none(0.5, script)
    temper = tempered(possible)
    ranked = [(codes[place], math.exp((levels[place] - levels[order[0]]) * temper)) for place in order]
    total = sum(weight for _, weight in ranked)
    if context and ranked[0][1] < UNCERTAIN * total:
        before = context.weights(code for code, _ in ranked)
        ranked = [(code, weight * share) for (code, weight), share in zip(ranked, before, strict=True)]
        ranked.sort(key=lambda row: -row[1])
        total = sum(weight for _, weight in ranked)
    total /= trusted(script, possible, known) if possible >= FEW else 1.0
    ranked = [(code, weight / total) for code, weight in ranked]
    shown = [row for row in ranked[:5] if row[1] >= WORTH or row is ranked[0]]
    candidates = tuple(Candidate(code, round(min(share, SUREST), 4)) for code, share in shown)
    best = candidates[0]
    return Language(best.value, best.confidence, candidates, _group(ranked), script, backend=BACKEND)


def _group(ranked: list[tuple[str, float]]) -> str | None:
    """The group of the best language, where the others of it are too near."""
    best, share = ranked[0]
    group = GROUP_OF.get(best)
    if group and share < TELL_APART * sum(share for code, share in ranked if GROUP_OF.get(code) == group):
        return group
    return None


def _shares(spans: Sequence[LanguageSpan]) -> tuple[Candidate, ...]:
    if len(spans) == 1:
        return _all_in(spans[0].code)
    total = sum(span.end - span.start for span in spans)
    by_code: dict[str, int] = {}
    for span in spans:
        by_code[span.code] = by_code.get(span.code, 0) + span.end - span.start
    return tuple(
        Candidate(code, round(size / total, 4))
        for code, size in sorted(by_code.items(), key=lambda row: (-row[1], row[0]))
    )


@cached
def _all_in(code: str) -> tuple[Candidate]:
    return (Candidate(code, 1.0),)
