"""Language identification."""

import random
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleaner
from cleaner.language import detect_languages

SENTENCES = {
    "en": "The house stood at the end of the lane, and nobody had lived there for years.",
    "de": "Das Haus stand am Ende der Gasse, und seit Jahren hatte niemand dort gewohnt.",
    "fr": "La maison était au bout du chemin, et personne n’y habitait depuis des années.",
    "es": "La casa estaba al final del camino y nadie había vivido allí desde hacía años.",
    "it": "La casa era in fondo al vicolo e da anni nessuno ci abitava più.",
    "pl": "Dom stał na końcu uliczki i od lat nikt w nim nie mieszkał.",
    "ru": "Дом стоял в конце переулка, и в нём много лет никто не жил.",
    "uk": "Будинок стояв у кінці провулка, і в ньому багато років ніхто не жив.",
    "el": "Το σπίτι ήταν στο τέλος του δρόμου και κανείς δεν έμενε εκεί.",
    "he": "הבית עמד בקצה הסמטה, ואיש לא גר שם שנים רבות.",
    "ar": "كان البيت في آخر الزقاق، ولم يسكنه أحد منذ سنوات طويلة.",
    "ja": "その家は路地の突き当たりにあり、何年も誰も住んでいなかった。",
    "zh": "那座房子在小巷的尽头，多年来没有人住过。",
    "ko": "그 집은 골목 끝에 있었고 몇 년 동안 아무도 살지 않았다.",
    "th": "บ้านหลังนั้นอยู่สุดซอย และไม่มีใครอยู่มาหลายปีแล้ว",
    "tr": "Ev sokağın sonundaydı ve yıllardır orada kimse yaşamıyordu.",
    "fi": "Talo seisoi kujan päässä, eikä siellä ollut asunut kukaan vuosiin.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_sentences(code, text):
    verdict = cleaner.detect_language(text)
    assert verdict.code == code
    assert verdict.candidates[0].value == code


def test_names_in_latin_letters_do_not_outweigh_chinese():
    text = "Scratch 应用程序可以连接 micro:bit 和 LEGO Boost 等硬件设备。使用 Scratch 应用程序，无需 Scratch Link。"
    assert cleaner.detect_language(text).code == "zh"
    assert cleaner.detect_language("The Chinese word 你好 means hello, and 谢谢 means thank you.").code == "en"


def test_the_choice_can_be_closed():
    assert cleaner.detect_language("hotel internet", languages=("de",)).code == "de"
    assert cleaner.detect_language(SENTENCES["ru"], languages=("uk", "ru")).code == "ru"


def test_a_long_text_is_judged_by_all_of_it():
    assert cleaner.detect_language(SENTENCES["en"] * 10 + SENTENCES["pl"] * 200).code == "pl"


def test_langdetect_is_seeded_and_leaves_the_generator_alone():
    random.seed(7)
    before = random.getstate()
    found = {cleaner.detect_language("casa mare", backend="langdetect") for _ in range(4)}
    assert random.getstate() == before
    assert len(found) == 1
    assert found.pop().backend.startswith("langdetect/")


def test_an_uncertain_verdict_has_a_second_opinion():
    verdict = cleaner.detect_language("casa", second_opinion=True)
    assert verdict.confidence < 0.75
    assert verdict.second_opinion is not None
    assert verdict.second_backend.startswith("langdetect/")
    assert verdict.backend.startswith("cleaner-sequences/")


def test_a_group_is_no_case_for_a_second_opinion():
    verdict = cleaner.detect_language("kuća je na kraju ulice i u njoj godinama nije nitko živio", second_opinion=True)
    assert verdict.code in {"hr", "bs", "sr"}
    assert verdict.second_opinion is None


def test_threads_agree():
    texts = list(SENTENCES.values()) * 4
    serial = [cleaner.detect_language(text, spans=True) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: cleaner.detect_language(text, spans=True), texts)) == serial


def test_confidence_is_a_probability():
    for text in SENTENCES.values():
        verdict = cleaner.detect_language(text)
        assert 0 <= verdict.confidence <= 1
        assert sum(candidate.confidence for candidate in verdict.candidates) <= 1.001


