"""Speed of language identification with spans, in nanoseconds a byte, on the UTF-8 files of a folder.

    python benchmarks/language_speed.py FOLDER

Verdict; verdict with spans and shares; and with a second opinion where the verdict is uncertain: of one text after the other, and
of batches as a run hands them over. Best of five passes over all files, one process, processor time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cleaner.corpus import BATCH_BYTES, BATCH_FILES
from cleaner.language import detect_language, detect_languages


def batches(texts: list[str]) -> Iterator[list[str]]:
    """The texts as a worker gets them."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text.encode())
        if size >= BATCH_BYTES or len(held) == BATCH_FILES:
            yield held
            held, size = [], 0
    if held:
        yield held


def best(work: Callable[[], Any]) -> float:
    """Seconds of the fastest of five times."""
    seconds = []
    for _ in range(5):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=1_000, help="files read")
    options = parser.parse_args()
    texts = []
    for path in sorted(path for path in options.folder.rglob("*") if path.is_file())[: options.most]:
        try:
            texts.append(path.read_bytes().decode("utf-8"))
        except UnicodeDecodeError:
            continue
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} files, {size / 1e6:.1f} MB")
    held = list(batches(texts))
    for name, spans, opinion in (("verdict", False, False), ("with spans", True, False), ("as in a run", True, True)):
        asked: dict[str, Any] = {"spans": spans, "second_opinion": opinion}
        alone = best(lambda asked=asked: [detect_language(text, **asked) for text in texts])
        together = best(lambda asked=asked: [detect_languages(some, **asked) for some in held])
        print(f"{name:12} {1e9 * alone / size:6.1f} ns a byte one by one, {1e9 * together / size:6.1f} together")


if __name__ == "__main__":
    main()
