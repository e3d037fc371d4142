"""What a run remembers."""

from cleaner.ledger import NAME, Ledger, ledger_key, look_up


def test_results_are_kept_by_key(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.put("a", "first é")
    ledger.put("b", "second")
    ledger.flush()
    assert look_up(ledger.path, "a") == "first é"
    ledger.keep_only(["b"])
    ledger.close()
    assert look_up(tmp_path / NAME, "a") is None
    assert look_up(tmp_path / NAME, "b") == "second"


def test_keys_depend_on_every_part():
    assert ledger_key("a", "bc") != ledger_key("ab", "c")


def test_a_broken_ledger_is_begun_anew(tmp_path):
    (tmp_path / NAME).write_bytes(b"this is no database, but it is long enough to look like a broken one" * 20)
    ledger = Ledger(tmp_path)
    ledger.put("a", "x")
    ledger.close()
    assert look_up(tmp_path / NAME, "a") == "x"
