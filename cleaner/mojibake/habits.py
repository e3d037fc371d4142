"""How a language writes quotes and dashes, and which language a text is in as far as that matters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

__all__ = ["Habit", "habit_of"]


@dataclass(frozen=True, slots=True)
class Habit:
    """Quotation marks, dashes and apostrophes of a language."""

    opening: str = "\u201c"
    closing: str = "\u201d"
    inner_opening: str = "\u2018"
    inner_closing: str = "\u2019"
    dash: str = "\u2013"
    """Between spaces."""
    line_dash: str = "\u2014"
    """Before a speech."""
    dialogue: bool = False
    """Whether speeches begin with a dash."""
    elides: bool = False
    """Whether an apostrophe between letters is usual whatever the words."""
    letters: str = ""
    """Letters beyond ASCII that the language uses; a lost one is most likely one of them."""


GERMAN = Habit("\u201e", "\u201c", "\u201a", "\u2018", "\u2013", "\u2013")
POLISH = Habit("\u201e", "\u201d", "\u201a", "\u2019", "\u2013", "\u2014", dialogue=True)
ROMANCE = Habit(dialogue=True, elides=True)
HABITS = {
    "en": Habit(dash="\u2014"),
    "de": GERMAN,
    "cs": GERMAN,
    "pl": POLISH,
    "hu": POLISH,
    "ro": POLISH,
    "fr": ROMANCE,
    "it": ROMANCE,
    "es": Habit(dialogue=True, dash="\u2014"),
    "pt": Habit(dialogue=True, dash="\u2014"),
    "sv": Habit("\u201d", "\u201d", "\u2019", "\u2019", dialogue=True),
    "nl": Habit(),
}
WORDS = {
    "en": "the of and to in that was his it he with is for as had you not be her on at by which have or from this they but what",
    "de": "der die und das in zu den nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für",
    "pl": "i w nie na się z do to że jest o jak ale po co tak za od przez jego był już dla są która który oraz",
    "cs": "a se na je že v to s z do jako ale za by po jsem si ve byl pro od jak tak už jsou které který",
    "hu": "a az és hogy nem is egy ez meg de volt csak már mint még el ha azt van sem",
    "ro": "și în de la a nu că cu pe din o se un este care mai pentru ce sau lui au fost",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son",
    "it": "di che e la il un a per in una mi sono ho non lo ma ti ha con si le da come è del della",
    "es": "es qué este esta pero me mi yo de la que el en y a los se del las un por con no una su para al lo como más pero",
    "pt": "de que o a e do da em um para com não uma os no se na por mais as dos como mas ao ele das foi",
    "sv": "och i att det som en på är av för med till den har de inte om ett men var jag",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om maar ook als dan",
}
LISTS = {code: frozenset(words.split()) for code, words in WORDS.items()}


LETTERS = {
    "de": "äöüß",
    "cs": "áčďéěíňóřšťúůýž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "fr": "àâæçèéêëîïôœùûü",
    "it": "àèéìòù",
    "es": "áéíóúüñ¿¡",
    "pt": "àáâãçéêíóôõú",
    "sv": "åäöé",
    "nl": "ëïéè",
}
THAI = re.compile("[\u0e01-\u0e5b]+")


LETTER_WEIGHT = 0.5
"""Votes of a letter against those of a small word."""


@cache
def _remains(code: str) -> frozenset[str]:
    """What TIS-620 shows of the language's letters whose second byte it lacks: `ล` of ł, ń, ś."""
    pairs = [letter.encode() for letter in LETTERS.get(code, "") if not letter.isascii()]
    return frozenset(chr(pair[0] - 0xA1 + 0x0E01) for pair in pairs if len(pair) == 2 and pair[1] <= 0xA0)


def habit_of(text: str) -> Habit:
    """The habit of the language whose small words and letters `text` has most of; English where there are none.

    What is left of garbled letters is no part of a word here: `โund` counts as "und".
    """
    plain = THAI.sub(" ", text[:4000]).lower()
    words = re.findall(r"[^\W\d_]+", plain)
    marked = [sign for sign in text[:4000].lower() if not sign.isascii()]
    counts = {
        code: sum(len(word) > 1 and word in known for word in words)
        + LETTER_WEIGHT * sum(sign in LETTERS.get(code, "") or sign in _remains(code) for sign in marked)
        for code, known in LISTS.items()
    }
    # Words of one letter are left out: they are what an apostrophe leaves, and every language has them.
    # English borrows words with the letters of others: `café`, `naïve`.
    counts["en"] += counts["en"] > 0
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    known = LETTERS.get(best, "")
    return replace(HABITS[best], letters=known + known.upper())
