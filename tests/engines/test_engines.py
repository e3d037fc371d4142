"""Each engine gives the same results in the same order."""

import pytest

from cleaner.engines import ProcessEngine, SerialEngine


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("engine", [SerialEngine(), ProcessEngine(1), ProcessEngine(2)], ids=["serial", "one", "two"])
@pytest.mark.parametrize("count", [0, 1, 100])
def test_map_keeps_order(engine, count):
    assert list(engine.map(square, range(count))) == [number * number for number in range(count)]


def test_an_error_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(ProcessEngine(2).map(divided, [1, 0]))


def divided(number: int) -> float:
    return 1 / number
