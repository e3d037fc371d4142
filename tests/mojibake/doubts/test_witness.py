"""Languages that no table has, read as others in a wrong page: what no known word speaks for is left."""

import pytest

from cleaner import repair
from tests.mojibake.doubts.repairs import left, repaired

test_a_language_that_no_list_has_is_left = left(
    [
        "Kà wä yïe gïn-a dwadde kí gïg mø bëne.",
        "Ki briew ki ïoh ban ïeng ïa ka hok bad ban ïatiplem ïa lade.",
        "ja´ yu´un sk´an ya xk´ot ta sna",
        "bit´il ch´ich´ ta sk´inal",
        "‚rot‘ und ‚blau‘.",
        "»\\&.socket«, »\\&.device«",
        "ki\xadlo\xadwattuur",
        "Fulundïgi",
        "fakakamipōtia, fakalao, fakalotokani",
        "Kùulîa, Ekùw",
        "Das Wort Äquivalent steht hier.",
        "2 mì³",
        "{0} ק״ג",
        "ל׳/100 ק״מ",
        "Kòstà Rikà",
        "Kōwhiri he reo mō te kai whakahaere",
        "Daûr a cambiâ il stât di cheste",
        "Non di destinazion di monitorâ",
        "Porto Rîko",
        "Ìndia",
        "       Ìndice  Desvio [Cadeia]",
        "%s KБ, %d MБ",
        "Стaњe",
        "Ìzola Èlena",
        "Rûpel û pirtûk",
        "Sêch·èles, Tadj·iquistan",
        "Installation¶",
        "El autor especificó³ que la configuració³",
        "a²b + ab²",
        "sin²α",
        "The norm L²norm, in ft²hr and cm³min",
        "a±b",
        "Usage¶\n\nText of it.\n\nSee also¶",
    ]
)

test_known_words_and_good_ones_still_are_repaired = repaired(
    [
        ("Yaþayabilmek için çalýþýyoruz.", "Yaşayabilmek için çalışıyoruz."),
        ("titolaritÓ.", "titolarità."),
        ("Szülõmappák tartalmi szabályai", "Szülőmappák tartalmi szabályai"),
        ("Chθche", "Chèche"),
        ("donÕt say thatÕs déjà", "don’t say that’s déjà"),
        ("nellÕambito dellÕaccordo", "nell’ambito dell’accordo"),
        ("ÝYÝ BÝR KARÞILAMAYDI", "İYİ BİR KARŞILAMAYDI"),
        ("Ich war in Stra฿burg.", "Ich war in Straßburg."),
        ("×ÐÒÐÔØÛØ ×ÐåöÔÝØÜ ÚàÐ÷ÝÐÜ", "завадили західним країнам"),
        ("ÈÏáÇð ãä Ðáß¡ íãßäß Ãä ÊÚãá", "بدلاً من ذلك، يمكنك أن تعمل"),
        ("uçuþlarýný", "uçuşlarını"),
        ("ЯОЮЯХАН", "спасибо"),
        ("¸ëêà", "ёлка"),
        ("éåñé ëäï", "יוסי כהן"),
        ("luÆum kÆinali tÆilani yaÆtel", "lu’um k’inali t’ilani ya’tel"),
    ]
)


def test_what_is_left_is_told():
    (finding,) = repair("Ki briew ki ïoh ban ïeng ïa ka hok bad ban ïatiplem ïa lade.").findings
    assert finding.rule == "MOJ302"


def test_many_words_of_one_language_need_no_words_of_it_around_them():
    text = (
        "grąžindavo(šaknis); // užrašai\nįdeda(žodį); // eilutė\nskaičiuoklė(tuščių); // nužymėtų\n"
        "sudėtų(skaičių); // pažymėtus\nraidė(šiandien); // išrašytąją\n"
    )
    assert repair(text.encode("cp1257").decode("cp1252")).text == text


def test_what_stands_in_a_tag_is_no_word_of_the_line():
    line = '<p class="odp" style="margin-left: center">Doporučený čas na <b>vyřešení</b></p>'
    assert repair(line.encode("cp1250").decode("cp1252")).text == line


test_one_or_two_controls_prove_no_page = left(
    ["\x80", "A \x80", "\x80\x81", "(\x80)", "\x90 \x91", "5 \x80", "non \x8a possibile"]
)


@pytest.mark.parametrize(
    ("garbled", "right"), [("a\x92b", "a’b"), ("\x93Hi\x94", "“Hi”"), ("caf\x82", "café"), ("M\x81ller", "Müller")]
)
def test_controls_of_a_word_tell_its_page(garbled, right):
    assert repair(garbled).text == right
