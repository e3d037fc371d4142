"""How large the report is and how fast it opens: documents of a finished run, repeated until there are enough of them.

python benchmarks/report_opening.py OUT [--documents 10000] [--keep FOLDER]

OUT is a folder that `cleaner run` wrote. Needs Chromium, chromedriver and selenium (extra `browser`). Opening is timed
by the browser itself, from the start of navigation until the page is drawn and its script has run; the median of seven.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleaner.outputs.report import write_report
from cleaner.rules import rule_summaries

FLAGS = ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage")
TIMES = """
const paint = performance.getEntriesByType("paint").find(entry => entry.name === "first-contentful-paint");
const page = performance.getEntriesByType("navigation")[0];
return page.loadEventEnd > 0 && paint ? [paint.startTime, page.domContentLoadedEventEnd, page.loadEventEnd] : null;
"""
OPEN = """
const [id, done] = arguments, began = performance.now();
const watch = new MutationObserver(() => {
  if (!document.querySelector("#doc .diff, #doc .plain-text")) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
});
watch.observe(document.body, {subtree: true, childList: true});
location.hash = "doc=" + encodeURIComponent(id);
"""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        yield from map(json.loads, lines)


def repeat(out: Path, to: Path, documents: int) -> tuple[int, str]:
    """Writes `documents` documents of the run in `out` to `to`; returns their bytes and the one with most changes."""
    corpus = list(rows(out / "corpus.jsonl"))
    edits = defaultdict(list)
    for edit in rows(out / "edits.jsonl"):
        edits[edit["document"]].append(edit)
    size, number = 0, itertools.count()
    with (
        (to / "corpus.jsonl").open("w", encoding="utf-8") as texts,
        (to / "edits.jsonl").open("w", encoding="utf-8") as changes,
    ):
        for row in itertools.cycle(corpus):
            at = next(number)
            if at == documents:
                break
            name = row["id"] if at < len(corpus) else f"{at // len(corpus)}/{row['id']}"
            size += row["source"]["size"]
            texts.write(json.dumps({**row, "id": name}, ensure_ascii=False) + "\n")
            for edit in edits.get(row["id"], ()):
                changes.write(json.dumps({**edit, "document": name}, ensure_ascii=False) + "\n")
    for name in ("relations.jsonl", "findings.jsonl", "removed.jsonl", "rejected.jsonl"):
        shutil.copyfile(out / name, to / name)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    manifest["input"] |= {"files": documents, "bytes": size}
    (to / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return size, max(edits, key=lambda name: len(edits[name]))


def opened(page: Path, most: str) -> dict[str, float]:
    """Milliseconds until the first paint, until the script has run, until all is loaded; and to open one document."""
    from selenium import webdriver

    found = defaultdict(list)
    for _ in range(7):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in FLAGS:
            options.add_argument(f"--{flag}")
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            driver.get(page.as_uri())
            while not (times := driver.execute_script(TIMES)):
                time.sleep(0.05)
            for name, value in zip(("first paint", "script has run", "loaded"), times, strict=True):
                found[name].append(value)
            found["largest document"].append(driver.execute_async_script(OPEN, most))
        finally:
            driver.quit()
    return {name: statistics.median(values) for name, values in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="folder to keep the repeated run in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        to = options.keep or Path(made)
        to.mkdir(parents=True, exist_ok=True)
        size, most = repeat(options.out, to, options.documents)
        began = time.process_time()
        write_report(to, rules=rule_summaries())
        spent = time.process_time() - began
        page = to / "report.html"
        print(f"{options.documents:,} documents, {size / 1e6:.1f} MB")
        print(f"written in {spent:.2f} s ({spent / size * 1e9:.0f} ns a byte), {page.stat().st_size / 1e6:.1f} MB")
        print(
            f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB, the repeating included"
        )
        for name, value in opened(page.resolve(), most).items():
            print(f"{name}: {value:.0f} ms")


if __name__ == "__main__":
    main()
