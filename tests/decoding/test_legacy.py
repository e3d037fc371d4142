"""Statistics: the right page by letters and sequences, and verdicts that say how sure they are."""

import numpy as np
import pytest

import cleaner
from cleaner.decoding import EncodingContext
from cleaner.decoding.candidates import EBCDIC, MULTI_BYTE, SINGLE_BYTE, prior, regions
from cleaner.decoding.legacy import rank
from cleaner.decoding.mixed import strain
from cleaner.decoding.pages import is_shouted, page_costs, page_names, text_cost
from cleaner.decoding.sampling import Sample
from cleaner.decoding.statistics import _surest
from cleaner.models.letters import LANGUAGES, ROWS
from cleaner.restoring import encode
from tests.decoding import texts

CASES = [
    (texts.FRENCH, "cp1252 mac_roman cp850"), (texts.GERMAN, "cp1252 cp850 mac_roman"), (texts.SPANISH, "cp1252 cp437"),
    (texts.RUSSIAN, "cp1251 koi8-r iso8859-5 cp866 mac_cyrillic cp855"), (texts.GREEK, "cp1253 iso8859-7 cp737 mac_greek cp869"),
    (texts.HEBREW, "cp1255 iso8859-8 cp862"), (texts.ARABIC, "cp1256 iso8859-6 cp720"), (texts.THAI, "cp874 iso8859-11"),
    (texts.POLISH, "cp1250 iso8859-2 cp852 mac_latin2"), (texts.CZECH, "cp1250 iso8859-2 cp852"),
    (texts.TURKISH, "cp1254 iso8859-9 cp857 mac_turkish"), (texts.JAPANESE, "cp932 euc_jp"), (texts.CHINESE, "gb18030"),
    (texts.TAIWANESE, "cp950 big5hkscs"), (texts.KOREAN, "cp949 johab"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codec"), [(text, codec) for text, codecs in CASES for codec in codecs.split()])
@pytest.mark.parametrize("size", [60, 1000])
def test_right_text(text, codec, size):
    text = (text * 9)[:size]
    data = text.encode(codec, "replace")
    decoded = cleaner.decode(data)
    assert decoded.text == data.decode(codec)
    assert encode(decoded.text, decoded.encoding.segments) == data


@pytest.mark.parametrize("codec", ["iso8859-8", "cp1255", "cp862"])
@pytest.mark.parametrize("line", ["שם הקובץ לא נמצא בתיקייה", "שלום לכולם"])
def test_hebrew_in_visual_order(line, codec):
    visual = line[::-1]
    assert cleaner.decode(visual.encode(codec)).text == visual


@pytest.mark.parametrize("text", ["// ﾋﾞｰﾙﾃﾞ乾杯", "ﾌﾟﾛｸﾞﾗﾑ設定"])
def test_half_width_kana(text):
    assert cleaner.decode(text.encode("cp932")).text == text


def test_capitals():
    for text, codec in ((texts.RUSSIAN, "koi8-r"), (texts.GREEK, "iso8859-7"), (texts.POLISH, "iso8859-2")):
        data = text.upper().encode(codec, "ignore")
        assert cleaner.decode(data).text == data.decode(codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("NÄYTÄ TEHTÄVÄPALKISSA\nSÄÄDÄ ÄÄNENVOIMAKKUUTTA\nLISÄÄ VÄRIÄ\n", "cp850"),
        ("NUVÆRENDE FELTSÆT\nVÆLG EN FÆRDIG KNAP\nLÆS\n", "cp437"),
        ("LÅGFREKVENS\nVIDEOHØGDE\nSNØGGTASTAR PÅ SKJERMEN\n", "cp1252"),
    ],
)
def test_capitals_of_plain_letters(text, codec):
    assert cleaner.decode(text.encode(codec)).text == text


def test_a_few_capitals_among_small_letters_are_no_shouting():
    assert is_shouted(b"VIDEOH\xd8GDE OG LYD")
    assert not is_shouted(b"Videoh\xf8gde og lyd")
    assert not is_shouted("В этом файле HTML и XML".encode("cp1251"))


def test_alternatives_say_whether_they_give_the_same_text():
    data = "déjà vu, très réussi, à l'été".encode("cp1252")
    verdict = cleaner.detect_encoding(data)
    assert verdict.encoding == "cp1252"
    for other in verdict.alternatives:
        assert other.same_text == (data.decode(other.encoding, "replace") == data.decode("cp1252"))
    assert any(other.same_text for other in verdict.alternatives)


@pytest.mark.parametrize(
    "text", ["Ein Mädchen ging über die Straße und sah die Häuser.", "Süße Grüße", "The café at the corner. Ém"]
)
def test_a_western_text_is_named_by_a_western_page(text):
    """German and a French word in English have the same bytes in windows-1250."""
    assert cleaner.decode(text.encode("cp1252")).encoding.encoding == "cp1252"


@pytest.mark.parametrize("codec", ["mac_roman", "cp1252"])
def test_quotation_marks_of_a_long_text_are_no_letters_of_another_language(codec):
    """In cp775 those of the Mac are Lithuanian letters, which cost less than marks: each more made them likelier."""
    words = "house garden river morning window table letter summer winter village mother brother corner street market"
    lines = [
        f"They wrote \u201c{word}\u201d there, not \u201c{word}s\u201d or \u201c{word}like\u201d."
        for word in words.split()
    ]
    text = "\n".join(lines)
    assert cleaner.decode(text.encode(codec)).text == text


def test_the_best_of_bad_readings_is_not_sure():
    """What letters cost bounds the confidence: usual text not at all, and the more, the less it reads like text."""
    text = (texts.FRENCH * 4).encode("cp1252")
    assert _surest(strain(Sample.of(text), "cp1252"), 5.0) == 1.0
    costs = [4.1, 4.6, strain(Sample.of(text), "mac_greek"), 6.1]
    assert 1.0 > _surest(costs[0], 5.0) > _surest(costs[1], 5.0) > _surest(costs[2], 5.0) > _surest(costs[3], 5.0)
    assert 1.0 > _surest(5.1, None) > _surest(6.1, 90.0)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Съешь же ещё этих мягких булок", "koi8-r"),
        ("Árvíztűrő tükörfúrógép", "cp1250"),
        ("Pchnąć w tę łódź jeża lub ośm skrzyń fig", "iso8859-2"),
    ],
)
def test_odd_words_are_in_no_doubt_where_no_other_text_is_near(text, codec):
    decoded = cleaner.decode(text.encode(codec))
    assert (decoded.text, decoded.findings) == (text, ())
    assert strain(Sample.of(text.encode(codec)), codec) > 4.0
    assert decoded.encoding.confidence > 0.99


