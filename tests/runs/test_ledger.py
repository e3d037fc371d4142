"""What a run remembers."""

import os
import sqlite3
import sys

import pytest

from cleaner.runs import ledger as ledgers
from cleaner.runs.ledger import NAME, Ledger, LedgerInUseError, Place, Reader, Row, append, ledger_key, look_up

A, B = ledger_key("a"), ledger_key("b")


def put(ledger, key, *sections):
    (place,) = append(ledger.shards, [sections])
    ledger.put(Row(key, "card", place))
    return place


def test_results_are_kept_by_key(tmp_path):
    ledger = Ledger(tmp_path)
    assert ledger.known() is None
    place = put(ledger, A, "first é".encode(), b"", b"\n")
    put(ledger, B, b"second")
    known = ledger.known()
    assert look_up(known, [A, B, ledger_key("c")])[A] == Row(A, "card", place)
    with Reader(ledger.shards) as reader:
        assert reader.sections(place, 0, 3) == ["first é".encode(), b"", b"\n"]
        assert b"".join(reader.pieces(place, 0)) == reader.section(place, 0) == "first é".encode()
    ledger.keep_only([B])
    ledger.close()
    again = Ledger(tmp_path)
    assert list(look_up(again.known(), [A, B])) == [B]
    again.close()


def test_a_reader_that_was_closed_opens_again(tmp_path):
    ledger = Ledger(tmp_path)
    place = put(ledger, A, b"held")
    with Reader(ledger.shards) as reader:
        assert reader.section(place, 0) == b"held"
        reader.close()
        assert reader.section(place, 0) == b"held"
    for kept in ([A, B], [A]):
        ledger.keep_only(kept)
    assert list(look_up(ledger.known(), [A, B])) == [A]
    ledger.close()


