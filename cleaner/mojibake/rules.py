"""Rules of repair, for `cleaner explain` and the reference pages."""

from __future__ import annotations

RULES = {
    "MOJ101": "UTF-8 that was read as another encoding",
    "MOJ102": "single-byte encoding that was read as another",
    "MOJ103": "Chinese, Japanese or Korean text read in the wrong encoding",
    "MOJ104": "several accidents, one over the other",
    "MOJ201": "UTF-8 read as a page that lost some of its bytes",
    "MOJ202": "quotes and dashes lost in a Thai code page",
    "MOJ203": "no-break space of which a byte was lost",
    "MOJ204": "garbled text whose case was changed afterwards",
    "MOJ205": "Chinese, Japanese or Korean page that lost some bytes",
    "MOJ301": "sign of lost or garbled text",
    "MOJ302": "text that looks garbled, for which no repair is sure enough",
}

_HOW = (
    "Of all texts that some accident turns into what is seen, the most likely one under a character model of many "
    "languages is taken, less a cost for each step; below a margin the text is left as it is."
)
DETAILS = {
    "MOJ101": "Text in UTF-8 was read as windows-1252, Thai, Cyrillic or another page: `cafÃ©` for `café`. "
    + _HOW
    + "\n\nThe repair is exact: writing the result in UTF-8 and reading it in the wrong page gives what stood there.",
    "MOJ102": "Text in one code page was read in another: `Ïðèâåò` for `Привет`, `Thιβtre` for `Théâtre`. "
    + _HOW
    + "\n\nOne word seldom has enough evidence; more of the line, or the same accident elsewhere in the folder, gives it.",
    "MOJ103": "Text in Shift JIS, GBK, Big5, EUC-KR or EUC-JP was read in another encoding, or UTF-8 in one of them. "
    + _HOW,
    "MOJ104": "The text went through two or three accidents, one after the other. They are undone from the last to the "
    "first. " + _HOW,
    "MOJ201": "Text in UTF-8 was read in a page that has no character for some bytes; these were dropped, or became `?`, "
    "a space or U+FFFD. In lines that hold whole sequences of the same accident the gaps are filled with bytes that this "
    "page can lose, as the character model likes best between the neighbours.\n\nThe repair is inferred: it carries its "
    "alternatives and a confidence, and `--level exact` leaves it out.",
    "MOJ202": "Text in UTF-8 was read as TIS-620, ISO-8859-11 or cp874, and the undefined bytes were dropped. Of ’ “ ” – "
    "— only `โ` is left in the first two, so `band’s` became `bandโs`. cp874 keeps more: `โ€` for the quotes, and all of – "
    "and —, which are exact (MOJ101). Which mark it was is told from its place, with a stack of open quotes and the habit "
    "of the language.\n\nThe repair is inferred: it carries its alternatives and a confidence, and `--level exact` leaves "
    "it out. Text that holds Thai words is left alone.",
    "MOJ203": "The no-break space is C2 A0 in UTF-8. Where A0 was dropped, stripped or turned into a space, only the "
    "character for C2 is left. Where a space follows, it can't be known whether that space was the A0 itself: both "
    "readings stand in the alternatives. Profile `corpus` turns either into one space.",
    "MOJ204": "Text in UTF-8 was read as another page, and its letters were changed to small ones or to capitals after "
    "that: `cafã©` for `café`. Of the two letters that the change makes one, that is taken which stands for a byte of a "
    "valid sequence. The result is in the same case, because the whole text was.\n\nThe repair is inferred: a line of "
    "small letters alone can have been written so. `--level exact` leaves it out.",
    "MOJ205": "Text was read in a Chinese, Japanese or Korean page that has no character for some of its bytes; each of "
    "these became U+FFFD. The other characters give their bytes back, and what was written is read over them; the gaps are "
    "filled with what the character model and the word lists like best.\n\nThe repair is inferred: it carries its "
    "alternatives and a confidence, and `--level exact` leaves it out. Lines with more than two gaps for each whole "
    "sequence are left.",
    "MOJ301": "A U+FFFD, or a control character of the range U+0080 to U+009F, stands for something that was lost or "
    "garbled, and no repair is likely enough. It is left as it is.",
    "MOJ302": "An accident would explain what stands here, but too little speaks for what it would give: the result is "
    "no text that can have been written, no known word is in it, or changes as unsure have been wrong nine times of ten. "
    "It is left as it is. The best guess stands in the finding, with the chain that leads to it. In text that is none, "
    "such as rows of random letters, most lines are not searched once many were in vain: one finding says how many.",
}
