"""The main job on the five samples: what is changed, what is left, what belongs together."""

import hashlib
from collections import Counter

import pytest

from cleaner.cli import main
from tests.conftest import ROOT, rows, tree

APOSTROPHE, DASH, NBSP = "\N{RIGHT SINGLE QUOTATION MARK}", "\N{EM DASH}", "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory, seeds):
    out = tmp_path_factory.mktemp("run") / "cleaned"
    assert main(["run", str(seeds), "--out", str(out), "--quiet"]) == 0
    return out


@pytest.fixture(scope="module")
def corpus_profile(tmp_path_factory, seeds):
    out = tmp_path_factory.mktemp("run") / "corpus"
    assert main(["run", str(seeds), "--out", str(out), "--profile", "corpus", "--no-report", "--quiet"]) == 0
    return out


def source(seeds, number: str) -> str:
    return next(seeds.glob(f"{number}_*")).read_text(encoding="utf-8")


def clean(out, number: str) -> str:
    return next((out / "text").glob(f"{number}_*")).read_bytes().decode("utf-8")


def edits(out, number: str) -> list[dict]:
    return [row for row in rows(out / "edits.jsonl") if row["document"].startswith(number)]


def findings(out, number: str) -> list[dict]:
    return [row for row in rows(out / "findings.jsonl") if row["document"].startswith(number)]


def test_committed_output_is_what_a_run_writes(cleaned):
    assert tree(cleaned) == tree(ROOT / "cleaned")


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_correct_samples_are_left_alone(cleaned, seeds, number):
    assert clean(cleaned, number) == source(seeds, number)
    assert edits(cleaned, number) == []


def test_encodings_and_languages(cleaned):
    found = {
        row["id"][:3]: (row["encoding"]["encoding"], row["language"]["code"]) for row in rows(cleaned / "corpus.jsonl")
    }
    assert found == {
        "000": ("utf-8", "en"),
        "001": ("utf-8", "en"),
        "002": ("utf-8", "en"),
        "003": ("utf-8", "ru"),
        "004": ("ascii", "en"),
    }


def test_lost_quotes_and_dashes_come_back(cleaned):
    text = clean(cleaned, "002")
    repaired = [row for row in edits(cleaned, "002") if row["rule"].startswith("MOJ")]
    after = Counter(character for row in repaired for character in row["after"] if character not in row["before"])
    assert after == {APOSTROPHE: 8, DASH: 2, NBSP: 2}
    assert f"the industry{DASH}led by Fowley{DASH}insists" in text
    assert f"The band{APOSTROPHE}s early days" in text
    assert not any("\u0e00" <= character <= "\u0e7f" for character in text)
    assert {row["kind"] for row in repaired} == {"inferred"}
    assert all(0 < row["confidence"] < 1 and row["alternatives"] and row["reason"] for row in repaired)


def test_the_lost_space_has_both_readings(cleaned):
    text = clean(cleaned, "002")
    assert text.startswith(f"{NBSP}\n")
    assert f"1970s,{NBSP} The" in text
    spaces = [row for row in edits(cleaned, "002") if NBSP in row["after"]]
    assert len(spaces) == 2
    inside = spaces[1]
    readings = {inside["after"]} | {candidate["value"] for candidate in inside["alternatives"]}
    assert len(readings) >= 2


def test_only_spaces_at_paragraph_ends_go(cleaned, seeds):
    text, before = clean(cleaned, "003"), source(seeds, "003")
    assert text == "\n".join(line.rstrip(" ") for line in before.split("\n"))
    assert text != before
    assert all(row["before"].strip(" ") == "" and row["after"] == "" for row in edits(cleaned, "003"))


def test_corpus_profile_marks_promotion(corpus_profile, seeds):
    text = clean(corpus_profile, "000")
    marked = [row for row in findings(corpus_profile, "000") if row["rule"].startswith("TXT")]
    lines = [text[row["start"] : row["end"]] for row in marked]
    assert [line.split()[0] for line in lines] == ["Don't", "Check", "For"]
    assert text == source(seeds, "000")


def test_corpus_profile_on_the_others(corpus_profile, seeds):
    assert clean(corpus_profile, "001") == source(seeds, "001")
    repaired = clean(corpus_profile, "002")
    assert repaired.startswith("Set in the 1970s, The Runaways")
    assert NBSP not in repaired
    russian = clean(corpus_profile, "003")
    assert "  " not in russian
    assert not any(line.startswith(" ") for line in russian.split("\n"))


def test_corpus_profile_mends_what_cut_out_brackets_left(corpus_profile):
    text = clean(corpus_profile, "004")
    for gone in ("[2]", "  ", " .", " ,", ". ."):
        assert gone not in text
    for there in (
        "Cherie Currie is a teenager",
        "famous record producer. Her",
        "Sandy West, who is",
        "on bass. The band",
    ):
        assert there in text
    assert "house.She" in text
    spotted = [text[row["start"] : row["end"]] for row in findings(corpus_profile, "004")]
    assert any("." in found and found in "house.She" for found in spotted)


