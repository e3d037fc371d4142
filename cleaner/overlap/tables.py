"""Tables in files that tasks share. Errors of writing name the file and the cause.

Numpy's own functions (`tofile`, and `save`, which uses it) say of a full disk only how many items were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cleaner.arrays import Array


def store(place: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Writes `pieces` to the file `place`. Raises OSError that names it, or the file that a piece could not be read from."""
    try:
        with place.open("wb") as file:
            for piece in pieces:
                file.write(piece)
    except OSError as error:
        raise OSError(error.errno, error.strerror, error.filename or str(place)) from None


def save_table(place: Path, array: Array) -> None:
    """Writes `array` to the file `place` in numpy's form `.npy`, for `numpy.load`. Raises OSError that names it."""
    import io

    array = np.ascontiguousarray(array)
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, np.lib.format.header_data_from_array_1_0(array))
    store(place, [head.getvalue(), array.data])


def in_files(values: Any, names: Sequence[str], folder: Path) -> dict[str, Any]:
    """Puts the columns of `values` with these names into files of `folder`: the files, by name."""
    files = {name: folder / f"{type(values).__name__}-{name}.npy" for name in names}
    for name, file in files.items():
        save_table(file, getattr(values, name))
    return files


def from_files(values: Any, names: Sequence[str]) -> dict[str, Any]:
    """Those columns of `values` which are files: open to be read, by name."""
    return {name: np.load(getattr(values, name), mmap_mode="r") for name in names}


def column_data(column: Array) -> memoryview:
    """The bytes of `column` without a head, for `numpy.fromfile` and `numpy.frombuffer`."""
    return np.ascontiguousarray(column).data
