"""How languages write quotes and dashes, and which language a text is in, as far as that matters for it.

Quotation marks follow CLDR 44 (`delimiters` of each locale); where a locale's primary marks are « », which no page here
loses, the marks that a text can have lost are its secondary ones. How speeches and asides are set off follows handbooks
of typography.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaner.memory import cached

EN, EM = "\u2013", "\u2014"


@dataclass(frozen=True, slots=True)
class Habit:
    """Quotation marks, dashes and apostrophes of a language."""

    opening: str = "\u201c"
    closing: str = "\u201d"
    inner_opening: str = "\u2018"
    inner_closing: str = "\u2019"
    dash: str = EN
    """Between spaces."""
    line_dash: str = EN
    """Before a speech."""
    dialogue: bool = False
    """Whether speeches begin with a dash that stands close to the word: `—Sí —dijo Ana—, voy`."""
    elides: bool = False
    """Whether an apostrophe between letters is usual whatever the words: `l’été`, `dell’anno`."""
    joins: bool = False
    """Whether a dash stands between two words without spaces."""
    letters: str = ""
    """Letters beyond ASCII that the language uses; a lost one is most likely one of them."""


ENGLISH = Habit(dash=EM, line_dash=EM, joins=True)
LOW_HIGH = Habit("\u201e", "\u201c", "\u201a", "\u2018")
"""„ “: German, Czech, Slovak, Slovene, Lithuanian, Icelandic."""
LOW_CURLY = Habit("\u201e", "\u201d", "\u201a", "\u2019")
"""„ ”: Polish, Hungarian, Romanian, Croatian; Estonian in practice."""
CURLY = Habit("\u201d", "\u201d", "\u2019", "\u2019")
"""” ”: Swedish, Finnish."""
TIGHT = Habit(dash=EM, line_dash=EM, dialogue=True)
ROMANCE = Habit(dash=EN, line_dash=EM, elides=True)
HABITS = {
    "en": ENGLISH,
    **dict.fromkeys(("de", "cs", "sk", "sl", "lt", "is", "hsb", "dsb"), LOW_HIGH),
    **dict.fromkeys(("pl", "hu", "ro", "hr", "bs", "et"), replace(LOW_CURLY, line_dash=EM)),
    **dict.fromkeys(("sv", "fi"), CURLY),
    **dict.fromkeys(("fr", "it", "br"), ROMANCE),
    "nl": Habit("\u2018", "\u2019", "\u201c", "\u201d"),
    "ca": replace(TIGHT, elides=True),
    **dict.fromkeys(("es", "pt", "gl", "eu"), TIGHT),
}
"""Every other language has the default: “ ” ‘ ’ and a spaced en dash."""
LETTERS = {
    "de": "äöüß",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "fr": "àâæçèéêëîïôœùûü",
    "it": "àèéìòù",
    "es": "áéíóúüñ¿¡",
    "pt": "àáâãçéêíóôõú",
    "ca": "àçèéíïòóúü·",
    "gl": "áéíóúñü",
    "sv": "åäöé",
    "da": "æøåé",
    "nb": "æøåé",
    "nn": "æøåé",
    "fi": "äöå",
    "et": "äöõüšž",
    "lv": "āčēģīķļņšūž",
    "lt": "ąčęėįšųūž",
    "is": "áðéíóúýþæö",
    "nl": "ëïéè",
    "tr": "çğıİöşüâî",
    "sq": "çë",
    "eo": "ĉĝĥĵŝŭ",
    "cy": "âêîôûŵŷ",
    "vi": "ăâđêôơưáàảãạéèíìóòúùý",
}
THAI = re.compile("[\u0e01-\u0e5b]+")
REMAINS = "\u0e23-\u0e25"
"""What C3, C4 and C5 look like, with which the letters of Latin alphabets begin."""
LETTER = "[^\\W\\d_\u0e01-\u0e5b]"
SPELLED = re.compile(rf"(?<![\u0e01-\u0e5b])(?:{LETTER}|[{REMAINS}](?=[^\W\d_])){{2,}}[{REMAINS}]?(?![\u0e01-\u0e5b])")
"""A word, with what is left of its letters (`ร`, `ฤ`, `ล`)."""
SPACED = re.compile(r"(?<=(?<!\w)\w) (?=\w(?!\w))")
"""The space within a word that is s p a c e d."""
READ = 4_000
"""Code points of a text that tell its language."""
STRANGE = 7.5
"""Nats of a word that is not among a language's most frequent ones."""
LETTER_GAIN, LETTER_LOSS = 1.5, 1.0
"""Nats for each letter beyond ASCII that a language uses or does not."""
CLEAR = 8.0
"""Nats by which the best language must be ahead for the most frequent words to suffice."""
ASKED = 14
"""How many words are looked up in the lists where they don't suffice."""


