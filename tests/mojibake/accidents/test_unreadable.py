"""UTF-8 that Windows read in a Chinese, Japanese or Korean page, with one sign for two bytes that the page could not read."""

import pytest

import cleaner
from cleaner.edits import undo
from cleaner.mojibake.accidents.unreadable import SIGNS, tokens_of


def read_by_windows(text, page):
    """`text` in UTF-8 as Windows shows it in `page`."""
    data, shown = text.encode(), []
    while data:
        for size in (1, 2):
            try:
                shown.append(data[:size].decode(page))
                break
            except UnicodeDecodeError:
                continue
        else:
            if data[0] == 0x80:
                size = 1
                shown.append("\x80")
            else:
                shown.append(SIGNS["gb18030" if page == "gbk" else page])
        data = data[size:]
    return "".join(shown)


@pytest.mark.parametrize(
    "text",
    [
        "東京・大阪・名古屋の三都市で行います。",
        "ノート・パソコン・プリンター",
        "これは何ですか?いいえ、違います。",
        "你好吗?我很好。",
        "真的吗?? 是的!",
        "「ジョン・スミス」",
        "값은 얼마입니까? 모릅니다.",
    ],
)
def test_true_text_with_such_a_sign_is_left(text):
    assert cleaner.repair(text).text == text
    assert all(tokens_of(text, page) is None for page in SIGNS)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("このメソッドは入力された値をチェックします。", "cp932"),
        ("テストの結果をファイルに保存できませんでした", "cp932"),
        ("パスワードを忘れた場合はこちらをクリック", "cp932"),
        ("詳しい使い方を確認できます", "cp932"),
        ("新しい項目を指定できます", "cp932"),
    ],
)
def test_what_two_bytes_were_is_told_by_the_pairs_that_the_page_can_not_read(text, page):
    shown = read_by_windows(text, page)
    assert SIGNS[page] in shown
    revision = cleaner.repair(shown)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == shown
    assert cleaner.repair(revision.text).text == revision.text
    assert any(edit.kind == "inferred" and edit.alternatives for edit in revision.edits)


@pytest.mark.parametrize(
    "text",
    [
        "연결이 끊어졌습니다. 다시 시도해 주세요",
        "사용자 이름과 비밀번호를 입력하세요",
    ],
)
@pytest.mark.parametrize("control", ["\x80", ""])
def test_korean_words_begin_with_two_bytes_that_the_page_can_not_read(text, control):
    shown = read_by_windows(text + ".", "cp949").replace("\x80", control)
    revision = cleaner.repair(shown)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == shown


def test_a_question_mark_behind_korean_words_is_one():
    shown = read_by_windows("지금 종료하시겠습니까? 아직 저장하지 않았습니다", "cp949")
    assert "까?" in cleaner.repair(shown).text


@pytest.mark.parametrize("control", ["\xa0", ""])
def test_a_byte_that_is_shown_as_a_space_or_not_at_all(control):
    shown = read_by_windows("プログラムの作成", "cp932").replace("\xa0", control)
    assert cleaner.repair(shown).text == "プログラムの作成"


def test_what_was_lost_can_begin_like_any_character_of_its_script():
    text = "软件包的名称"
    assert cleaner.repair(read_by_windows(text, "gbk")).text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He said “it works,” and left the editor’s window.", "He said 鈥渋t works,鈥?and left the editor鈥檚 window."),
        ("// “value” is the user’s", "// 鈥渧alue鈥?is the user鈥檚"),
    ],
)
def test_a_mark_that_took_the_space_behind_it(text, shown):
    assert read_by_windows(text, "gbk") == shown
    assert cleaner.repair(shown).text == text


def test_the_end_of_a_line_that_went_with_a_byte_is_not_invented():
    text = "設定ファイルを編集\r\n次の行に書きます\r\n"
    shown = read_by_windows(text, "cp932")
    assert "\r" not in shown.split("\n")[0]
    assert cleaner.repair(shown).text.split("\n")[0] == "設定ファイルを編集"


def test_proof_alone_fills_nothing():
    shown = read_by_windows("このメソッドは入力された値をチェックします。", "cp932")
    revision = cleaner.repair(shown, level="exact")
    assert all(edit.kind == "exact" for edit in revision.edits)
    assert undo(revision.text, revision.edits) == shown


@pytest.mark.parametrize("text", ["价格是 100 €", "100€ 的书,他买了两本。", "€uro"])
def test_a_euro_sign_in_chinese_text_is_one(text):
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    "text", ["正在检查软件更新，请稍等", "请先关闭所有窗口再试一次", "我们需要更多时间来检查这些文件"]
)
def test_windows_shows_a_byte_of_the_chinese_page_as_the_euro_sign(text):
    shown = read_by_windows(text, "gbk").replace("\x80", "€")
    assert "€" in shown
    revision = cleaner.repair(shown)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == shown
    assert cleaner.repair(revision.text).text == revision.text


def test_the_page_that_has_the_euro_sign_elsewhere_is_read_too():
    text = "アメリカのアイスはとてもおいしい"
    shown = text.encode().decode("gb18030")
    assert "€" in shown
    assert cleaner.repair(shown).text == text


@pytest.mark.parametrize("written", ["αυτό είναι ένα κείμενο", "Привет, как дела?", "שלום עולם, מה שלומך היום?"])
def test_a_sequence_that_nothing_unread_can_begin_is_none(written):
    shown = written.encode().decode("cp949", "replace").replace("\ufffd", "?")
    assert all(tokens_of(shown, page) is None for page in SIGNS)
    assert cleaner.repair(shown)
