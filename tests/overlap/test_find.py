"""Overlap: copies, containment, stories, policies."""

import random

import pytest

import cleaner
from cleaner.document import Cluster, Relation
from cleaner.overlap import PolicyDocument, Thresholds, apply_policy

PARTS = [
    f"In the {place} of {name} there lived a {trade} who had {number} {things}, and every {day} the people came to look at them."
    for place, name, trade, number, things, day in [
        ("village", "Oberau", "miller", "seven", "clocks", "Monday"),
        ("harbour", "Portsall", "widow", "nineteen", "lanterns", "winter"),
        ("valley", "Ticino", "teacher", "forty", "maps", "evening"),
        ("suburb", "Harlow", "welder", "two", "peacocks", "spring"),
        ("capital", "Lisbon", "printer", "eleven", "parrots", "holiday"),
        ("desert", "Gobi", "driver", "a dozen", "radios", "night"),
    ]
]
TEXT = " ".join(PARTS)
OTHER = " ".join(
    f"Nothing of this stands anywhere else, as sentence number {n} about {n * 7} bricks shows." for n in range(9)
)
TELLING_A = (
    "Marta Kovalenko leaves Brightwater to find her brother Anton. On the ferry she meets Captain Ferreira, who knows where "
    "Anton went. Together Marta and Ferreira cross to Sandholm, where Anton hides from the Lindqvist gang."
)
TELLING_B = (
    "The film follows a young woman, Marta, whose brother Anton has vanished from Brightwater. An old sailor called Ferreira helps "
    "Marta to reach Sandholm. There the Lindqvist gang is waiting, and Kovalenko has to choose."
)
TELLING_RU = (
    "В фильме Марта Коваленко ищет своего брата Антона, который исчез из города Брайтуотер. Капитан Феррейра помогает Марте "
    "добраться до Сандхольма, где банда Линдквист ждёт. Коваленко и Феррейра находят Антона в конце."
)


def kinds(documents, **options):
    return {(p.a, p.b, p.relation) for p in cleaner.find_duplicates(documents, **options).pairs}


def test_different_texts_have_nothing_in_common():
    assert kinds({"a": TEXT, "b": OTHER, "c": "Short.", "d": ""}) == set()


def test_exact_ignores_layout_only():
    assert kinds({"a": TEXT, "b": TEXT.replace(" In ", "\n\n  In ")}) == {("a", "b", "exact")}
    assert kinds({"a": TEXT, "b": TEXT.upper().replace(",", "")}) == {("a", "b", "near")}


def test_near_has_the_exact_jaccard():
    (pair,) = [
        p
        for p in cleaner.find_duplicates({"a": TEXT, "b": TEXT.replace("seven", "eight")}).pairs
        if p.relation == "near"
    ]
    words, other = TEXT.lower().replace(",", "").replace(".", "").split(), None
    other = [word.replace("seven", "eight") for word in words]
    one = {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
    two = {tuple(other[i : i + 5]) for i in range(len(other) - 4)}
    assert pair.score == pytest.approx(len(one & two) / len(one | two), abs=1e-4)


def test_contained_names_the_inner_one():
    found = cleaner.find_duplicates({"whole": TEXT, "part": " ".join(PARTS[:2])})
    (pair,) = [p for p in found.pairs if p.relation == "contained"]
    assert pair.direction == "part"
    assert [p.kind for p in pair.passages] == ["same_text"]


def test_the_first_of_two_of_one_size_counts_as_contained():
    parts = [" ".join([*PARTS[:3], last]) for last in PARTS[3:5]]
    for names in ("ab", "ba"):
        found = cleaner.find_duplicates(dict(zip(names, parts, strict=True)), thresholds=Thresholds(contained=0.65))
        assert [p.direction for p in found.pairs if p.relation == "contained"] == ["a"]


def test_copies_of_alike_texts_make_no_square_of_pairs():
    texts = [TEXT.replace("seven", f"{number} old") for number in range(3)]
    found = cleaner.find_duplicates({f"{at}/{copy:02}": text for at, text in enumerate(texts) for copy in range(20)})
    near = [(p.a, p.b) for p in found.pairs if p.relation == "near"]
    assert len(near) == 3 * (20 + 20 - 1)
    assert all("00" in pair[0] or "00" in pair[1] for pair in near)
    assert [len(cluster.members) for cluster in found.clusters] == [60]
    assert any("3 relations of texts with many copies" in note for note in found.notes)


def test_garbled_copies_are_found():
    text = TEXT.replace("Oberau", "Oberäu").replace("had", "’had’")
    assert {k for _, _, k in kinds({"a": text, "b": text.encode().decode("cp1252", "replace")})} & {"near", "exact"}


RUSSIAN = "Паромщик Марк жил в Оберау один. Каждое утро он переводил через реку девочку по имени Нина, а вечером ждал её с фонарём."


@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "latin-1"), ("cp1251", "latin-1"), ("utf-8", "cp1251"), ("koi8-r", "cp1251")]
)
def test_garbled_copies_of_a_text_without_ascii_letters_are_found(written: str, read: str) -> None:
    garbled = RUSSIAN.encode(written).decode(read, "replace")
    found = cleaner.find_duplicates({"a": RUSSIAN, "b": garbled})
    assert [pair.relation for pair in found.pairs] == ["near"]


