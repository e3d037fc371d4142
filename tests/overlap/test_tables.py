"""Tables in files: what numpy reads again, and what is said where they can't be written."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from cleaner.overlap.copies.bands import candidate_pairs_on_disk
from cleaner.overlap.copies.near import Limits
from cleaner.overlap.index.name_parts import NamePart
from cleaner.overlap.tables import column_data, save_table, store

TABLES = [
    np.arange(7, dtype=np.uint64),
    np.zeros(0, np.int64),
    np.zeros((0, 3), np.uint32),
    np.arange(12, dtype=np.uint32).reshape(4, 3)[:, ::2],
    np.array([True, False]),
]


@pytest.mark.parametrize("table", TABLES)
def test_numpy_reads_what_it_would_have_written(tmp_path, table):
    save_table(tmp_path / "own.npy", table)
    np.save(tmp_path / "numpy.npy", np.ascontiguousarray(table))
    assert (tmp_path / "own.npy").read_bytes() == (tmp_path / "numpy.npy").read_bytes()
    store(tmp_path / "column", [column_data(table)])
    assert (tmp_path / "column").read_bytes() == table.tobytes()


@pytest.fixture
def small_files():
    """Files may have 60,000 bytes."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def names(texts):
    columns = [np.zeros(0, kind) for kind in (np.uint32, np.uint32, bool, np.uint64, np.uint64, np.uint32, np.uint32)]
    return NamePart(*columns, texts)


@pytest.mark.parametrize(
    ("write", "file"),
    [
        (lambda folder: save_table(folder / "table.npy", np.zeros(10_000)), "table.npy"),
        (lambda folder: names(bytes(100_000)).store(folder / "names"), "names"),
        (
            lambda folder: candidate_pairs_on_disk(
                folder,
                [lambda: [np.arange(20_000, dtype=np.uint64), np.arange(9, dtype=np.uint64)]] * 900,
                Limits(np.array([20_000, 9] * 900, np.uint32), np.zeros(1800, bool), 0.5, 0.8),
            ),
            "sizes.npy|part000000.0|asked.npy|samples",
        ),
    ],
)
def test_a_table_that_cannot_be_written_is_named(tmp_path, small_files, write, file):
    with pytest.raises(OSError, match="too large") as raised:
        write(tmp_path)
    assert raised.value.errno == errno.EFBIG
    assert os.path.basename(raised.value.filename) in file.split("|")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_known_by_its_number(tmp_path):
    (tmp_path / "table.npy").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space") as raised:
        save_table(tmp_path / "table.npy", np.zeros(300_000))
    assert (raised.value.errno, raised.value.filename) == (errno.ENOSPC, str(tmp_path / "table.npy"))
