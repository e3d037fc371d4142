"""Generalisation of encoding detection: languages × the encodings that can write them, on text that no table has seen.

    python benchmarks/encoding_pages.py TRAIN

TRAIN is the training folder. The tables are built from nine tenths of its sentences; the last tenth is written in every
encoding that was used for its language, cut to 64, 200 and 1000 bytes, and decoded. Prints the share of files with the right
text by size and by kind of encoding, calibration, and the confusions. Takes three minutes.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
EACH, SIZES, WHOLE = 6, (64, 200, 1000), 400
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")


def build_tables(train: Path, folder: Path) -> None:
    """Builds both tables without the sentences held out, and makes the readers take them."""
    from cleaner.models import characters, letters

    for tool, module in (("build_character_model", characters), ("build_letter_model", letters)):
        path = folder / module.PATH.name
        command = [
            sys.executable,
            str(ROOT / "tools" / f"{tool}.py"),
            "--train",
            str(train),
            "--out",
            str(path),
            "--nine-tenths",
        ]
        subprocess.run(command, check=True, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tools'}"}, stdout=subprocess.DEVNULL)
        module.PATH = path


def cases(train: Path) -> Iterator[tuple[bytes, str, str, int]]:
    """(bytes, codec, language, size), the same each time."""
    from building import held_out, lines_of

    from cleaner.decoding.candidates import MULTI_BYTE, SINGLE_BYTE, regions
    from cleaner.models.letters import LANGUAGES

    draw = random.Random(5)
    for language in LANGUAGES:
        lines = [line for line in lines_of(train / "sentences" / f"{language}.txt.xz") if held_out(line)]
        draw.shuffle(lines)
        for codec in (*SINGLE_BYTE, *MULTI_BYTE):
            if language not in regions(codec):
                continue
            written = list(encoded(lines, codec))
            for size in SIZES:
                for _ in range(min(EACH, len(written))):
                    start = draw.randrange(len(written))
                    data = b""
                    for line in (written[start:] + written[:start])[:WHOLE]:
                        data += line + b"\n"
                        if len(data) >= size:
                            break
                    data = cut(data, codec, size)
                    if not data.isascii():
                        yield data, codec, language, size


def encoded(lines: list[str], codec: str) -> Iterator[bytes]:
    """The lines that `codec` can write; Romanian with cedillas where the page has no letters with commas."""
    for line in lines:
        for text in (line, line.translate(CEDILLAS)):
            try:
                yield text.encode(codec)
            except UnicodeEncodeError:
                continue
            break


def cut(data: bytes, codec: str, size: int) -> bytes:
    """The first `size` bytes of `data`, without half a character at the end."""
    for end in range(min(size, len(data)), 0, -1):
        try:
            data[:end].decode(codec)
        except UnicodeDecodeError:
            continue
        return data[:end]
    return b""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    options = parser.parse_args()
    import cleaner
    from cleaner.decoding.candidates import prior

    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    confused: Counter[str] = Counter()
    bins = [[0, 0.0, 0] for _ in range(10)]
    with tempfile.TemporaryDirectory() as folder:
        build_tables(options.train, Path(folder))
        spent = 0.0
        for data, codec, language, size in cases(options.train):
            start = time.perf_counter()
            decoded = cleaner.decode(data)
            spent += time.perf_counter() - start
            same = decoded.text.translate(CEDILLAS) == data.decode(codec).translate(CEDILLAS)
            cost = prior(codec)
            for key in (
                "all",
                f"{size} bytes",
                "web" if cost < 2 else "rare ISO" if cost < 3 else "DOS, Mac and others",
            ):
                every[key] += 1
                right[key] += same
            row = bins[min(9, int(decoded.encoding.confidence * 10))]
            row[0], row[1], row[2] = row[0] + 1, row[1] + decoded.encoding.confidence, row[2] + same
            if not same:
                confused[f"{codec} ({language}) read as {decoded.encoding.encoding}"] += 1
    for key, count in every.items():
        print(f"{key:20} {count:6}  {100 * right[key] / count:.2f} %")
    total = every["all"]
    error = sum(abs(row[1] - row[2]) for row in bins) / total
    print(f"calibration error {error:.4f}; above 0.9: {100 * bins[9][2] / bins[9][0]:.2f} % of {bins[9][0]} right")
    print(f"{1e3 * spent / total:.2f} ms a file")
    print(*(f"{count:4}  {what}" for what, count in confused.most_common(25)), sep="\n")


if __name__ == "__main__":
    main()