def test_tellings_of_one_story():
    found = cleaner.find_duplicates({"a": TELLING_A, "b": TELLING_B, "c": OTHER})
    assert [(p.a, p.b, p.relation) for p in found.pairs] == [("a", "b", "story")]
    assert {"Marta", "Ferreira", "Sandholm"} <= set(found.pairs[0].evidence)


def test_tellings_across_scripts():
    (pair,) = cleaner.find_duplicates({"a": TELLING_A, "b": TELLING_RU}).pairs
    assert pair.relation == "story"
    assert any("ферр" in name or "Ферр" in name for name in pair.evidence)


def test_relations_can_be_limited():
    assert kinds({"a": TEXT, "b": TEXT, "c": TELLING_A, "d": TELLING_B}, relations=("story",)) == {("c", "d", "story")}
    assert {k for _, _, k in kinds({"a": TEXT, "b": TEXT}, relations=("exact", "near"))} == {"exact"}


def test_order_does_not_matter():
    documents = {f"d{n}": " ".join(random.Random(n).sample(PARTS, 4)) for n in range(12)}
    first = cleaner.find_duplicates(documents)
    shuffled = dict(random.Random(1).sample(sorted(documents.items()), len(documents)))
    assert cleaner.find_duplicates(shuffled) == first


def test_clusters_have_the_fullest_in_front():
    found = cleaner.find_duplicates({"part": " ".join(PARTS[:5]), "whole": TEXT, "copy": " ".join(PARTS[:5])})
    (cluster,) = found.clusters
    assert cluster.representative == "whole"
    assert "fullest" in cluster.reason


@pytest.fixture
def story():
    texts = {"a": TELLING_A, "b": TELLING_B, "c": TELLING_A, "ru": TELLING_RU}
    found = cleaner.find_duplicates(texts)
    languages = {"ru": "ru"}
    return [PolicyDocument(name, text, languages.get(name, "en")) for name, text in texts.items()], found


@pytest.mark.parametrize(
    ("policy", "left_out"), [("annotate", 0), ("keep-best", 1), ("one-per-story", 3), ("merge", 3)]
)
def test_policies(story, policy, left_out):
    documents, found = story
    result = apply_policy(policy, documents, found.pairs, found.clusters)
    assert len(result.removed) == left_out
    assert all(why.kept not in result.removed for why in result.removed.values())
    assert bool(result.merged) == (policy == "merge")


def test_what_a_copy_names_as_kept_is_kept():
    relations = [
        Relation("copy", "told", "near", 0.9),
        Relation("full", "told", "story", 0.8),
    ]
    clusters = [
        Cluster("copies-1", "near", ("copy", "told"), "told", ""),
        Cluster("story-1", "story", ("copy", "full", "told"), "full", ""),
    ]
    documents = [PolicyDocument(name, name, "en") for name in ("copy", "full", "told")]
    result = apply_policy("one-per-story", documents, relations, clusters)
    assert [(name, why.kept) for name, why in result.removed.items()] == [("copy", "full"), ("told", "full")]
    languages = [
        PolicyDocument("copy", "short", "de"),
        PolicyDocument("full", "the fullest", "en"),
        PolicyDocument("told", "longer", "en"),
    ]
    result = apply_policy("one-per-story", languages, relations, clusters, per_language=True)
    assert [(name, why.kept) for name, why in result.removed.items()] == [("told", "full")]


def test_one_a_language(story):
    documents, found = story
    result = apply_policy("one-per-story", documents, found.pairs, found.clusters, per_language=True)
    assert "ru" not in result.removed
    assert len(result.removed) == 2


def test_one_of_a_thing_is_said_in_the_singular():
    found = cleaner.find_duplicates(
        {"a": "x", "b": "x", "c": "one two three four", "d": "one two three five six"},
        thresholds=Thresholds(near=0.1, contained=0.9),
    )
    assert found.clusters[0].reason == "as full as another (1 word); the first by name"
    assert found.pairs[1].evidence == ("1 run of words in common, compared by words",)
