"""Names in Chinese texts: which are found, and what must not be taken for a name."""

import numpy as np
import pytest

import cleaner
from cleaner.models.pinyin import pinyin
from cleaner.overlap.names.chinese import Known, han_of
from cleaner.overlap.names.pinyin_names import SURNAMES
from cleaner.overlap.names.spellings import pinyin_among
from cleaner.overlap.words.name_keys import bare_sounds, name_keys
from cleaner.overlap.words.scripts import script_of
from tests.overlap import profile_of

NAMES = [
    *("Harry", "Potter", "Ron", "Weasley", "Luke", "Leia", "Elizabeth", "Darcy", "Collins", "Hamlet", "Ophelia", "Gertrude"),
    *("Sun", "Wukong", "Lin", "Daiyu", "Beijing", "Tiantian", "Liu", "Bei", "Zhang", "Fei", "Zhuge", "Liang", "Kovalenko"),
    *("Шеннон", "Каренина", "タトゥイーン"),
]  # fmt: skip


def known(names, *, apart=False):
    holders = [(place, np.array([apart * place])) for place in pinyin_among(names)]
    return Known(names, name_keys(names), bare_sounds(names).split("\n"), holders)


def names_in(text, names, **options):
    (found,) = known(names, **options).names_in([han_of(text)])
    return found


def heard(text, names=NAMES):
    """Written in Han -> the names for which it may stand."""
    keys = dict(zip(names, name_keys(names), strict=True))
    back = {}
    for name, key in keys.items():
        back.setdefault(key, name)
    found = names_in(text, names)
    return {one.written: [back[key] for key in one.keys] for one in found if one.keys[0] in back}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "我们明天早上去市场买东西，因为家里没有米了。",
        "雨下了一整夜，河水漫过了石桥，村里的人都睡不着。",
        "委員會認為，這項計畫應該在年底以前完成，經費由地方負擔。",
        "他在北京住了三年，天天去图书馆看书。",
    ],
)
def test_plain_sentences_hold_no_names(text):
    assert heard(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "東京の図書館で古い地図を見つけた。",
        "The film is known as 西遊記 in the East, and nobody there calls it otherwise.",
        "만화에서 孫悟空은 강하다",
        "",
    ],
)
def test_other_texts_are_not_read_as_chinese(text):
    assert profile_of(text).han == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "哈利·波特遇见了罗恩·韦斯莱。",
            {"哈利": ["Harry"], "波特": ["Potter"], "罗恩": ["Ron"], "韦斯莱": ["Weasley"]},
        ),
        ("卢克终于找到了莱娅。", {"卢克": ["Luke"], "莱娅": ["Leia"]}),
        ("盧克終於找到了萊婭。", {"盧克": ["Luke"], "萊婭": ["Leia"]}),
        ("伊丽莎白拒绝了柯林斯，也拒绝了达西。", {"伊丽莎白": ["Elizabeth"], "柯林斯": ["Collins"], "达西": ["Darcy"]}),
        ("孙悟空说，悟空去也！", {"孙": ["Sun"], "悟空": ["Wukong"]}),
        ("林黛玉病了。", {"林": ["Lin"], "黛玉": ["Daiyu"]}),
        (
            "刘备请出诸葛亮，张飞不服。",
            {"刘备": ["Bei", "Liu"], "诸葛": ["Zhuge"], "亮": ["Liang"], "张飞": ["Fei", "Zhang"]},
        ),
        ("科瓦伦科同卡列宁告别。", {"科瓦伦科": ["Kovalenko"], "卡列宁": ["Каренина"]}),
        ("林天天在唱歌，天天很高兴。", {"林": ["Lin"], "天天": ["Tiantian"]}),
    ],
)
def test_names_are_found(text, names):
    assert heard(text) == names


def test_a_name_of_one_character_needs_a_document_with_both():
    text = "他见到刘备就走了"
    assert [one.keys for one in names_in(text, ["Liu", "Bei"])] == [tuple(name_keys(["Bei", "Liu"]))]
    keys = name_keys(["Liu", "Bei"])
    assert all(one.keys[0] not in keys for one in names_in(text, ["Liu", "Bei"], apart=True))


def test_the_order_of_names_does_not_matter():
    text = "孙悟空和哈利·波特在维德家遇见伊丽莎白。"
    assert names_in(text, NAMES) == names_in(text, NAMES[::-1])


def test_a_run_without_end_is_cut():
    found = names_in("卡利" * 500, ["Kali"])
    assert sum(len(one.written) * one.times for one in found) <= 1000


def test_surnames_are_in_the_table():
    assert pinyin().syllables.keys() >= SURNAMES


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("孙悟空大闹天宫", "han"),
        ("東京の図書館", "30"),
        ("カタカナ", "30"),
        ("李明 in Rome and Paris", "latin"),
        ("만화에서 孫悟空은", "ac"),
    ],
)
def test_script(text, script):
    assert script_of(text) == script


CHINESE = (
    "玛尔塔·科瓦伦科离开布里克斯顿，去找安东·马尔科夫。船上她遇见船长费迪南德·马克西姆斯，他认识蝙蝠侠。"
    "科瓦伦科和马克西姆斯到了科斯特罗马，马尔科夫就躲在那里。"
)
ENGLISH = (
    "Marta Kovalenko leaves Brixton to find Anton Markov. On the ferry she meets Captain Ferdinand Maximus, who knows "
    "Batman. Marta and Ferdinand cross to Kostroma, where Anton Markov hides from Batman."
)
JAPANESE = "大統領は京都を訪問し、寺院と庭園を見学した。翌日、大阪で会談を行った。"


def pairs(**texts):
    found = cleaner.find_duplicates(texts, ("story", "related"), passages=False).pairs
    return {(one.a, one.b): one for one in found}


def test_one_name_of_two_words_is_no_story():
    assert not pairs(
        a="侦探夏洛克·福尔摩斯在伦敦住了很多年，从不出门。", b="The clerk Sherlock Holmes was never late in Leeds."
    )


def test_kanji_are_no_pinyin():
    assert not pairs(a=JAPANESE, b="Da Tong and Jing Du visited Da Ban; Tong and Jing saw Si Yuan there with Hui Tan.")


@pytest.mark.parametrize("other", ["", "孙悟空大闹天宫。", "12 34", "a b c", "\ud800"])
def test_texts_without_names_elsewhere(other):
    assert not pairs(a=CHINESE, b=other)


def test_a_story_in_chinese():
    (pair,) = pairs(a=ENGLISH, b=CHINESE).values()
    assert pair.relation == "story"
    assert {"Kovalenko = 科瓦伦科", "Markov = 马尔科夫", "Kostroma = 科斯特罗马"} <= set(pair.evidence)


def test_two_ways_of_writing_are_one_language():
    one = "盧克和萊婭離開塔圖因，達斯維德追趕他們，索羅來了。" * 2
    other = "卢克和莱娅离开塔图因，达斯维德追赶他们，索罗来了。" * 2
    first, second = names_in(one, NAMES), names_in(other, NAMES)
    assert sorted((name.keys, name.times) for name in first) == sorted((name.keys, name.times) for name in second)


def test_the_order_of_documents_does_not_matter():
    texts = {"a": ENGLISH, "b": CHINESE, "c": JAPANESE, "d": "林黛玉病了，贾宝玉来看她。"}
    first = cleaner.find_duplicates(texts, ("story", "related"))
    assert first == cleaner.find_duplicates(dict(reversed(texts.items())), ("story", "related"))
