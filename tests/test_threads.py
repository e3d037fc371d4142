"""Many threads at once in a fresh process: tables and modules are loaded by whoever needs them first."""

import json
import random
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

import cleaner
from tests.conftest import ROOT

THREADS = 12
TEXTS = {
    "en": "The café’s naïve résumé — “no”, he said, and left. ",
    "ru": "Съешь же ещё этих мягких французских булок, да выпей чаю. ",
    "de": "Schöne Grüße aus der großen Stadt, bis übermorgen. ",
    "th": "ภาษาไทยเป็นภาษาที่มีระดับเสียง ",
    "zh": "人人生而自由，在尊严和权利上一律平等。",
    "ja": "すべての人間は生まれながらにして自由である。",
    "hi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में ",
    "ar": "هذا نص عربي طويل بعض الشيء للاختبار. ",
}
PAGES = [("en", "cp1252"), ("ru", "cp1251"), ("ru", "koi8-r"), ("zh", "gb18030"), ("ja", "cp932"), ("th", "cp874")]
PAGES += [("de", "utf-16")]


def jobs() -> dict[str, Callable[[], Any]]:
    """What the threads do, by name; each gives a value whose `repr` tells all of it."""
    corpus = cleaner.Settings(profile="corpus")
    found: dict[str, Callable[[], Any]] = {}
    for code, text in TEXTS.items():
        found[f"language of {code}"] = partial(cleaner.detect_language, text * 3)
        for wrong in ("cp1252", "cp1251"):
            bad = text.encode().decode(wrong, "replace")
            found[f"repair {code}, {wrong}"] = partial(cleaner.repair, bad)
            found[f"clean {code}, {wrong}"] = partial(cleaner.clean, f"{text}\r\n{bad}\r\n".encode(), settings=corpus)
    for code, page in PAGES:
        found[f"decode {code}, {page}"] = partial(cleaner.decode, (TEXTS[code] * 4).encode(page, "replace"))
    found["lost bytes"] = partial(cleaner.repair, "The bandโs show.\nna\ufffdve caf\ufffd and the r\ufffdsum\ufffd\n")
    more = {code: text * 6 for code, text in TEXTS.items()} | {"again": TEXTS["ru"] * 5}
    found["duplicates"] = partial(cleaner.find_duplicates, more)
    return found


def at_once(seed: int) -> dict[str, list[str]]:
    """Every answer that a job has given, by its name: each thread does half of them in an order of its own."""
    sys.setswitchinterval(1e-6)
    answers: dict[str, set[str]] = {}
    start = threading.Barrier(THREADS)

    def work(number: int) -> None:
        own = list(jobs().items())
        random.Random(f"{seed} {number}").shuffle(own)
        start.wait()
        for name, job in own[: len(own) // 2]:
            try:
                said = repr(job())
            except Exception:
                said = traceback.format_exc()
            answers.setdefault(name, set()).add(said)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {name: sorted(held) for name, held in answers.items()}


@pytest.fixture(scope="module")
def serial() -> dict[str, list[str]]:
    return {name: [repr(job())] for name, job in jobs().items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_threads_give_what_one_thread_gives(serial, seed):
    code = f"import json; from tests.test_threads import at_once; print(json.dumps(at_once({seed})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert len(answers) > len(serial) * 0.9
    assert {name: held for name, held in answers.items() if held != serial[name]} == {}
