"""Speed of language identification with spans, in nanoseconds a byte, on the UTF-8 files of a folder.

    python benchmarks/language_speed.py FOLDER [--compiled]

As a run calls it: verdict, spans, shares, second opinion where the verdict is uncertain. Best of five passes over all files, one
process. `--compiled` loads numba first (`pip install '.[speed]'`), as a large run does.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from cleaner import detect_language
from cleaner.kernels import warm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--compiled", action="store_true")
    parser.add_argument("--most", type=int, default=1_000, help="files read")
    options = parser.parse_args()
    if options.compiled and not warm():
        raise SystemExit("numba is missing: pip install '.[speed]'")
    texts = []
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file())[: options.most]:
        try:
            texts.append(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} files, {size / 1e6:.1f} MB")
    for name, spans, opinion in (("verdict", False, False), ("with spans", True, False), ("as in a run", True, True)):
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            for text in texts:
                detect_language(text, spans=spans, second_opinion=opinion)
            best = min(best, time.perf_counter() - start)
        print(f"{name:12} {1e9 * best / size:6.1f} ns a byte, {1e6 * best / len(texts):6.0f} µs a file")


if __name__ == "__main__":
    main()
