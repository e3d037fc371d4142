"""JSON form and schema of the values."""

import copy
import json
import math
import pickle

import pytest
from jsonschema import Draft202012Validator

from cleaner.document import (
    Candidate,
    Document,
    Edit,
    Encoding,
    EncodingCandidate,
    Finding,
    Language,
    LanguageSpan,
    Passage,
    Relation,
    Segment,
    Source,
    Span,
)
from cleaner.outputs.rows import schemas
from cleaner.records import dumps, from_json, schema, to_json, written

EDIT = Edit(
    "MOJ202",
    4,
    5,
    "โ",
    "’",
    "UTF-8 read as TIS-620",
    0.98,
    "inferred",
    ("apostrophe",),
    ("encode tis-620", "decode utf-8"),
    (Candidate("—", 0.01),),
    1,
    Span(4, 5),
    Span(4, 7),
    Span(4, 5),
)
DOCUMENT = Document(
    "a.txt",
    Source("a.txt", 9, "0" * 64, b"a\xff.txt"),
    Encoding(
        "utf-8",
        "utf-8",
        1.0,
        "utf8",
        ("valid UTF-8",),
        (),
        True,
        (Segment(0, 3, 0, 0, None, b"\xef\xbb\xbf"), Segment(3, 9, 0, 6, "utf-8")),
    ),
    "band’s",
    Language("en", 0.9, (Candidate("en", 0.9),), None, "Latn", (LanguageSpan(0, 6, "en", 0.9),)),
    (EDIT,),
    (Finding("TXT901", 0, 4, "seen"),),
)
VALUES = [
    EDIT,
    DOCUMENT,
    Finding("ENC101", 0, 1, "damaged bytes", 0.5, ("ff",), (Candidate("é", 0.5),)),
    Relation("a", "b", "near", 0.75),
]


ODD = [
    Relation("a", "b", "story", 1, "a", ("Anna",), (Passage(Span(0, 3), Span(2, 5), "event", 1 / 3, ('"\n\x07é',)),)),
    Language("und", 0.0, script=None, group="x", second_opinion=Candidate("en", 2e-7)),
    Encoding(None, None, 1e-05, "binary", ("a NUL",), (EncodingCandidate("cp1252", 0.1234567, True),)),
    {"a": 0.5},
    "b",
    None,
    0.12345678,
    math.inf,
    [],
    VALUES,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_round_trip(value):
    record = json.loads(dumps(to_json(value)))
    assert from_json(type(value), record) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_are_what_they_were_in_another_process(value):
    assert pickle.loads(pickle.dumps(value)) == value
    assert copy.deepcopy(value) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_records_fit_their_schema(value):
    described = schema(type(value))
    Draft202012Validator.check_schema(described)
    assert Draft202012Validator(described).is_valid(to_json(value))


@pytest.mark.parametrize("value", [*VALUES, *ODD], ids=lambda value: type(value).__name__)
def test_what_is_written_is_the_record(value):
    assert written(value) == dumps(to_json(value))


def test_schema_refuses_a_wrong_record():
    wrong = to_json(EDIT) | {"kind": "guessed"}
    assert not Draft202012Validator(schema(Edit)).is_valid(wrong)
    assert not Draft202012Validator(schema(Edit)).is_valid({**to_json(EDIT), "colour": "red"})
    assert not Draft202012Validator(schema(Edit)).is_valid({"rule": "MOJ202"})


def test_defaults_are_left_out():
    assert set(to_json(Finding("ENC101", 0, 1, "damaged"))) == {"rule", "start", "end", "reason"}


def test_unknown_and_missing_fields_are_refused():
    with pytest.raises(ValueError, match="no field colour"):
        from_json(Span, {"start": 0, "end": 1, "colour": "red"})
    with pytest.raises(ValueError, match="no Span"):
        from_json(Span, {"start": 0})


@pytest.mark.parametrize("held", ["0", None, True, 0.0, [0]])
def test_a_value_of_another_kind_is_refused(held):
    with pytest.raises(ValueError, match="is no int"):
        from_json(Span, {"start": 0, "end": held})
    with pytest.raises(ValueError, match="is no Mapping"):
        from_json(Span, held)


def test_every_published_schema_is_valid():
    assert {"corpus", "edits", "findings"} <= set(schemas())
    for described in schemas().values():
        Draft202012Validator.check_schema(described)