def test_five_tellings_of_one_story(cleaned):
    found = rows(cleaned / "relations.jsonl")
    pairs = {(row["a"][:3], row["b"][:3]): row for row in found if row["type"] == "relation"}
    assert {row["relation"] for row in pairs.values()} == {"story"}
    assert len(pairs) == 10
    assert all(len(row["evidence"]) >= 3 for row in pairs.values())
    (cluster,) = [row for row in found if row["type"] == "cluster"]
    assert len(cluster["members"]) == 5
    assert cluster["reason"]


def test_the_same_event_is_aligned(cleaned):
    second, fourth = clean(cleaned, "002"), clean(cleaned, "004")
    (pair,) = [
        row
        for row in rows(cleaned / "relations.jsonl")
        if row["type"] == "relation" and (row["a"][:3], row["b"][:3]) == ("002", "004")
    ]
    aligned = [
        (second[p["a"]["start"] : p["a"]["end"]], fourth[p["b"]["start"] : p["b"]["end"]], p["evidence"])
        for p in pair["passages"]
    ]
    assert any("drummer Sandy West" in one and "Joan to Sandy West" in other for one, other, _ in aligned)
    assert all(evidence for _, _, evidence in aligned)


def test_an_ordinary_word_is_not_told_as_a_name(cleaned):
    shared = [name for row in rows(cleaned / "relations.jsonl") for name in row.get("evidence", ())]
    assert "Runaways" in shared
    assert "The" not in shared


def test_restore_gives_the_samples_back(cleaned, seeds, tmp_path, capsys):
    assert main(["restore", str(cleaned), "--to", str(tmp_path / "again")]) == 0
    assert "5 documents restored" in capsys.readouterr().out
    assert tree(tmp_path / "again") == tree(seeds)


def test_restore_of_what_a_policy_left_out(seeds, tmp_path):
    out = tmp_path / "one"
    assert main(["run", str(seeds), "--out", str(out), "--overlap", "one-per-story", "--no-report", "--quiet"]) == 0
    kept, removed = rows(out / "corpus.jsonl"), rows(out / "removed.jsonl")
    assert (len(kept), len(removed)) == (1, 4)
    assert {row["kept"] for row in removed} == {kept[0]["id"]}
    assert all(row["evidence"] and row["score"] > 0 and row["reason"] for row in removed)
    assert len(list((out / "text").iterdir())) == 1
    assert main(["restore", str(out), "--to", str(tmp_path / "again"), "--quiet"]) == 0
    assert tree(tmp_path / "again") == tree(seeds)


def test_merge_keeps_where_each_sentence_came_from(seeds, tmp_path, capsys):
    out = tmp_path / "merged"
    assert main(["run", str(seeds), "--out", str(out), "--overlap", "merge", "--no-report"]) == 0
    assert f"  merged      1 text of a story, in {out / 'merged.jsonl'} and below text/\n" in capsys.readouterr().out
    (merged,) = rows(out / "merged.jsonl")
    texts = {row["document"]["id"]: row["document"]["text"] for row in rows(out / "removed.jsonl")}
    texts |= {row["id"]: row["text"] for row in rows(out / "corpus.jsonl")}
    assert len(merged["members"]) >= 2
    assert all(texts[s["document"]][s["start"] : s["end"]] == s["text"] for s in merged["sentences"])
    assert all(s["text"] in merged["text"] for s in merged["sentences"])


def test_a_merged_text_takes_the_name_of_no_document(seeds, tmp_path):
    source = tmp_path / "in"
    (source / "merged").mkdir(parents=True)
    for path in seeds.iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    for number, text in enumerate(
        ["Bread is baked at night.\n", "Ships leave on Monday.\n", "No cats allowed here.\n"]
    ):
        (source / "merged" / f"story-{number}.txt").write_text(text)
    out = tmp_path / "out"
    assert main(["run", str(source), "--out", str(out), "--overlap", "merge", "--no-report", "--quiet"]) == 0
    own = {path.read_text(encoding="utf-8") for path in (source / "merged").iterdir()}
    written = {path.read_text(encoding="utf-8") for path in (out / "text" / "merged").iterdir()}
    assert own < written
    assert {row["text"] for row in rows(out / "merged.jsonl")} == written - own


def test_manifest_counts_and_digests(cleaned):
    import json

    manifest = json.loads((cleaned / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["documents"] == 5
    for name, digest in manifest["output"].items():
        if not name.endswith("/"):
            assert hashlib.sha256((cleaned / name).read_bytes()).hexdigest() == digest


def test_summary_says_one_story_and_how_to_keep_one(seeds, tmp_path, capsys):
    assert main(["run", str(seeds), "--out", str(tmp_path / "out"), "--no-report"]) == 0
    said = capsys.readouterr().out
    assert "5 documents tell one story" in said
    assert "--overlap one-per-story" in said
    assert "5 documents written" in said
