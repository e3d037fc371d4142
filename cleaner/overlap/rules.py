"""Rules of overlap, for `cleaner explain` and the reference pages. They name what relations.jsonl holds."""

from __future__ import annotations

RULES = {
    "DUP101": "exact copy",
    "DUP201": "near-duplicate",
    "DUP301": "contained text",
    "DUP401": "telling of the same story",
    "DUP402": "related text",
    "DUP501": "passage of the same text",
    "DUP502": "passage about the same event",
    "DUP503": "boilerplate",
}

DETAILS = {
    "DUP101": "Relation `exact`: two documents have the same bytes, or the same text but for spaces and the "
    "form of accents. Such a pair "
    "has no other relation. `--overlap keep-best` keeps one.",
    "DUP201": "Relation `near`: half or more of all word 5-grams of two documents are shared (Jaccard of 0.5 "
    "and more, the score; short "
    "texts by 3-grams). Candidates come from sketches, every pair is verified exactly. Letters that garbling "
    "touches are ignored "
    "in a second comparison, so that garbled copies are found as well. Tags, scripts and comments of HTML and XML, and "
    "headers of mails, are no words. `--overlap keep-best` keeps one.",
    "DUP301": "Relation `contained`: four fifths or more of the word 5-grams of the smaller document stand in "
    "the other one. `direction` "
    "names the document that is contained. `--overlap keep-best` keeps the fuller one.",
    "DUP401": "Relation `story`: two documents share so many rare names and, in one language, so many rare "
    "words that they tell one story; "
    "across scripts names are compared by how they sound. The shared names are the evidence. With fewer than "
    "three shared names and rare words there is no verdict, unless most documents that are a story with either are "
    "one with both; then the evidence names one of these. Lists, tables, data and code tell no story: they are related at the "
    "most, and so are two texts with two numbers each and none in common. `--overlap one-per-story` keeps one; no policy "
    "runs unasked.",
    "DUP402": "Relation `related`: two documents share people or places, but not enough of them to tell one "
    "story: sequels, other works of "
    "the same people. Nothing is ever left out for it.",
    "DUP501": "Passage `same_text`: the same sentences stand in both documents, with their places in each.",
    "DUP502": "Passage `same_event` and `same_people`: two sentences of two tellings share rare words and names that "
    "stand close together, where the order of events allows it, and no other sentence fits better; a third telling of "
    "the story can confirm it. The shared words are the evidence. Names of actors in parentheses do not count. Two "
    "sentences that share names only are about the same people.",
    "DUP503": "Passage `boilerplate`: a line that stands in five documents and more (copies counted once) is a heading, "
    "a notice or a licence. It is named as such where two documents share it, and "
    "`find_duplicates(...).boilerplate` lists the lines with their documents. Nothing is left out for it.",
}
