"""UTF-8 with a few bytes that are not: damaged, cut off, or lines and runs in a legacy encoding.

Line by line: a valid line is UTF-8. In an invalid line with UTF-8 sequences, bytes outside them are damage or a run of
a legacy encoding; an invalid line without sequences is in a legacy encoding. All legacy lines are judged together. The
result is believed only where the lines that hold sequences read better as UTF-8 than in any legacy encoding.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

from cleaner.arrays import Array
from cleaner.decoding.context import EncodingContext
from cleaner.decoding.halves import damage_costs
from cleaner.decoding.legacy import rank_with_utf8, utf8_before
from cleaner.decoding.pages import costs_in_utf8, dearest, language_costs, markup_as_spaces
from cleaner.decoding.reading import REPLACEMENT, Piece, Reading, strict
from cleaner.decoding.sampling import first_foreign_from, sample_of
from cleaner.decoding.statistics import TEMPER
from cleaner.decoding.words import HIGH, PLAIN, WORD, foreign_words

LARGE, PLACES = 1 << 18, 24
"""Bytes from which a sample of so many places decides whether a file may be UTF-8 with accidents."""
BLOCK = 1 << 20
"""Bytes that are tried at once."""
LONG = 2000
"""Bytes of a line before and after a bad byte that are judged with it: with 500 one broken file more is read wrongly."""
SEQUENCE = re.compile(
    rb"[\xc2-\xf4][\x80-\xbf](?:(?<=[\xc2-\xdf].)|(?<=[\xe0-\xef].)[\x80-\xbf]|(?<=[\xf0-\xf4].)[\x80-\xbf]{2})",
    re.DOTALL,
)
"""A UTF-8 sequence. The pattern begins with one class of bytes, which is found five times as fast as three."""
SURROGATES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""A character above U+FFFF as CESU-8 writes it: two surrogates of three bytes each."""
LONE_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""A single surrogate, as programs write that cut a text in UTF-16: it means nothing, but has the form of UTF-8."""
OVERLONG = re.compile(rb"\xc0[\x80-\xbf]|\xc1[\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]")
"""A character written with more bytes than it needs, as old Java writes NUL."""
CUT = re.compile(rb"(?<![A-Za-z\x80-\xff])(?:[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2})(?![A-Za-z\x80-\xff])")
"""A character that was cut off, with nothing like a letter beside it: half an emoji, a dash without its last byte. In
legacy pages these bytes are a letter and a sign, or two letters, and hardly ever stand alone: of 409 put into sentences
of 59 languages 308 were read as such letters without this, none with it, and no file of 5,400 in legacy pages is read
otherwise."""
CUT_SIGN = re.compile(rb"\xe2[\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]?")
"""Such a character in a text that is otherwise ASCII: an emoji, or a sign of the blocks from U+2000 on."""
HOPELESS = 12
"""Lone bytes for each sequence from which a text is not considered as UTF-8."""
JUDGED = 3000
"""Bytes of lines with sequences that are compared with legacy encodings."""
CERTAIN = 8
"""Sequences for each lone byte from which a text is UTF-8 without comparison: no legacy text has so many by chance."""
CHANGE = 3.0
"""Nats for each change between UTF-8 and a legacy encoding from one line to the next: with 8, 8 % of mixed files are read wrongly,
with 1 none (this and the other constants varied: benchmarks/results/mojibake.md)."""
EACH = 40
"""Broken lines up to which each is judged on its own."""
RUNS = 60
"""Most words that are tested for being runs of a legacy encoding."""
FIRST = 1.3
"""How many times more than `halves` says damaged bytes cost where nothing else is damaged, beside lines that may be in a legacy
encoding."""
DEAR = 9.2
"""Most nats that a character of such a word may cost in the language of its surroundings: its letters and common signs
cost less."""
LEAD = 5.0
"""Nats by which lines that hold sequences must read better as UTF-8. With none 11 more of 17,000 legacy texts of all kinds
were UTF-8, two Chinese characters in which two bytes look like a letter of it; of 7,500 in UTF-8 with accidents one more
was right."""


def read_tolerant(data: bytes, context: EncodingContext | None) -> Reading | None:
    """A reading of `data`, which is not valid UTF-8, as mostly UTF-8; None where that is not the likeliest."""
    if _is_one_cut(data):
        return _reading(_broken_word(data), 0, 1, None, math.inf)
    if len(data) > LARGE:
        if read_tolerant(_sample(data), context) is None:
            return None
    elif not SEQUENCE.search(data):
        return None
    lines, kinds, sequences, lone = _runs_of(data)
    if "utf-8" not in kinds and (lone > HOPELESS * sequences or kinds.count("legacy") > kinds.count("broken")):
        return None  # sequences in broken lines alone are too weak a sign where more lines have none
    damaged = damage_costs(sample_of(data), _held(lines, kinds))
    codec = _codec_of(lines, kinds, context, damaged) if "legacy" in kinds else None
    lead = math.inf if lone * CERTAIN <= sequences else _lead(lines, kinds, codec, damaged)
    if lead <= 0:
        return None
    page, runs = _runs_in(_of_kind(lines, kinds, "broken"), codec, damaged)
    pieces: list[Piece] = []
    for line, kind in zip(lines, kinds, strict=True):
        if kind in ("ascii", "utf-8"):
            pieces.append(Piece(len(line), line.decode("utf-8"), "utf-8"))
        elif kind == "legacy" and codec is not None and (text := strict(line, codec)) is not None:
            pieces.append(Piece(len(line), text, codec))
        else:
            pieces += _broken_line(line, codec or page, runs)
    return _reading(pieces, kinds.count("legacy") if codec else 0, kinds.count("broken"), codec or page, lead)


def _is_one_cut(data: bytes) -> bool:
    """Whether `data` is ASCII but for one UTF-8 character that was cut off."""
    return CUT_SIGN.fullmatch(data.translate(None, PLAIN)) is not None and CUT.search(data) is not None


def _codec_of(lines: list[bytes], kinds: list[str], context: EncodingContext | None, damaged: Array) -> str | None:
    """The encoding of the legacy lines; None where they are damaged UTF-8.

    Changes `kinds`: broken lines that read better in that encoding become legacy ones.
    """
    legacy = b"".join(_of_kind(lines, kinds, "legacy"))
    codec = rank_with_utf8(legacy, context, damaged * (1.0 if "broken" in kinds else FIRST))[0].codec
    if codec == "utf-8":
        return None
    own = EncodingContext(((codec, kinds.count("legacy")),))
    broken = b"".join(_of_kind(lines, kinds, "broken"))
    if kinds.count("broken") > EACH and rank_with_utf8(broken[:JUDGED], own, damaged)[0].codec == "utf-8":
        return codec
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if (
            kind == "broken"
            and strict(line, codec) is not None
            and rank_with_utf8(line, own, damaged)[0].codec == codec
        ):
            kinds[number] = "legacy"
    return codec


def _held(lines: list[bytes], kinds: list[str]) -> bytes:
    """The bytes above 0x7F of the characters of `lines`, each once."""
    held: set[int] = set()
    for line in _of_kind(lines, kinds, "utf-8"):
        held.update(line[:BLOCK].translate(None, PLAIN))
    for line in _of_kind(lines, kinds, "broken"):
        held.update(b"".join((*SEQUENCE.findall(line), *CUT.findall(line))))
    return bytes(held)


def _of_kind(lines: list[bytes], kinds: list[str], *wanted: str) -> list[bytes]:
    return [line for line, kind in zip(lines, kinds, strict=True) if kind in wanted]


def _runs_in(lines: list[bytes], codec: str | None, damaged: Array) -> tuple[str | None, frozenset[bytes]]:
    """Words in broken `lines` that are in a legacy encoding, and which one: `codec`, or the likeliest for all of them.

    A word with few sequences is a run of that encoding where its reading is likelier than so many damaged bytes. Only
    one damaged byte in twenty gives a letter of the language by chance.
    """
    found = [word for line in lines for word in foreign_words(line) if _may_be_legacy(*_counted(word))]
    words = list(dict.fromkeys(word for word in found if not CUT.sub(b"", word).isascii()))[:RUNS]
    if not words:
        return None, frozenset()
    around = markup_as_spaces(b"".join(lines)[:JUDGED])
    languages, written = language_costs(around), costs_in_utf8(around)
    if codec is None:
        codec = rank_with_utf8(b" ".join(words), None, damaged, languages)[0].codec
        if codec == "utf-8":
            return None, frozenset()
    own = EncodingContext(((codec, RUNS),))
    found = []
    for word in words:
        scores = {row.codec: row.score for row in rank_with_utf8(word, own, damaged, languages)}
        text = strict(word, codec)
        likelier = codec in scores and scores[codec] > scores.get("utf-8", -999.0)
        if likelier and text is not None and "\u00a0" not in text and dearest(text, written) <= DEAR:
            found.append(word)
    return codec, frozenset(found)


def _lead(lines: list[bytes], kinds: list[str], codec: str | None, damaged: Array) -> float:
    """Nats by which the lines that hold sequences read better as UTF-8 than in a legacy encoding, that of the other lines
    where there are any, beyond `LEAD`; 0 and less where they are not UTF-8.

    Each change from one to the other costs: lines that look like UTF-8 by chance stand scattered among the others.
    """
    held = _of_kind(lines, kinds, "utf-8", "broken")
    size, judged = 0, []
    for line in held:
        judged.append(line[: line.find(b"\n", JUDGED) + 1 or len(line)])
        size += len(judged[-1])
        if size > JUDGED:
            break
    if not judged:
        return 0.0
    sample = b"".join(judged)
    own = EncodingContext(((codec, kinds.count("legacy")),)) if codec else None
    best, *others = rank_with_utf8(sample, own, damaged)
    if best.codec != "utf-8":
        return 0.0
    turns = [kind == "legacy" for kind in kinds if kind != "ascii"] if codec else []
    changes = sum(one != other for one, other in pairwise(turns)) * len(judged) / len(held)
    if changes == 0 or codec is None:
        return best.score - others[0].score - LEAD if others else math.inf
    # A third encoding would change from line to line as well.
    behind = [best.score - row.score for row in others if row.codec == codec]
    return (behind[0] if behind else utf8_before(sample, codec, damaged)) - CHANGE * changes - LEAD


def _reading(pieces: list[Piece], legacy: int, broken: int, codec: str | None, lead: float) -> Reading:
    """The verdict on `pieces`: so many `legacy` lines in `codec`, so many `broken` ones; `lead` is that of `_lead`."""
    by_codec: dict[str, int] = {}
    for piece in pieces:
        if piece.codec:
            by_codec[piece.codec] = by_codec.get(piece.codec, 0) + piece.length
    encoding = max(by_codec, key=lambda name: (by_codec[name], name)) if by_codec else "utf-8"
    evidence = []
    if legacy:
        evidence.append(f"lines that are no UTF-8 and read as {codec}: {legacy}")
    if broken:
        evidence.append(f"lines of UTF-8 with foreign or damaged bytes: {broken}")
    sure = min(0.97 if broken <= 3 and not legacy else 0.93, 1 / (1 + math.exp(-TEMPER * lead)))
    return Reading(encoding, sure, "mixed" if len(by_codec) > 1 else "utf8-broken", tuple(evidence), tuple(pieces))


def _sample(data: bytes) -> bytes:
    """Lines from all over a large file, near bytes above 0x7F."""
    parts = []
    each = LARGE // 8 // PLACES
    for number in range(PLACES):
        start = first_foreign_from(data, len(data) * number // PLACES)
        start = data.rfind(b"\n", max(0, start - each), start) + 1 or start
        end = data.find(b"\n", start + each, start + 2 * each) + 1 or start + each
        parts.append(data[start:end])
    return b"\n".join(dict.fromkeys(parts))


def _runs_of(data: bytes) -> tuple[list[bytes], list[str], int, int]:
    """`data` cut into invalid lines and the runs of valid lines between them, and the kind of each (`ascii`, `utf-8`,
    `broken`, `legacy`); then how many sequences and lone bytes there are.

    Valid runs are found at the speed of decoding. A line that is longer than `LONG` is cut at spaces.
    """
    runs: list[bytes] = []
    kinds: list[str] = []
    sequences = lone = at = 0
    view = memoryview(data)
    signs = (b"\n", b"\r") if b"\r" in data else (b"\n",)
    while at < len(data):
        try:
            str(view[at : at + BLOCK], "utf-8")
        except UnicodeDecodeError as error:
            bad = at + error.start
            if bad + 3 >= at + BLOCK and bad > at and at + BLOCK < len(data):
                start = end = bad  # only cut by the block's end
            else:
                start, end = _line_around(data, at, bad, signs)
        else:
            start = end = min(len(data), at + BLOCK)
        if start > at:
            run = data[at:start]
            plain = run.isascii()
            runs.append(run)
            kinds.append("ascii" if plain else "utf-8")
            if not plain:
                sequences += _counted(run)[0]
        if end > start:
            line = data[start:end]
            here, bare = _counted(line)
            if bare > here * 2 > 0:  # all bytes of a character that was cut off are one accident
                bare = _counted(CUT.sub(b"\xff", line))[1]
            runs.append(line)
            kinds.append("legacy" if _may_be_legacy(here, bare) and not (bare < 4 and _is_one_cut(line)) else "broken")
            sequences, lone = sequences + here, lone + bare
        at = end
    return runs, kinds, sequences, lone


def _may_be_legacy(sequences: int, lone: int) -> bool:
    """Whether bytes of a legacy encoding can look like so many UTF-8 sequences by chance, beside so many lone bytes."""
    return sequences * 2 < lone


def _line_around(data: bytes, low: int, bad: int, signs: tuple[bytes, ...]) -> tuple[int, int]:
    """Start and end of the line that holds the byte at `bad`, not before `low`; half-open, the line end included."""
    start, end = low, len(data)
    for sign in signs:
        start = max(start, data.rfind(sign, low, bad) + 1)
        found = data.find(sign, bad, end)
        end = found + 1 if found >= 0 else end
    if bad - start > LONG:
        start = max(start, data.rfind(b" ", bad - LONG, bad) + 1) if b" " in data[bad - LONG : bad] else bad
    if end - bad > LONG:
        found = data.rfind(b" ", bad, bad + LONG)
        end = found + 1 if found > bad else min(end, bad + LONG)
    return start, end


def _counted(data: bytes) -> tuple[int, int]:
    """How many UTF-8 sequences `data` has, and how many bytes above 0x7F are part of none."""
    if b"\xc0" not in data and not SEQUENCE.search(data):
        return 0, len(data) - len(data.translate(None, HIGH))
    if b"\xed" in data:
        data = LONE_SURROGATE.sub("\u20ac".encode(), SURROGATES.sub("\u20ac".encode(), data))  # any sequence will do
    if b"\xc0" in data:
        data = OVERLONG.sub("\u00e9".encode(), data)
    text = data.decode("utf-8", "ignore")
    return len(text) - len(data.translate(None, HIGH)), len(data) - len(text.encode("utf-8"))


def _broken_line(line: bytes, codec: str | None, runs: frozenset[bytes]) -> list[Piece]:
    """The pieces of a line that holds UTF-8 sequences and other bytes; the words `runs` are in `codec`."""
    pieces: list[Piece] = []
    # Words keep a legacy run whole: its letters stand between those that all encodings share.
    ends = [0, *(end for match in WORD.finditer(line) for end in match.span()), len(line)]
    for start, end in pairwise(ends):
        word = line[start:end]
        text = strict(word, "utf-8")
        if text is not None:
            pieces.append(Piece(len(word), text, "utf-8"))
        elif codec and word in runs and not _is_written_otherwise(word):
            pieces.append(Piece(len(word), word.decode(codec), codec))
        else:
            pieces += _broken_word(word)
    return pieces


def _is_written_otherwise(word: bytes) -> bool:
    """Whether `word` is UTF-8 but for overlong sequences and surrogates, which are likelier in a line of UTF-8 than a
    legacy run.
    """
    return strict(OVERLONG.sub(b"", SURROGATES.sub(b"", word)), "utf-8") is not None


def _broken_word(word: bytes) -> list[Piece]:
    """The pieces of bytes that are mostly UTF-8: overlong sequences and surrogate pairs are read, other bytes are damage."""
    pieces: list[Piece] = []
    at = 0
    while at < len(word):
        try:
            pieces.append(Piece(len(word) - at, word[at:].decode("utf-8"), "utf-8"))
            break
        except UnicodeDecodeError as error:
            if error.start:
                pieces.append(Piece(error.start, word[at : at + error.start].decode("utf-8"), "utf-8"))
            start = at + error.start
            pair, long = SURROGATES.match(word, start), OVERLONG.match(word, start)
            if pair:
                text = pair[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                pieces.append(Piece(6, text, "utf-8", pair[0]))
                at = start + 6
                continue
            if long:
                pieces.append(Piece(len(long[0]), chr(_meant(long[0])), "utf-8", long[0]))
                at = long.end()
                continue
            end = start + max(1, error.end - error.start)
            while end < len(word) and word[end] >= 0x80 and not SEQUENCE.match(word, end):
                end += 1
            pieces.append(Piece(end - start, REPLACEMENT, None, word[start:end]))
            at = end
    return pieces


def _meant(long: bytes) -> int:
    """The code point of an overlong sequence."""
    code = long[0] & (0x1F if len(long) == 2 else 0x0F)
    for byte in long[1:]:
        code = code << 6 | byte & 0x3F
    return code