def test_a_row_without_a_place(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.put(Row(A, "rejected"))
    assert look_up(ledger.known(), [A]) == {A: Row(A, "rejected")}
    ledger.close()


def test_more_keys_than_one_query_takes(tmp_path):
    ledger = Ledger(tmp_path)
    keys = [ledger_key(str(number)) for number in range(1300)]
    for key in keys:
        ledger.put(Row(key, "x"))
    assert set(look_up(ledger.known(), keys)) == set(keys)
    ledger.close()


def test_keys_depend_on_every_part():
    assert ledger_key("a", "bc") != ledger_key("ab", "c")


@pytest.mark.parametrize("damage", ["shorter", "other", "gone"])
def test_a_result_that_is_not_what_was_written_counts_as_none(tmp_path, damage):
    ledger = Ledger(tmp_path)
    shard = ledger.shards / put(ledger, A, b"a result").shard
    {"shorter": lambda: shard.write_bytes(b"a re"), "other": lambda: shard.write_bytes(b"another!")}.get(
        damage, shard.unlink
    )()
    assert look_up(ledger.known(), [A]) == {}
    ledger.close()


@pytest.mark.parametrize(
    "damage",
    [
        "card = 'xxxxxxxxcard'",
        "card = null",
        "card = cast(x'ff' as text)",
        "card = replace(card, 'card', 'cart')",
        "shard = null",
        "shard = 'a' || char(0)",
        "start = -1",
        "start = 'x'",
        "lengths = 'x'",
        "lengths = '9999999999999999'",
    ],
)
def test_a_row_that_is_not_what_was_put_down_counts_as_none(tmp_path, damage):
    ledger = Ledger(tmp_path)
    put(ledger, A, b"a result")
    ledger.close()
    connection = sqlite3.connect(tmp_path / NAME)
    with connection:
        connection.execute(f"update results set {damage}")
    connection.close()
    again = Ledger(tmp_path)
    assert look_up(again.known(), [A]) == {}
    again.close()


def test_shards_without_results_are_removed(tmp_path):
    ledger = Ledger(tmp_path)
    put(ledger, A, b"x")
    ledger.keep_only([])
    assert not list(ledger.shards.iterdir())
    ledger.close()


@pytest.mark.parametrize("older", [False, True])
def test_a_broken_or_foreign_ledger_is_begun_anew(tmp_path, older):
    if older:
        connection = sqlite3.connect(tmp_path / NAME)
        connection.execute("create table results (key text primary key, result blob)")
        connection.close()
    else:
        (tmp_path / NAME).write_bytes(b"this is no database, but it is long enough to look like a broken one" * 20)
    ledger = Ledger(tmp_path)
    place = put(ledger, A, b"x")
    assert look_up(ledger.known(), [A])[A].place == place
    ledger.close()


PAGE = 4096


@pytest.mark.parametrize(
    "damage", [lambda page: b"", lambda page: bytes(PAGE), lambda page: page[:9] + b"\xff" + page[10:]]
)
def test_a_ledger_that_is_damaged_anywhere_ends_no_run(tmp_path, damage):
    keys = [bytes([number]) * 32 for number in range(200)]
    ledger = Ledger(tmp_path)
    for key in keys:
        ledger.put(Row(key, "card " * 30, Place("shard", 0, (1,), 0)))
    ledger.close()
    whole = (tmp_path / NAME).read_bytes()
    for at in range(PAGE, len(whole), PAGE):
        page = damage(whole[at : at + PAGE])
        (tmp_path / NAME).write_bytes(whole[:at] + page + (whole[at + PAGE :] if page else b""))
        ledger = Ledger(tmp_path)
        found = look_up(ledger.known(), keys, sound=False)
        assert all(row.card == "card " * 30 for row in found.values())
        ledger.put(Row(A, "new"))
        ledger.keep_only([A, *keys])
        ledger.close()


@pytest.mark.skipif(sys.platform == "win32", reason="limits open files")
def test_a_ledger_that_cannot_be_opened_now_is_kept(tmp_path):
    import resource

    ledger = Ledger(tmp_path)
    place = put(ledger, A, b"x")
    ledger.close()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    file = os.open(tmp_path, os.O_RDONLY)  # the lowest that is free
    os.close(file)
    resource.setrlimit(resource.RLIMIT_NOFILE, (file, limits[1]))
    try:
        with pytest.raises(sqlite3.OperationalError, match="unable to open"):
            Ledger(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    again = Ledger(tmp_path)
    assert look_up(again.known(), [A])[A].place == place
    again.close()


@pytest.mark.parametrize("reads", ["_read_at", "_read_by_seeking"])
def test_a_section_is_read_in_as_many_calls_as_it_takes(tmp_path, monkeypatch, reads):
    monkeypatch.setattr(ledgers, "_read_at", getattr(ledgers, reads))
    monkeypatch.setattr(ledgers, "MOST", 3)
    ledger = Ledger(tmp_path)
    put(ledger, A, b"before")
    place = put(ledger, B, b"a result", b"another")
    with Reader(ledger.shards) as reader:
        assert reader.sections(place, 0, 2) == [b"a result", b"another"]
        assert reader.section(place, 1) == b"another"
    ledger.close()


def test_two_runs_at_once_are_refused(tmp_path):
    first = Ledger(tmp_path)
    with pytest.raises(LedgerInUseError):
        Ledger(tmp_path)
    first.close()
    Ledger(tmp_path).close()


def test_a_shard_that_ends_early_is_not_read_as_if_it_were_whole(tmp_path):
    ledger = Ledger(tmp_path)
    place = put(ledger, A, b"a result", b"another")
    shard = ledger.shards / place.shard
    shard.write_bytes(shard.read_bytes()[:-1])
    with Reader(ledger.shards) as reader:
        assert reader.section(place, 0) == b"a result"
        with pytest.raises(ValueError, match="damaged"):
            reader.section(place, 1)
        with pytest.raises(ValueError, match="damaged"):
            list(reader.pieces(place, 1))
    ledger.close()
