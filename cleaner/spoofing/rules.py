"""Rules of spoofing, for `cleaner explain` and the reference pages."""

from __future__ import annotations

RULES = {
    "TXT801": "bidirectional control that reorders what is shown",
    "TXT802": "bidirectional control, paired",
    "TXT803": "word of look-alike letters from two scripts",
    "TXT804": "character inside a word that nobody sees",
}

_ASKED = "Off unless asked for: `--select TXT8`, or the hook `cleaner-bidi`. Reported, never changed."
DETAILS = {
    "TXT801": "An override (LRO, RLO), or an embedding or isolate that is not closed in its line, makes an editor show source "
    "code in another order than the compiler reads it (“Trojan Source”, CVE-2021-42574). " + _ASKED,
    "TXT802": "An embedding or isolate that is opened and closed in one line. Prose that mixes directions needs them; source "
    "code seldom does. Leave them out with `--ignore TXT802`. " + _ASKED,
    "TXT803": "`pаypal` with a Cyrillic а: a word holds letters of Latin and of Cyrillic, Greek or Armenian, and all letters of "
    "the one script look like letters of the other. Words whose letters can be told apart (`3D-печать`, `β-carotene`) are "
    "not reported. " + _ASKED,
    "TXT804": "A soft hyphen, zero-width space, word joiner or byte-order mark between letters, a Hangul filler, or a tag "
    "character: two names that look the same are not. ZWJ, ZWNJ and direction marks are no part of this; Thai, Lao, Khmer "
    "and Burmese may mark words by zero-width spaces. " + _ASKED,
}
