"""Few letters that happen to be UTF-8, or Chinese, in some page: they are left."""

from tests.mojibake.doubts.repairs import left, repaired

test_letters_that_are_utf8_by_chance_are_left = left(
    [
        "рівень звуку, у дБ",
        "Тʼáá áłą́ą́ diné",
        "luryjski pōłnocny, ndebele pōłnocny",
        "гигаВатт",
        "oovtviärdásâžžân já rijjân",
        "kielâsâžžân",
        "JOSÉ² RENÉ³ ANDRÉ¹",
        "MARIA JOSÉ¹, RENÉ², ANDRÉ³, DÉSIRÉ¹, ZOÉ²",
        "BOLIVIË¹ en SERVIË²",
        "The sign of Angaité° is here.",
        "ЕС…",
        "унэ иІ ицІыфэу",
        "//дМС ИЕЫБ",
        "Іофыр иІ, ІофшІашъо",
        "Kûçîng",
    ]
)

test_a_letter_in_quotation_marks_is_one = left(
    ["Буква «Р» в слове", "The letter “Π” is", "Der Buchstabe „Ã“ ist", "‹Γ›", "’Č’", "„Ź“", "Группа “С”, этап 2"]
)

test_thai_syllables_alone_are_no_lost_marks = left(['the syllable "โห" is read', '<ngo-ngu-o> "งโ";'])

test_single_characters_are_no_other_ones = left(
    [
        "苺 苺;IGNORE # 12",
        "篤 笃",
        "珪 圭",
        '쀏 "ㅃㅞㄼ"',
        "NÃÃÃÃÃÃÃÃÃÃO!!",
        "駱",
        "ャ ヤ # small ya",
        "極淡橘",
    ]
)

test_what_does_not_fit_the_letters_beside_it_is_repaired = repaired(
    [
        ("sv瓣rt", "svärt"),
        ("m矇s", "més"),
        ("l'intraduĆÆble", "l'intraduïble"),
        ("袣懈褩胁", "Київ"),
        ("Estas 脛鈥癳 domo.", "Estas ĉe domo."),
        ("oĘťquvchi", "oʻquvchi"),
        ("tﺃﺎramu", "tèramu"),
        ("директорРёССѓРј", "директоријум"),
        ("ትግርáŠ›", "ትግርኛ"),
        ("Ãðóïïà «À» è ãðóïïà «Â»", "Группа «А» и группа «В»"),
        ("“caf\u00c3\u00a9”", "“café”"),
        ("COMMENT '鎺掑簭',", "COMMENT '排序',"),
        ("name = '涓嬭浇'", "name = '下载'"),
        ("# ƒy\u0081[ƒW", "# ページ"),
        ("menu = 'ƒf\u0081[ƒ^'", "menu = 'データ'"),
        ("hytta står ved sjøen med utsikt og รฅ gå dit", "hytta står ved sjøen med utsikt og å gå dit"),
    ]
)