def test_near_languages_are_reported_as_a_group():
    verdict = cleaner.detect_language("kuća na kraju ulice")
    assert verdict.code in {"hr", "bs", "sr"}
    assert verdict.group == "hr|bs|sr"
    assert {candidate.value for candidate in verdict.candidates} >= {"hr", "bs"}


@pytest.mark.parametrize(
    ("text", "script"), [("дом", "Cyrl"), ("house", "Latn"), ("かな漢字", "Jpan"), ("漢字", "Hani"), ("บ้าน", "Thai")]
)
def test_script(text, script):
    assert cleaner.detect_language(text).script == script


def test_japanese_is_told_from_chinese_by_its_kana():
    assert cleaner.detect_language("東京都は日本の首都").code == "ja"
    assert cleaner.detect_language("北京是中国的首都").code == "zh"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("东京铁路局发布通知", "zh"),
        ("東京都交通局運転課", "ja"),
        ("圖書館今天關門", "zh"),
        ("図書館本日休館", "ja"),
        ("我也是", "zh"),
    ],
)
def test_without_kana_characters_of_one_language_decide(text, code):
    assert cleaner.detect_language(text).code == code
    assert cleaner.detect_language(text, languages=("zh", "ja")).code == code
    assert cleaner.detect_language(text, languages=("ja", "en")).code == "ja"


def test_chinese_with_a_japanese_quotation_is_chinese():
    verdict = cleaner.detect_language(
        "这家东京铁路公司的车站里写着「ご乗車ありがとう」，我们说这是欢迎的话，对于从其他国家来的人们"
    )
    assert (verdict.code, verdict.script) == ("zh", "Hani")


def test_garbled_japanese_is_not_claimed_to_be_chinese():
    """UTF-8 read as cp932 is Chinese characters with a little kana."""
    text = "カメラを買いたいけれど、お金が足りない。"
    verdict = cleaner.detect_language(text.encode().decode("cp932", "replace"))
    assert verdict.confidence < 0.9


def test_a_word_of_both_chinese_and_japanese_is_not_sure():
    verdict = cleaner.detect_language("明日")
    assert verdict.confidence < 0.75
    assert {one.value for one in verdict.candidates} == {"zh", "ja"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("די קינדער שפּילן זיך אױפֿן גאַס און די באָבע זיצט בײַ דער טיר", "yi"),
        ("ልጆቹ በመንገድ ላይ ይጫወታሉ፤ እናታቸው በር ላይ ተቀምጣለች።", "am"),
        ("লৰাবোৰে বাটত খেলি আছে আৰু মাকে দুৱাৰমুখত বহি আছে", "as"),
        ("ছেলেরা রাস্তায় খেলছে আর মা দরজায় বসে আছেন", "bn"),
    ],
)
def test_letters_of_a_language_that_shares_its_script_with_one(text, code):
    verdict = cleaner.detect_language(text, spans=True)
    assert verdict.code == code
    assert [span.code for span in verdict.spans] == [code]
    mixed = cleaner.detect_language(f"{text}\n{SENTENCES['en']}\n{text}\n{text}", spans=True)
    assert [span.code for span in mixed.spans] == [code, "en", code]
    usual = {"yi": "he", "as": "bn"}.get(code, code)
    assert cleaner.detect_language(text, languages=("en", usual)).code == usual


@pytest.mark.parametrize("code", ["ru", "el", "he", "ja", "th", "fr"])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_garbled_text_is_not_claimed(code, codec):
    garbled = SENTENCES[code].encode().decode(codec, "replace")
    verdict = cleaner.detect_language(garbled)
    assert verdict.code in {"und", code} or verdict.confidence < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Axxam-nni yella deg taggara n uzniq, yerna yiwen ur t-yezdiɣ deg-s aṭas n yiseggasen.",  # Kabyle
        "Dállu lei geainnu geažis, ja ii oktage lean orron das máŋga jagi.",  # Northern Sámi
        "Кудось ащесь ульцянть песэ, ды ламо иеть тосо кияк эзь эря.",  # Erzya
        "Dat Huus stünn an’t Enn vun de Gass, un dor harr siet Johren keen Minsch mehr in wahnt.",  # Low German
        "D’Haus stoung um Enn vun der Gaass, a säit Joren huet keen méi do gewunnt.",  # Luxembourgish
    ],
)
def test_a_language_that_is_not_known_is_not_claimed(text):
    assert cleaner.detect_language(text).confidence < 0.9


