"""Lost bytes: what must be left alone first, then what is filled in, and how sure it is."""

import pytest

import cleaner
from cleaner.edits import undo
from cleaner.mojibake.accidents.gaps import PAGES, _chooser, _one, fillings, losses, outlines, reading_of
from cleaner.mojibake.lost.lossy import _readings, fill, fill_again
from cleaner.mojibake.lost.wide import _encoded
from cleaner.mojibake.readings.beam import _rare
from cleaner.mojibake.words.lexicon import script_of


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain text?",
        "À la carte? Ça va? Là-bas?",
        "Über Straßen, Größe und Maß",
        "CAFÉ À PARIS — ÇA ALORS ?",
        "Что это? Да? Нет!",
        "ทดสอบ ภาษาไทย โย ยาย",
        "Η Ελλάδα; Ναι!",
    ],
)
def test_text_without_a_sign_is_left_alone(text):
    assert fill(text) is None
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    ("garbled", "clean"),
    [
        ("MunicipalitÃ  di Aloja", "Municipalità di Aloja"),
        ("MunicipalitÃ di Aloja", "Municipalità di Aloja"),
        ("Immettere la profonditÃ  di questa firma.", "Immettere la profondità di questa firma."),
        ("Ni mogoÄe razÄleniti", "Ni mogoče razčleniti"),
        ("Ni mogoÄ?e razÄ?leniti", "Ni mogoče razčleniti"),
        ("Ni mogoÄ\ufffde razÄ\ufffdleniti", "Ni mogoče razčleniti"),
        ("ParÄdÄmais nav atrasts", "Parādāmais nav atrasts"),
    ],
)
def test_first_bytes_alone_are_filled_where_no_word_has_a_capital(garbled, clean):
    assert cleaner.repair(garbled).text == clean


CASES = [
    # page, sign or "" where the byte was dropped, text
    ("cp1252", "", "Él vive en África con su tía Íngrid, que es una médica muy sabia."),
    ("cp1253", "\ufffd", "В Москве сегодня хорошая погода, а завтра будет снег."),
    ("cp1253", "?", "Это очень хорошая книга о жизни в городе."),
    ("cp1254", "\ufffd", "Kde je můj přítel? Řekl, že přijde později večer."),
    ("cp874", "", "Der Müller aß süße Äpfel, während die Größe der Straße zunahm."),
    ("cp1250", "\ufffd", "Příliš žluťoučký kůň, řekl, že přijde později večer, až bude svítit měsíc."),
    ("cp874", "?", "Der Müller aß süße Äpfel, während die Größe der Straße zunahm."),
    ("cp874", "\ufffd", "Po południu poszliśmy na spacer, ponieważ świeciło słońce."),
]


def broken(text, page, sign):
    return "".join(
        shown if (shown := bytes([byte]).decode(page, "replace")) != "\ufffd" else sign for byte in text.encode()
    )


@pytest.mark.parametrize(("page", "sign", "text"), CASES, ids=lambda value: value[:12])
def test_lost_bytes_are_filled_in(page, sign, text):
    garbled = broken(text, page, sign)
    revision = cleaner.repair(garbled)
    assert revision.text == text
    assert undo(revision.text, revision.edits) == garbled
    assert cleaner.repair(revision.text).text == revision.text
    filled = [edit for edit in revision.edits if edit.kind == "inferred"]
    assert filled
    for edit in filled:
        assert edit.alternatives
        assert edit.confidence + sum(other.confidence for other in edit.alternatives) < 1.01
    assert all(edit.kind == "exact" for edit in cleaner.repair(garbled, level="exact").edits)


@pytest.mark.parametrize("sign", ["\ufffd", "?", ""])
@pytest.mark.parametrize("page", ["cp1250", "cp1252", "cp1253"])
@pytest.mark.parametrize(
    "text",
    [
        "Înainte de masă au citit o carte și au băut ceai în grădină.",
        "À Paris, où l’été fut long, Noël à la fenêtre; le garçon a reçu une leçon.",
        "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    ],
)
def test_level_exact_gives_exact_changes_alone(page, sign, text):
    garbled = broken(text, page, sign)
    revision = cleaner.repair(garbled, level="exact")
    assert revision.edits
    assert all(edit.kind == "exact" for edit in revision.edits)
    assert undo(revision.text, revision.edits) == garbled
    assert (f"encode {page}", "decode utf-8") in {edit.chain for edit in revision.edits}
    assert cleaner.repair(revision.text, level="exact").text == revision.text


@pytest.mark.parametrize("to", [" ", ""], ids=["space", "stripped"])
@pytest.mark.parametrize(
    "text", ["Voilà la Città di Paolo: è già là, perché no?", "Đây là một ngày đẹp trời, chúng tôi đi ra bờ sông."]
)
def test_the_no_break_space_byte(to, text):
    garbled = text.encode().decode("latin-1").replace("\xa0", to)
    assert cleaner.repair(garbled).text == text


def test_only_what_the_page_can_lose_is_filled_in():
    (loss,) = {loss for loss in losses("cp1252") if loss.sign == "?"}
    reading = reading_of("Ä? Ã©", loss)
    assert reading.whole == reading.gaps == 1
    choices = set(reading.slots[0].choices) - {reading.slots[0].literal}
    assert {choice.encode()[-1:] for choice in choices} <= {b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("La modalitÃ  del servizio non cambia.", "La modalità del servizio non cambia."),
        ("La modalitÃ del servizio non cambia.", "La modalità del servizio non cambia."),
        ("Die StraΓen der Stadt waren leer.", "Die Straßen der Stadt waren leer."),
        ("Ã?rea de descanso", "Área de descanso"),
        ("The last word is lost.â€? So they say", "The last word is lost.” So they say"),
    ],
)
def test_a_word_of_the_lists_is_evidence_where_no_sequence_is_whole(text, clean):
    assert fill(text).text == clean


