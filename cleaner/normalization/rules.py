"""Rules of normalisation, for `cleaner explain` and the reference pages."""

from __future__ import annotations

RULES = {
    "TXT101": "text that is not in Unicode form NFC",
    "TXT102": "line end of another system",
    "TXT103": "control characters",
    "TXT104": "byte-order mark inside the text",
    "TXT105": "spaces at line ends",
    "TXT106": "runs of blank lines",
    "TXT201": "no-break and odd spaces",
    "TXT202": "blank lines before the text",
    "TXT203": "indented paragraph",
    "TXT204": "doubled space",
    "TXT301": "citation mark",
    "TXT302": "gap before a stop",
    "TXT303": "doubled stop",
    "TXT304": "word broken at a line end",
    "TXT305": "boilerplate, removed",
    "TXT901": "missing space after a stop",
    "TXT902": "boilerplate, marked",
}

_TEXT = "Part of profile `text` and of `corpus`; `--profile encoding` leaves it out."
_CORPUS = "Part of profile `corpus` only."
DETAILS = {
    "TXT101": "One letter can be written as one code point or as a letter with marks behind it. Runs that are "
    "not in the composed form "
    "NFC are composed; compatibility forms (ligatures, full width) are never folded. " + _TEXT,
    "TXT102": "CR LF and CR become LF. The source keeps its own line ends: `cleaner restore` gives them back. " + _TEXT,
    "TXT103": "Control characters of the range U+0000 to U+001F and U+007F, other than tab and line feed, are "
    "removed, with what belongs to an escape of a terminal (the `[31m` of a colour). Joiners, "
    "zero-width spaces and direction marks stay: Persian, Indic scripts, Khmer, Thai and emoji need them. " + _TEXT,
    "TXT104": "U+FEFF inside a text is what is left of files that were joined. It is removed. " + _TEXT,
    "TXT105": "Spaces and tabs before a line end are removed. In Markdown, two spaces that break a line stay. A "
    "no-break space is no "
    "such space. " + _TEXT,
    "TXT106": "Two and more blank lines in a row become one. " + _TEXT,
    "TXT201": "No-break, thin, figure and other odd spaces become plain ones. Before ; : ! ? » % and after « "
    "they stay, because "
    "French sets them there; the ideographic space stays in Chinese, Japanese and Korean text. " + _CORPUS,
    "TXT202": "Blank lines before the first line of text are removed. " + _CORPUS,
    "TXT203": "One to three spaces before a paragraph are removed. Lines indented alike, lists, quotations and "
    "code stay. " + _CORPUS,
    "TXT204": "Two or three spaces between words become one. Lines whose gaps line up with those of a neighbour "
    "are tables, and stay; so do lines with signs that frames and trees are drawn with. " + _CORPUS,
    "TXT301": "Marks such as [2], [note 1] or [citation needed] behind a word or stop are removed. A number in "
    "brackets elsewhere "
    "stays. " + _CORPUS,
    "TXT302": "`producer .`: where a parenthesis was cut out of a sentence, its spaces stayed. The gap before "
    "the comma or full stop is "
    "removed. French spacing before ; : ! ? stays, and so do texts with spaced ellipses. " + _CORPUS,
    "TXT303": "`before. .`: the stop of a sentence and the one behind something cut out. One is kept. " + _CORPUS,
    "TXT304": "`docu-` at a line end and `ment` on the next line are joined, where the document has `document` "
    "elsewhere. Without that "
    "evidence the hyphen may belong there, and stays. " + _CORPUS,
    "TXT305": "With `--drop-boilerplate`, lines at the ends of a document that TXT902 marks are removed. " + _CORPUS,
    "TXT901": "`house.She`: a space may be missing, or it may be a name or an address. Reported, never changed. "
    + _CORPUS,
    "TXT902": "Lines near the beginning or the end that are about the page: promotion, sharing, subscriptions, "
    "cookies, copyright. "
    "Marked with their span; `--drop-boilerplate` removes them. " + _CORPUS,
}
