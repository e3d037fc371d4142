"""Sentences of our own for the tests of decoding."""

FRENCH = "La maison était au bout du chemin, et personne n’y habitait depuis des années. Où est-elle allée ?\n"
GERMAN = "Das Haus stand am Ende der Straße, und seit Jahren wohnte dort niemand mehr. Wohin ist sie nur gezogen? Übers Meer?\n"
SPANISH = (
    "La casa estaba al final del camino, y nadie vivía allí desde hacía años. ¿Adónde se habrá marchado la niña?\n"
)
RUSSIAN = "Дом стоял в конце переулка, и в нём много лет никто не жил. Говорят, она уехала в мае.\n"
GREEK = "Το σπίτι ήταν στο τέλος του δρόμου και κανείς δεν έμενε εκεί για πολλά χρόνια. Λένε πως έφυγε τον Μάιο.\n"
HEBREW = "הבית עמד בסוף הסמטה, ושנים רבות לא גר בו איש. אומרים שהיא עזבה בחודש מאי.\n"
ARABIC = "كان البيت في آخر الزقاق ولم يسكنه أحد منذ سنوات طويلة. يقولون إنها رحلت في شهر مايو.\n"
THAI = "บ้านหลังนั้นอยู่สุดซอย และไม่มีใครอาศัยอยู่มาหลายปีแล้ว เขาว่ากันว่าเธอจากไปในเดือนพฤษภาคม\n"
POLISH = "Dom stał na końcu uliczki i od lat nikt w nim nie mieszkał. Mówią, że wyjechała w maju; źle się działo.\n"
CZECH = "Dům stál na konci uličky a už léta v něm nikdo nebydlel. Říká se, že odjela v květnu; těžko říct kam.\n"
TURKISH = (
    "Ev sokağın sonundaydı ve yıllardır içinde kimse yaşamıyordu. Mayısta gittiğini söylüyorlar; çok üzüldüğünü de.\n"
)
JAPANESE = "その家は路地の突き当たりにあり、何年も誰も住んでいなかった。彼女は五月に去ったという。\n"
CHINESE = "那座房子在小巷的尽头，多年来没有人住过。据说她在五月离开了。\n"
TAIWANESE = "那座房子在小巷的盡頭，多年來沒有人住過。據說她在五月離開了，誰也不知道她去了哪裡。\n"
KOREAN = "그 집은 골목 끝에 있었고 여러 해 동안 아무도 살지 않았다. 그녀는 오월에 떠났다고 한다.\n"
HINDI = "वह घर गली के अंत में था और कई सालों से वहाँ कोई नहीं रहता था।\n"
ENGLISH = "The house stood at the end of the lane, and nobody had lived there for years.\n"
