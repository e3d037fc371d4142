"""Speed of repair against `ftfy.fix_encoding`, on clean and on garbled documents of 3 kB and more, and on clean sentences.

    python benchmarks/mojibake_speed.py TEXTS [--repeat 5]

Documents are made of the last sentences of each language of the training folder that `build_gate.py` does not read, up to 3,000
characters each; languages in ASCII are left out. Each is garbled by the accident named, where its letters can be
written. Time is that of the process, best of `--repeat`; the table prints microseconds a document, the ratio, and
microseconds a document of the first pass, in which no word has been seen before.
"""

from __future__ import annotations

import argparse
import lzma
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cleaner
from cleaner.models.encodings import decode_sloppy

SIZE, SENTENCES = 3_000, 40
ACCIDENTS = (("utf-8", "cp1252"), ("utf-8", "cp1251"), ("cp1251", "cp1252"), ("koi8-r", "cp1251"), ("cp437", "cp1252"))


def sentences(train: Path) -> Iterator[list[str]]:
    """The sentences of each language that the gate's table was not made of."""
    for path in sorted((train / "sentences").glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield [line.rstrip("\n") for number, line in enumerate(lines) if number % 10 == 7]


def documents(train: Path) -> list[str]:
    """One document a language, one sentence a line."""
    found = []
    for held in sentences(train):
        text = ""
        for line in reversed(held):
            text += line + "\n"
            if len(text) >= SIZE:
                found.append(text)
                break
    return [text for text in found if not text.isascii()]


def garbled(texts: Sequence[str], right: str, wrong: str) -> list[str]:
    made = []
    for text in texts:
        try:
            shown = decode_sloppy(text.encode(right), wrong)
        except UnicodeEncodeError:
            continue
        if shown:
            made.append(shown)
    return made


def seconds(repair: Callable[[str], object], texts: Sequence[str], repeat: int) -> tuple[float, float]:
    """Seconds of the best pass, and of the first one."""
    spent = []
    for _ in range(repeat):
        start = time.process_time()
        for text in texts:
            repair(text)
        spent.append(time.process_time() - start)
    return min(spent), spent[0]


def main() -> None:
    from ftfy import fix_encoding

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    clean = documents(options.train)
    cleaner.repair("cafÃ© Ïðèâåò, êàê äåëà")  # loads the tables
    single = [text for held in sentences(options.train) for text in held[:SENTENCES] if not text.isascii()]
    samples = {"clean": clean, "clean sentences": single, "ASCII": ["plain text, nothing more\n" * 200]}
    samples |= {f"{right} as {wrong}": garbled(clean, right, wrong) for right, wrong in ACCIDENTS}
    print(f"{'':24}{'documents':>10}{'ftfy, us':>10}{'cleaner':>10}{'ratio':>8}{'MB/s':>8}{'first':>10}")
    for name, texts in samples.items():
        if not texts:
            continue
        ours, first = seconds(cleaner.repair, texts, options.repeat)
        theirs, _ = seconds(fix_encoding, texts, options.repeat)
        each, speed = 1e6 / len(texts), sum(len(text.encode()) for text in texts) / 1e6 / ours
        print(
            f"{name:24}{len(texts):10}{theirs * each:10.1f}{ours * each:10.1f}{theirs / ours:8.2f}{speed:8.1f}{first * each:10.1f}"
        )


if __name__ == "__main__":
    main()
