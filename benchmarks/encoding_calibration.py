"""Calibration of encoding verdicts: does a confidence of 0.9 mean right nine times of ten?

    python benchmarks/encoding_calibration.py JUDGE_FOLDER

JUDGE_FOLDER holds the encoding judge (`encoding.py`, its data below `data/`), whose idea of "the same text" is used. Prints the
expected calibration error over ten bins, and how many of the answers above 0.9 are right.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judge", type=Path)
    options = parser.parse_args()
    sys.path.insert(0, str(options.judge))
    judge = importlib.import_module("encoding")
    import cleaner

    bins = [[0, 0.0, 0] for _ in range(10)]
    for case in judge.read_cases(judge.DATA, None):
        if case.kind == "binary":
            continue
        decoded = cleaner.decode(case.data)
        confidence = decoded.encoding.confidence
        row = bins[min(9, int(confidence * 10))]
        row[0] += 1
        row[1] += confidence
        row[2] += judge.same_text(decoded.text, case)
    total = sum(row[0] for row in bins)
    error = sum(abs(row[1] - row[2]) for row in bins) / total
    for place, (count, confidence, right) in enumerate(bins):
        if count:
            print(f"{place / 10:.1f}  {count:5}  stated {confidence / count:.3f}  right {right / count:.3f}")
    print(
        f"expected calibration error {error:.4f}; above 0.9: {bins[9][2] / max(1, bins[9][0]):.4f} of {bins[9][0]} right"
    )


if __name__ == "__main__":
    main()
