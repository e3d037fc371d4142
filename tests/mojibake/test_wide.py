"""Chinese, Japanese and Korean pages that lost bytes."""

import pytest

import cleaner
from cleaner.edits import undo


@pytest.mark.parametrize(
    "text",
    ["中文字\ufffd也可以這樣。", "これは\ufffdテスト です。", "한국어 \ufffd 문장입니다.", "abc \ufffd\ufffd def é"],
)
def test_true_text_with_replacement_characters_is_left(text):
    assert cleaner.repair(text).text == text


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
