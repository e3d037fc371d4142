"""Documents in numbers: how long a text is, whatever its script is cut into."""

import pytest

from cleaner.overlap.documents.profiles import profiles_of
from cleaner.overlap.documents.survey import survey_of

ENGLISH = "The old fisherman rowed far out to sea, and on the third day he caught a fish that was longer than his boat."


def words_of(text):
    return int(survey_of({"a": next(iter(profiles_of([text])))}).words[0])


@pytest.mark.parametrize(
    "text",
    [
        "Старый рыбак ушёл на лодке далеко в море и на третий день поймал рыбу, которая была длиннее его лодки и очень сильна.",
        "老渔夫划着船到了很远的海上，第三天，他捕到了一条比他的小船还要长的大鱼。",
        "老いた漁師は沖へ遠く漕ぎ出し、三日目に、自分の舟よりも長い一匹の魚を釣り上げた。",
        "बूढ़ा मछुआरा नाव लेकर समुद्र में बहुत दूर गया और तीसरे दिन उसने एक मछली पकड़ी जो उसकी नाव से भी लंबी थी।",
        "ชาวประมงชราพายเรือออกไปไกลในทะเล และในวันที่สามเขาก็จับปลาได้ตัวหนึ่งซึ่งยาวกว่าเรือของเขา",
    ],
)
def test_a_text_is_as_long_in_any_script(text):
    assert words_of(text) == pytest.approx(words_of(ENGLISH), rel=0.35)


def test_a_word_is_a_word():
    assert words_of(ENGLISH) == 23
    assert words_of("猫") == words_of("ก") == 1
    assert words_of("") == 0
