"""langdetect, always seeded: a backend of its own, and the second opinion on uncertain verdicts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

from cleaner.document import Candidate

__all__ = ["langdetect_verdict"]

SEED = 0
"""langdetect draws at random; unseeded, its answers change from call to call."""
CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}
_LOCK = Lock()
"""langdetect's detector seeds the generator that all threads share, so that one call at a time may use it."""


LONGEST = 1_000
"""Code points that langdetect is shown: its time grows with the text, 30 ms at its own limit of 10,000."""


@cache
def _factory() -> Any:
    from langdetect import DetectorFactory, detector_factory

    DetectorFactory.seed = SEED
    detector_factory.init_factory()
    return detector_factory._factory  # noqa: SLF001 - the package has no public way to a detector with priors


def langdetect_verdict(text: str, languages: Sequence[str] | None) -> list[Candidate]:
    """Langdetect's languages for `text`, best first; `und` where it finds none."""
    from langdetect.lang_detect_exception import LangDetectException

    with _LOCK:
        state = random.getstate()
        try:
            factory = _factory()
            detector = factory.create()
            detector.seed = SEED
            if languages:
                known = [code for code in factory.get_lang_list() if CODES.get(code, code) in languages]
                if not known:
                    return [Candidate("und", 0.0)]
                detector.set_prior_map(dict.fromkeys(known, 1.0))
            detector.append(text[:LONGEST])
            ranked = detector.get_probabilities()
        except LangDetectException:
            return [Candidate("und", 0.0)]
        finally:
            random.setstate(state)
    return [Candidate(CODES.get(row.lang, row.lang), round(row.prob, 4)) for row in ranked] or [Candidate("und", 0.0)]