def test_a_language_with_small_tables_is_not_taken_for_its_neighbour():
    nepali = (
        "हिजो साँझ हामी तालको किनारमा बसेर डाँडापछाडि घाम अस्ताएको हेर्‍यौं। गाउँका मानिसहरू खेतबाट फर्किरहेका थिए, "
        "केटाकेटीहरू बाटोमा खेल्दै थिए र आमाहरू भान्सामा खाना पकाउँदै हुनुहुन्थ्यो।"
    )
    assert cleaner.detect_language(nepali).code == "ne"
    hindi = "कल शाम हम झील के किनारे बैठे और पहाड़ियों के पीछे सूरज को डूबते देखते रहे, फिर बच्चे खेलते हुए घर लौट गए।"
    assert cleaner.detect_language(hindi).code == "hi"


def test_of_a_language_that_no_table_has_there_is_no_second_opinion():
    ewe = (
        4 * "Ke miawo miegblɔ bena, ne ame aɖe gblɔ na fofoa alo dadaa be, wòaxɔ nu sia le eƒe aƒe me la, eyata wògbɔ. "
    )
    verdict = cleaner.detect_language(ewe, second_opinion=True)
    assert verdict.uncertain
    assert verdict.second_opinion is None


def test_text_without_its_accents():
    assert cleaner.detect_language("Dum stal na konci ulicky a roky v nem nikdo nebydlel.").code == "cs"
    assert cleaner.detect_language("Casa era la capatul strazii si nimeni nu mai locuia acolo de ani.").code == "ro"


def test_accents_written_apart():
    apart = unicodedata.normalize("NFD", SENTENCES["fr"])
    assert cleaner.detect_language(apart).code == "fr"


def test_a_rare_word_in_a_script_of_several_languages():
    assert cleaner.detect_language("ӂӂӂ").confidence <= 0.5
    assert cleaner.detect_language("ӂӂӂ", languages=("en", "de")).code == "und"


def test_a_long_text_is_sampled_and_quickly_told():
    text = SENTENCES["en"] * 3 + SENTENCES["fi"] * 3_000
    assert cleaner.detect_language(text).code == "fi"


PIECES = (
    *SENTENCES.values(),
    "\n",
    "x",
    "",
    "42 %",
    "def f(x):\n    return x\n",
    "https://example.org/a?b=c",
    "😀",
    "Привет, world",
)


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), max_size=8),
    st.sampled_from([None, ("en", "ru", "ja", "hi"), ("de",)]),
    st.booleans(),
)
def test_texts_together_are_those_one_by_one(texts, languages, spans):
    options = {"languages": languages, "spans": spans, "second_opinion": not spans}
    assert detect_languages(texts, **options) == [cleaner.detect_language(text, **options) for text in texts]


def test_long_texts_together_are_those_one_by_one():
    texts = [" ".join(list(SENTENCES.values())[first:last] * 200) for first, last in ((0, 1), (3, 6), (0, 17), (6, 8))]
    assert max(map(len, texts)) > 100_000
    assert detect_languages(texts, spans=True) == [cleaner.detect_language(text, spans=True) for text in texts]


def test_an_uncertain_text_that_is_asked_about_again_has_no_spans():
    texts = [SENTENCES["de"], "ulice a domy", "casa mare"]
    first, second, third = detect_languages(texts, spans=True, again={0, 1})
    assert first == cleaner.detect_language(texts[0], spans=True)
    assert second == cleaner.detect_language(texts[1])
    assert third == cleaner.detect_language(texts[2], spans=True)
    assert third.spans
    assert not second.spans


def test_a_page_that_begins_and_ends_with_scripts_has_a_language():
    script = "<script>\n" + "".join(f"var item{n} = list[{n}];\n" for n in range(60)) + "</script>\n"
    text = "<p>이 문서는 서버가 요청을 처리하는 방법을 설명하고 설정하는 예를 보여 준다.</p>\n" * 12
    assert cleaner.detect_language(script + text + script * 3).code == "ko"
    assert cleaner.detect_language(script * 6).code == "und"
