"""What the other documents of a folder say, given explicitly."""

import json

import pytest

import cleaner
from cleaner import clean, clean_folder
from cleaner.cleaning import FolderContext
from cleaner.language.context import LanguageContext
from cleaner.language.second import langdetect_verdicts


def test_a_context_counts_confident_verdicts_only():
    context = LanguageContext.of([("cs", 0.99), ("cs", 0.98), ("sk", 0.97), ("pl", 0.6), ("und", 0.99)])
    assert dict(context.shares) == {"cs": 0.6667, "sk": 0.3333}
    assert not LanguageContext.of([("pl", 0.6)])
    assert LanguageContext().weights(["pl", "cs"]) == [1.0, 1.0]
    (czech, polish) = context.weights(["cs", "pl"])
    assert czech > 100 * polish > 0


def test_it_sharpens_a_short_document():
    alone = cleaner.detect_language("nová ulica")
    czech = cleaner.detect_language("ulice a domy", context=LanguageContext((("cs", 1.0),)))
    slovak = cleaner.detect_language("ulice a domy", context=LanguageContext((("sk", 1.0),)))
    assert alone.code == "sk"
    assert (czech.code, slovak.code) == ("cs", "sk")


def test_a_clear_verdict_does_not_depend_on_it():
    text = "Das Haus stand am Ende der Gasse, und seit Jahren hatte niemand dort gewohnt."
    assert cleaner.detect_language(text, context=LanguageContext((("nl", 1.0),))) == cleaner.detect_language(text)


def test_an_uncertain_verdict_is_a_finding_until_the_folder_decides_it():
    alone = clean("ulice a domy")
    assert [finding.rule for finding in alone.findings] == ["LNG101"]
    assert any("candidates" in said for said in alone.findings[0].evidence)
    context = FolderContext(languages=LanguageContext((("cs", 1.0),)))
    told = clean("ulice a domy", context=context)
    assert told.language.code == "cs"
    assert told.findings == ()
    assert clean("Das Haus stand am Ende der Gasse.").findings == ()


def test_a_run_tells_its_documents_what_the_others_are_in(tmp_path):
    (tmp_path / "in").mkdir()
    sentence = "Dům stál na konci uličky a léta v něm nikdo nebydlel, jen v létě tam chodily děti číslo {}."
    for number in range(6):
        (tmp_path / "in" / f"{number}.txt").write_text(sentence.format(number), encoding="utf-8")
    (tmp_path / "in" / "short.txt").write_text("ulice a domy", encoding="utf-8")
    clean_folder(tmp_path / "in", tmp_path / "out")
    records = map(json.loads, (tmp_path / "out" / "corpus.jsonl").read_text(encoding="utf-8").splitlines())
    found = {record["id"]: record["language"] for record in records}
    assert found["short.txt"]["code"] == "cs"
    assert found["short.txt"]["confidence"] > clean("ulice a domy").language.confidence


def records_beside(folder, others):
    """The records of a run over a short text and so many Greek ones."""
    (folder / "in").mkdir()
    for number in range(others):
        text = f"Το σπίτι ήταν στο τέλος του δρόμου και κανείς δεν έμενε εκεί για {number} χρόνια."
        (folder / "in" / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "in" / "short.txt").write_text("casa mare", encoding="utf-8")
    clean_folder(folder / "in", folder / "out")
    return [json.loads(line) for line in (folder / "out" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("others", [0, 6])
def test_a_second_opinion_is_asked_once(tmp_path, monkeypatch, others):
    asked = []

    def verdicts(texts, languages):
        asked.extend(texts)
        return langdetect_verdicts(texts, languages)

    monkeypatch.setattr("cleaner.language.detect.langdetect_verdicts", verdicts)
    records = records_beside(tmp_path, others)
    assert [record["id"] for record in records if "second_opinion" in record["language"]] == ["short.txt"]
    assert asked == ["casa mare"]


@pytest.mark.parametrize("others", [0, 6])
def test_an_uncertain_document_of_a_run_has_its_spans(tmp_path, others):
    records = records_beside(tmp_path, others)
    (found,) = (record["language"] for record in records if record["id"] == "short.txt")
    assert found["confidence"] < 0.75
    assert [(span["start"], span["end"]) for span in found["spans"]] == [(0, 9)]


def test_a_document_whose_language_a_person_has_said_has_its_spans_in_a_first_pass():
    from cleaner.cleaning import FIRST, languages_of, read_text
    from cleaner.decisions import DocumentDecisions
    from cleaner.settings import Settings

    read = [
        read_text("casa mare", path="a.txt", settings=Settings(), context=FIRST, decisions=said)
        for said in (None, DocumentDecisions(language="ro"))
    ]
    (open_one, _), (said_one, _) = languages_of(read, Settings(), FIRST)
    assert not open_one.spans
    assert said_one.spans