def test_doubt_is_said():
    decoded = cleaner.decode(b"\xe6\xf8")
    assert decoded.encoding.encoding is not None
    assert decoded.encoding.confidence < 0.8
    assert "ENC301" in {finding.rule for finding in decoded.findings}


def test_neighbours_decide_and_the_verdict_says_so():
    data = "не".encode("koi8-r")
    context = EncodingContext((("cp1251", 40),))
    alone = cleaner.detect_encoding(data)
    among = cleaner.detect_encoding(data, context=context)
    assert alone.encoding == "koi8-r"
    assert among.encoding == "cp1251"
    assert among.method == "context"
    assert any("neighbours" in said for said in among.evidence)


def test_neighbours_do_not_overrule_sense():
    data = texts.RUSSIAN.encode("koi8-r")
    assert cleaner.decode(data, context=EncodingContext((("cp1251", 40),))).text == texts.RUSSIAN


def test_one_broken_byte_does_not_cost_a_multi_byte_encoding():
    data = (texts.JAPANESE * 20).encode("cp932")
    broken = data[:700] + b"\xfd" + data[700:]
    decoded = cleaner.decode(broken)
    assert decoded.encoding.encoding == "cp932"
    assert encode(decoded.text, decoded.encoding.segments) == broken


def test_costs_of_one_page_and_of_its_text_agree():
    words = texts.RUSSIAN.encode("cp1251")
    languages = np.zeros(len(ROWS), np.float32)
    by_page = page_costs(words, languages)[page_names().index("cp1251")]
    by_text, _ = text_cost(texts.RUSSIAN, "cp1251", languages)
    assert abs(by_page - by_text) < 0.5  # a page is asked about the languages of its region only


def test_tables_name_codecs_of_python_and_languages_of_the_model():
    for table in (SINGLE_BYTE, MULTI_BYTE, EBCDIC):
        for codec in table:
            b"".decode(codec)
            assert regions(codec) <= set(LANGUAGES), codec
            assert 0 <= prior(codec) < 10


def test_ranked_by_score():
    scores = [row.score for row in rank(Sample.of(texts.GREEK.encode("cp1253")))]
    assert scores == sorted(scores, reverse=True)


def test_a_letter_far_away_tells_pages_apart():
    usual = "Η γραμμή αυτή δεν έχει τίποτα που να ξεχωρίζει τις δύο σελίδες, και είναι μεγάλη.\n"
    text = usual * 70 + "Άνοιγμα αρχείου\n" + usual * 70
    assert cleaner.decode(text.encode("iso8859-7")).text == text
    assert cleaner.decode(text.encode("cp1253")).text == text


def test_listed_letters_are_of_the_language_around():
    rules = "The letters with an accent are replaced before the words are sorted:\n"
    text = rules + "".join(
        f"replace {letter} by {plain}\n" for letter, plain in zip("áéíóúñÁÉÍÓÚ", "aeiounAEIOU", strict=True)
    )
    verdict = cleaner.decode(text.encode("cp1252"))
    assert verdict.text == text
    assert verdict.encoding.confidence < 0.9


def test_an_alphabet_without_plain_letters_keeps_its_script():
    text = " ".join("абвгдежзийклмнопрстуфхцчшщъыьэюя") + "\n"
    read = cleaner.decode(text.encode("cp1251")).text
    assert all("А" <= letter <= "я" for letter in read.split())


def test_a_page_whose_only_foreign_sign_is_a_space():
    text = (
        "<p>Appendix\u00a0A.\u00a0How to compile</p><p>\u00a0Contents of the file</p>\n<p>Prev\u00a0</p>\n"
        "<h2>1.\u00a0The tree of nodes that was read</h2>\n"
    )
    assert cleaner.decode(text.encode("cp1252")).text == text
