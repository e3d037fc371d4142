"""Names that are pinyin, in Chinese texts: Wukong is 悟空 where the text has these syllables, and Sun is 孙 before it.

Syllables alone say little, since many words share them. So a name that is also a frequent word of Chinese (北京, 天天)
counts only after a surname; and a surname with a given name of one character (刘备) counts only where one document names
both, Liu and Bei.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from cleaner.arrays import Array, found_in, without_repeats
from cleaner.memory import cached
from cleaner.models import words
from cleaner.models.pinyin import pinyin, syllable_numbers
from cleaner.overlap.names.spellings import MOST_SYLLABLES, Syllables, syllables_of

SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻"
    "余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文樊兰蘭殷施陶洪翟安颜顏倪严嚴"
    "牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤毕畢聂聶柴焦向柳邢岳齐齊沙梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜路詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈"
    "鲍鮑位霍翁隋植景包司柏宁寧柯桂闵閔解强強华華车車冉房边邊花猪豬鳳凤虞慕上令诸諸"
)
"""Surnames, simplified and traditional, the most frequent first; and those of heroes of tales."""
NO_STRANGERS = frozenset("于上左边邊时時方成向位万萬易段解令花白强強项項平和包")
"""Surnames that are frequent words too: no unknown name is taken to follow them."""
OTHERWISE = {"曾": "zeng", "单": "shan", "單": "shan", "解": "xie", "查": "zha", "翟": "zhai"}
"""Surnames that are read otherwise than the character mostly is."""

STRANGER = re.compile(f"[{''.join(sorted(SURNAMES - NO_STRANGERS))}](?=[^ ][^ ])")
BITS = 9
"""Bits of a syllable's number."""

Name = tuple[str, tuple[str, ...]]
"""As it is written, and the keys of the names for which it may stand."""


class PinyinNames:
    """Names of documents that are pinyin, ready to be looked for."""

    def __init__(self, names: Sequence[str], keys: Sequence[str], holders: Iterable[tuple[int, Array]]) -> None:
        """`keys`: that of each of `names`; `holders`: places in `names`, and the numbers of the documents that have the name."""
        own: dict[int, set[str]] = defaultdict(set)
        held: dict[int, list[Array]] = defaultdict(list)
        for place, documents in holders:
            for syllables in syllables_of(names[place]):
                name = _joined(syllables)
                own[name].add(keys[place])
                held[name].append(documents)
        self._keys = {name: tuple(sorted(found)) for name, found in own.items()}
        self._holders = {name: without_repeats(np.sort(np.concatenate(found))) for name, found in held.items()}
        known = np.array(sorted(own), np.int64)
        self._twos, self._singles = _table(), _table()
        self._twos[known[known >= 1 << BITS]] = True
        singles = known[known < 1 << BITS]
        self._singles[np.add.outer(singles << BITS, singles)] = True

    def take(self, han: str) -> tuple[Counter[Name], str]:
        """How often each name stands in `han`, with the keys of the names that it is; and `han` with a space in place of these."""
        found: Counter[Name] = Counter()
        if not self._keys:
            return found, han
        known, rest = _words(), list(han)

        def count(start: int, heard: int) -> None:
            end = start + _size(heard)
            found[han[start:end], self._keys[heard]] += 1
            rest[start:end] = " " * (end - start)

        for at, name, after in self._places(han):
            if rest[at] == " ":
                continue
            if name:
                end = at + _size(name)
                surname = self._surname(han[at - 1], name) if at and rest[at - 1] != " " else 0
                if surname:
                    count(at - 1, surname)
                given = han[at] in SURNAMES and self._together(name, after)  # 诸葛 亮
                if given:
                    count(end, after)
                if surname or given or han[at:end] not in known:
                    count(at, name)
            elif (surname := self._surname(han[at], after)) and han[at : at + 2] not in known:
                found[han[at : at + 2], (*self._keys[after], *self._keys[surname])] += 1
                rest[at : at + 2] = "  "
        return found, "".join(rest)

    def _places(self, han: str) -> Iterator[tuple[int, int, int]]:
        """Places where a name may begin; the name of two syllables there, or 0; and the syllable after it.

        Either there are two syllables that begin a name, or a surname and a syllable that is a name by itself.
        """
        codes = np.frombuffer(han.encode("utf-16-le"), "<u2")
        numbers = np.zeros(len(codes) + MOST_SYLLABLES, np.int64)
        numbers[: len(codes)] = syllable_numbers()[codes]
        pairs = numbers[:-1] << BITS | numbers[1:]
        begun = pairs[: max(0, len(codes) - 1)]
        places = np.flatnonzero(self._twos[begun] | (_are_surnames()[codes[:-1]] & self._singles[begun]))
        two = pairs[places]
        names = np.where(self._twos[two], two, 0)
        after = numbers[places + np.where(names > 0, 2, 1)]
        yield from zip(places.tolist(), names.tolist(), after.tolist(), strict=True)

    @staticmethod
    def strangers(han: str) -> Counter[str]:
        """Names in `han` that no document has: a surname and one or two characters that don't form a word."""
        known = _words()
        found: Counter[str] = Counter()
        for match in STRANGER.finditer(han):
            at = match.start()
            given = han[at + 1 : at + 3]
            if (
                given in known
                or han[at : at + 2] in known
                or han[at - 1 : at + 1] in known
                or han[at + 2 : at + 4] in known
            ):
                continue
            name = han[at : at + 3]
            if name not in known:
                found[name] += 1
        return found

    def _surname(self, char: str, given: int) -> int:
        """The surname `char`, if one document has it and the name `given` that stands behind it; else 0."""
        surname = _surnames().get(char, 0)
        return surname if self._together(surname, given) else 0

    def _together(self, one: int, other: int) -> bool:
        return one in self._keys and other in self._keys and _meet(self._holders[one], self._holders[other])


def _joined(syllables: Syllables) -> int:
    """The numbers of a name's syllables as one number."""
    name = 0
    for syllable in syllables:
        name = name << BITS | _numbers()[syllable]
    return name


def _size(name: int) -> int:
    """Of how many syllables this number is."""
    return 1 + (name >= 1 << BITS)


@cached
def _numbers() -> dict[str, int]:
    """Syllable -> its number, as `syllable_numbers` has it."""
    return {syllable: number for number, syllable in enumerate(sorted(pinyin().pieces), 1)}


def _meet(one: Array, other: Array) -> bool:
    """Whether two sorted arrays, which are not empty, have a number in common."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return bool(found_in(large, small)[1].any())


@cached
def _surnames() -> dict[str, int]:
    """Surname -> the number of the syllable as which it is read."""
    return {char: _numbers()[OTHERWISE.get(char, pinyin().syllables[char])] for char in SURNAMES}


@cached
def _are_surnames() -> Array:
    """Code point -> whether it is a surname."""
    surnames: Array = np.zeros(1 << 16, bool)
    surnames[[ord(char) for char in SURNAMES]] = True
    return surnames


def _table() -> Array:
    """For the numbers of two syllables, joined."""
    return np.zeros(1 << 2 * BITS, bool)


@cached
def _words() -> frozenset[str]:
    """The frequent words of Chinese of two characters and three."""
    held = words.load(("zh",))
    return frozenset(chain.from_iterable(held.texts(size, range(len(held.steps[size - 1]))) for size in (2, 3)))
