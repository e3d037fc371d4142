"""Which language's quotes and dashes a text with lost marks uses."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.mojibake.words.habits import habit_of

LOST = {*range(0x80, 0xA1), 0xDB, 0xDC, 0xDD, 0xDE, 0xFC, 0xFD, 0xFE, 0xFF}


def accident(text: str) -> str:
    return bytes(byte for byte in text.encode() if byte not in LOST).decode("tis-620")


def test_an_apostrophe_leaves_no_word_behind() -> None:
    assert habit_of("The cook\u0e42s soup").opening == "“"


def test_remains_of_letters_tell_the_language() -> None:
    assert habit_of("poszed\u0e25 do domu i by\u0e25 tam").opening == "„"


@pytest.mark.parametrize(
    "text",
    [
        "—Ven aquí —dijo la niña—, que ya es tarde.",
        "—¿Quién es? —preguntó el señor.",
        "Dijo que no “era así” y se fue.",
        "Der Wirt „kam nicht“, und das „Über uns“ blieb dunkel.",
        "Der Wagen – er war alt –, der dort stand, gehörte uns nicht.",
        "„Haben Sie ‚Faust‘ gelesen?“, fragte die Lehrerin am nächsten Morgen.",
        "Babička řekla: „Pojďte dovnitř, venku je zima.“ A my jsme šli.",
        "Sedeli sme pri ohni a otec povedal: „Zajtra pôjdeme domov.“",
        "Läraren sade: ”Nu börjar vi”, men ingen lyssnade på henne.",
        "Poika sanoi äidille: ”Minä en lähde kouluun tänään”, ja itki.",
        "A tanár azt mondta: „Holnap nem lesz óra”, és mindenki örült.",
        "Profesorul a spus că „mâine nu avem ore” și a plecat acasă.",
        "O professor disse que “amanhã não há aulas” e saiu da sala.",
        "—Não sei —disse a mulher—, mas amanhã pergunto ao médico.",
        "L’insegnante ha detto che “domani non c’è lezione” ed è uscito.",
        "De leraar zei: ‘Morgen is er geen les’, en iedereen was blij.",
        "’s Avonds zaten we met z’n allen bij het vuur en dronken thee.",
        "Ahmet’in arabası Ankara’da kaldı, biz de İstanbul’a yürüdük.",
        "Znał powieści Dickens’a i Joyce’a, ale „Ulissesa” nie czytał.",
        "“I know,” said the doctor—“everybody knows—but it’s late.”",
        "It was O’Hara’s idea, y’all know that; the boys’ father wasn’t there.",
    ],
)
def test_restored(text: str) -> None:
    assert cleaner.repair(accident(text)).text == text
