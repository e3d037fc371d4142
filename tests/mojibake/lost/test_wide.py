"""Chinese, Japanese and Korean pages that lost bytes."""

import pytest

import cleaner
from cleaner.edits import undo
from cleaner.mojibake.confidence import FLOORS
from cleaner.mojibake.lost.wide import LOST, fill_wide


@pytest.mark.parametrize(
    "text",
    ["中文字\ufffd也可以這樣。", "これは\ufffdテスト です。", "한국어 \ufffd 문장입니다.", "abc \ufffd\ufffd def é"],
)
def test_true_text_with_replacement_characters_is_left(text):
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    "text",
    ["Дети весь день играли во дворе, а вечером пошли домой.", "الأطفال يلعبون في الحديقة طوال اليوم مع أصدقائهم."],
)
def test_gaps_that_are_guesses_are_reported_and_left(text):
    revision = cleaner.repair(text.encode().decode("big5", "replace"))
    assert LOST in revision.text
    (finding,) = [one for one in revision.findings if one.rule == "MOJ302"]
    assert LOST in revision.text[finding.start : finding.end]
    assert LOST not in finding.candidates[0].value
    assert all(edit.confidence > FLOORS["MOJ205"] for edit in revision.edits if edit.rule == "MOJ205")
    again = cleaner.repair(revision.text)
    assert again.text == revision.text


def test_text_that_only_lacks_characters_is_filled_by_no_mix_up():
    line = "\ufffd\ufffdе\ufffd\ufffdи ве\ufffd\ufffd\ufffd\ufffd ден\ufffd\ufffd играли во дво\ufffd\ufffdе"
    assert fill_wide(line) is None


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("我们今天下午在学校的图书馆学习，明天上午去公园。", "gb18030", "cp932"),
        ("今日は天気がいいので、公園へ散歩に行きました。", "cp932", "cp949"),
        ("今日は天気がいいので、公園へ散歩に行きました。", "euc_jp", "cp932"),
    ],
)
def test_bytes_that_the_page_could_not_read(text, right, wrong):
    garbled = text.encode(right).decode(wrong, "replace")
    assert "\ufffd" in garbled
    revision = cleaner.repair(garbled)
    assert sum(one == other for one, other in zip(revision.text, text, strict=False)) > 0.7 * len(text)
    assert undo(revision.text, revision.edits) == garbled
    for edit in revision.edits:
        if edit.kind == "exact":
            assert edit.after.encode(right).decode(wrong) == edit.before
        else:
            assert edit.alternatives
            assert edit.confidence < 0.99
    assert cleaner.repair(revision.text).text == revision.text


def test_one_rare_character_before_gaps_is_no_evidence():
    revision = cleaner.repair("剏\ufffd\ufffd")
    assert revision.text == "剏\ufffd\ufffd"
    assert [finding.rule for finding in revision.findings] == ["MOJ301"]
