"""Which documents are connected by pairs."""

import numpy as np
import pytest

from cleaner.overlap.clusters import components_of, connected


@pytest.mark.parametrize("seed", range(5))
def test_documents_are_connected_as_by_joining_one_pair_after_the_other(seed):
    rng = np.random.default_rng(seed)
    pairs = np.unique(rng.integers(0, 200, (120, 2)), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    root = connected(200, pairs[:, 0], pairs[:, 1])
    wanted = list(range(200))
    for members in components_of(map(tuple, pairs.tolist())):
        for member in members:
            wanted[member] = members[0]
    assert root.tolist() == wanted
