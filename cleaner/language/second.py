"""langdetect, always seeded: a backend of its own, and the second opinion on uncertain verdicts."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from cleaner.document import Candidate

__all__ = ["langdetect_verdict"]

SEED = 0
"""langdetect draws at random; unseeded, its answers change from call to call."""
CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}
_LOCK = Lock()
"""langdetect's detector seeds the generator that all threads share, so that one call at a time may use it."""
STRIDE = 5
"""N-grams that langdetect draws between two looks at the probabilities."""
LONGEST = 1_000
"""Code points that langdetect is shown: its time grows with the text, 30 ms at its own limit of 10,000."""


@cache
def _factory() -> Any:
    """Langdetect's factory with its own profiles, and a detector that gives the same numbers by arrays.

    The shares of an n-gram in the languages are looked up when it is first drawn: the table of all takes a quarter of a second.
    """
    from langdetect import detector_factory
    from langdetect.detector import Detector
    from langdetect.lang_detect_exception import ErrorCode, LangDetectException

    folder = Path(detector_factory.PROFILES_DIRECTORY)
    profiles = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*")) if file.is_file()]

    def shares_of(gram: str) -> Any:
        size = len(gram) - 1
        return np.array([profile["freq"].get(gram, 0) / profile["n_words"][size] for profile in profiles])

    class ByArrays(Detector):  # type: ignore[misc, unused-ignore]
        def _detect_block(self) -> None:
            self.cleaning_text()
            grams = self._extract_ngrams()
            if not grams:
                raise LangDetectException(ErrorCode.CantDetectError, "No features in text.")
            self.random.seed(self.seed)
            total = np.zeros(len(self.langlist))
            for _ in range(self.n_trial):
                total += self._trial(grams) / self.n_trial
            self.langprob = total.tolist()

        def _trial(self, grams: list[str]) -> Any:
            """The probabilities after as many n-grams as it takes; looked at after the first, then after every five."""
            held, choice = self.word_lang_prob_map, self.random.choice
            rows = [np.array(self._init_probability())]
            weight = (self.alpha + self.random.gauss(0.0, 1.0) * self.ALPHA_WIDTH) / self.BASE_FREQ
            for drawn in range(0, self.ITERATION_LIMIT + 1, STRIDE):
                for _ in range(STRIDE if drawn else 1):
                    gram = choice(grams)
                    if held[gram] is None:
                        held[gram] = shares_of(gram)
                    rows.append(held[gram])
                factors = np.array(rows)
                factors[1:] += weight
                # One after the other, as the package does it, so that the numbers are the same to the last digit.
                found = np.multiply.reduce(factors, axis=0)
                found /= sum(found.tolist())
                if found.max() > self.CONV_THRESHOLD:
                    break
                rows = [found]
            return found

    class Factory(detector_factory.DetectorFactory):  # type: ignore[misc, unused-ignore]
        def _create_detector(self) -> Any:
            return ByArrays(self)

    factory = Factory()
    factory.langlist = [profile["name"] for profile in profiles]
    factory.word_lang_prob_map = dict.fromkeys(gram for profile in profiles for gram in profile["freq"])
    return factory


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
