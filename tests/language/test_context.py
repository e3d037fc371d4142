"""What the other documents of a folder say, given explicitly."""

import cleaner
from cleaner.language.context import LanguageContext


def test_a_context_counts_confident_verdicts_only():
    context = LanguageContext.of([("cs", 0.99), ("cs", 0.98), ("sk", 0.97), ("pl", 0.6), ("und", 0.99)])
    assert dict(context.shares) == {"cs": 0.6667, "sk": 0.3333}
    assert not LanguageContext.of([("pl", 0.6)])
    assert LanguageContext().weight("pl") == 1.0


def test_it_sharpens_a_short_document():
    alone = cleaner.detect_language("nová ulica")
    czech = cleaner.detect_language("ulice a domy", context=LanguageContext((("cs", 1.0),)))
    slovak = cleaner.detect_language("ulice a domy", context=LanguageContext((("sk", 1.0),)))
    assert alone.code == "sk"
    assert (czech.code, slovak.code) == ("cs", "sk")


def test_a_clear_verdict_does_not_depend_on_it():
    text = "Das Haus stand am Ende der Gasse, und seit Jahren hatte niemand dort gewohnt."
    assert cleaner.detect_language(text, context=LanguageContext((("nl", 1.0),))) == cleaner.detect_language(text)
