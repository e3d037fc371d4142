"""The commands on files compared with other tools: is a file damaged, and what does a clean one cost?

    python benchmarks/commands.py --bin FOLDER [--cpu]

FOLDER holds the console scripts (`cleaner`, `end-of-file-fixer`, `fix-smartquotes`, `codespell`, `typos`, `ftfy` …); what is
missing is left out, nothing is installed. A cell is one content in one encoding, with one kind of line ends, with and without a
last newline. After a tool has run on a copy, the file counts as

    same      no byte changed
    mended    the mojibake is undone, all other bytes are as they were
    own       changed only by what the tool is for (its quotes, its line ends, its trailing spaces)
    DAMAGED   no longer readable in its encoding, or changed in another way
    error     left, with a traceback or another exit code than the tool documents
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Fold = Callable[[str], str]
GARBLED = {
    "The café was full.": "The cafÃ© was full.",
    "It’s “fine” — they said.": "Itâ€™s â€œfineâ€\x9d â€” they said.",
}
LATIN = "Fine words stay.  \nThe café was full.\nA naïve façade, señor.\n\n\nThe end"
CONTENTS = {
    "ASCII": ("Plain words.  \nNothing more to say.\nThe end", ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")),
    "Western": (LATIN, ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")),
    "quotes": ("It’s “fine” — they said.\nThe café was full.\nThe end", ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252")),
    "Thai": ("ภาษาไทยเป็นภาษาที่มีวรรณยุกต์\nบ้านหลังนี้อยู่ใกล้แม่น้ำ\nจบ", ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "tis-620")),
    "Russian": ("Где мы сейчас живём?\nЭто наш старый дом у реки.\nКонец", ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "koi8-r")),
    "garbled": (
        "The cafÃ© was full, and the seÃ±or left.\nItâ€™s fine â€” they said so.\nThe end",
        ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"),
    ),
}  # fmt: skip
PROSE = {
    "French": "Un été à la mer, où l’on rêve à côté d’un café déjà fermé : voilà ce qu’il espérait, naïf qu’il était.",
    "German": "Die Bäckerei öffnet früh, sagt der müde Schüler aus Köln; draußen fällt schon der erste Schnee über die Dächer.",
    "Czech": "Příliš žluťoučký kůň běžel přes řeku, když děti ještě spaly a večeře čekala na stole.",
    "Russian": "Где мы сейчас живём, спросил старик, и никто в комнате не знал, что ему ответить.",
    "Greek": "Το παλιό σπίτι δίπλα στη θάλασσα ήταν άδειο, και κανείς δεν θυμόταν ποιος το έχτισε.",
    "Japanese": "古い家は海のそばにあって、誰が建てたのかもう誰も覚えていませんでした。",
    "Thai": "บ้านเก่าหลังนี้อยู่ใกล้ทะเล และไม่มีใครจำได้ว่าใครเป็นคนสร้าง",
    "Vietnamese": "Ngôi nhà cũ bên bờ biển đã bỏ trống từ lâu, không ai còn nhớ người nào đã xây nên nó.",
}
"""Clean prose; a file holds each sentence forty times."""
MENDED = "The café was full, and the señor left.\nIt’s fine — they said so.\nThe end"
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r", "mixed": "mixed"}


@dataclass(frozen=True)
class Tool:
    """A command: its arguments, what it is allowed to change, and the exit codes that it documents."""

    name: str
    argv: tuple[str, ...]
    fold: Fold = str
    codes: frozenset[int] = frozenset({0, 1})
    transcodes: bool = False
    to_stdout: bool = False


def no_trailing(text: str) -> str:
    return re.sub(r"[ \t]+(?=[\r\n]|\Z)", "", text)


def no_last_line_end(text: str) -> str:
    return text.rstrip("\r\n")


def one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def straight(text: str) -> str:
    plain = text.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'}))
    return re.sub("[–—]|-+", "-", plain)


def no_mark(text: str) -> str:
    return text.removeprefix("\ufeff")


TOOLS = (
    Tool("cleaner check", ("cleaner", "check", "--isolated")),
    Tool("cleaner fix", ("cleaner", "fix", "--isolated")),
    Tool("cleaner utf8", ("cleaner", "utf8", "--isolated"), no_mark, transcodes=True),
    Tool("cleaner check --select TXT8", ("cleaner", "check", "--isolated", "--select", "TXT8")),
    Tool("trailing-whitespace", ("trailing-whitespace-fixer",), no_trailing),
    Tool("end-of-file-fixer", ("end-of-file-fixer",), no_last_line_end),
    Tool("mixed-line-ending", ("mixed-line-ending", "--fix=auto"), one_line_end),
    Tool("fix-byte-order-marker", ("fix-byte-order-marker",), no_mark),
    Tool("texthooks fix-smartquotes", ("fix-smartquotes",), straight),
    Tool("texthooks fix-unicode-dashes", ("fix-unicode-dashes",), straight),
    Tool("texthooks fix-spaces", ("fix-spaces",)),
    Tool("texthooks fix-ligatures", ("fix-ligatures",)),
    Tool("codespell -w", ("codespell", "-w"), codes=frozenset({0, 65})),
    Tool("typos -w", ("typos", "--isolated", "--write-changes"), codes=frozenset({0, 2})),
    Tool("ftfy -o", ("ftfy",), straight, to_stdout=True),
    Tool("ftfy -g -o", ("ftfy", "-g"), straight, transcodes=True, to_stdout=True),
)


def cells() -> Iterator[tuple[str, str, str, bool, bytes]]:
    """Content, codec, line ends, last newline, bytes."""
    for content, (text, codecs) in CONTENTS.items():
        for codec in codecs:
            for ends in LINE_ENDS:
                for last in (True, False):
                    yield content, codec, ends, last, written(text, ends, last=last).encode(codec)


def written(text: str, ends: str, *, last: bool) -> str:
    lines = text.split("\n")
    marks = [("\n", "\r\n")[number % 2] if ends == "mixed" else LINE_ENDS[ends] for number in range(len(lines))]
    marks[-1] = marks[-1] if last else ""
    return "".join(line + mark for line, mark in zip(lines, marks, strict=True))


def judged(tool: Tool, before: bytes, after: bytes, codec: str, mended: str, code: int, said: str) -> str:
    """What the tool did to a cell."""
    if "Traceback" in said or code not in tool.codes:
        return "error" if after == before else "DAMAGED"
    if after == before:
        return "same"
    text = before.decode(codec)
    readings = []
    for name in (codec, *(("utf-8",) if tool.transcodes else ())):
        try:
            readings.append(after.decode(name))
        except UnicodeDecodeError:
            continue
    if mended in readings or (tool.transcodes and no_mark(mended) in map(no_mark, readings) and mended != text):
        return "mended"
    if any(tool.fold(one) in (tool.fold(text), tool.fold(mended)) for one in readings):
        return "own"
    return "DAMAGED"


def run_on(tool: Tool, folder: Path, data: bytes, scripts: Path) -> tuple[bytes, int, str]:
    path = folder / "cell.txt"
    path.write_bytes(data)
    argv = [
        str(scripts / tool.argv[0]),
        *tool.argv[1:],
        *(["-o", str(folder / "out.txt")] if tool.to_stdout else []),
        "cell.txt",
    ]
    done = subprocess.run(argv, cwd=folder, capture_output=True, check=False)
    made = folder / "out.txt"
    after = made.read_bytes() if tool.to_stdout and done.returncode == 0 else path.read_bytes()
    made.unlink(missing_ok=True)
    return after, done.returncode, (done.stderr + done.stdout).decode("utf-8", "replace")


def matrix(scripts: Path) -> None:
    present = [tool for tool in TOOLS if (scripts / tool.argv[0]).exists()]
    every = list(cells())
    columns = ("same", "mended", "own", "DAMAGED", "error")
    size = f"{len(CONTENTS)} contents, 5 encodings each, {len(LINE_ENDS)} line ends, with and without a last newline"
    print(f"{len(every)} cells: {size}\n")
    print(f"| tool | {' | '.join(columns)} | damaged where |\n|---|{'---|' * (len(columns) + 1)}")
    with tempfile.TemporaryDirectory() as name:
        for tool in present:
            counts: Counter[str] = Counter()
            where: Counter[str] = Counter()
            for content, codec, ends, last, data in every:
                garbled = content == "garbled"
                text = data.decode(codec)
                mended = written(MENDED, ends, last=last) if garbled else text
                after, code, said = run_on(tool, Path(name), data, scripts)
                verdict = judged(tool, data, after, codec, mended, code, said)
                counts[verdict] += 1
                if verdict == "DAMAGED":
                    where[codec if codec.startswith("utf-16") else f"{content}, {ends}"] += 1
            told = "; ".join(f"{place} {number}" for place, number in where.most_common(4))
            print(f"| {tool.name} | {' | '.join(str(counts[one]) for one in columns)} | {told} |", flush=True)


def cpu(argv: list[str], *, times: int = 21) -> float:
    """Milliseconds of CPU, the least of several."""
    best = float("inf")
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best * 1000


def costs(scripts: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = folder / "one.txt"
        one.write_text("A plain line of a plain file, as most files have them.\n" * 50, encoding="utf-8")
        curly = []
        for number in range(41):
            curly.append(folder / f"curly{number:02}.txt")
            curly[-1].write_text("It’s a “quoted” line — and some plain words behind it…\n" * 50, encoding="utf-8")
        accents = folder / "accents.txt"
        accents.write_text("Das Café in Köln ist schön, sagt der Señor aus München.\n" * 50, encoding="utf-8")
        python = str(scripts / "python")
        rows = {
            "python -c pass": [python, "-c", "pass"],
            "end-of-file-fixer": [str(scripts / "end-of-file-fixer")],
            "cleaner check": [str(scripts / "cleaner"), "check", "--force-exclude"],
            "cleaner fix": [str(scripts / "cleaner"), "fix", "--force-exclude"],
            "cleaner utf8": [str(scripts / "cleaner"), "utf8", "--force-exclude"],
            "cleaner check --select TXT8": [str(scripts / "cleaner"), "check", "--select", "TXT8", "--force-exclude"],
            "fix-smartquotes": [str(scripts / "fix-smartquotes")],
            "typos": [str(scripts / "typos")],
            "codespell": [str(scripts / "codespell")],
            "ftfy": [str(scripts / "ftfy")],
        }
        os.chdir(folder)
        print("\n| CPU, ms | one clean file | 41 files with curly quotes | one file with accents |\n|---|---|---|---|")
        for said, argv in rows.items():
            if Path(argv[0]).exists():
                plain = said.startswith("python")
                lists = ([[]] * 3) if plain else [[str(one)], [str(path) for path in curly], [str(accents)]]
                lists = lists if said != "ftfy" else [lists[0], [], lists[2]]
                figures = [f"{cpu([*argv, *paths]):.1f}" if paths or plain else "–" for paths in lists]
                print(f"| {said} | {' | '.join(figures)} |", flush=True)
        print("\n| CPU, ms, a file of 3 to 9 kB | end-of-file-fixer | cleaner check | ratio |\n|---|---|---|---|")
        for language, sentence in PROSE.items():
            prose = folder / f"{language}.txt"
            prose.write_text(f"{sentence}\n" * 40, encoding="utf-8")
            theirs, ours = (cpu([*rows[name], str(prose)]) for name in ("end-of-file-fixer", "cleaner check"))
            print(f"| {language} | {theirs:.1f} | {ours:.1f} | {ours / theirs:.2f} |", flush=True)
        print("\n| CPU, ms | |\n|---|---|")
        settings = folder / "sub" / "cleaner.toml"
        settings.parent.mkdir()
        settings.write_text('ignore = ["MOJ203"]\n', encoding="utf-8")
        (settings.parent / "one.txt").write_bytes(one.read_bytes())
        for said, argv in {
            "cleaner check, settings nearby": [*rows["cleaner check"], str(settings.parent / "one.txt")],
            "cleaner --help": [str(scripts / "cleaner"), "--help"],
            "cleaner check --help": [str(scripts / "cleaner"), "check", "--help"],
            "import cleaner": [python, "-c", "import cleaner"],
        }.items():
            print(f"| {said} | {cpu(argv):.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, required=True, help="folder with the console scripts")
    parser.add_argument("--cpu", action="store_true", help="measure time instead")
    options = parser.parse_args()
    (costs if options.cpu else matrix)(options.bin.absolute())


if __name__ == "__main__":
    main()