@cached
def _remains(code: str) -> frozenset[str]:
    """What TIS-620 shows of the language's letters whose second byte it lacks: `ล` of ł, ń, ś."""
    pairs = [letter.encode() for letter in LETTERS.get(code, "") if not letter.isascii()]
    return frozenset(chr(pair[0] - 0xA1 + 0x0E01) for pair in pairs if len(pair) == 2 and pair[1] <= 0xA0)


@cached
def _gains() -> dict[str, dict[str, float]]:
    """Frequent word -> nats that it speaks for each language that has it, by its rank (Zipf 1949)."""
    from cleaner.models import words

    found: dict[str, dict[str, float]] = {}
    latin = _latin()
    for code, listed in words.frequent().items():
        for rank, word in enumerate(listed if code in latin else ()):
            found.setdefault(word, {})[code] = max(0.5, STRANGE - 2.5 - math.log(rank + 2))
    return found


@cached
def _latin() -> frozenset[str]:
    from cleaner.mojibake.words.lexicon import SCRIPTS

    return frozenset(SCRIPTS["latin"].split())


def habit_of(text: str) -> Habit:
    """The habit of the language that `text` is most likely in; English where nothing tells.

    What is left of garbled letters is no part of a word here: `โund` counts as "und".
    """
    code = _language(SPACED.sub("", text[:READ]))
    known = LETTERS.get(code, "")
    return replace(HABITS.get(code, Habit()), letters=known + known.upper())


def _language(text: str) -> str:
    plain = [word.lower() for word in SPELLED.findall(text)]
    whole = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", THAI.sub(" ", text))]
    scores = dict.fromkeys(_latin(), 0.0)
    gains = _gains()
    for word in whole:
        for code, gain in gains.get(word, {}).items():
            scores[code] += gain
    for sign, count in Counter(sign for sign in text.lower() if not sign.isascii()).items():
        if sign.isalpha() and not THAI.match(sign):
            for code in scores:
                scores[code] += count * (LETTER_GAIN if sign in LETTERS.get(code, "") else -LETTER_LOSS)
        elif "\u0e23" <= sign <= "\u0e28":  # C3 to C8: the first bytes of Latin letters
            for code in scores:
                scores[code] += count * (LETTER_GAIN if sign in _remains(code) else -LETTER_LOSS)
    # Of languages that fit alike, English is the likeliest.
    ranked = sorted(scores, key=lambda code: (-scores[code], code != "en", code))
    if scores[ranked[0]] < scores[ranked[1]] + CLEAR and plain:
        listed = _by_lists(plain)
        ranked = sorted(scores, key=lambda code: (listed.get(code, 1e9) - scores[code], code != "en", code))
    return ranked[0]


def _by_lists(plain: Sequence[str]) -> dict[str, float]:
    """Cost in nats of the longest of the words `plain`, some with gaps, in each language."""
    from cleaner.mojibake.words.lexicon import costs_by_language

    longest = sorted(set(plain), key=lambda word: (-len(word), word))[:ASKED]
    return costs_by_language("latin", [[_possible(sign) for sign in word] for word in longest])


@cached
def _possible(sign: str) -> str:
    """The small letters that `sign` can be: itself, or those whose first byte it shows."""
    if not THAI.match(sign):
        return sign
    first = ord(sign) - 0x0E01 + 0xA1
    return "".join(bytes([first, second]).decode().lower() for second in range(0x80, 0xA1))
