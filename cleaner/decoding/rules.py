"""Rules of decoding, for `cleaner explain` and the reference pages."""

from __future__ import annotations

RULES = {
    "ENC101": "bytes without a meaning in the document's encoding",
    "ENC201": "document in more than one encoding",
    "ENC301": "doubtful encoding",
    "ENC401": "file that is not in UTF-8",
    "ENC402": "declared encoding that is not the file's",
    "ENC901": "binary data, no text",
}

DETAILS = {
    "ENC101": "A run of bytes has no reading in the encoding of its surroundings: a character cut in half, a "
    "byte that was "
    "overwritten. The text shows one U+FFFD for the run, the bytes themselves stay in the encoding verdict, and "
    "`cleaner restore` gives them back. Nothing is guessed here.",
    "ENC201": "Some parts of the document are in another encoding than the others, as in logs and concatenated "
    "files: lines, runs of words inside a UTF-8 line, or stretches of UTF-16. Lines that are valid UTF-8 are read as UTF-8; "
    "the others are judged together and read in the legacy encoding that gives the best text. Lines of two legacy encodings "
    "are told apart where the letters of some would make no words in the encoding of the others. The verdict lists the byte "
    "span of each part with its codec.",
    "ENC301": "Two or more encodings give different texts that are about equally likely, as happens with short "
    "texts. The best one "
    "was taken; the verdict holds the others with their confidence. Name the encodings that your documents may be in "
    "with `--encodings cp1250,iso8859-2`, or run the whole folder at once, so that the neighbours help.",
    "ENC401": "The file is in a legacy encoding, or in UTF-16 or UTF-32. `cleaner utf8` writes it in UTF-8 where the verdict is "
    "sure (confidence 0.95, `--min-confidence`) and no byte is without a meaning; else it says why not. The other commands "
    "leave the encoding of a file as it is.",
    "ENC402": "An XML, HTML, CSS, Python, gettext or LaTeX file, or one with a first line for Emacs, says that it is in one "
    "encoding and is in another: after a conversion, or because the line was copied. `cleaner utf8` corrects the name. A file "
    "that says it in another way, as e-mails do, is not converted. Files of ASCII alone are right under most names, and stay.",
    "ENC901": "The file begins like a known binary format, or holds control bytes that no text has. It is not copied: "
    "rejected.jsonl lists it with its size and SHA-256.",
}
