"""Rules of language identification, for `cleaner explain`; a verdict changes nothing, so there are findings only."""

from __future__ import annotations

RULES = {"LNG101": "doubtful language"}

DETAILS = {
    "LNG101": "No language is clearly more likely than the others: the text is short, or in close languages "
    "such as Croatian and Bosnian. "
    "The verdict lists the candidates with their confidence, the group where one can't be told apart, and what "
    "langdetect "
    "says. Name the languages that your documents may be in with `--languages en,ru`: that helps more than anything else.",
}
