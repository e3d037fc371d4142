"""Abbreviations alone say nothing for a mix-up; garbled ones whose letters no one writes are repaired."""

from tests.mojibake.doubts.repairs import left, repaired

test_capitals_are_left = left(
    [
        "ФЛ и ЮЛ",
        "525 ЮЛ, 60 ГЦ",
        "ЦБ РФ",
        "60 ΣΤ / ΤΨ",
        "«ТЧ» «ЕЮ» «ЦХХЩ»",
        "УК РФ\nЖКХ\nХХХ / ФХ",
        "С4СЇ 582",
        "NGŁ (NCĆŁ)",
        "ŘŤ ŇU ŤHĎ ĎRU",
        "CÁ\tÁÍ\tÁÚ",
        "„ŹF“ BNĆ SŚ",
        "РГ / ЖЂ / ШЖ",
        "A REPÙBLICA CORSA",
        "НЕКОРРЕКТНОЕ ЗЮЭ ИМЯ ОПЕРАЦИИ С КЭШЕМ",
    ]
)

test_names_in_code_are_left = left(
    [
        "getÄnderungen()",
        "- setÄhnlichen",
        "    isÅterbetala = 0",
        "mehrereÄnderungsmodus.txt",
        "self.isŠirina()",
        "die Methode toÄrtynyt liefert",
        "ПолучитьЗначениеРеквизита(Ссылка)",
    ]
)

test_words_made_small_but_for_letters_beyond_ascii_are_left = left(
    [
        "das mÄdchen kam spÄter nach hause",
        "Die LÄnge der Strecke betrÄgt zehn Kilometer",
        "o irmÃo do joÃo nÃo veio amanhÃ",
        "tÄmÄ kukka on musta.",
        "frumoasĂ fatĂ",
        "kÄra vÄnner, jag Är hÄr",
    ]
)

test_symbols_in_formulas_are_left = left(
    ["cosΘ and sinΘ", "sinΦ + cosΦ", "xΔt and vΔt", "Δpep and pepΔ", "the maxΘ value", "2.5 nmÅ", "int antalÅr"]
)

test_what_words_or_letters_of_no_alphabet_speak_for_is_repaired = repaired(
    [
        ("Ã‰TÃ‰", "ÉTÉ"),
        ("CÃ‰ / Ã‰T", "CÉ / ÉT"),
        ("Â« PÃ… Â»", "« PÅ »"),
        ("ATĂ‹", "ATË"),
        ("Ð®Ð¨ Ð¡Ð„", "ЮШ СЄ"),
        ("Lo stato non ГЁ stato raggiunto", "Lo stato non è stato raggiunto"),
        ("ÍĹ ĚÎĆĹ ÄŔ", "НЕ МОЖЕ ДА"),
        ("modalitÃ", "modalità"),
        ("JIE TURI BŰTI", "JIE TURI BŪTI"),
        ("ЙЮЙ ДЕКЮ, ДПСЦ", "как дела, друг"),
        ("Final inesperat de l'instantÓnia", "Final inesperat de l'instantània"),
        ("Linknummer utenfor gyldig omrÕde", "Linknummer utenfor gyldig område"),
        ("GiordÃ\xa0nia", "Giordània"),
        ("nerozpoznanΘ", "nerozpoznané"),
    ]
)
