"""Tests made of cases: texts that repair leaves as they are, and garbled ones with what it makes of them."""

from collections.abc import Callable, Sequence

import pytest

from cleaner import repair


def left(texts: Sequence[str]) -> Callable[[str], None]:
    """A test that repair, at either level, leaves each of `texts`."""

    @pytest.mark.parametrize("text", texts)
    def test(text):
        assert repair(text).text == text
        assert repair(text, level="exact").text == text

    return test


def repaired(cases: Sequence[tuple[str, str]]) -> Callable[[str, str], None]:
    """A test that repair makes of each garbled text of `cases` the right one beside it."""

    @pytest.mark.parametrize(("garbled", "right"), cases)
    def test(garbled, right):
        assert repair(garbled).text == right

    return test