@pytest.mark.parametrize("text", ["The iÃ device", "xÄ and yÃ are sets", "ein McÃ x", "AÇÃO?sim", "CAFÉ?no"])
def test_no_word_no_evidence(text):
    assert fill(text) is None
    assert fill("modalitÃ").text == "modalità"


@pytest.mark.parametrize("text", ["ગુજરાતી ભાષા", "සිංහල භාෂාව", "অসমীয়া ভাষা", "മലയാളം ഭാഷ"])
def test_scripts_without_a_word_list_are_repaired_too(text: str) -> None:
    shown = text.encode().decode("cp1252", "ignore")
    assert cleaner.repair(f"{shown} {shown}") is not None


def test_the_loss_of_another_line_is_taken_where_it_explains_as_much() -> None:
    text = broken("Он сказал: «Мы пойдём домой, когда перестанет дождь».", "cp1252", "?")
    first = fill(text)
    assert first.loss in losses("cp1252")
    assert fill(text, (), (first.loss,)) == first
    other = next(loss for loss in losses("cp1253") if loss != first.loss)
    assert fill(text, (), (other,)) == first


def test_words_that_overlap_count_once_best_first():
    from cleaner.mojibake.readings.wording import _worth

    assert _worth([]) == 0
    assert _worth([(3.0, 0, 4), (2.0, 4, 8), (9.0, 6, 9), (-1.0, 20, 22)]) == 12
    assert _worth([(5.0, 2, 6), (4.0, 0, 3), (4.0, 5, 9), (1.0, 6, 7)]) == 6


@pytest.mark.parametrize(
    "text",
    [
        "В Москве сегодня хорошая погода, а завтра будет снег.",
        "Příliš žluťoučký kůň, řekl, že přijde později večer, až bude svítit měsíc.",
    ],
)
def test_bytes_that_became_a_space(text):
    assert cleaner.repair(broken(text, "cp1253", " ")).text == text


def test_controls_that_were_dropped():
    text = "Où l’été fut long, près de la forêt, “Noël” dura — même à la fenêtre."
    shown = "".join(char for char in text.encode().decode("latin-1") if not "\x80" <= char < "\xa0")
    assert cleaner.repair(shown).text == text


@pytest.mark.parametrize("held", [_one, fillings, _encoded, script_of, _rare])
def test_what_is_kept_of_many_texts_is_bounded(held):
    assert held.cache_info().maxsize is not None


def test_choices_that_are_no_longer_kept_change_nothing():
    shown = broken("Příliš žluťoučký kůň, řekl, že přijde později večer, až bude svítit měsíc.", "cp1252", "")
    first = _readings(shown, PAGES)
    _chooser.cache_clear()
    for wrong in PAGES:
        for loss in losses(wrong):
            _one.cache_clear()
            list(outlines(shown, [loss]))
    assert _readings(shown, PAGES) == first


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("los crÃticos de la pelÃcula", "los críticos de la película"),
        ("un capÃtulo mÃ¡s del paÃs", "un capítulo más del país"),
        ("ØªØÙ\x82Ù\x82 Ù\x85Ù\x86 Ø£Ù\x86 ØªØ¯Ø®Ù\x84", "تحقق من أن تدخل"),
    ],
)
def test_a_soft_hyphen_that_was_taken_out(garbled, right):
    assert cleaner.repair(garbled).text == right


def test_a_control_that_was_dropped_before_a_no_break_space_that_became_a_space():
    text = "まずここをクリックしてください。まだ続きます。"
    garbled = "".join(chr(byte) for byte in text.encode())
    shown = text.encode().decode("cp1252", "replace")
    assert "\ufffd" in shown
    dropped = shown.replace("\ufffd", "").replace("\xa0", " ")
    assert "ã " in dropped
    assert cleaner.repair(dropped).text == text
    assert cleaner.repair(garbled).text == text


@pytest.mark.parametrize("text", ["ã ã", "São João, Ã ou Â", "le sigle CÃ est rare", "l’Ã majuscule"])
def test_a_first_byte_alone_is_a_letter(text):
    assert cleaner.repair(text).text == text


@pytest.mark.parametrize(
    ("right", "garbled", "meant"),
    [
        ("9336;Øyvindgrunn;Germanske ", "sprÃ¥k;;34.95", "språk;;34.95"),
        (
            "8287;Çagataisht;menu e shpalosëshme;",
            "Tregon nÃ«se widget Ã«shtÃ« i dukshÃ«m",
            "Tregon nëse widget është i dukshëm",
        ),
    ],
)
def test_a_right_letter_that_would_begin_a_sequence_of_another_script(right, garbled, meant):
    assert cleaner.repair(right + garbled).text == right + meant


def test_lines_filled_together_are_filled_as_alone():
    lines = [
        "She said â€œyesâ€\ufffd and left the house.",
        "Nothing is lost here.",
        "â€œWhatâ€\ufffd he asked, â€œwhereâ€\ufffd?",
    ]
    known = tuple(loss for loss in losses("cp1252") if loss.sign == "\ufffd")
    together = fill_again(lines, known)
    assert together[lines[2]].text == "“What” he asked, “where”?"
    assert lines[1] not in together
    for line in lines:
        assert fill_again([line], known).get(line) == together.get(line)


def test_a_long_line_is_filled_where_its_stretches_are():
    right = "Вчера мы долго шли по лесу и говорили о книгах, погоде и старых друзьях. " * 40
    shown = right.encode().decode("cp1252", "ignore")
    filled = fill(shown)
    assert len(shown) > 2_000
    assert filled is not None
    assert filled.text.count("погоде") > 20
    assert fill("ประเทศไทย " * 400) is None
